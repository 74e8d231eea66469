/** The OpenAPI documents: valid, complete, and what is committed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Document, MediaType, Operation } from '../../src/api/openapi/document.ts';
import { type GeneratedFile, generatedFiles, NO_CORE } from '../../src/api/openapi/generated.ts';
import { DocumentSchemas } from '../support/described.ts';
import { APIS, type ApiName, apiRoutes } from '../support/routes.ts';

const root = path.resolve(import.meta.dirname, '../..');
let files: GeneratedFile[];
const documents = new Map<ApiName, Document>();

beforeAll(async () => {
  files = await generatedFiles();
  for (const name of APIS) {
    const file = files.find((entry) => entry.path === `docs/openapi/${name}.json`);
    documents.set(name, JSON.parse(file!.text));
  }
});

function operationsOf(name: ApiName): { title: string; operation: Operation }[] {
  return Object.entries(documents.get(name)!.paths).flatMap(([route, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      title: `${method.toUpperCase()} ${route}`,
      operation,
    })),
  );
}

/** The calls by which one gets in. */
const WITHOUT_KEY = new Set([
  'issueUserToken',
  'signIn',
  'giveCode',
  'readInvitation',
  'takeUpInvitation',
  'getCheckpoint',
  'getKeys',
  'proveConsistency',
]);

it('are committed as `npm run generate` makes them', () => {
  expect(files.map((file) => file.path).sort()).toEqual([
    'docs/errors.md',
    ...APIS.map((name) => `docs/openapi/${name}.json`).sort(),
  ]);
  for (const file of files) {
    const committed = readFileSync(path.join(root, file.path), 'utf8');
    expect(committed === file.text, `${file.path} is stale: npm run generate`).toBe(true);
  }
});

describe.each(APIS)('%s', (name) => {
  it('is OpenAPI 3.1', async () => {
    const document = documents.get(name)!;
    expect(document.openapi).toMatch(/^3\.1\./);
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) });
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it('has every route, and no other', async () => {
    const routes = (await apiRoutes(NO_CORE)).filter(
      (route) => route.dialect === name && route.method !== 'HEAD',
    );
    const { servers, paths } = documents.get(name)!;
    const described = servers.flatMap(({ url }) =>
      Object.entries(paths).flatMap(([route, operations]) =>
        Object.keys(operations).map(
          (method) =>
            `${method.toUpperCase()} ${url.replace(/\/$/, '')}${route.replace(/\{(\w+)\}/g, ':$1')}`,
        ),
      ),
    );
    expect(described.sort()).toEqual(routes.map(({ method, url }) => `${method} ${url}`).sort());
  });

  it('says of every call what it is, under a name of its own', () => {
    const operations = operationsOf(name);
    const tags = documents.get(name)!.tags.map((tag) => tag.name);
    for (const { title, operation } of operations) {
      expect(operation.summary, title).toMatch(/^[A-Z].*[^.]$/);
      expect(operation.operationId, title).toMatch(/^[a-z][A-Za-z]+$/);
      expect(operation.tags, title).toHaveLength(1);
      expect(tags, title).toContain(operation.tags[0]);
    }
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const used = new Set(operations.flatMap(({ operation }) => operation.tags));
    expect([...used].sort()).toEqual([...tags].sort());
  });

  it('says of every call how the key is sent, and of which scope it must be', () => {
    const schemes = Object.keys(documents.get(name)!.components.securitySchemes);
    for (const { title, operation } of operationsOf(name)) {
      if (WITHOUT_KEY.has(operation.operationId)) {
        expect(operation.security, title).toEqual([]);
        continue;
      }
      expect(operation.security?.length, title).toBeGreaterThan(0);
      for (const way of operation.security!) {
        const [[scheme, scopes]] = Object.entries(way) as [[string, string[]]];
        expect(schemes, title).toContain(scheme);
        // A session says itself what it may do.
        if (name !== 'session') expect(scopes.length, title).toBeGreaterThan(0);
      }
    }
  });

  it('has the good answer of every call, and all that any call of its kind can be refused with', () => {
    for (const { title, operation } of operationsOf(name)) {
      const statuses = Object.keys(operation.responses);
      expect(
        statuses.filter((status) => status.startsWith('2')),
        title,
      ).toHaveLength(1);
      const isOpen = WITHOUT_KEY.has(operation.operationId);
      expect(statuses, title).toEqual(expect.arrayContaining([...(isOpen ? [] : ['401']), '500', '503']));
      if (!title.startsWith('GET ')) {
        expect(statuses, title).toEqual(expect.arrayContaining(['400', '413']));
      }
      if (/\{/.test(title)) expect(statuses, title).toContain('404');
    }
  });

  it('has examples of every request and answer, which are as described', () => {
    const schemas = new DocumentSchemas(documents.get(name)!);
    const judge = (title: string, { schema, example, examples }: MediaType) => {
      const values = example === undefined ? Object.values(examples ?? {}) : [{ value: example }];
      expect(values.length, `examples of ${title}`).toBeGreaterThan(0);
      for (const { value } of values) expect(schemas.problemOf(schema, value), title).toBeUndefined();
    };
    for (const { title, operation } of operationsOf(name)) {
      for (const media of Object.values(operation.requestBody?.content ?? {})) judge(title, media);
      for (const parameter of operation.parameters ?? []) {
        expect(parameter.description, `${title}: ${parameter.name}`).toBeTruthy();
        if (parameter.in === 'path') judge(`${title}: ${parameter.name}`, parameter);
      }
      for (const [status, given] of Object.entries(operation.responses)) {
        const response = schemas.responseOf(given);
        expect(response.description, `${title} ${status}`).toBeTruthy();
        judge(`${title} ${status}`, Object.values(response.content)[0]!);
      }
    }
  });

  it('lets nothing into an answer that is not named', () => {
    const open: string[] = [];
    const look = (title: string, node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const schema = node as { type?: unknown; additionalProperties?: unknown; properties?: unknown };
      if (schema.type === 'object' && schema.additionalProperties === undefined) open.push(title);
      for (const [key, value] of Object.entries(node)) {
        if (key !== 'example' && key !== 'examples') look(title, value);
      }
    };
    for (const { title, operation } of operationsOf(name)) look(title, operation.responses);
    look('components', documents.get(name)!.components);
    expect(open).toEqual([]);
  });
});

describe('what the source does not say', () => {
  const labelled = (label: 'x-inferred' | 'x-added') =>
    APIS.flatMap((name) =>
      operationsOf(name)
        .filter(({ operation }) => operation[label])
        .map(({ operation }) => operation),
    );

  it('is labelled as inferred, with a sentence', () => {
    const inferred = labelled('x-inferred');
    expect(inferred.map(({ operationId }) => operationId).sort()).toEqual([
      'addAddress',
      'blacklistAddress',
      'listSubscriptions',
      'mintApiKey',
      'redeemVoucher',
      'whitelistAddress',
    ]);
    for (const { description } of inferred) expect(description).toMatch(/\*\*Inferred:\*\* .+\./);
  });

  it('is labelled as added where the source has no such call', () => {
    const added = labelled('x-added');
    expect(added.map(({ operationId }) => operationId).sort()).toEqual([
      'deleteSubuser',
      'freezeCredits',
      'getUsage',
      'listApiKeys',
      'moveBandwidth',
      'revokeApiKey',
      'rotateApiKey',
    ]);
    for (const { description } of added) expect(description).toContain('**Added:**');
  });
});
