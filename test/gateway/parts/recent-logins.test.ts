import { beforeEach, describe, expect, test } from 'vitest';
import { Acquaintance } from '../../../src/gateway/acquaintance.ts';
import { Credentials, type RecentLogin } from '../../../src/gateway/credentials.ts';
import { DEFAULT_LIMITS } from '../../../src/gateway/limits.ts';
import { FakeLink } from '../../support/gateway/fake-link.ts';
import { ManualTimers } from '../../support/gateway/manual-timers.ts';

const TEXT = 'Basic YWxpY2U6c2VjcmV0';

let link: FakeLink;
let timers: ManualTimers;
let credentials: Credentials;

beforeEach(() => {
  link = new FakeLink();
  timers = new ManualTimers();
  credentials = new Credentials(link, timers, DEFAULT_LIMITS);
  link.addUser('alice', 1_000);
});

async function logIn(password = 'secret'): Promise<RecentLogin> {
  const answer = await credentials.byPassword('alice', [password]);
  if (answer.kind !== 'known') throw new Error('alice is not let in');
  const { identity, askedAtMs } = answer;
  const login: RecentLogin = {
    name: 'alice',
    password,
    client: { identity, askedAtMs, by: 'password', acquaintance: new Acquaintance() },
  };
  credentials.remember(TEXT, 'alice', login);
  return login;
}

test('a login that comes in the same text is known by it, and no other is', async () => {
  const login = await logIn();
  expect(credentials.recall(TEXT)).toBe(login);
  expect(credentials.recall(`${TEXT}A`)).toBeUndefined();
});

test('what the control side says has changed is not recalled', async () => {
  await logIn();
  credentials.forget('id-bob');
  expect(credentials.recall(TEXT)).toBeDefined();
  credentials.forget('id-alice');
  expect(credentials.recall(TEXT)).toBeUndefined();
  await logIn();
  credentials.forgetAll();
  expect(credentials.recall(TEXT)).toBeUndefined();
});

test('another password that is right now takes the place of the text with the old one', async () => {
  await logIn();
  link.setPassword('alice', 'another');
  expect(await credentials.byPassword('alice', ['another'])).toMatchObject({ kind: 'known' });
  expect(credentials.recall(TEXT)).toBeUndefined();
});

test('an answer from before a change is not remembered after it', async () => {
  const login = await logIn();
  credentials.forget('id-alice');
  await timers.advance(10);
  await credentials.byPassword('alice', ['secret']);
  credentials.remember(TEXT, 'alice', login);
  expect(credentials.recall(TEXT)).toBeUndefined();
});

test('it is as fresh as the answer that it stands on, and the text is gone by then', async () => {
  await logIn();
  await timers.advance(DEFAULT_LIMITS.credentialTtlMs - 1);
  expect(credentials.recall(TEXT)).toBeDefined();
  expect(timers.pending).toBe(1);
  await timers.advance(1);
  expect(credentials.recall(TEXT)).toBeUndefined();
  expect(timers.pending).toBe(0);
});

test('each text goes by itself when its own time is over', async () => {
  await logIn();
  link.addUser('bob', 1_000);
  await timers.advance(DEFAULT_LIMITS.credentialTtlMs / 2);
  const answer = await credentials.byPassword('bob', ['secret']);
  if (answer.kind !== 'known') throw new Error('bob is not let in');
  const { identity, askedAtMs } = answer;
  const client = { identity, askedAtMs, by: 'password', acquaintance: new Acquaintance() } as const;
  credentials.remember('bob', 'bob', { name: 'bob', password: 'secret', client });
  await timers.advance(DEFAULT_LIMITS.credentialTtlMs / 2);
  expect(credentials.recall(TEXT)).toBeUndefined();
  expect(credentials.recall('bob')).toBeDefined();
  await timers.advance(DEFAULT_LIMITS.credentialTtlMs / 2);
  expect(credentials.recall('bob')).toBeUndefined();
  expect(timers.pending).toBe(0);
});

describe('who is active when its answer gets old', () => {
  const { credentialTtlMs } = DEFAULT_LIMITS;

  async function comeLate(): Promise<void> {
    await logIn();
    await timers.advance(credentialTtlMs * 0.8);
    expect(credentials.recall(TEXT)).toBeDefined();
    expect(credentials.recall(TEXT)).toBeDefined();
  }

  test('is asked about once, a moment later, and is known for as long again', async () => {
    await comeLate();
    expect(link.authentications).toBe(1);
    await timers.advance(credentialTtlMs / 60);
    expect(link.authentications).toBe(2);
    await timers.advance(credentialTtlMs * 0.7);
    expect(credentials.recall(TEXT)).toBeDefined();
    await timers.advance(credentialTtlMs * 0.3);
    expect(credentials.recall(TEXT)).toBeUndefined();
    expect(link.authentications).toBe(2);
  });

  test('is not known any more when the password is another one', async () => {
    await comeLate();
    link.setPassword('alice', 'another');
    await timers.advance(credentialTtlMs / 60);
    expect(credentials.recall(TEXT)).toBeUndefined();
  });

  test('has what is said anew when that is something else', async () => {
    await comeLate();
    link.removeUser('alice');
    const identity = link.addUser('alice', 1_000, { limits: { maxTunnels: 3 } });
    await timers.advance(credentialTtlMs / 60);
    expect(credentials.recall(TEXT)).toBeUndefined();
    expect(await credentials.byPassword('alice', ['secret'])).toMatchObject({ kind: 'known', identity });
    expect(link.authentications).toBe(2);
  });

  test('is known until its time is over when nobody answers', async () => {
    await comeLate();
    link.isAway = true;
    await timers.advance(credentialTtlMs * 0.2 - 1);
    expect(credentials.recall(TEXT)).toBeDefined();
    await timers.advance(1);
    expect(credentials.recall(TEXT)).toBeUndefined();
  });
});
