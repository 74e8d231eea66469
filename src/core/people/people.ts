/** The people there are: invited, given a role, disabled. See README.md here. */
import type { Sql, Tx } from '../../db/client.ts';
import { ANOTHER_SECRET, SECRET } from '../audit/audit.ts';
import type { CommandStep, Commands, Invocation } from '../command.ts';
import { DomainError, invalidField } from '../errors.ts';
import { type Page, type PageRequest, pageOf } from '../paging.ts';
import { hashPassword, newPublicId, randomText, sha256 } from '../secrets.ts';
import { validDisplayName, validEmail, validPersonPassword } from '../validate.ts';
import { unlockPerson } from './guesses.ts';
import {
  endSessions,
  findPerson,
  lockPerson,
  type PersonRecord,
  type PersonRow,
  personColumns,
  recordOf,
} from './records.ts';
import { type PersonRole, STAFF_ROLES } from './roles.ts';

export interface NewPerson {
  accountId: bigint;
  email: string;
  name: string;
  role: PersonRole;
}

export interface Invitation {
  person: PersonRecord;
  /** Shown once: it is stored as a hash. */
  token: string;
  expiresAt: Date;
}

export interface PersonFilter {
  /** Only those who act for this account. */
  accountId?: bigint | undefined;
  /** In the email address or the name, in any case. */
  search?: string | undefined;
}

const INVITATION_MS = 3 * 24 * 3600_000;
const MAX_PEOPLE_PER_ACCOUNT = 1000;

export class People {
  readonly #sql: Sql;
  readonly #commands: Commands;

  constructor(sql: Sql, commands: Commands) {
    this.#sql = sql;
    this.#commands = commands;
  }

