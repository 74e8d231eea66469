/**
 * InfiniteProxies' parameters and shapes. Names travel without the store code and in lower case; balances are whole MB,
 * rounded down; consumption is MB with at most two decimals.
 */
import { DomainError, invalidField } from '../../../core/errors.ts';
import type { BandwidthState } from '../../../core/subusers/bandwidth.ts';
import { shortName } from '../../../core/subusers/passwords.ts';
import type { UsageEntry } from '../../../core/subusers/read.ts';
import type { SubuserWithPassword } from '../../../core/subusers/subusers.ts';
import { isProduct, type Product } from '../../../shared/products.ts';
import { BYTES_PER_MB, MAX_BANDWIDTH_BYTES, megabytes, wholeMegabytes } from '../../../shared/units.ts';
import { BALANCE, CONSUMPTION_DAYS, PRODUCT } from './schemas.ts';

const DAY_MS = 24 * 3600 * 1000;

type Parameter = string | number | null | undefined;

export interface Parameters {
  username?: Parameter;
  balance?: Parameter;
  type?: Parameter;
}

/** What a call was given, wherever it stood: the query has the last word. Throws MissingFields for what `needs` names. */
export function fromWireParameters(
  { query, body }: { query: Parameters; body?: Parameters },
  needs: readonly (keyof Parameters)[],
): Parameters {
  const given = { ...body, ...query };
  const fields = needs.filter(
    (name) => given[name] === undefined || given[name] === null || given[name] === '',
  );
  if (fields.length > 0) throw new DomainError('MissingFields', { fields });
  return given;
}

export function fromWireUsername(username: Parameter): string {
  return String(username).toLowerCase();
}

/** Whole MB, at least ten and a multiple of ten, to bytes. */
export function fromWireBalance(balance: Parameter): bigint {
  const text = String(balance);
  if (!/^\d{1,15}$/.test(text)) throw invalidField('balance', BALANCE);
  const wholeMb = BigInt(text);
  if (wholeMb < 10n || wholeMb % 10n !== 0n) throw invalidField('balance', BALANCE);
  const bytes = wholeMb * BYTES_PER_MB;
  if (bytes > MAX_BANDWIDTH_BYTES) {
    throw invalidField('balance', `at most ${wholeMegabytes(MAX_BANDWIDTH_BYTES)}`);
  }
  return bytes;
}

/** Which of the two balances a call is about; residential unless it says. */
export function fromWireType(type: Parameter): Product {
  if (type === undefined || type === null || type === '') return 'residential';
  if (!isProduct(type)) throw invalidField('type', PRODUCT);
  return type;
}

export function success<Payload>(payload: Payload) {
  return successWith('Success', payload);
}

export function successWith<Payload, Message extends string>(message: Message, payload: Payload) {
  return { status: { code: 200 as const, message }, payload };
}

export function toWireName(username: string): string {
  return shortName(username).toLowerCase();
}

export function toWireMe(storeCode: string, residentialBytes: bigint, mobileBytes: bigint) {
  return {
    username: storeCode.toLowerCase(),
    proxy_password: '',
    balanceResidential: wholeMegabytes(residentialBytes),
    balanceMobile: wholeMegabytes(mobileBytes),
  };
}

export function toWireCredentials({ username, password }: { username: string; password: string }) {
  return { username: toWireName(username), proxy_password: password };
}

export function toWireCustomer(subuser: SubuserWithPassword) {
  return { ...toWireCredentials(subuser), balance: wholeMegabytes(subuser.remainingBytes) };
}

export function toWireBalance({ username, remainingBytes }: BandwidthState) {
  return { username: toWireName(username), balance: wholeMegabytes(remainingBytes) };
}

/** The UTC midnight with which the days of consumption begin. */
export function firstConsumptionDay(now: Date): Date {
  return new Date((Math.floor(now.getTime() / DAY_MS) - (CONSUMPTION_DAYS - 1)) * DAY_MS);
}

/** MB used by day, every day present, also one without use. */
export function toWireConsumption(firstDay: Date, usage: readonly UsageEntry[]): Record<string, number> {
  const usedBytes = new Map(usage.map((entry) => [entry.start.getTime(), entry.upBytes + entry.downBytes]));
  return Object.fromEntries(
    Array.from({ length: CONSUMPTION_DAYS }, (_, index) => {
      const day = new Date(firstDay.getTime() + index * DAY_MS);
      return [day.toISOString().slice(0, 10), megabytes(usedBytes.get(day.getTime()) ?? 0n)];
    }),
  );
}
