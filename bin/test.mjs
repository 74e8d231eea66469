// `npm test`: style, types and every test, after installing what they need. `npm run check`: style and types only.
//
//   npm test                     everything
//   npm test -- test/dialects    only these test files
import { ensureInstalled, runSteps } from './toolchain.mjs';

const CHECKS = [
  ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  ['node_modules/typescript/bin/tsc', '-p', '.'],
];
const VITEST = 'node_modules/vitest/vitest.mjs';

const [first, ...rest] = process.argv.slice(2);
ensureInstalled({ withDev: true });
if (first === '--check-only') runSteps(CHECKS);
else if (first === undefined) runSteps([...CHECKS, [VITEST, 'run']]);
else runSteps([[VITEST, 'run', first, ...rest]]);
