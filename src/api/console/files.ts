/** The console as it was built: every file with its compressed forms, held in memory. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ENCODINGS = ['br', 'gzip'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface ConsoleFile {
  type: string;
  body: Buffer;
  /** Made by the build. Absent for what does not get smaller. */
  encoded: Partial<Record<Encoding, Buffer>>;
}

const SUFFIXES: Record<Encoding, string> = { br: '.br', gzip: '.gz' };

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Reads a build: its files by their path from `folder`, with slashes. Undefined when there is none.
 * All of it at once: a later build in the same folder cannot mix with this one.
 */
export function readConsole(folder: string): Map<string, ConsoleFile> | undefined {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return undefined;
  }
  const files = new Map<string, ConsoleFile>();
  for (const name of names) {
    const type = TYPES[path.extname(name)];
    if (type === undefined) continue;
    const body = readFileSync(path.join(folder, name));
    const encoded: ConsoleFile['encoded'] = {};
    for (const encoding of ENCODINGS) {
      if (names.includes(name + SUFFIXES[encoding])) {
        encoded[encoding] = readFileSync(path.join(folder, name + SUFFIXES[encoding]));
      }
    }
    files.set(name.replaceAll(path.sep, '/'), { type, body, encoded });
  }
  return files.has('index.html') ? files : undefined;
}
