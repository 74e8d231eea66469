/** The credit log over HTTP: what is public, what is a reseller's own, and that its answers prove what they say. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApi, type TestApi } from '../support/api.ts';
import { createReporter, judgeReceipt, openNote, type Reporter } from '../support/credit-log.ts';
import { rootOfPath, rootsOfProof } from '../support/rfc6962.ts';

let api: TestApi;
let mine: Reporter;
let other: Reporter;
let ownerKey: string;
let vkey: string;

beforeAll(async () => {
  api = await createTestApi();
  [mine, other] = await Promise.all([createReporter(api), createReporter(api)]);
  await api.core.accounts.ensureOwner(api.operator, 'owner@example.com', 'a-good-password');
  ownerKey = await api.mintKey((await api.core.accounts.find('owner@example.com')).id, ['admin:read']);
  vkey = (await get('/log/key')).body.trim();
});
afterAll(() => api.close());

const get = (url: string, key?: string) =>
  api.app.inject({ url, headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
const fromBase64 = (hashes: string[]) => hashes.map((hash) => Buffer.from(hash, 'base64'));

describe('to everybody', () => {
  it('shows a signed checkpoint and its key', async () => {
    await mine.report();
    const answer = await get('/log/checkpoint');
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(openNote(answer.body, vkey).size).toBeGreaterThan(0);
  });

  it('proves that a tree only grew', async () => {
    const before = openNote((await get('/log/checkpoint')).body, vkey);
    for (let count = 0; count < 5; count++) await other.report();
    const after = openNote((await get('/log/checkpoint')).body, vkey);
    const { proof } = (await get(`/log/proof/consistency?first=${before.size}&second=${after.size}`)).json();
    expect(rootsOfProof(before.size, after.size, before.root, fromBase64(proof))).toEqual({
      first: before.root,
      second: after.root,
    });
  });

  it.each([
    ['?first=1', 'missing_fields|invalid_field'],
    ['?first=1&second=99999999', 'invalid_field'],
    ['?first=3&second=2', 'invalid_field'],
    ['?first=-1&second=2', 'invalid_field'],
    ['?first=1.5&second=2', 'invalid_field'],
    ['?first=1&first=1&second=2', 'invalid_field'],
    ['?first=01&second=2', 'invalid_field'],
    ['?first=1&second=1e999', 'invalid_field'],
  ])('refuses %s, naming the field', async (query, code) => {
    const answer = await get(`/log/proof/consistency${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json().code).toMatch(new RegExp(`^(${code})$`));
    expect(answer.json().detail).toMatch(/first|second/);
  });

  it.each(['/log/receipt?event=ev_x', '/log/proof/inclusion?event=ev_x', '/log/export'])(
    'does not show %s',
    async (url) => {
      expect((await get(url)).json()).toMatchObject({ status: 401, code: 'unauthenticated' });
      const key = await api.mintKey(mine.identity.accountId, ['reseller:read']);
      expect((await get(url, key)).json()).toMatchObject({ status: 403, code: 'insufficient_scope' });
    },
  );
});

describe('to a reseller', () => {
  it('gives the receipt of the report again', async () => {
    const { id, receipt } = await mine.report();
    await other.report();
    const answer = await get(`/log/receipt?event=${id}`, mine.secret);
    expect(answer.json()).toEqual(receipt);
    judgeReceipt(answer.json(), vkey);
  });

  it('proves an event in a tree of any size that has it', async () => {
    const { id, receipt } = await mine.report();
    for (let count = 0; count < 3; count++) await other.report();
    const last = (await get(`/log/proof/inclusion?event=${id}`, mine.secret)).json();
    expect(judgeReceipt(last, vkey).size).toBe(last.tree_size);
    const size = receipt.leaf_index + 2;
    const proof = (await get(`/log/proof/inclusion?event=${id}&size=${size}`, mine.secret)).json();
    const path = fromBase64(proof.inclusion_proof);
    const root = rootOfPath(proof.leaf_index, size, Buffer.from(proof.leaf), path);
    const steps = (await get(`/log/proof/consistency?first=${size}&second=${last.tree_size}`)).json().proof;
    const whole = openNote(last.checkpoint, vkey);
    expect(rootsOfProof(size, whole.size, root, fromBase64(steps)).second).toEqual(whole.root);
    for (const wrong of [receipt.leaf_index, 999_999]) {
      const answer = await get(`/log/proof/inclusion?event=${id}&size=${wrong}`, mine.secret);
      expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: 'size' }] });
    }
  });

  it('exports its own events, and of others hashes', async () => {
    const answer = await get('/log/export', mine.secret);
    expect(answer.headers['content-type']).toBe('application/x-ndjson');
    const [header, ...lines] = answer.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(header.tree_size).toBe(lines.length);
    expect(openNote(header.checkpoint, vkey).size).toBe(lines.length);
    const accounts = new Set(lines.flatMap(({ leaf }) => (leaf ? [JSON.parse(leaf).account] : [])));
    expect([...accounts]).toEqual([mine.identity.accountPublicId]);
    expect(answer.body).not.toContain(other.identity.accountPublicId);
    const refused = await get(`/log/export?reseller=${other.storeCode}`, mine.secret);
    expect(refused.json()).toMatchObject({ status: 403, code: 'insufficient_scope' });
  });

  it('answers another’s event like one that does not exist', async () => {
    const { id } = await other.report();
    for (const path of ['/log/receipt', '/log/proof/inclusion']) {
      const theirs = await get(`${path}?event=${id}`, mine.secret);
      const nobodys = await get(`${path}?event=ev_aaaaaaaaaaaaaaaa`, mine.secret);
      expect(theirs.statusCode).toBe(404);
      expect(theirs.body).toBe(nobodys.body);
      expect(theirs.json().code).toBe('credit_event_not_found');
    }
  });
});

describe('to the owner', () => {
  it('shows any event, and the export of any reseller', async () => {
    const { id, receipt } = await other.report();
    expect((await get(`/log/receipt?event=${id}`, ownerKey)).json()).toEqual(receipt);
    const answer = await get(`/log/export?reseller=${other.storeCode}`, ownerKey);
    expect(JSON.parse(answer.body.split('\n', 1)[0]!).account).toBe(other.identity.accountPublicId);
    expect((await get('/log/export?reseller=NOBODY', ownerKey)).json()).toMatchObject({ status: 404 });
  });
});
