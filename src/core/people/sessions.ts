/** Signing in, and what a signed-in person does about it. See README.md here. */
import type { Sql, Tx } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';
import { ANOTHER_SECRET, type Door, SECRET } from '../audit/audit.ts';
import type { CommandStep, Commands, Invocation } from '../command.ts';
import { DomainError, invalidField } from '../errors.ts';
import type { Events } from '../events.ts';
import type { Scope } from '../keys/scopes.ts';
import { hashPassword, newPublicId, randomText, sha256, sha256Hex, verifyPassword } from '../secrets.ts';
import { validPersonPassword } from '../validate.ts';
import { codesOf, countGuess } from './guesses.ts';
import { endSessions, findPerson, lockPerson, type PersonRow, rowColumns } from './records.ts';
import { type PersonRole, SCOPES_OF_ROLE } from './roles.ts';
import type { SecondFactor } from './second-factor.ts';

/** Where a call comes from. */
export interface Origin {
  address: string | undefined;
  /** As the browser names itself. */
  userAgent: string;
}

/** Who a session speaks for. */
export interface SessionIdentity {
  sessionId: string;
  /** Signed in by password only, and a code is still owed: good for nothing but that. */
  secondFactorDue: boolean;
  expiresAt: Date;
  personId: string;
  email: string;
  name: string;
  role: PersonRole;
  scopes: readonly Scope[];
  hasSecondFactor: boolean;
  accountId: bigint;
  accountPublicId: string;
}

export interface SignedIn {
  /** Shown once, for the cookie: it is stored as a hash. */
  token: string;
  expiresAt: Date;
  secondFactorDue: boolean;
}

export interface SessionRecord {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  address: string | null;
  userAgent: string;
}

/** A session ends this long after the person was last there, and at the latest so long after it began. */
const IDLE_MS = 24 * 3600_000;
const LONGEST_MS = 14 * 24 * 3600_000;
const CODE_WITHIN_MS = 10 * 60_000;
/** `last_seen_at` is written at most this often. */
const SEEN_EVERY_MS = 5 * 60_000;
/** How long a recognised session is believed: its end is told to all processes, and this bounds what a lost message could cost. */
const CACHE_MS = 1000;
const CACHE_ENTRIES = 10_000;
const MAX_USER_AGENT = 300;

interface SessionRow extends Omit<SessionIdentity, 'scopes'> {
  rowId: bigint;
  lastSeenAt: Date;
}

export class Sessions {
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #commands: Commands;
  readonly #secondFactor: SecondFactor;
  /** By hash of the token, in hexadecimal. */
  readonly #cache = new Map<string, { row: SessionRow | undefined; until: number }>();

  constructor(sql: Sql, clock: Clock, commands: Commands, events: Events, secondFactor: SecondFactor) {
    this.#sql = sql;
    this.#clock = clock;
    this.#commands = commands;
    this.#secondFactor = secondFactor;
    events.on((event) => {
      if (event.kind === 'people-changed' || event.kind === 'resync') this.#cache.clear();
    });
  }

