#!/usr/bin/env node
// The command `headgate`, and what `npm start` runs. Works on any Node from 18 on: it only hands over to Node 24.
import path from 'node:path';
import { ensureInstalled, root, runNode } from './toolchain.mjs';

ensureInstalled({ withDev: false });
// A larger nursery for short-lived objects: requests and their answers die there instead of being moved out of it.
runNode(['--max-semi-space-size=64', path.join(root, 'src', 'cli', 'main.ts'), ...process.argv.slice(2)]);
