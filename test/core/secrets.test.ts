import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCore } from '../../src/core/core.ts';
import {
  hashPassword,
  loadMasterKey,
  SecretBox,
  secretsEqual,
  verifyPassword,
} from '../../src/core/secrets.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { createTestDatabase } from '../support/postgres.ts';

describe('sealing', () => {
  const box = new SecretBox(randomBytes(32));

  it('opens what it sealed, for the same purpose only', () => {
    const sealed = box.seal('a password', 'purpose');
    expect(box.open(sealed, 'purpose').toString()).toBe('a password');
    expect(() => box.open(sealed, 'another')).toThrow();
    expect(() => new SecretBox(randomBytes(32)).open(sealed, 'purpose')).toThrow();
    expect(sealed.includes('a password')).toBe(false);
  });

  it('notices every changed byte', () => {
    const sealed = box.seal('a password', 'purpose');
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed);
      changed[index]! ^= 1;
      expect(() => box.open(changed, 'purpose')).toThrow();
    }
    expect(() => box.open(sealed.subarray(0, 10), 'purpose')).toThrow();
  });

  it('never seals the same twice', () => {
    const sealed = new Set(Array.from({ length: 2000 }, () => box.seal('x', 'p').toString('hex')));
    expect(sealed.size).toBe(2000);
  });
});

describe('passwords', () => {
  it('are recognised by their hash, whatever the Unicode form they are typed in', async () => {
    const hash = await hashPassword('pa\u0308ssword');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword('p\u00e4ssword', hash)).toBe(true);
    expect(await verifyPassword('password', hash)).toBe(false);
    expect(await verifyPassword('password', null)).toBe(false);
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
  });

  it('compare without regard to where they differ', () => {
    expect(secretsEqual('abc', 'abc')).toBe(true);
    expect(secretsEqual('abc', 'abd')).toBe(false);
    expect(secretsEqual('abc', 'abcd')).toBe(false);
  });
});

describe('the master key', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'headgate-key-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is made once, for the owner’s eyes only, and read again', () => {
    const key = loadMasterKey(folder, undefined);
    expect(key).toHaveLength(32);
    expect(loadMasterKey(folder, undefined).equals(key)).toBe(true);
    expect(statSync(path.join(folder, 'master.key')).mode & 0o777).toBe(0o600);
    const given = randomBytes(32);
    expect(loadMasterKey(folder, given)).toBe(given);
  });

  it('is not replaced when the file is damaged', () => {
    const file = path.join(folder, 'master.key');
    writeFileSync(file, 'nonsense');
    expect(() => loadMasterKey(folder, undefined)).toThrow(/does not hold 32 bytes/);
    expect(readFileSync(file, 'utf8')).toBe('nonsense');
  });

  it('must be the one the database was set up with', async () => {
    const database = await createTestDatabase();
    try {
      await createCore(database.sql, systemClock, Buffer.alloc(32, 1));
      await createCore(database.sql, systemClock, Buffer.alloc(32, 1));
      await expect(createCore(database.sql, systemClock, Buffer.alloc(32, 2))).rejects.toThrow(
        /master key is not the one/,
      );
    } finally {
      await database.drop();
    }
  });
});
