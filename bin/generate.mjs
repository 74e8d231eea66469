// `npm run generate`: makes docs/openapi and the table of docs/errors.md from the code. A test fails when they are stale.
import path from 'node:path';
import { ensureInstalled, root, runNode } from './toolchain.mjs';

ensureInstalled({ withDev: true });
runNode([path.join(root, 'src', 'cli', 'generate.ts')]);
