// `npm run screenshots`: every page of both consoles, in both themes and at phone width, into docs/screenshots. A server of its own is
// started for it, filled with an invented provider's month.
import { ensureConsole } from './console.mjs';
import { ensureInstalled, runSteps } from './toolchain.mjs';

ensureInstalled({ withDev: true });
if (!ensureConsole()) process.exit(1);
runSteps([['test/screenshots/take.ts', ...process.argv.slice(2)]]);
