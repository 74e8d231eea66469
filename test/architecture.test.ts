import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.dirname(import.meta.dirname);
const source = path.join(root, 'src');

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll(path.sep, '/'));

/** Files of src that a file imports, as paths below src. */
function importsOf(file: string): string[] {
  const text = readFileSync(path.join(source, file), 'utf8');
  return [...text.matchAll(/(?:from\s+|import\s+|import\()'(\.[^']+)'/g)].map(([, target]) =>
    path.posix.normalize(path.posix.join(path.posix.dirname(file), target!)),
  );
}

const room = (file: string): string => (file.includes('/') ? file.split('/')[0]! : file);

/** What each room may import besides itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  shared: [],
  'config.ts': ['shared'],
  db: ['shared', 'config.ts'],
  core: ['db', 'shared'],
  gateway: ['shared'],
  outgoing: ['shared'],
  'gateway-http': ['shared'],
  'kept-ports.ts': [],
  'roles.ts': [],
  'gateway-host.ts': ['gateway', 'shared', 'config.ts', 'kept-ports.ts'],
  // The control side answers what the table of the gateway's calls asks.
  api: ['core', 'db', 'shared', 'gateway'],
  jobs: ['core', 'outgoing', 'db', 'shared'],
  metrics: ['api', 'core', 'gateway', 'shared'],
  'first-run.ts': ['core', 'shared', 'config.ts'],
  'server.ts': [
    'gateway-host.ts',
    'kept-ports.ts',
    'roles.ts',
    'gateway-http',
    'metrics',
    'first-run.ts',
    'api',
    'jobs',
    'gateway',
    'outgoing',
    'core',
    'db',
    'shared',
    'config.ts',
  ],
  cli: [
    'server.ts',
    'kept-ports.ts',
    'roles.ts',
    'first-run.ts',
    'api',
    'jobs',
    'gateway',
    'core',
    'db',
    'shared',
    'config.ts',
  ],
};

describe('the walls', () => {
  it('cover every file', () => {
    expect(files.length).toBeGreaterThan(50);
    expect([...new Set(files.map(room))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it('let imports run downward only', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => room(target) !== room(file) && !MAY_IMPORT[room(file)]!.includes(room(target)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keep the gateway behind its ports: api reaches only what a link needs', () => {
    const reached = files
      .filter((file) => file.startsWith('api/'))
      .flatMap((file) => importsOf(file).filter((target) => target.startsWith('gateway/')));
    expect([...new Set(reached)].sort()).toEqual([
      'gateway/link/calls.ts',
      'gateway/link/events.ts',
      'gateway/link/forms.ts',
      'gateway/link/link.ts',
      'gateway/link/news.ts',
      'gateway/ports.ts',
      'gateway/session-over.ts',
    ]);
  });

  it('keep dialects apart', () => {
    const dialectOf = (file: string) => /^api\/dialects\/([^/]+)\//.exec(file)?.[1];
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => dialectOf(file) && dialectOf(target) && dialectOf(target) !== dialectOf(file))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keep HTTP and the environment out of the core', () => {
    const wrong = files
      .filter((file) => file.startsWith('core/'))
      .filter((file) =>
        /from '(fastify|node:http)'|process\.env/.test(readFileSync(path.join(source, file), 'utf8')),
      );
    expect(wrong).toEqual([]);
  });

  it('let no file read the time but through the clock', () => {
    const allowed = new Set(['shared/clock.ts', 'cli/doctor.ts', 'cli/key.ts']);
    const wrong = files
      .filter((file) => !allowed.has(file) && !file.startsWith('db/'))
      .filter((file) => /Date\.now\(\)|new Date\(\)/.test(readFileSync(path.join(source, file), 'utf8')));
    expect(wrong).toEqual([]);
  });

  // V8 makes such a function in the old generation at once, where it keeps all that it can see until the next full collection: of
  // every connection that is closed, everything.
  it('write no function of the gateway right where it is assigned to a property', () => {
    const assigned = /^(?! +(readonly )?#?\w+ = ).*[.#]\w+ (\?\?)?= (async )?(function|\([^()]*\) =>|\w+ =>)/;
    const found = files
      .filter((file) => file.startsWith('gateway/'))
      .flatMap((file) => readFileSync(path.join(source, file), 'utf8').split('\n'))
      .filter((line) => assigned.test(line));
    expect(found.map((line) => line.trim())).toEqual([]);
  });
});
