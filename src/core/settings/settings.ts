/** Settings that the owner changes while the program runs. They are whole numbers; each has a default and bounds. */
import type { Sql } from '../../db/client.ts';
import { BYTES_PER_MB } from '../../shared/units.ts';
import type { Commands, Invocation } from '../command.ts';
import { invalidField } from '../errors.ts';

interface Definition {
  minimum: bigint;
  maximum: bigint;
  description: string;
}

const PETABYTE = 1_000_000_000_000_000n;

export const SETTINGS = {
  infiniteCreationFeeBytes: {
    minimum: 0n,
    maximum: PETABYTE,
    description:
      'What making a customer through the InfiniteProxies API costs the reseller, in bytes of residential',
  },
  lowPoolDays: {
    minimum: 0n,
    maximum: 365n,
    description: 'A pool needs attention when it lasts fewer days than this at the present rate; 0: never',
  },
  expiringDays: {
    minimum: 0n,
    maximum: 365n,
    description:
      'A subscription without automatic renewal needs attention so many days before its end; 0: never',
  },
} as const satisfies Record<string, Definition>;

export type SettingName = keyof typeof SETTINGS;
export type SettingValues = Record<SettingName, bigint>;

const DEFAULTS: SettingValues = {
  infiniteCreationFeeBytes: 100n * BYTES_PER_MB,
  lowPoolDays: 7n,
  expiringDays: 3n,
};

export interface SettingState {
  name: SettingName;
  value: bigint;
  /** What it is when nobody has changed it here. */
  defaultValue: bigint;
  /** Null: never changed. */
  changedAt: Date | null;
  minimum: bigint;
  maximum: bigint;
  description: string;
}

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

export class Settings {
  readonly #sql: Sql;
  readonly #commands: Commands;
  readonly #defaults: SettingValues;

  /** `defaults`: what the environment says. */
  constructor(sql: Sql, commands: Commands, defaults: Partial<SettingValues>) {
    this.#sql = sql;
    this.#commands = commands;
    this.#defaults = { ...DEFAULTS, ...defaults };
  }

  async read(): Promise<SettingValues> {
    const rows = await this.#sql<{ name: SettingName; value: bigint }[]>`SELECT name, value FROM setting`;
    return { ...this.#defaults, ...Object.fromEntries(rows.map(({ name, value }) => [name, value])) };
  }

  async list(): Promise<SettingState[]> {
    const rows = await this.#sql<{ name: SettingName; value: bigint; changedAt: Date }[]>`
      SELECT name, value, changed_at AS "changedAt" FROM setting`;
    return SETTING_NAMES.map((name) => {
      const changed = rows.find((row) => row.name === name);
      const defaultValue = this.#defaults[name];
      return {
        name,
        value: changed?.value ?? defaultValue,
        defaultValue,
        changedAt: changed?.changedAt ?? null,
        ...SETTINGS[name],
      };
    });
  }

  /** Changes a setting; null puts it back to its default. In effect at once, in every process. */
  async change(invocation: Invocation, name: SettingName, value: bigint | null): Promise<SettingState> {
    const { minimum, maximum } = SETTINGS[name];
    if (value !== null && (value < minimum || value > maximum)) {
      throw invalidField('value', `from ${minimum} to ${maximum}`);
    }
    await this.#commands.run(invocation, 'setting.change', async ({ tx, now, audit }) => {
      const [before] = await tx<
        { value: bigint }[]
      >`SELECT value FROM setting WHERE name = ${name} FOR UPDATE`;
      if (value === null) await tx`DELETE FROM setting WHERE name = ${name}`;
      else {
        await tx`
          INSERT INTO setting (name, value, changed_at) VALUES (${name}, ${value}, ${now})
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`;
      }
      const valueBefore = before?.value ?? this.#defaults[name];
      audit(`setting:${name}`, {
        before: { value: valueBefore },
        after: { value: value ?? this.#defaults[name] },
      });
    });
    return (await this.list()).find((state) => state.name === name)!;
  }
}
