/** What a browser has to load before it shows an overview. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const dist = path.resolve(import.meta.dirname, '../../web/dist');
const MOST_BYTES = 250_000;

interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  src?: string;
}
const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>;

/** A file's chunk with all that it needs at once. */
function filesOf(entry: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[entry];
  if (!chunk) throw new Error(`${entry} is not in the manifest`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const needed of chunk.imports ?? []) filesOf(needed, found);
  return found;
}

it.each(['src/owner/overview.tsx', 'src/reseller/overview.tsx'])(
  'the JavaScript of %s and its texts are at most 250 kB, compressed',
  (overview) => {
    const entries = ['index.html', overview, 'src/texts/de/index.ts'];
    const files = new Set(entries.flatMap((entry) => [...filesOf(entry)]));
    const bytes = [...files, 'console/scheme.js'].map(
      (file) => readFileSync(path.join(dist, `${file}.br`)).length,
    );
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES);
  },
);