  /**
   * Begins a session, for the code alone where there is a second factor. Throws SignInFailed, also for an unknown address or a
   * disabled person, in the same time; and RateLimited, whoever it is, after too many wrong guesses.
   */
  async signIn(origin: Origin, email: string, password: string): Promise<SignedIn> {
    // No address of a person has such characters, and a query must not see them.
    if (/\p{C}/u.test(email) || email.length > 254) throw new DomainError('SignInFailed', {});
    const guesser = { guessedAt: email.toLowerCase(), address: origin.address };
    const guess = await countGuess(this.#sql, guesser, this.#clock.now());
    const [person] = await this.#sql<PersonRow[]>`
      SELECT ${rowColumns(this.#sql)} FROM person p JOIN account a ON a.id = p.account_id
        WHERE p.email_key = lower(${email}) AND p.disabled_at IS NULL`;
    const isRight = await verifyPassword(password, person?.passwordHash);
    if (!isRight || !person) throw new DomainError('SignInFailed', {});
    await guess.forgive();
    return this.#begin(origin, person, 'session.sign-in', person.hasSecondFactor);
  }

  /**
   * Gives the code that a session still owes: of the authenticator, or one of recovery. A new session takes its place. Throws
   * Unauthenticated, SignInFailed, RateLimited.
   */
  async giveCode(origin: Origin, token: string, code: string): Promise<SignedIn> {
    const pending = await this.recognise(token);
    if (!pending?.secondFactorDue) throw new DomainError('Unauthenticated', {});
    const guesser = { guessedAt: codesOf(pending.personId), address: origin.address };
    const guess = await countGuess(this.#sql, guesser, this.#clock.now());
    const person = await findPerson(this.#sql, pending.personId);
    const signedIn = await this.#begin(origin, person, 'session.give-code', false, async (step, locked) => {
      const used = await this.#secondFactor.useCode(step, locked, code);
      if (!used) throw new DomainError('SignInFailed', {});
      // One code opens one session: a second call with the same token comes too late.
      const ended = await step.tx`
        UPDATE person_session SET ended_at = ${step.now} WHERE public_id = ${pending.sessionId} AND ended_at IS NULL RETURNING id`;
      if (ended.length === 0) throw new DomainError('Unauthenticated', {});
      return { used };
    });
    await guess.forgive();
    return signedIn;
  }

  async #begin(
    origin: Origin,
    { id, accountId, passwordHash }: PersonRow,
    action: string,
    secondFactorDue: boolean,
    before: (step: CommandStep, person: PersonRow) => Promise<object> = async () => ({}),
  ): Promise<SignedIn> {
    const invocation = { actor: actorOf(id, accountId, origin.address) };
    return this.#commands.run(invocation, action, async (step) => {
      const { tx, now, audit, send } = step;
      const person = await lockPerson(tx, id);
      // What was judged a moment ago may be no longer so.
      if (person.state !== 'active' || person.passwordHash !== passwordHash) {
        throw new DomainError('SignInFailed', {});
      }
      const noted = await before(step, person);
      const token = `hgs_${randomText(44)}`;
      const sessionId = newPublicId('ses_');
      const expiresAt = new Date(now.getTime() + (secondFactorDue ? CODE_WITHIN_MS : LONGEST_MS));
      await tx`
        INSERT INTO person_session (public_id, person_id, token_hash, second_factor_due, created_at, expires_at, last_seen_at, address, user_agent)
          VALUES (${sessionId}, ${person.rowId}, ${sha256(token)}, ${secondFactorDue}, ${now}, ${expiresAt}, ${now},
            ${origin.address ?? null}::inet, ${printable(origin.userAgent)})`;
      if (!secondFactorDue) {
        await tx`
          UPDATE person SET last_sign_in_at = ${now}, last_sign_in_from = ${origin.address ?? null}::inet WHERE id = ${person.rowId}`;
      }
      audit(`person:${id}`, {
        email: person.email,
        ...noted,
        before: null,
        after: { session: sessionId, secondFactorDue, expiresAt },
      });
      send({ kind: 'people-changed' });
      return { token, expiresAt, secondFactorDue };
    });
  }

  /** Who a token speaks for; undefined for one that is unknown, ended or too old. */
  async recognise(token: string): Promise<SessionIdentity | undefined> {
    if (!/^hgs_[A-Za-z0-9]{44}$/.test(token)) return undefined;
    const hash = sha256Hex(token);
    const nowMs = this.#clock.now().getTime();
    let cached = this.#cache.get(hash);
    if (!cached || cached.until <= nowMs || cached.until > nowMs + CACHE_MS) {
      cached = { row: await this.#find(hash), until: nowMs + CACHE_MS };
      if (this.#cache.size >= CACHE_ENTRIES) this.#cache.clear();
      this.#cache.set(hash, cached);
    }
    const { row } = cached;
    if (!row || row.expiresAt.getTime() <= nowMs || row.lastSeenAt.getTime() + IDLE_MS <= nowMs) {
      return undefined;
    }
    this.#noteSeen(row, nowMs);
    const { rowId: _rowId, lastSeenAt: _lastSeenAt, ...identity } = row;
    return { ...identity, scopes: SCOPES_OF_ROLE[row.role] };
  }

  async #find(hash: string): Promise<SessionRow | undefined> {
    const [row] = await this.#sql<SessionRow[]>`
      SELECT s.id AS "rowId", s.public_id AS "sessionId", s.second_factor_due AS "secondFactorDue", s.expires_at AS "expiresAt",
          s.last_seen_at AS "lastSeenAt", p.public_id AS "personId", p.email, p.name, p.role,
          p.totp_confirmed_at IS NOT NULL AS "hasSecondFactor", p.account_id AS "accountId", a.public_id AS "accountPublicId"
        FROM person_session s JOIN person p ON p.id = s.person_id JOIN account a ON a.id = p.account_id
        WHERE s.token_hash = decode(${hash}, 'hex') AND s.ended_at IS NULL AND p.disabled_at IS NULL`;
    return row;
  }

  /** Written beside the request, not in its way: a lost note harms nobody. */
  #noteSeen(row: SessionRow, nowMs: number): void {
    if (nowMs - row.lastSeenAt.getTime() < SEEN_EVERY_MS) return;
    row.lastSeenAt = new Date(nowMs);
    this.#sql`UPDATE person_session SET last_seen_at = ${row.lastSeenAt} WHERE id = ${row.rowId}`.catch(
      () => {},
    );
  }

  /** Ends a person's own session. Throws SessionNotFound. */
  async end(invocation: Invocation, personId: string, sessionId: string): Promise<void> {
    await this.#commands.run(invocation, 'session.end', async ({ tx, now, audit, send }) => {
      const ended = /\p{C}/u.test(sessionId)
        ? []
        : await tx`
            UPDATE person_session s SET ended_at = ${now} FROM person p
              WHERE s.public_id = ${sessionId} AND p.id = s.person_id AND p.public_id = ${personId} AND s.ended_at IS NULL
              RETURNING s.id`;
      if (ended.length === 0) throw new DomainError('SessionNotFound', {});
      audit(`person:${personId}`, { before: { session: sessionId }, after: null });
      send({ kind: 'people-changed' });
    });
  }

  /** A person's own sessions that have not ended, newest first. */
  async list(personId: string): Promise<SessionRecord[]> {
    const now = this.#clock.now();
    return this.#sql<SessionRecord[]>`
      SELECT s.public_id AS id, s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt",
          host(s.address) AS address, s.user_agent AS "userAgent"
        FROM person_session s JOIN person p ON p.id = s.person_id
        WHERE p.public_id = ${personId} AND s.ended_at IS NULL AND NOT s.second_factor_due AND s.expires_at > ${now}
          AND s.last_seen_at > ${new Date(now.getTime() - IDLE_MS)} ORDER BY s.id DESC LIMIT 1000`;
  }

  /** Changes a person's own password and ends the other sessions. Throws InvalidField for a wrong current one, RateLimited. */
  async changePassword(
    invocation: Invocation,
    { personId, sessionId }: SessionIdentity,
    current: string,
    wanted: string,
  ): Promise<void> {
    validPersonPassword(wanted, 'newPassword');
    if (current === wanted) throw invalidField('newPassword', 'another one than the current password');
    const person = await this.confirmPassword(personId, current, 'currentPassword');
    const passwordHash = await hashPassword(wanted);
    await this.#commands.run(invocation, 'person.change-password', async ({ tx, now, audit, send }) => {
      const { rowId, passwordHash: judged } = await lockPerson(tx, personId);
      if (judged !== person.passwordHash) throw invalidField('currentPassword', 'the current password');
      await tx`UPDATE person SET password_hash = ${passwordHash} WHERE id = ${rowId}`;
      await tx`DELETE FROM person_invitation WHERE person_id = ${rowId}`;
      await endSessions(tx, rowId, now, sessionId);
      audit(`person:${personId}`, {
        email: person.email,
        otherSessions: 'ended',
        before: { password: SECRET },
        after: { password: ANOTHER_SECRET },
      });
      send({ kind: 'people-changed' });
    });
  }

  /** The person, whose password this must be. Guesses are counted like those of signing in. Throws InvalidField, RateLimited. */
  async confirmPassword(personId: string, password: string, field = 'password'): Promise<PersonRow> {
    const person = await findPerson(this.#sql, personId);
    const guess = await countGuess(this.#sql, { guessedAt: person.email.toLowerCase() }, this.#clock.now());
    if (!(await verifyPassword(password, person.passwordHash)))
      throw invalidField(field, 'the current password');
    await guess.forgive();
    return person;
  }
}

function actorOf(personId: string, accountId: bigint, address: string | undefined) {
  const door: Door = 'console';
  return { name: `person:${personId}`, accountId, door, address };
}

function printable(userAgent: string): string {
  return userAgent.replace(/\p{C}/gu, '').slice(0, MAX_USER_AGENT).toWellFormed();
}

/** Removes sessions and invitations that have ended long ago. */
export async function pruneSessions(sql: Sql | Tx, before: Date): Promise<void> {
  await sql`DELETE FROM person_session WHERE expires_at < ${before} OR ended_at < ${before}`;
  await sql`DELETE FROM person_invitation WHERE expires_at < ${before}`;
}
