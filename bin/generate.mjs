// `npm run generate`: makes docs/openapi and the table of docs/errors.md from the code, and the types of the console's clients from
// docs/openapi. A test fails when they are stale.
import { ensureInstalled, runSteps } from './toolchain.mjs';

ensureInstalled({ withDev: true });
runSteps([['src/cli/generate.ts'], ['web/tools/generate.ts']]);
