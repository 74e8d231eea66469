/** Programs a benchmark is measured with or against: found on the machine, or installed where that is possible. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** Debian package of each program. */
const PACKAGES: Record<string, string> = {
  cc: 'gcc',
  haproxy: 'haproxy',
  pgbench: 'postgresql-contrib',
  squid: 'squid',
  taskset: 'util-linux',
  tinyproxy: 'tinyproxy',
  wrk: 'wrk',
};

/** The path of a program, installing its Debian package when it is missing and we are root; undefined when it cannot be had. */
export function findTool(name: string): string | undefined {
  const found = locate(name);
  if (found || process.getuid?.() !== 0 || !PACKAGES[name]) return found;
  process.stderr.write(`bench: installing ${PACKAGES[name]}…\n`);
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update');
  apt('install', '-y', '--no-install-recommends', PACKAGES[name]);
  return locate(name);
}

function locate(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin'];
  const postgres = '/usr/lib/postgresql';
  if (existsSync(postgres))
    folders.push(...readdirSync(postgres).map((version) => path.join(postgres, version, 'bin')));
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
