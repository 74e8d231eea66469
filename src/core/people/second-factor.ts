/** The second factor: codes of an authenticator (TOTP, RFC 6238), and recovery codes for when it is lost. */
import { Secret, TOTP } from 'otpauth';
import { arrayOf } from '../../db/array.ts';
import { ANOTHER_SECRET, SECRET } from '../audit/audit.ts';
import type { CommandStep, Commands, Invocation } from '../command.ts';
import { invalidField } from '../errors.ts';
import { randomText, type SecretBox } from '../secrets.ts';
import { endSessions, lockPerson, type PersonRow } from './records.ts';

const ISSUER = 'Headgate';
const PERIOD_SECONDS = 30;
const RECOVERY_CODES = 10;
const RECOVERY_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

export interface Enrolment {
  /** For a QR code. */
  otpauthUri: string;
  /** The same, to be typed. */
  secret: string;
}

export class SecondFactor {
  readonly #commands: Commands;
  readonly #box: SecretBox;

  constructor(commands: Commands, box: SecretBox) {
    this.#commands = commands;
    this.#box = box;
  }

  /** Makes a secret, which counts once it is confirmed. Throws InvalidField when there is a second factor already. */
  async enrol(invocation: Invocation, personId: string): Promise<Enrolment> {
    return this.#commands.run(invocation, 'second-factor.enrol', async ({ tx, audit }) => {
      const person = await lockPerson(tx, personId);
      refuseSecond(person);
      const secret = new Secret({ size: 20 });
      const sealed = this.#box.seal(Buffer.from(secret.bytes), purposeOf(person));
      await tx`UPDATE person SET totp_sealed = ${sealed}, totp_last_step = NULL WHERE id = ${person.rowId}`;
      audit(`person:${personId}`, {
        email: person.email,
        before: { authenticator: person.totpSealed ? SECRET : null },
        after: { authenticator: ANOTHER_SECRET },
      });
      return { otpauthUri: totpOf(secret, person).toString(), secret: secret.base32 };
    });
  }

  /** Turns the second factor on with a code of the authenticator. Answers the recovery codes, shown once. Other sessions end. */
  async confirm(
    invocation: Invocation,
    personId: string,
    sessionId: string,
    code: string,
  ): Promise<string[]> {
    return this.#commands.run(invocation, 'second-factor.confirm', async (step) => {
      const { tx, now, audit, send } = step;
      const person = await lockPerson(tx, personId);
      refuseSecond(person);
      if (!person.totpSealed) throw invalidField('code', 'of a second factor that is being set up');
      const used = this.#stepOf(person, code, now);
      if (used === undefined) throw invalidField('code', 'the one that the authenticator shows now');
      await tx`
        UPDATE person SET totp_confirmed_at = ${now}, totp_last_step = ${used} WHERE id = ${person.rowId}`;
      await endSessions(tx, person.rowId, now, sessionId);
      audit(`person:${personId}`, {
        email: person.email,
        before: { hasSecondFactor: false },
        after: { hasSecondFactor: true },
      });
      send({ kind: 'people-changed' });
      return this.#newRecoveryCodes(step, person);
    });
  }

  /** Makes new recovery codes in place of those there were. The caller has confirmed the password. */
  async renewRecoveryCodes(invocation: Invocation, personId: string): Promise<string[]> {
    return this.#commands.run(invocation, 'second-factor.renew-recovery-codes', async (step) => {
      const person = await lockPerson(step.tx, personId);
      if (!person.hasSecondFactor) throw invalidField('person', 'somebody with a second factor');
      step.audit(`person:${personId}`, {
        email: person.email,
        before: { recoveryCodes: SECRET },
        after: { recoveryCodes: ANOTHER_SECRET },
      });
      return this.#newRecoveryCodes(step, person);
    });
  }

  /** Turns the second factor off. The caller has confirmed the password. Other sessions end. */
  async disable(invocation: Invocation, personId: string, sessionId: string): Promise<void> {
    await this.#commands.run(invocation, 'second-factor.disable', async ({ tx, now, audit, send }) => {
      const { rowId, email, hasSecondFactor } = await lockPerson(tx, personId);
      await tx`
        UPDATE person SET totp_sealed = NULL, totp_confirmed_at = NULL, totp_last_step = NULL WHERE id = ${rowId}`;
      await tx`DELETE FROM person_recovery_code WHERE person_id = ${rowId}`;
      await endSessions(tx, rowId, now, sessionId);
      audit(`person:${personId}`, { email, before: { hasSecondFactor }, after: { hasSecondFactor: false } });
      send({ kind: 'people-changed' });
    });
  }

  /** Uses up a code and says of which kind it was; undefined for one that is not good. `person` is locked. */
  async useCode(
    { tx, now }: CommandStep,
    person: PersonRow,
    code: string,
  ): Promise<'authenticator' | 'recovery code' | undefined> {
    const used = this.#stepOf(person, code, now);
    if (used !== undefined) {
      await tx`UPDATE person SET totp_last_step = ${used} WHERE id = ${person.rowId}`;
      return 'authenticator';
    }
    const taken = await tx`
      DELETE FROM person_recovery_code
        WHERE person_id = ${person.rowId} AND digest = ${this.#digestOf(person, code)} RETURNING digest`;
    return taken.length > 0 ? 'recovery code' : undefined;
  }

  /** The time step that a code belongs to, where it is now or a step beside it and was not used before. */
  #stepOf(person: PersonRow, code: string, now: Date): number | undefined {
    const digits = code.replace(/\s/g, '');
    if (!person.totpSealed || !/^\d{6}$/.test(digits)) return undefined;
    const secret = new Secret({
      buffer: new Uint8Array(this.#box.open(person.totpSealed, purposeOf(person))).buffer,
    });
    const delta = totpOf(secret, person).validate({ token: digits, window: 1, timestamp: now.getTime() });
    if (delta === null) return undefined;
    const step = Math.floor(now.getTime() / 1000 / PERIOD_SECONDS) + delta;
    return person.totpLastStep !== null && BigInt(step) <= person.totpLastStep ? undefined : step;
  }

  async #newRecoveryCodes({ tx }: CommandStep, person: PersonRow): Promise<string[]> {
    const codes = Array.from(
      { length: RECOVERY_CODES },
      () => `${randomText(6, RECOVERY_ALPHABET)}-${randomText(6, RECOVERY_ALPHABET)}`,
    );
    await tx`DELETE FROM person_recovery_code WHERE person_id = ${person.rowId}`;
    const digests = codes.map((code) => this.#digestOf(person, code).toString('hex'));
    await tx`
      INSERT INTO person_recovery_code (person_id, digest)
        SELECT ${person.rowId}, decode(digest, 'hex') FROM unnest(${arrayOf(digests)}::text[]) AS item (digest)`;
    return codes;
  }

  #digestOf(person: PersonRow, code: string): Buffer {
    const letters = code.toLowerCase().replace(/[\s-]/g, '');
    return this.#box.digest(letters, `recovery code:${person.id}`);
  }
}

function refuseSecond(person: PersonRow): void {
  if (person.hasSecondFactor) throw invalidField('person', 'somebody without a second factor');
}

function purposeOf(person: PersonRow): string {
  return `totp:${person.id}`;
}

function totpOf(secret: Secret, { email }: PersonRow): TOTP {
  return new TOTP({ issuer: ISSUER, label: email, secret, digits: 6, period: PERIOD_SECONDS });
}
