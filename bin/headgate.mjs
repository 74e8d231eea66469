#!/usr/bin/env node
// The command `headgate`, and what `npm start` runs. Works on any Node from 18 on: it only hands over to Node 24.
import path from 'node:path';
import { ensureConsole } from './console.mjs';
import { keepServer } from './keeper.mjs';
import { SERVER_NODE_OPTIONS } from './node-options.mjs';
import { ensureInstalled, root, runScript } from './toolchain.mjs';

const args = process.argv.slice(2);
ensureInstalled({ withDev: false });
if (servesConsole(args)) ensureConsole();
const main = path.join(root, 'src', 'cli', 'main.ts');
if (args[0] === 'start') keepServer([...SERVER_NODE_OPTIONS, main, ...args]);
else await runScript(main, args);

/** True for a start of the API. What cannot be understood is the command's own to refuse. */
function servesConsole([command, ...options]) {
  if (command !== 'start' || options.includes('--help') || options.includes('-h')) return false;
  const text = options.join('=');
  return !text.includes('--roles') || /--roles=[^-]*\bapi\b/.test(text);
}
