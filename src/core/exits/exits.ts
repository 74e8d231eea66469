/** The exits: what the operator sets up, and what gateways are told. See README.md here. */

import { arrayOf } from '../../db/array.ts';
import type { Queryable, Sql, Tx } from '../../db/client.ts';
import { ANOTHER_SECRET, SECRET } from '../audit/audit.ts';
import type { Commands, Invocation } from '../command.ts';
import { DomainError } from '../errors.ts';
import { newPublicId, type SecretBox } from '../secrets.ts';
import { type ExitFields, type ValidExit, validExit, validExitName } from './validate.ts';

/** An exit as the operator sees it: everything but the password. */
export interface Exit extends Omit<ValidExit, 'password'> {
  /** `exit_…`, for good. */
  id: string;
  hasPassword: boolean;
  createdAt: Date;
}

/** An exit as a gateway needs it, with the upstream's password. */
export type ExitWithSecrets = ValidExit & { id: string };

/** Absent: stays as it is. Null: none, or the default. What an exit is, direct or an upstream, is for good. */
export type ExitChanges = { [Field in Exclude<keyof ExitFields, 'kind'>]?: ExitFields[Field] | undefined };

const MAX_EXITS = 1000;
/** Any constant will do: exits are added one at a time, so that their number holds. */
const ADDING = 7105;

export class Exits {
  readonly #sql: Sql;
  readonly #commands: Commands;
  readonly #box: SecretBox;

  constructor(sql: Sql, commands: Commands, box: SecretBox) {
    this.#sql = sql;
    this.#commands = commands;
    this.#box = box;
  }

  /** All exits, by name. */
  async list(): Promise<Exit[]> {
    const rows = await readRows(this.#sql);
    return rows.map((row) => withoutSecrets(this.#open(row)));
  }

  /** Throws ExitNotFound. */
  async show(name: string): Promise<Exit> {
    refuseUnsayable(name);
    const [row] = await readRows(this.#sql, name);
    if (!row) throw new DomainError('ExitNotFound', { name });
    return withoutSecrets(this.#open(row));
  }

  /** What gateways need of every exit, disabled ones too: with none at all they connect from where they run. */
  async settings(): Promise<ExitWithSecrets[]> {
    const rows = await readRows(this.#sql);
    return rows.map((row) => {
      const { createdAt: _, ...settings } = this.#open(row);
      return settings;
    });
  }

  /** Throws InvalidField, MissingFields or ExitNameTaken. */
  async create(invocation: Invocation, fields: ExitFields): Promise<Exit> {
    const valid = validExit(fields);
    return this.#commands.run(invocation, 'exit.create', async ({ tx, now, audit, send }) => {
      await tx`SELECT pg_advisory_xact_lock(${ADDING})`;
      const [row] = await tx<{ count: number }[]>`SELECT count(*)::int AS count FROM exit`;
      if (row!.count >= MAX_EXITS) throw new DomainError('LimitReached', { what: 'exits', limit: MAX_EXITS });
      const id = newPublicId('exit_');
      const columns = columnsOf(valid, this.#seal(id, valid));
      const [made] = await tx`
        INSERT INTO exit ${tx({ ...columns, public_id: id, created_at: now })}
          ON CONFLICT (name) DO NOTHING RETURNING id`;
      if (!made) throw new DomainError('ExitNameTaken', { name: valid.name });
      audit(`exit:${id}`, { before: null, after: auditable(valid) });
      send({ kind: 'exits-changed' });
      return withoutSecrets({ id, ...valid, createdAt: now });
    });
  }

  /** Changes what is named. Running tunnels stay; new ones go by the new settings. Throws ExitNotFound and what `create` does. */
  async update(invocation: Invocation, name: string, changes: ExitChanges): Promise<Exit> {
    return this.#commands.run(invocation, 'exit.update', async ({ tx, audit, send }) => {
      const { id, createdAt, ...before } = this.#open(await lockRow(tx, name));
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const valid = validExit({ ...before, ...given, kind: before.kind });
      if (valid.name !== name) await refuseTaken(tx, valid.name);
      await tx`UPDATE exit SET ${tx(columnsOf(valid, this.#seal(id, valid)))} WHERE public_id = ${id}`;
      const after = auditable(valid);
      if (LOGIN.some((field) => before[field] !== valid[field])) after.login = ANOTHER_SECRET;
      audit(`exit:${id}`, { before: auditable(before), after });
      send({ kind: 'exits-changed' });
      return withoutSecrets({ id, ...valid, createdAt });
    });
  }

  /** A disabled one gets no new tunnels; those it has go on. Throws ExitNotFound. */
  async setEnabled(invocation: Invocation, name: string, enabled: boolean): Promise<Exit> {
    return this.update(invocation, name, { enabled });
  }

  /** Tunnels it has go on to their end. Throws ExitNotFound. */
  async remove(invocation: Invocation, name: string): Promise<{ id: string; name: string }> {
    return this.#commands.run(invocation, 'exit.remove', async ({ tx, audit, send }) => {
      const { id, createdAt: _, ...before } = this.#open(await lockRow(tx, name));
      await tx`DELETE FROM exit WHERE public_id = ${id}`;
      audit(`exit:${id}`, { before: auditable(before), after: null });
      send({ kind: 'exits-changed' });
      return { id, name };
    });
  }

  #seal(id: string, { username, password }: ValidExit): Buffer | null {
    if (username === null) return null;
    return this.#box.seal(JSON.stringify({ username, password }), purposeOf(id));
  }

