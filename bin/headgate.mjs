#!/usr/bin/env node
// The command `headgate`, and what `npm start` runs. Works on any Node from 18 on: it only hands over to Node 24.
import path from 'node:path';
import { ensureInstalled, root, runNode } from './toolchain.mjs';

ensureInstalled({ withDev: false });
runNode([path.join(root, 'src', 'cli', 'main.ts'), ...process.argv.slice(2)]);
