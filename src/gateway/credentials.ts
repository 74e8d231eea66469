import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { GatewayLimits } from './limits.ts';
import { callLink } from './link-call.ts';
import { Lru } from './lru.ts';
import type { AuthenticationAnswer, ControlLink, Identity, LimitSubject } from './ports.ts';
import { RecentLogins } from './recent-logins.ts';
import type { ClientIdentity } from './service.ts';
import type { Timers } from './timers.ts';

export type Verification =
  | KnownIdentity
  | { kind: 'unknown' }
  /** The control link is away, and nothing is remembered. */
  | { kind: 'away' };

/** With the one that is right of the passwords that a client may mean. */
export type PasswordVerification =
  | (KnownIdentity & { password: string })
  | Exclude<Verification, KnownIdentity>;

interface KnownIdentity {
  kind: 'known';
  identity: Identity;
  /** When the question was sent that the control side answered so. */
  askedAtMs: number;
}

interface Known {
  readonly identity: Identity;
  readonly digest: Buffer;
  askedAtMs: number;
  /** Another answer has taken its place, or none. */
  isOver: boolean;
  /** It is asked about again before it is too old. */
  isBeingRenewed: boolean;
}

/** How often a question is asked again because the answer was overtaken by a change of credentials. */
const MAX_OVERTAKEN = 3;
const NO_DIGEST = Buffer.alloc(0);
/** An answer that is used when so much of its time is over is renewed: many of them together cost much less than one by one. */
const RENEW_FROM = 0.75;
/** They wait for each other for so much of that time. */
const RENEW_TOGETHER = 1 / 60;
/** Questions under way at once for it. */
const RENEW_AT_ONCE = 256;

/** A login that was right, and what came of it. */
export interface RecentLogin {
  /** The username without its parameters, and the password without its. */
  readonly name: string;
  readonly password: string;
  readonly client: Omit<ClientIdentity, 'address'>;
}

interface Recent {
  readonly login: RecentLogin;
  /** What it stands on: when that is over, so is this. */
  readonly known: Known;
}

/**
 * Who is this client? Remembers answers for a while, so that neither a busy client nor an absent control side costs a
 * question per connection. Passwords are kept as digests under a key that lives and dies with the process, and for a minute as they
 * came.
 */
export class Credentials {
  readonly #link: ControlLink;
  readonly #timers: Timers;
  readonly #limits: GatewayLimits;
  readonly #key = randomBytes(32).toString('base64');
  /** By `user NAME` and `address A`. */
  readonly #known: Lru<Known>;
  /** When the refusal was given, by the same keys with the digest of what was refused. */
  readonly #refused: Lru<number>;
  /**
   * By the text in which a login came: who opens a tunnel for every request sends the same one each time. The texts are
   * passwords, so none stays longer than `credentialTtlMs` after it was found to be right. Finding one takes the same time however much of
   * it a guess has right, because the map compares hashes under a secret of the process first.
   */
  readonly #recent: RecentLogins<Recent>;
  /** Their answers are to be renewed together. */
  #due: { text: string; recent: Recent }[] = [];
  readonly #underWay = new Map<string, Promise<Verification>>();
  /** Grows with every change that the control side tells of. */
  #generation = 0;

