/** Limits of service: how many tunnels, how fast, and where to; for the installation, a reseller, a subuser, a subscription. See README.md here. */
import { arrayOf } from '../../db/array.ts';
import type { Queryable, Sql } from '../../db/client.ts';
import { formatDestinationRule, parseDestinationRule } from '../../shared/destination-rule.ts';
import type { CommandStep, Commands, Invocation } from '../command.ts';
import { DomainError, invalidField } from '../errors.ts';
import { findSubuserKeys } from '../subusers/read.ts';

/** Where clients may go. Every list holds canonical rules (`shared/destination-rule.ts`). */
export interface DestinationLimits {
  /** Empty: everything. Otherwise only these. */
  allow: string[];
  /** Wins over `allow`. */
  deny: string[];
}

export interface SubscriptionLimits extends DestinationLimits {
  tunnelsPerSecond: number | null;
  /** Both directions together. */
  bytesPerSecond: bigint | null;
}

export interface SubuserLimits extends SubscriptionLimits {
  /** At once, over all gateways. */
  maxTunnels: number | null;
}

/** What is absent stays as it is; null and an empty list lift the limit. Values are checked. */
export type LimitChange<Limits> = { [Name in keyof Limits]?: unknown };

/** What a gateway is told of one subuser or subscription. */
export interface EffectiveLimits {
  maxTunnels?: number;
  tunnelsPerSecond?: number;
  bytesPerSecond?: number;
  rules?: { allow: string[]; deny: string[] }[];
}

/** `subuser:ID` or `subscription:ID`, by internal id. */
export type LimitSubject = `subuser:${bigint}` | `subscription:${bigint}`;

const MAX_COUNT = 1_000_000;
/** A slower tunnel is of no use, and its client would take it for broken. */
const LEAST_BYTES_PER_SECOND = 8_000n;
const MOST_BYTES_PER_SECOND = 1_000_000_000_000n;
const MAX_RULES = 500;
const RULE_EXPECTED =
  'destination rules such as example.com, *.example.com, 203.0.113.0/24, example.com:443 or *:8000-8999';

interface LimitRow {
  max_tunnels: number | null;
  tunnels_per_second: number | null;
  bytes_per_second: bigint | null;
  allow: string[];
  deny: string[];
}

const UNLIMITED: LimitRow = {
  max_tunnels: null,
  tunnels_per_second: null,
  bytes_per_second: null,
  allow: [],
  deny: [],
};

export class ServiceLimits {
  readonly #sql: Sql;
  readonly #commands: Commands;

  constructor(sql: Sql, commands: Commands) {
    this.#sql = sql;
    this.#commands = commands;
  }