  async find(reference: string, accountId?: bigint): Promise<PersonRecord> {
    return recordOf(await findPerson(this.#sql, reference, accountId));
  }

  /** In the order they were made. */
  async list(
    filter: PersonFilter,
    { limit, after }: PageRequest<[bigint]>,
  ): Promise<Page<PersonRecord, [bigint]>> {
    const { accountId = null, search } = filter;
    const pattern = search === undefined ? null : `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
    const rows = await this.#sql<(PersonRecord & { key: bigint })[]>`
      SELECT ${personColumns(this.#sql)}, p.id AS key FROM person p JOIN account a ON a.id = p.account_id
        WHERE p.id > ${after?.[0] ?? 0n} AND (${accountId}::bigint IS NULL OR p.account_id = ${accountId}::bigint)
          AND (${pattern}::text IS NULL OR p.email_key LIKE ${pattern} OR lower(p.name) LIKE ${pattern})
        ORDER BY p.id LIMIT ${limit + 1}`;
    const { rows: found, next } = pageOf(rows, limit, ({ key }): [bigint] => [key]);
    return { rows: found.map(({ key: _key, ...person }) => person), next };
  }

  /** Makes a person with a password, who can sign in at once. */
  async create(invocation: Invocation, person: NewPerson, password: string): Promise<PersonRecord> {
    const valid = validPerson(person);
    const passwordHash = await hashPassword(validPersonPassword(password));
    return this.#commands.run(invocation, 'person.create', async (step) => {
      const made = await insertPerson(step, valid, passwordHash);
      return recordOf(made);
    });
  }

  /** Makes a person without a password, and the token of a link by which one is set. */
  async invite(invocation: Invocation, person: NewPerson): Promise<Invitation> {
    const valid = validPerson(person);
    return this.#commands.run(invocation, 'person.invite', async (step) => {
      const made = await insertPerson(step, valid, null);
      return { person: recordOf(made), ...(await insertInvitation(step, made.rowId)) };
    });
  }

  /**
   * Makes a new link by which a password is set, in place of those there were. The old password goes on until it is taken up.
   * `accountId`: only for a person of this account.
   */
  async renewInvitation(invocation: Invocation, reference: string, accountId?: bigint): Promise<Invitation> {
    return this.#commands.run(invocation, 'person.renew-invitation', async (step) => {
      const person = await lockPerson(step.tx, reference, accountId);
      if (person.state === 'disabled') throw invalidField('person', 'one that is not disabled');
      const before = await step.tx<{ expiresAt: Date }[]>`
        DELETE FROM person_invitation WHERE person_id = ${person.rowId} RETURNING expires_at AS "expiresAt"`;
      const invitation = await insertInvitation(step, person.rowId);
      step.audit(`person:${person.id}`, {
        email: person.email,
        before: before[0] ?? null,
        after: { expiresAt: invitation.expiresAt },
      });
      return { person: recordOf(person), ...invitation };
    });
  }

  /** Whom an invitation is for; undefined for one that is used up, too old or none. */
  async readInvitation(token: string, now: Date): Promise<PersonRecord | undefined> {
    const [row] = await this.#sql<PersonRecord[]>`
      SELECT ${personColumns(this.#sql)} FROM person_invitation i JOIN person p ON p.id = i.person_id
          JOIN account a ON a.id = p.account_id
        WHERE i.token_hash = ${sha256(token)} AND i.expires_at > ${now} AND p.disabled_at IS NULL`;
    return row;
  }

  /** Sets the password of the person an invitation is for, and ends the sessions there were. Throws InvalidField. */
  async takeUpInvitation(
    origin: { address: string | undefined },
    token: string,
    password: string,
  ): Promise<PersonRecord> {
    validPersonPassword(password);
    const passwordHash = await hashPassword(password);
    const actor = { name: 'invitation', accountId: null, door: 'console' as const, address: origin.address };
    return this.#commands.run({ actor }, 'person.take-up-invitation', async ({ tx, now, audit, send }) => {
      const [taken] = await tx<{ person_id: bigint }[]>`
        DELETE FROM person_invitation WHERE token_hash = ${sha256(token)} AND expires_at > ${now} RETURNING person_id`;
      const [found] = taken
        ? await tx<{ id: string }[]>`SELECT public_id AS id FROM person WHERE id = ${taken.person_id}`
        : [];
      if (!taken || !found)
        throw invalidField('token', 'of an invitation that has neither expired nor been used');
      const person = await lockPerson(tx, found.id);
      if (person.state === 'disabled') throw invalidField('token', 'of a person who is not disabled');
      await tx`DELETE FROM person_invitation WHERE person_id = ${person.rowId}`;
      await tx`UPDATE person SET password_hash = ${passwordHash} WHERE id = ${person.rowId}`;
      await endSessions(tx, person.rowId, now);
      audit(`person:${person.id}`, {
        email: person.email,
        before: { state: person.state, password: person.passwordHash === null ? null : SECRET },
        after: { state: 'active', password: ANOTHER_SECRET },
      });
      send({ kind: 'people-changed' });
      return recordOf({ ...person, state: 'active' });
    });
  }

  async changeRole(invocation: Invocation, reference: string, role: PersonRole): Promise<PersonRecord> {
    return this.#change(invocation, 'person.change-role', reference, undefined, async ({ tx }, person) => {
      if (STAFF_ROLES.includes(person.role as never) !== STAFF_ROLES.includes(role as never)) {
        throw invalidField('role', 'one of the same side: the provider’s or the reseller’s');
      }
      if (role !== 'owner') await keepAnOwner(tx, person);
      await tx`UPDATE person SET role = ${role} WHERE id = ${person.rowId}`;
      return { role };
    });
  }

  /** Ends all that a person may do, or allows it again. `accountId`: only for a person of this account. */
  async setDisabled(
    invocation: Invocation,
    reference: string,
    disabled: boolean,
    accountId?: bigint,
  ): Promise<PersonRecord> {
    const action = disabled ? 'person.disable' : 'person.enable';
    return this.#change(invocation, action, reference, accountId, async ({ tx, now }, person) => {
      if (disabled) {
        await keepAnOwner(tx, person);
        await tx`DELETE FROM person_invitation WHERE person_id = ${person.rowId}`;
      }
      await tx`UPDATE person SET disabled_at = ${disabled ? now : null} WHERE id = ${person.rowId}`;
      await endSessions(tx, person.rowId, now);
      const state = disabled ? 'disabled' : person.passwordHash === null ? 'invited' : 'active';
      return { state } as const;
    });
  }

  /** For somebody who has lost the second factor and the recovery codes. Ends the sessions. */
  async removeSecondFactor(
    invocation: Invocation,
    reference: string,
    accountId?: bigint,
  ): Promise<PersonRecord> {
    return this.#change(
      invocation,
      'person.remove-second-factor',
      reference,
      accountId,
      async ({ tx, now }, person) => {
        await tx`
        UPDATE person SET totp_sealed = NULL, totp_confirmed_at = NULL, totp_last_step = NULL WHERE id = ${person.rowId}`;
        await tx`DELETE FROM person_recovery_code WHERE person_id = ${person.rowId}`;
        await endSessions(tx, person.rowId, now);
        return { hasSecondFactor: false };
      },
    );
  }

  /** Lets a person try again at once, after too many wrong guesses. */
  async unlock(invocation: Invocation, reference: string): Promise<PersonRecord> {
    return this.#commands.run(invocation, 'person.unlock', async ({ tx, audit }) => {
      const person = await lockPerson(tx, reference);
      const wrongGuesses = await unlockPerson(tx, person.email, person.id);
      const { email } = person;
      audit(`person:${person.id}`, { email, before: { wrongGuesses }, after: { wrongGuesses: 0 } });
      return recordOf(person);
    });
  }

  async #change(
    invocation: Invocation,
    action: string,
    reference: string,
    accountId: bigint | undefined,
    work: (step: CommandStep, person: PersonRow) => Promise<Partial<PersonRecord>>,
  ): Promise<PersonRecord> {
    return this.#commands.run(invocation, action, async (step) => {
      const person = await lockPerson(step.tx, reference, accountId);
      const changed = await work(step, person);
      const names = Object.keys(changed) as (keyof PersonRecord)[];
      step.audit(`person:${person.id}`, {
        email: person.email,
        before: Object.fromEntries(names.map((name) => [name, person[name]])),
        after: changed,
      });
      step.send({ kind: 'people-changed' });
      return recordOf({ ...person, ...changed });
    });
  }
}

function validPerson(person: NewPerson): NewPerson {
  return { ...person, email: validEmail(person.email), name: validDisplayName(person.name, 'name') };
}

/** Writes a new person inside the caller's transaction. Throws EmailTaken. */
export async function insertPerson(
  { tx, now, audit }: CommandStep,
  { accountId, email, name, role }: NewPerson,
  passwordHash: string | null,
): Promise<PersonRow> {
  const [account] = await tx<{ is_owner: boolean; tier: string; people: number }[]>`
    SELECT is_owner, tier, (SELECT count(*)::int FROM person p WHERE p.account_id = a.id) AS people FROM account a WHERE id = ${accountId}`;
  if (!account) throw new DomainError('AccountNotFound', { reference: String(accountId) });
  const allowed = account.is_owner ? STAFF_ROLES : account.tier === 'RESELLER' ? ['reseller'] : [];
  if (!(allowed as readonly string[]).includes(role)) {
    throw invalidField(
      'role',
      allowed.length > 0 ? `one of ${allowed.join(', ')}` : 'for an account of a reseller',
    );
  }
  if (account.people >= MAX_PEOPLE_PER_ACCOUNT) {
    throw new DomainError('LimitReached', { what: 'people of one account', limit: MAX_PEOPLE_PER_ACCOUNT });
  }
  const id = newPublicId('prs_');
  const rows = await tx`
    INSERT INTO person (public_id, account_id, email, name, role, password_hash, created_at)
      VALUES (${id}, ${accountId}, ${email}, ${name}, ${role}, ${passwordHash}, ${now})
      ON CONFLICT (email_key) DO NOTHING RETURNING id`;
  if (rows.length === 0) throw new DomainError('EmailTaken', { email });
  audit(`person:${id}`, { before: null, after: { email, name, role } });
  return findPerson(tx, id);
}

async function insertInvitation(
  { tx, now }: CommandStep,
  personId: bigint,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomText(44);
  const expiresAt = new Date(now.getTime() + INVITATION_MS);
  await tx`
    INSERT INTO person_invitation (token_hash, person_id, created_at, expires_at)
      VALUES (${sha256(token)}, ${personId}, ${now}, ${expiresAt})`;
  return { token, expiresAt };
}

/**
 * Gives the person of an account's own email address a password, and makes that person if there is none: how the owner and
 * resellers get in first. Ends the sessions there were.
 */
export async function setOwnPassword(
  step: CommandStep,
  account: { id: bigint; email: string; name: string; isOwner: boolean },
  passwordHash: string,
): Promise<void> {
  const { tx, now, send } = step;
  const [own] = await tx<{ id: bigint; account_id: bigint }[]>`
    SELECT id, account_id FROM person WHERE email_key = lower(${account.email}) FOR UPDATE`;
  if (own && own.account_id !== account.id) throw new DomainError('EmailTaken', { email: account.email });
  if (!own) {
    const role = account.isOwner ? 'owner' : 'reseller';
    await insertPerson(
      step,
      { accountId: account.id, email: account.email, name: account.name, role },
      passwordHash,
    );
    return;
  }
  await tx`UPDATE person SET password_hash = ${passwordHash} WHERE id = ${own.id}`;
  await endSessions(tx, own.id, now);
  send({ kind: 'people-changed' });
}

/** Throws when this person is the last owner who can sign in. */
async function keepAnOwner(tx: Tx, person: PersonRow): Promise<void> {
  if (person.role !== 'owner') return;
  // Two owners who disable each other at once come here one after the other.
  const others = await tx`
    SELECT id FROM person WHERE role = 'owner' AND disabled_at IS NULL AND password_hash IS NOT NULL ORDER BY id FOR UPDATE`;
  if (!others.some(({ id }) => id !== person.rowId))
    throw invalidField('person', 'somebody else than the last owner');
}