  constructor(link: ControlLink, timers: Timers, limits: GatewayLimits) {
    this.#link = link;
    this.#timers = timers;
    this.#limits = limits;
    this.#known = new Lru(limits.credentialEntries, (known) => {
      known.isOver = true;
    });
    this.#refused = new Lru(limits.credentialEntries);
    this.#recent = new RecentLogins(timers, limits.credentialTtlMs, limits.credentialEntries);
  }

  /** What a login that comes in the same text again has led to, as long as nothing that it stands on has changed. */
  recall(text: string): RecentLogin | undefined {
    const recent = this.#recent.get(text);
    if (recent === undefined || recent.known.isOver) return undefined;
    const { login, known } = recent;
    const nowMs = this.#timers.nowMs();
    const ttlMs = this.#limits.credentialTtlMs;
    if (!isFresh(known, nowMs, ttlMs)) return undefined;
    const part = (nowMs - known.askedAtMs) / ttlMs;
    if (part >= RENEW_FROM && part < 1 - RENEW_TOGETHER && !known.isBeingRenewed) {
      known.isBeingRenewed = true;
      if (this.#due.length === 0)
        this.#timers.after(ttlMs * RENEW_TOGETHER, () => void this.#renewDue()).unref?.();
      this.#due.push({ text, recent });
    }
    return login;
  }

  async #renewDue(): Promise<void> {
    const due = this.#due;
    this.#due = [];
    for (let first = 0; first < due.length; first += RENEW_AT_ONCE)
      await Promise.all(due.slice(first, first + RENEW_AT_ONCE).map((entry) => this.#renew(entry)));
  }

  async #renew({ text, recent }: { text: string; recent: Recent }): Promise<void> {
    const { login, known } = recent;
    const { name, password } = login;
    if (known.isOver) return;
    const key = `user ${name}`;
    const { kind } = await this.#askOnce(key, known.digest, () => this.#link.authenticate(name, password));
    if (known.isOver) return;
    if (kind === 'unknown') this.#known.delete(key);
    else if (kind === 'known') this.#recent.set(text, recent);
  }

  /** `username` is what `byPassword` was asked about, with one password and no other. */
  remember(text: string, username: string, login: RecentLogin): void {
    const known = this.#known.get(`user ${username}`);
    if (known === undefined || known.askedAtMs !== login.client.askedAtMs) return;
    this.#recent.set(text, { login, known });
  }

  /** The first of these passwords that is right. */
  async byPassword(username: string, passwords: readonly string[]): Promise<PasswordVerification> {
    const remembered = this.#rememberedPassword(username, passwords);
    if (remembered !== undefined) return remembered;
    let isAway = false;
    for (const password of passwords) {
      const answer = await this.#verify(`user ${username}`, this.#digestOf(password), () =>
        this.#link.authenticate(username, password),
      );
      if (answer.kind === 'known') return { ...answer, password };
      if (answer.kind === 'away') isAway = true;
    }
    return { kind: isAway ? 'away' : 'unknown' };
  }

  /**
   * A full username has one password: when it is among these, no question has to be asked about the others. A name without
   * its store code may stand for several subusers, and then the order of the passwords decides.
   */
  #rememberedPassword(username: string, passwords: readonly string[]): PasswordVerification | undefined {
    const known = this.#known.get(`user ${username}`);
    if (known?.identity.kind !== 'subuser') return undefined;
    if (known.identity.username.toLowerCase() !== username.toLowerCase()) return undefined;
    if (!isFresh(known, this.#timers.nowMs(), this.#limits.credentialTtlMs)) return undefined;
    const password = passwords.find((candidate) => timingSafeEqual(known.digest, this.#digestOf(candidate)));
    return password === undefined ? undefined : { ...answerOf(known), password };
  }

  #digestOf(password: string): Buffer {
    // Key first, in one call: the digest never leaves this process, so HMAC's further strength would only cost time.
    return hash('sha256', `${this.#key}${password}`, 'buffer');
  }

  /** By whitelist or slot. An IPv4 client of an IPv6 socket counts as the IPv4 client it is. */
  byAddress(remoteAddress: string): Promise<Verification> {
    const text = remoteAddress.replace(/%.*$/, '');
    if (!ipaddr.isValid(text)) return Promise.resolve({ kind: 'unknown' });
    const address = ipaddr.process(text).toString();
    return this.#verify(`address ${address}`, NO_DIGEST, () => this.#link.identify(address));
  }

  /** Something about this subuser changed; refusals may be out of date for anyone. */
  forget(subuserId: string): void {
    this.#forgetWhere((identity) => identity.kind === 'subuser' && identity.subuserId === subuserId);
  }

  forgetSubscription(subscriptionId: string): void {
    this.#forgetWhere(
      (identity) => identity.kind === 'subscription' && identity.subscriptionId === subscriptionId,
    );
  }

  /** Without a subject: everybody. */
  forgetSubject(subject: LimitSubject | undefined): void {
    if (subject === undefined) this.forgetAll();
    else if (subject.startsWith('subuser:')) this.forget(subject.slice('subuser:'.length));
    else this.forgetSubscription(subject.slice('subscription:'.length));
  }

  #forgetWhere(isMeant: (identity: Identity) => boolean): void {
    this.#generation += 1;
    this.#known.deleteWhere((known) => isMeant(known.identity));
    this.#refused.clear();
  }

  forgetAll(): void {
    this.#generation += 1;
    this.#known.clear();
    this.#refused.clear();
    this.#recent.clear();
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
    if (isSame && isFresh(known, nowMs, this.#limits.credentialTtlMs)) return answerOf(known);
    const refusedAtMs = this.#refused.get(questionOf(key, digest));
    if (refusedAtMs !== undefined && nowMs - refusedAtMs < this.#limits.refusalTtlMs)
      return { kind: 'unknown' };

    const verification = await this.#askOnce(key, digest, ask);
    if (verification.kind === 'unknown' && isSame) this.#known.delete(key);
    if (verification.kind !== 'away' || !isSame) return verification;
    const isFreshEnough = isFresh(known, nowMs, this.#limits.credentialStaleMs);
    // Looked up again: it may have been revoked while the question was under way.
    return isFreshEnough && this.#known.get(key) === known ? answerOf(known) : verification;
  }

  /** The same question is asked once at a time. */
  #askOnce(key: string, digest: Buffer, ask: () => Promise<AuthenticationAnswer>): Promise<Verification> {
    const question = questionOf(key, digest);
    let answer = this.#underWay.get(question);
    if (answer === undefined) {
      answer = this.#ask(key, question, digest, ask).finally(() => this.#underWay.delete(question));
      this.#underWay.set(question, answer);
    }
    return answer;
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
        const { identity } = answer;
        const before = this.#known.get(key);
        if (before?.digest.equals(digest) && JSON.stringify(before.identity) === JSON.stringify(identity)) {
          // What stands on it goes on.
          before.askedAtMs = askedAtMs;
          before.isBeingRenewed = false;
          return answerOf(before);
        }
        const known = { identity, digest, askedAtMs, isOver: false, isBeingRenewed: false };
        this.#known.set(key, known);
        return answerOf(known);
      }
      // Of a username that is known with another password, the other one stays known.
      this.#refused.set(question, askedAtMs);
      return { kind: 'unknown' };
    }
    return { kind: 'away' };
  }
}

/** Nobody is let in on a subscription whose time is up, however recent the answer. */
function isFresh({ identity, askedAtMs }: Known, nowMs: number, ttlMs: number): boolean {
  const admitsForMs = identity.kind === 'subscription' ? identity.admitsForMs : Number.POSITIVE_INFINITY;
  return nowMs - askedAtMs < Math.min(ttlMs, admitsForMs);
}

function questionOf(key: string, digest: Buffer): string {
  return `${key} ${digest.toString('base64')}`;
}

function answerOf({ identity, askedAtMs }: Known): KnownIdentity {
  return { kind: 'known', identity, askedAtMs };
}
