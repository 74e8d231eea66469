// `npm test`: style, types and every test, after installing what they need. `npm run check`: style and types only.
//
//   npm test                     everything
//   npm test -- test/dialects    only these test files
import { spawnSync } from 'node:child_process';
import { ensureInstalled, runSteps } from './toolchain.mjs';

const CHECKS = [
  ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  ['node_modules/typescript/bin/tsc', '-p', '.'],
  ['node_modules/typescript/bin/tsc', '-p', 'web'],
];
const VITEST = 'node_modules/vitest/vitest.mjs';

/** The real clients that tests use: how to see whether one is there, and the Debian package it comes in. */
const CLIENTS = [
  { name: 'curl', probe: ['curl', '--version'], package: 'curl' },
  { name: 'wget', probe: ['wget', '--version'], package: 'wget' },
  { name: 'git', probe: ['git', '--version'], package: 'git' },
  { name: 'openssl', probe: ['openssl', 'version'], package: 'openssl' },
  { name: 'python3 with requests', probe: ['python3', '-c', 'import requests'], package: 'python3-requests' },
  { name: 'chromium', probe: ['/usr/bin/chromium', '--version'], package: 'chromium' },
];
/** Not needed, but pages take half the time with it. */
const QUICKER = {
  name: 'chromium without windows',
  probe: ['/usr/bin/chromium-headless-shell', '--version'],
  package: 'chromium-headless-shell',
};
/** For what is not needed: a machine without a way to the packages is found out about soon. */
const SOON = ['-oAcquire::Retries=0', '-oAcquire::http::Timeout=10', '-oAcquire::https::Timeout=10'];
let hasNewLists = false;

const [first, ...rest] = process.argv.slice(2);
ensureInstalled({ withDev: true });
if (first === '--check-only') runSteps(CHECKS);
else {
  ensureClients();
  if (first === undefined) {
    install([QUICKER].filter(isMissing), SOON);
    runSteps([...CHECKS, [VITEST, 'run']]);
  } else runSteps([[VITEST, 'run', first, ...rest]]);
}

function isMissing({ probe: [file, ...args] }) {
  return spawnSync(file, args).status !== 0;
}

/** Installs the clients that are missing, where that is possible; otherwise says which are, and fails: no test is skipped. */
function ensureClients() {
  const missing = CLIENTS.filter(isMissing);
  install(missing);
  const names = missing.filter(isMissing).map((client) => client.name);
  if (names.length === 0) return;
  process.stderr.write(`headgate: the tests need ${names.join(', ')}. Install it and run them again.\n`);
  process.exit(1);
}

/** Debian's packages of these clients, for who may install them. */
function install(clients, options = []) {
  if (clients.length === 0 || process.getuid?.() !== 0) return;
  if (spawnSync('apt-get', ['--version']).status !== 0) return;
  const packages = clients.map((client) => client.package);
  process.stderr.write(`headgate: installing what the tests use: ${packages.join(', ')}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (!hasNewLists) spawnSync('apt-get', [...options, 'update'], { stdio: 'ignore', env });
  hasNewLists = true;
  spawnSync('apt-get', [...options, 'install', '-y', '--no-install-recommends', ...packages], {
    stdio: 'ignore',
    env,
  });
}
