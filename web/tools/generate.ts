/** Writes the types of the console's clients. `npm run generate` calls it once the documents are written. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { clientFiles } from './clients.ts';

const root = path.resolve(import.meta.dirname, '../..');
for (const { path: name, text } of await clientFiles()) {
  writeFileSync(path.join(root, name), text);
  process.stdout.write(`${name}\n`);
}