  #open({ credentialsSealed, ...row }: ExitRow): StoredExit {
    const credentials: Pick<ValidExit, 'username' | 'password'> =
      credentialsSealed === null
        ? { username: null, password: null }
        : JSON.parse(this.#box.open(credentialsSealed, purposeOf(row.id)).toString());
    return { ...row, ...credentials };
  }
}

type StoredExit = ExitWithSecrets & { createdAt: Date };

interface ExitRow extends Omit<StoredExit, 'username' | 'password'> {
  credentialsSealed: Buffer | null;
}

/** What is sealed for one exit opens for no other. */
function purposeOf(id: string): string {
  return `exit-credentials:${id}`;
}

function readRows(sql: Queryable, name?: string): Promise<ExitRow[]> {
  return sql<ExitRow[]>`
    SELECT ${columns(sql)} FROM exit ${name === undefined ? sql`` : sql`WHERE name = ${name}`} ORDER BY name`;
}

/** What no name can hold must not reach a query, which a NUL would fail. */
function refuseUnsayable(name: string): void {
  if (/\p{C}/u.test(name)) throw new DomainError('ExitNotFound', { name });
}

async function lockRow(tx: Tx, name: string): Promise<ExitRow> {
  refuseUnsayable(name);
  const [row] = await tx<ExitRow[]>`SELECT ${columns(tx)} FROM exit WHERE name = ${name} FOR UPDATE`;
  if (!row) throw new DomainError('ExitNotFound', { name });
  return row;
}

/** Two that take a name at once: the unique index refuses the second, and its caller looks again. */
async function refuseTaken(tx: Tx, name: string): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(${ADDING})`;
  const [taken] = await tx`SELECT 1 FROM exit WHERE name = ${validExitName(name)}`;
  if (taken) throw new DomainError('ExitNameTaken', { name });
}

function columns(sql: Queryable) {
  return sql`public_id AS id, name, kind, products, country, state, city, isp, weight, enabled, max_tunnels AS "maxTunnels",
    ARRAY(SELECT host(a) FROM unnest(source_addresses) WITH ORDINALITY AS s (a, n) ORDER BY n) AS "sourceAddresses",
    host, port, credentials_sealed AS "credentialsSealed", username_template AS "usernameTemplate",
    password_template AS "passwordTemplate", resolve, check_target AS "checkTarget", created_at AS "createdAt"`;
}

function columnsOf(exit: ValidExit, credentialsSealed: Buffer | null) {
  const { name, kind, country, state, city, isp, weight, enabled, host, port, resolve } = exit;
  return {
    ...{ name, kind, country, state, city, isp, weight, enabled, host, port, resolve },
    products: arrayOf(exit.products),
    max_tunnels: exit.maxTunnels,
    source_addresses: arrayOf(exit.sourceAddresses),
    credentials_sealed: credentialsSealed,
    username_template: exit.usernameTemplate,
    password_template: exit.passwordTemplate,
    check_target: exit.checkTarget,
  };
}

function withoutSecrets({ password, ...exit }: StoredExit): Exit {
  return { ...exit, hasPassword: password !== null };
}

/** Upstream logins are nobody's business but the upstream's; a password can stand in its template. */
const LOGIN = ['username', 'password', 'passwordTemplate'] as const;
function auditable({ username: _u, password: _p, passwordTemplate: _t, ...exit }: ValidExit) {
  return { ...exit, login: SECRET };
}