  async installation(): Promise<DestinationLimits> {
    return destinationsOf(await readLimits(this.#sql, 'installation'));
  }

  async reseller(accountId: bigint): Promise<DestinationLimits> {
    return destinationsOf(await readLimits(this.#sql, `account:${accountId}`));
  }

  /** Throws SubuserNotFound, also for another reseller's. */
  async subuser(accountId: bigint, reference: string): Promise<SubuserLimits> {
    const [found] = await findSubuserKeys(this.#sql, [{ accountId, reference, product: 'residential' }]);
    if (!found) throw new DomainError('SubuserNotFound', {});
    return subuserLimitsOf(await readLimits(this.#sql, `subuser:${found.internalId}`));
  }

  /** Throws SubscriptionNotFound, also for another reseller's. */
  async subscription(accountId: bigint, id: string): Promise<SubscriptionLimits> {
    const internalId = await subscriptionIdOf(this.#sql, accountId, id);
    return subscriptionLimitsOf(await readLimits(this.#sql, `subscription:${internalId}`));
  }

  /** The first level: holds for everybody. Answers the limits as they are now; so do the others. */
  setInstallationLimits(
    invocation: Invocation,
    change: LimitChange<DestinationLimits>,
  ): Promise<DestinationLimits> {
    const checked = checkedDestinations(change);
    return this.#commands.run(invocation, 'limits.set-installation', async (step) =>
      destinationsOf(await this.#set(step, 'installation', 'installation', checked, {})),
    );
  }

  /** The second level: holds for all subusers and subscriptions of a reseller (by store code or email). */
  setResellerLimits(
    invocation: Invocation,
    reference: string,
    change: LimitChange<DestinationLimits>,
  ): Promise<DestinationLimits> {
    const checked = checkedDestinations(change);
    return this.#commands.run(invocation, 'limits.set-reseller', async (step) => {
      const [account] = await step.tx<{ id: bigint; public_id: string }[]>`
        SELECT id, public_id FROM account
          WHERE tier = 'RESELLER' AND (store_code_key = lower(${reference}) OR email_key = lower(${reference}))`;
      if (!account) throw new DomainError('AccountNotFound', { reference });
      const row = await this.#set(step, `account:${account.id}`, `account:${account.public_id}`, checked, {});
      return destinationsOf(row);
    });
  }

  setSubuserLimits(
    invocation: Invocation,
    accountId: bigint,
    reference: string,
    change: LimitChange<SubuserLimits>,
  ): Promise<SubuserLimits> {
    const checked = {
      ...checkedFigures(change),
      ...(change.maxTunnels !== undefined && { max_tunnels: validCount(change.maxTunnels, 'maxTunnels') }),
      ...checkedDestinations(change),
    };
    return this.#commands.run(invocation, 'limits.set-subuser', async (step) => {
      const [found] = await findSubuserKeys(step.tx, [{ accountId, reference, product: 'residential' }]);
      if (!found) throw new DomainError('SubuserNotFound', {});
      const subject = `subuser:${found.internalId}` as const;
      const details = { username: found.username };
      return subuserLimitsOf(await this.#set(step, subject, `subuser:${found.id}`, checked, details));
    });
  }

  /** How many tunnels at once is the plan's to say. */
  setSubscriptionLimits(
    invocation: Invocation,
    accountId: bigint,
    id: string,
    change: LimitChange<SubscriptionLimits>,
  ): Promise<SubscriptionLimits> {
    const checked = { ...checkedFigures(change), ...checkedDestinations(change) };
    return this.#commands.run(invocation, 'limits.set-subscription', async (step) => {
      const subject = `subscription:${await subscriptionIdOf(step.tx, accountId, id)}` as const;
      return subscriptionLimitsOf(await this.#set(step, subject, `subscription:${id}`, checked, {}));
    });
  }

  /** What holds for each of these now, as gateways are told; undefined where nothing is limited. */
  async effective(subjects: readonly LimitSubject[]): Promise<(EffectiveLimits | undefined)[]> {
    if (subjects.length === 0) return [];
    const rows = await this.#sql<{ limits: EffectiveLimits | null }[]>`
      SELECT effective_limits(coalesce(u.account_id, p.account_id), item.subject) AS limits
        FROM unnest(${arrayOf([...subjects])}::text[]) WITH ORDINALITY AS item (subject, n)
          LEFT JOIN subuser u ON item.subject LIKE 'subuser:%' AND u.id = split_part(item.subject, ':', 2)::bigint
          LEFT JOIN subscription p ON item.subject LIKE 'subscription:%' AND p.id = split_part(item.subject, ':', 2)::bigint
        ORDER BY item.n`;
    return rows.map((row) => row.limits ?? undefined);
  }

  async #set(
    { tx, now, audit, send }: CommandStep,
    subject: string,
    auditSubject: string,
    change: Partial<LimitRow>,
    details: Record<string, unknown>,
  ): Promise<LimitRow> {
    // The row is made first where there is none, so that two changes at once come one after the other.
    await tx`INSERT INTO service_limit (subject, changed_at) VALUES (${subject}, ${now}) ON CONFLICT (subject) DO NOTHING`;
    const [before] = await tx<LimitRow[]>`
      SELECT max_tunnels, tunnels_per_second, bytes_per_second, allow, deny FROM service_limit
        WHERE subject = ${subject} FOR UPDATE`;
    const row = { ...before!, ...change };
    const isUnlimited =
      row.max_tunnels === null &&
      row.tunnels_per_second === null &&
      row.bytes_per_second === null &&
      row.allow.length === 0 &&
      row.deny.length === 0;
    if (isUnlimited) await tx`DELETE FROM service_limit WHERE subject = ${subject}`;
    else {
      await tx`
        UPDATE service_limit SET max_tunnels = ${row.max_tunnels}, tunnels_per_second = ${row.tunnels_per_second},
            bytes_per_second = ${row.bytes_per_second}, allow = ${arrayOf(row.allow)}::text[],
            deny = ${arrayOf(row.deny)}::text[], changed_at = ${now}
          WHERE subject = ${subject}`;
    }
    // What gateways hold of a limit that is lifted would be in the way of the next one.
    if (row.max_tunnels === null)
      await tx`DELETE FROM limit_share WHERE subject = ${subject} AND what = 'tunnels'`;
    if (row.tunnels_per_second === null && row.bytes_per_second === null)
      await tx`DELETE FROM limit_share WHERE subject = ${subject} AND what = 'rate'`;
    audit(auditSubject, { ...details, before: subuserLimitsOf(before!), after: subuserLimitsOf(row) });
    const isOne = subject.startsWith('sub');
    send({ kind: 'limits-changed', ...(isOne && { subject: subject as LimitSubject }) });
    return row;
  }
}

async function readLimits(sql: Queryable, subject: string): Promise<LimitRow> {
  const [row] = await sql<LimitRow[]>`
    SELECT max_tunnels, tunnels_per_second, bytes_per_second, allow, deny FROM service_limit WHERE subject = ${subject}`;
  return row ?? UNLIMITED;
}

async function subscriptionIdOf(sql: Queryable, accountId: bigint, id: string): Promise<bigint> {
  const [row] = /^su_[0-9a-f]{24}$/.test(id)
    ? await sql<
        { id: bigint }[]
      >`SELECT id FROM subscription WHERE public_id = ${id} AND account_id = ${accountId}`
    : [];
  if (!row) throw new DomainError('SubscriptionNotFound', {});
  return row.id;
}

function destinationsOf({ allow, deny }: LimitRow): DestinationLimits {
  return { allow, deny };
}

function subscriptionLimitsOf(row: LimitRow): SubscriptionLimits {
  const { tunnels_per_second, bytes_per_second } = row;
  return {
    tunnelsPerSecond: tunnels_per_second,
    bytesPerSecond: bytes_per_second,
    ...destinationsOf(row),
  };
}

function subuserLimitsOf(row: LimitRow): SubuserLimits {
  return { maxTunnels: row.max_tunnels, ...subscriptionLimitsOf(row) };
}

function checkedFigures(change: LimitChange<SubscriptionLimits>): Partial<LimitRow> {
  const { tunnelsPerSecond, bytesPerSecond } = change;
  return {
    ...(tunnelsPerSecond !== undefined && {
      tunnels_per_second: validCount(tunnelsPerSecond, 'tunnelsPerSecond'),
    }),
    ...(bytesPerSecond !== undefined && { bytes_per_second: validSpeed(bytesPerSecond) }),
  };
}

function checkedDestinations({ allow, deny }: LimitChange<DestinationLimits>): Partial<LimitRow> {
  return {
    ...(allow !== undefined && { allow: validRules(allow, 'allow') }),
    ...(deny !== undefined && { deny: validRules(deny, 'deny') }),
  };
}

function validCount(value: unknown, field: string): number | null {
  if (value === null) return null;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > MAX_COUNT)
    throw invalidField(field, `a whole number from 1 to ${MAX_COUNT}`);
  return value;
}

function validSpeed(value: unknown): bigint | null {
  if (value === null) return null;
  const bytes = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof bytes !== 'bigint' || bytes < LEAST_BYTES_PER_SECOND || bytes > MOST_BYTES_PER_SECOND) {
    throw invalidField(
      'bytesPerSecond',
      `a whole number of bytes from ${LEAST_BYTES_PER_SECOND} to ${MOST_BYTES_PER_SECOND}`,
    );
  }
  return bytes;
}

function validRules(value: unknown, field: string): string[] {
  if (value === null) return [];
  if (!Array.isArray(value) || value.length > MAX_RULES)
    throw invalidField(field, `a list of at most ${MAX_RULES} ${RULE_EXPECTED}`);
  const rules = value.map((text: unknown) => {
    const rule = typeof text === 'string' ? parseDestinationRule(text) : undefined;
    if (!rule) throw invalidField(field, RULE_EXPECTED);
    return formatDestinationRule(rule);
  });
  return [...new Set(rules)];
}
