// `npm run bench NAME`: what it costs, side by side with a peer in the same run.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureConsole } from './console.mjs';
import { ensureInstalled, root, runNode } from './toolchain.mjs';

const [name, ...rest] = process.argv.slice(2);
const file = path.join(root, 'bench', `${name}.ts`);
if (name === undefined || !existsSync(file)) {
  const names = readdirSync(path.join(root, 'bench')).filter((entry) => entry.endsWith('.ts'));
  process.stderr.write(
    `Usage: npm run bench NAME [-- OPTIONS]   (${names.map((entry) => entry.slice(0, -3)).join(', ')})\n`,
  );
  process.exit(name === undefined ? 0 : 2);
}
ensureInstalled({ withDev: true });
if (name === 'console' && !ensureConsole()) process.exit(1);
runNode([file, ...rest]);
