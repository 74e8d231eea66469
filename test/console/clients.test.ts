import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { clientFiles } from '../../web/tools/clients.ts';

const root = path.resolve(import.meta.dirname, '../..');

it('the types of the clients are committed as `npm run generate` makes them', async () => {
  for (const file of await clientFiles()) {
    const committed = readFileSync(path.join(root, file.path), 'utf8');
    expect(committed === file.text, `${file.path} is stale: npm run generate`).toBe(true);
  }
});
