/** The proxies that Headgate's gateway is measured beside, each with logins asked for, nothing cached and nothing logged. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ORIGIN_ADDRESSES, ORIGIN_PORT } from './load.ts';
import { findTool } from './tools.ts';

export interface Peer {
  readonly name: string;
  /** Relays TCP without asking anything: a ceiling. */
  readonly isPlain?: boolean;
  /** Undefined: it cannot be had here. */
  command(port: number, folder: string): readonly string[] | undefined;
}

const USER = 'bench';
const PASSWORD = 'bench';
export const PEER_LOGIN = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
const MOST_CLIENTS = 7_000;

export const SQUID: Peer = {
  name: 'squid',
  command(port, folder) {
    const squid = findTool('squid');
    const helper = ['/usr/lib/squid/basic_ncsa_auth', '/usr/libexec/squid/basic_ncsa_auth'].find((file) =>
      existsSync(file),
    );
    if (!squid || !helper) return undefined;
    const hash = spawnSync('openssl', ['passwd', '-apr1', PASSWORD], { encoding: 'utf8' }).stdout;
    const home = path.join(folder, 'squid');
    mkdirSync(home, { recursive: true });
    // Squid leaves root for a user of its own.
    chmodSync(folder, 0o755);
    chmodSync(home, 0o777);
    writeFileSync(path.join(home, 'passwords'), `${USER}:${hash}`);
    const file = path.join(home, 'squid.conf');
    const lines = [
      `http_port 127.0.0.1:${port}`,
      `auth_param basic program ${helper} ${path.join(home, 'passwords')}`,
      'auth_param basic children 2',
      'auth_param basic credentialsttl 4 hours',
      'acl known proxy_auth REQUIRED',
      'http_access allow known',
      'http_access deny all',
      'cache deny all',
      'access_log none',
      'cache_log /dev/null',
      'cache_store_log none',
      `pid_filename ${path.join(home, 'pid')}`,
      `coredump_dir ${home}`,
      'pinger_enable off',
      'client_db off',
      'max_filedescriptors 18000',
      'via off',
      'forwarded_for delete',
      'shutdown_lifetime 1 seconds',
      'cache_mem 8 MB',
      'visible_hostname bench',
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    return [squid, '-N', '-f', file];
  },
};

export const TINYPROXY: Peer = {
  name: 'tinyproxy',
  command(port, folder) {
    const tinyproxy = findTool('tinyproxy');
    const file = path.join(folder, 'tinyproxy.conf');
    const lines = [
      `Port ${port}`,
      'Listen 127.0.0.1',
      'Timeout 600',
      `MaxClients ${MOST_CLIENTS}`,
      `BasicAuth ${USER} ${PASSWORD}`,
      'LogLevel Critical',
      'LogFile "/dev/null"',
      'DisableViaHeader Yes',
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    return tinyproxy === undefined ? undefined : [tinyproxy, '-d', '-c', file];
  },
};

export const HAPROXY: Peer = {
  name: 'haproxy, plain TCP relay',
  isPlain: true,
  command(port, folder) {
    const haproxy = findTool('haproxy');
    const file = path.join(folder, 'haproxy.cfg');
    const targets = Array.from(
      { length: ORIGIN_ADDRESSES },
      (_, index) => `  server s${index} 127.0.0.${index + 1}:${ORIGIN_PORT}`,
    );
    const lines = [
      'global',
      '  nbthread 1',
      `  maxconn ${MOST_CLIENTS}`,
      'defaults',
      '  mode tcp',
      '  timeout connect 5s',
      '  timeout client 600s',
      '  timeout server 600s',
      'listen relay',
      `  bind 127.0.0.1:${port}`,
      ...targets,
    ];
    writeFileSync(file, `${lines.join('\n')}\n`);
    return haproxy === undefined ? undefined : [haproxy, '-db', '-f', file];
  },
};

export const PROXY_CHAIN: Peer = {
  name: 'proxy-chain',
  command: (port) => [
    process.execPath,
    path.join(import.meta.dirname, 'proxy-chain-server.ts'),
    String(port),
    USER,
    PASSWORD,
  ],
};
