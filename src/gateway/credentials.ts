import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { GatewayLimits } from './limits.ts';
import { callLink } from './link-call.ts';
import { Lru } from './lru.ts';
import type { AuthenticationAnswer, ControlLink, Identity } from './ports.ts';
import type { Timers } from './timers.ts';

export type Verification =
  | { kind: 'known'; identity: Identity }
  | { kind: 'unknown' }
  /** The control link is away, and nothing is remembered. */
  | { kind: 'away' };

interface Known {
  readonly identity: Identity;
  readonly digest: Buffer;
  readonly confirmedAtMs: number;
}

/** How often a question is asked again because the answer was overtaken by a change of credentials. */
const MAX_OVERTAKEN = 3;
const NO_DIGEST = Buffer.alloc(0);

/**
 * Who is this client? Remembers answers for a while, so that neither a busy client nor an absent control side costs a
 * question per connection. Passwords are kept as digests under a key that lives and dies with the process.
 */
export class Credentials {
  readonly #link: ControlLink;
  readonly #timers: Timers;
  readonly #limits: GatewayLimits;
  readonly #key = randomBytes(32);
  /** By `user NAME` and `address A`. */
  readonly #known: Lru<Known>;
  /** When the refusal was given, by the same keys with the digest of what was refused. */
  readonly #refused: Lru<number>;
  readonly #underWay = new Map<string, Promise<Verification>>();
  /** Grows with every change that the control side tells of. */
  #generation = 0;

  constructor(link: ControlLink, timers: Timers, limits: GatewayLimits) {
    this.#link = link;
    this.#timers = timers;
    this.#limits = limits;
    this.#known = new Lru(limits.credentialEntries);
    this.#refused = new Lru(limits.credentialEntries);
  }

  byPassword(username: string, password: string): Promise<Verification> {
    // Key first, in one call: the digest never leaves this process, so HMAC's further strength would only cost time.
    const digest = hash('sha256', Buffer.concat([this.#key, Buffer.from(password)]), 'buffer');
    return this.#verify(`user ${username}`, digest, () => this.#link.authenticate(username, password));
  }

  /** By the whitelist. An IPv4 client of an IPv6 socket counts as the IPv4 client it is. */
  byAddress(remoteAddress: string): Promise<Verification> {
    const text = remoteAddress.replace(/%.*$/, '');
    if (!ipaddr.isValid(text)) return Promise.resolve({ kind: 'unknown' });
    const address = ipaddr.process(text).toString();
    return this.#verify(`address ${address}`, NO_DIGEST, () => this.#link.identify(address));
  }

  /** Something about this subuser changed; refusals may be out of date for anyone. */
  forget(subuserId: string): void {
    this.#generation += 1;
    this.#known.deleteWhere((known) => known.identity.subuserId === subuserId);
    this.#refused.clear();
  }

  forgetAll(): void {
    this.#generation += 1;
    this.#known.clear();
    this.#refused.clear();
  }

  async #verify(
    key: string,
    digest: Buffer,
    ask: () => Promise<AuthenticationAnswer>,
  ): Promise<Verification> {
    const nowMs = this.#timers.nowMs();
    const known = this.#known.get(key);
    const isSame =
      known !== undefined && known.digest.length === digest.length && timingSafeEqual(known.digest, digest);
    if (isSame && nowMs - known.confirmedAtMs < this.#limits.credentialTtlMs) {
      return { kind: 'known', identity: known.identity };
    }
    const question = `${key} ${digest.toString('base64')}`;
    const refusedAtMs = this.#refused.get(question);
    if (refusedAtMs !== undefined && nowMs - refusedAtMs < this.#limits.refusalTtlMs)
      return { kind: 'unknown' };

    let answer = this.#underWay.get(question);
    if (answer === undefined) {
      answer = this.#ask(key, question, digest, ask).finally(() => this.#underWay.delete(question));
      this.#underWay.set(question, answer);
    }
    const verification = await answer;
    if (verification.kind === 'unknown' && isSame) this.#known.delete(key);
    if (verification.kind !== 'away' || !isSame) return verification;
    const isFreshEnough = nowMs - known.confirmedAtMs < this.#limits.credentialStaleMs;
    // Looked up again: it may have been revoked while the question was under way.
    return isFreshEnough && this.#known.get(key) === known
      ? { kind: 'known', identity: known.identity }
      : verification;
  }

  async #ask(
    key: string,
    question: string,
    digest: Buffer,
    ask: () => Promise<AuthenticationAnswer>,
  ): Promise<Verification> {
    for (let attempt = 0; attempt < MAX_OVERTAKEN; attempt += 1) {
      const generation = this.#generation;
      const askedAtMs = this.#timers.nowMs();
      let answer: AuthenticationAnswer;
      try {
        answer = await callLink(this.#timers, this.#limits.linkCallTimeoutMs, ask);
      } catch {
        return { kind: 'away' };
      }
      if (generation !== this.#generation) continue;
      if (answer.kind === 'known') {
        this.#known.set(key, { identity: answer.identity, digest, confirmedAtMs: askedAtMs });
        return answer;
      }
      // Of a username that is known with another password, the other one stays known.
      this.#refused.set(question, askedAtMs);
      return { kind: 'unknown' };
    }
    return { kind: 'away' };
  }
}
