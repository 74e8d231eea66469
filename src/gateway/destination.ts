import dns from 'node:dns';
import ipaddr from 'ipaddr.js';
import { Networks } from '../shared/networks.ts';
import { isPublic } from '../shared/public-address.ts';
import { meantBy } from './addresses.ts';
import type { RefusalCode } from './answers.ts';
import type { Authority } from './http/target.ts';
import type { GatewayLimits } from './limits.ts';
import { Lookups, type Resolver } from './lookups.ts';
import { Lru } from './lru.ts';
import type { RuleBook } from './rules.ts';
import type { Soon } from './service.ts';
import type { Timers } from './timers.ts';

/** Who asks to go somewhere, and where that is allowed. */
export interface Asker {
  readonly subject: string;
  readonly rules: RuleBook | undefined;
}

/** The system's resolver, so that the host's own files and search rules hold. */
export const systemResolver: Resolver = async (name) => {
  const answers = await dns.promises.lookup(name, { all: true, order: 'verbatim' });
  return answers.map((answer) => answer.address);
};

export type Resolution = { kind: 'addresses'; addresses: string[] } | { kind: 'refused'; code: RefusalCode };

/** With the addresses that it has here. */
export type Judgement =
  | { kind: 'permitted'; addresses: string[] }
  | { kind: 'unresolved' | 'refused'; code: RefusalCode };

export interface DestinationPolicy {
  /** CIDRs that may be reached although they are private, or this machine's. */
  readonly allow: readonly string[];
  readonly denyPorts: readonly number[];
}

interface Verdict {
  readonly isAddress: boolean;
  /** The canonical form to connect to; absent when it may not be reached. */
  readonly permitted: string | undefined;
}

const VERDICTS = 10_000;
/** How long an address that this machine got may be taken for somebody else's. */
const MACHINE_ADDRESSES_MS = 10_000;
const DENIED = { kind: 'refused', code: 'destination-denied' } as const;
const NO_ADDRESS: Verdict = { isAddress: false, permitted: undefined };

/** Decides where a client may go. Only addresses are judged, and only judged addresses are connected to: never a name. */
export class Destinations {
  readonly #allowed: Networks;
  readonly #deniedPorts: ReadonlySet<number>;
  readonly #limits: GatewayLimits;
  readonly #lookups: Lookups;
  readonly #timers: Timers;
  readonly #addressesHere: () => readonly string[];
  /**
   * What only listens to the machine itself, or is kept from the world by a filter for its interfaces, would be open to every client:
   * to the kernel, all of its own addresses are loopback.
   */
  #machine: ReadonlySet<string> = new Set();
  #machineReadAtMs = Number.NEGATIVE_INFINITY;
  /** The same address is judged the same for as long as the policy stands, which is the life of this object, and the machine's addresses. */
  readonly #verdicts = new Lru<Verdict>(VERDICTS);

  constructor(
    policy: DestinationPolicy,
    resolver: Resolver,
    timers: Timers,
    limits: GatewayLimits,
    addressesHere: () => readonly string[],
  ) {
    this.#timers = timers;
    this.#addressesHere = addressesHere;
    this.#allowed = new Networks(policy.allow);
    this.#deniedPorts = new Set(policy.denyPorts);
    this.#limits = limits;
    this.#lookups = new Lookups(resolver, timers, limits);
  }

  /** What can be said without asking anyone: the port, and an address given as such. */
  prohibition(authority: Authority): RefusalCode | undefined {
    if (this.#deniedPorts.has(authority.port)) return 'port-prohibited';
    const { isAddress, permitted } = this.#verdictOn(authority.host);
    return isAddress && permitted === undefined ? 'address-prohibited' : undefined;
  }

  /** The addresses to connect to. Of a name that has public and private ones, only the public ones remain. */
  resolve(authority: Authority, asker: Asker): Soon<Resolution> {
    if (this.#deniedPorts.has(authority.port)) return { kind: 'refused', code: 'port-prohibited' };
    const { isAddress, permitted } = this.#verdictOn(authority.host);
    if (permitted !== undefined) {
      return asker.rules?.permits(authority, permitted) === false
        ? DENIED
        : { kind: 'addresses', addresses: [permitted] };
    }
    if (isAddress) return { kind: 'refused', code: 'address-prohibited' };
    return this.#resolveName(authority, asker);
  }

  async #resolveName(authority: Authority, { subject, rules }: Asker): Promise<Resolution> {
    const found = await this.#lookups.find(authority.host, subject);
    if (found === 'timeout') return { kind: 'refused', code: 'name-timeout' };
    if (found === 'failed' || found.length === 0) return { kind: 'refused', code: 'name-not-found' };
    const addresses = found
      .map((address) => this.#verdictOn(address).permitted)
      .filter((address) => address !== undefined);
    if (addresses.length === 0) return { kind: 'refused', code: 'address-prohibited' };
    const allowed = rules ? addresses.filter((address) => rules.permits(authority, address)) : addresses;
    if (allowed.length === 0) return DENIED;
    return { kind: 'addresses', addresses: allowed.slice(0, this.#limits.connectAddresses) };
  }

  /**
   * May a name or address be handed to somebody who looks names up for himself? `unresolved`: it has no address here. Every address
   * that it has here must be permitted: nobody knows which one he would take.
   */
  async judge(authority: Authority, { subject, rules }: Asker): Promise<Judgement> {
    const prohibition = this.prohibition(authority);
    if (prohibition !== undefined) return { kind: 'refused', code: prohibition };
    if (this.#verdictOn(authority.host).isAddress) return judged(authority, [authority.host], rules);
    const found = await this.#lookups.find(authority.host, subject);
    if (!Array.isArray(found) || found.length === 0) {
      if (rules?.permitsUnresolved(authority) === false) return DENIED;
      return { kind: 'unresolved', code: found === 'timeout' ? 'name-timeout' : 'name-not-found' };
    }
    const isPermitted = found.every((address) => this.#verdictOn(address).permitted !== undefined);
    if (!isPermitted) return { kind: 'refused', code: 'address-prohibited' };
    return judged(authority, found, rules);
  }

  #verdictOn(text: string): Verdict {
    if (this.#timers.nowMs() - this.#machineReadAtMs >= MACHINE_ADDRESSES_MS) this.#readMachine();
    let verdict = this.#verdicts.get(text);
    if (verdict === undefined) {
      verdict = this.#judge(text);
      this.#verdicts.set(text, verdict);
    }
    return verdict;
  }

  #judge(text: string): Verdict {
    if (!ipaddr.isValid(text)) return NO_ADDRESS;
    // An IPv4-mapped address is the IPv4 address, to the kernel as to us.
    const address = ipaddr.process(text);
    const isHere = () => meantBy(address).some((meant) => this.#machine.has(meant.toString()));
    const isPermitted = this.#allowed.holds(address) || (isPublic(address) && !isHere());
    return { isAddress: true, permitted: isPermitted ? address.toString() : undefined };
  }

  #readMachine(): void {
    this.#machineReadAtMs = this.#timers.nowMs();
    const addresses = this.#addressesHere();
    if (addresses.length === this.#machine.size && addresses.every((address) => this.#machine.has(address)))
      return;
    this.#machine = new Set(addresses);
    this.#verdicts.clear();
  }
}

function judged(authority: Authority, addresses: string[], rules: RuleBook | undefined): Judgement {
  return rules !== undefined && !addresses.every((address) => rules.permits(authority, address))
    ? DENIED
    : { kind: 'permitted', addresses };
}
