import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { connect as connectTcp } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, type LocalTarget } from '../../src/db/client.ts';
import { findBinaries } from '../../src/db/embedded/binaries.ts';
import { readPostmasterPid } from '../../src/db/embedded/cluster.ts';
import { postgresProcesses } from '../../src/db/embedded/processes.ts';
import { chooseRunAs, commandFor } from '../../src/db/embedded/runas.ts';
import { isAlive } from '../../src/shared/processes.ts';
import { Child } from './child.ts';

const isRoot = process.getuid?.() === 0;
const cleanups: (() => unknown)[] = [];
let dataFolder: string;

beforeEach(() => {
  dataFolder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'headgate-embedded-')));
  cleanups.push(() => rmSync(dataFolder, { recursive: true, force: true }));
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function open(purpose: 'server' | 'command', folder = dataFolder, postgresPort?: number): Child {
  const child = new Child('child-open.ts', { dataFolder: folder, purpose, postgresPort });
  cleanups.push(async () => {
    child.send('stop');
    await child.ended;
  });
  return child;
}

const clusterOf = (folder: string) => path.join(folder, 'postgres', 'cluster');
const running = (folder = dataFolder) =>
  postgresProcesses(clusterOf(folder), readPostmasterPid(clusterOf(folder))?.pid);

async function openServer(folder = dataFolder): Promise<Child> {
  const child = open('server', folder);
  expect(await child.next()).toMatchObject({ event: 'open', embedded: true });
  return child;
}

async function stop(child: Child): Promise<void> {
  child.send('stop');
  expect(await child.ended).toBe(0);
}

/** Some may be gone by their turn: the server's own end when it does. */
function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

/** Asks until it is so: for what other processes do in their own time. */
async function eventually(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { interval: 10, timeout: 20_000 }).toBe(true);
}

describe('life', () => {
  test('the first start makes the cluster, later ones use it as it is, and stop leaves no process', async () => {
    const first = await openServer();
    expect(await first.ask('sql create table kept (id bigint)')).toMatchObject({ event: 'rows' });
    const settings = `sql select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
      current_setting('full_page_writes') as pages, current_setting('data_checksums') as checksums,
      current_setting('server_encoding') as encoding, current_setting('listen_addresses') as addresses,
      current_setting('log_timezone') as zone, current_setting('password_encryption') as passwords`;
    expect((await first.ask(settings.replaceAll('\n', ' '))).rows).toEqual([
      {
        fsync: 'on',
        commit: 'on',
        pages: 'on',
        checksums: 'on',
        encoding: 'UTF8',
        addresses: '',
        zone: 'UTC',
        passwords: 'scram-sha-256',
      },
    ]);
    expect(statSync(path.join(dataFolder, 'postgres-password')).mode & 0o777).toBe(0o600);
    await stop(first);
    expect(running()).toEqual([]);
    expect(readdirSync(dataFolder).sort()).toEqual(['postgres', 'postgres-password']);
    expect(readdirSync(path.join(dataFolder, 'postgres')).sort()).toEqual([
      'cluster',
      'server.log',
      'socket',
    ]);

    const log = path.join(dataFolder, 'postgres', 'server.log');
    truncateSync(log, 10_000_001);
    const made = statSync(path.join(clusterOf(dataFolder), 'PG_VERSION'));
    const second = await openServer();
    const { ino, mtimeMs } = statSync(path.join(clusterOf(dataFolder), 'PG_VERSION'));
    expect({ ino, mtimeMs }).toEqual({ ino: made.ino, mtimeMs: made.mtimeMs });
    expect((await second.ask('sql select count(*) as n from kept')).rows).toEqual([{ n: '0' }]);
    await stop(second);
    // The log is cut when it is too long, and one older piece is kept.
    expect(statSync(`${log}.1`).size).toBe(10_000_001);
    expect(statSync(log).size).toBeLessThan(10_000);
  });

  test('a process that exits without stopping, or is ended by SIGTERM, takes PostgreSQL with it', async () => {
    const leaving = await openServer();
    leaving.send('exit');
    expect(await leaving.ended).toBe(0);
    expect(running()).toEqual([]);
    expect(existsSync(path.join(dataFolder, 'headgate.lock'))).toBe(false);

    const ended = await openServer();
    ended.process.kill('SIGTERM');
    expect(await ended.ended).toBe('SIGTERM');
    expect(running()).toEqual([]);
    expect(existsSync(path.join(dataFolder, 'headgate.lock'))).toBe(false);
  });

  test('SIGTERM in the middle of the first start leaves no process either', async () => {
    const child = open('server');
    await eventually(() => existsSync(path.join(dataFolder, 'postgres')));
    child.process.kill('SIGTERM');
    expect(await child.ended).toBe('SIGTERM');
    expect(running()).toEqual([]);
    await stop(await openServer());
  });

  test('PostgreSQL that ends by itself is started again, and the log is told', async () => {
    const child = await openServer();
    await child.ask('sql create table kept as select 1::bigint as id');
    const before = readPostmasterPid(clusterOf(dataFolder))?.pid ?? 0;
    process.kill(before, 'SIGKILL');
    await eventually(() => {
      const now = readPostmasterPid(clusterOf(dataFolder));
      return now !== undefined && now.pid !== before && now.ready;
    });
    let answer = await child.ask('sql select id from kept');
    // The first query may still be handed to the connection that was lost.
    if (answer.event === 'failed') answer = await child.ask('sql select id from kept');
    expect(answer.rows).toEqual([{ id: '1' }]);
    expect((await child.ask('logged')).logged).toContain('PostgreSQL ended by SIGKILL; starting it again');
    await stop(child);
    expect(running()).toEqual([]);
  });

  test('a TCP port, when asked for, wants the password too', async () => {
    const child = open('server', dataFolder, 0);
    const { target } = (await child.next()) as { target: LocalTarget };
    const url = (password: string) => `postgres://headgate:${password}@127.0.0.1:${target.port}/headgate`;
    const right = connect(url(target.password));
    expect(await right`select 1 as one`).toEqual([{ one: 1 }]);
    await right.end();
    const wrong = connect(url('guess'));
    await expect(wrong`select 1`).rejects.toMatchObject({ code: '28P01' });
    const onSocket = connect({ ...target, password: 'guess' });
    await expect(onSocket`select 1`).rejects.toMatchObject({ code: '28P01' });
    await Promise.all([wrong.end(), onSocket.end()]);
    await stop(child);
    const closed = new Promise((resolve) => {
      connectTcp(target.port, '127.0.0.1').on('error', resolve).on('connect', resolve);
    });
    expect(await closed).toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('where the path is too long for a socket, a private folder under /tmp holds it', async () => {
    const folder = path.join(dataFolder, 'a-long-name-'.repeat(8), 'data');
    mkdirSync(path.dirname(folder));
    const child = open('server', folder);
    const { target } = (await child.next()) as { target: LocalTarget };
    cleanups.push(() => rmSync(target.socketFolder, { recursive: true, force: true }));
    expect(target.socketFolder).toMatch(/^\/tmp\/headgate-[0-9a-f]{16}$/);
    expect(statSync(target.socketFolder).mode & 0o777).toBe(0o700);
    const command = open('command', folder);
    expect(await command.next()).toMatchObject({ event: 'open' });
    expect((await command.ask('sql select 1 as one')).rows).toEqual([{ one: 1 }]);
    await stop(command);
    await stop(child);

    // What somebody else left open there is not trusted.
    chmodSync(target.socketFolder, 0o777);
    await stop(await openServer(folder));
    expect(statSync(target.socketFolder).mode & 0o777).toBe(0o700);
  });
});

describe('after kill -9', () => {
  test('the PostgreSQL that survived is replaced; what was committed is there, what was not is not', async () => {
    const killed = await openServer();
    await killed.ask('sql create table kept (id bigint)');
    await killed.ask('sql insert into kept values (1)');
    expect(await killed.ask('sql begin; insert into kept values (2)')).toMatchObject({ event: 'failed' });
    const orphan = readPostmasterPid(clusterOf(dataFolder))?.pid ?? 0;
    killed.send('sql do $$ begin insert into kept values (2); perform pg_sleep(600); end $$');
    const observer = open('command');
    await observer.next();
    for (let active: unknown = []; JSON.stringify(active) !== '[{"n":"1"}]'; ) {
      active = (
        await observer.ask(`sql select count(*) as n from pg_stat_activity where wait_event = 'PgSleep'`)
      ).rows;
    }
    await stop(observer);
    await killed.kill();
    expect(isAlive(orphan)).toBe(true);

    const next = await openServer();
    expect(isAlive(orphan)).toBe(false);
    expect((await next.ask('sql select id from kept')).rows).toEqual([{ id: '1' }]);
    expect((await next.ask('logged')).logged).toContain(
      'PostgreSQL of a previous run is still there; stopping it',
    );
    await stop(next);
    expect(running()).toEqual([]);
  });

  test('PostgreSQL killed too: its lock files do not matter, even when their pid is now somebody else', async () => {
    const killed = await openServer();
    await killed.ask('sql create table kept as select 1::bigint as id');
    await killed.kill();
    killAll(running());
    await eventually(() => running().length === 0);
    const pidFile = path.join(clusterOf(dataFolder), 'postmaster.pid');
    const socketLock = path.join(dataFolder, 'postgres', 'socket', '.s.PGSQL.5432.lock');
    expect(existsSync(pidFile) && existsSync(socketLock)).toBe(true);

    const second = await openServer();
    await second.kill();
    killAll(running());
    await eventually(() => running().length === 0);
    // As the same user, because PostgreSQL counts only processes that it could signal.
    const runAs = chooseRunAs(findBinaries(), dataFolder);
    const { file, args, credentials } = commandFor(runAs, 'sleep', ['600']);
    const stranger: ChildProcess = spawn(file, args, { ...credentials, stdio: 'ignore', cwd: '/' });
    cleanups.push(() => stranger.kill('SIGKILL'));
    for (const lockFile of [pidFile, socketLock]) {
      writeFileSync(lockFile, readFileSync(lockFile, 'utf8').replace(/^\d+/, String(stranger.pid)));
    }
    const third = await openServer();
    expect((await third.ask('sql select id from kept')).rows).toEqual([{ id: '1' }]);
    await stop(third);
    expect(isAlive(stranger.pid ?? 0)).toBe(true);
  });

  test('in the middle of the first start: the next one begins anew', async () => {
    const killed = open('server');
    const folder = path.join(dataFolder, 'postgres');
    await eventually(
      () => existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('cluster.new-')),
    );
    await killed.kill();
    expect(existsSync(clusterOf(dataFolder))).toBe(false);
    const next = await openServer();
    expect((await next.ask('sql select 1 as one')).rows).toEqual([{ one: 1 }]);
    await stop(next);
    expect(readdirSync(folder).sort()).toEqual(['cluster', 'server.log', 'socket']);
  });
});

describe('one owner', () => {
  test('a second server is refused, with the folder and the pid of the first', async () => {
    const first = await openServer();
    const second = open('server');
    const refusal = await second.next();
    expect(refusal).toMatchObject({ event: 'refused', name: 'DatabaseError' });
    expect(refusal.message).toContain(
      `the data folder ${dataFolder} is in use by a headgate server (pid ${first.pid},`,
    );
    expect(await first.ask('sql select 1 as one')).toMatchObject({ event: 'rows' });
    await stop(first);
  });

  test('a command uses a running server, and leaves it running', async () => {
    const server = open('server');
    // Started while the server prepares its first start: it waits.
    await eventually(() => existsSync(path.join(dataFolder, 'headgate.lock')));
    const command = open('command');
    await server.next();
    expect(await command.next()).toMatchObject({ event: 'open', embedded: true });
    await server.ask('sql create table kept as select 7::bigint as id');
    expect((await command.ask('sql select id from kept')).rows).toEqual([{ id: '7' }]);
    await stop(command);
    expect((await server.ask('sql select id from kept')).rows).toEqual([{ id: '7' }]);
    await stop(server);
  });

  test('a command without a server starts PostgreSQL and stops it; a server waits for it', async () => {
    const command = open('command');
    expect(await command.next()).toMatchObject({ event: 'open', embedded: true });
    const server = open('server');
    expect(await command.ask('sql create table kept as select 7::bigint as id')).toMatchObject({
      event: 'rows',
    });
    await stop(command);
    expect(await server.next()).toMatchObject({ event: 'open' });
    expect((await server.ask('sql select id from kept')).rows).toEqual([{ id: '7' }]);
    await stop(server);
    expect(running()).toEqual([]);
  });

  test('the cluster of another major version is refused and not touched', async () => {
    await stop(await openServer());
    const version = path.join(clusterOf(dataFolder), 'PG_VERSION');
    writeFileSync(version, '17\n');
    const refusal = await open('server').next();
    expect(refusal).toMatchObject({ event: 'refused', name: 'DatabaseError' });
    expect(refusal.message).toContain('was made by PostgreSQL 17, and this program brings PostgreSQL 18');
    expect(existsSync(path.join(dataFolder, 'headgate.lock'))).toBe(false);
    writeFileSync(version, '18\n');
    await stop(await openServer());
  });
});

/** Of the server process on a data folder: the user as this process sees it, and whether it is in our user namespace. */
function postmaster(folder: string): { uid: number; sameNamespace: boolean } {
  const pid = readPostmasterPid(clusterOf(folder))?.pid;
  const uid = Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return {
    uid,
    sameNamespace: readlinkSync(`/proc/${pid}/ns/user`) === readlinkSync('/proc/self/ns/user'),
  };
}

/** Containers often forbid user namespaces; then the refusal has to say what to do. */
const mayMakeNamespaces = spawnSync('unshare', ['--user', 'true']).status === 0;
const ADVICE = /no other user can enter .* Run headgate as a plain user, .* Or set DATABASE_URL/;

function testsOfRoot(): void {
  const binaries = findBinaries();
  const choose = (programs: string, folder: string) => {
    try {
      return chooseRunAs({ ...binaries, folder: programs }, folder);
    } catch (error) {
      return { refusal: (error as Error).message };
    }
  };
  const inNamespace = mayMakeNamespaces
    ? { kind: 'namespace', fileOwner: { uid: 0, gid: 0 } }
    : { refusal: expect.stringMatching(ADVICE) };

  test('the way PostgreSQL runs follows from who may enter the folders', () => {
    const folder = path.join(dataFolder, 'data');
    const closable = path.join(dataFolder, 'closable');
    const programs = path.join(closable, 'native');
    for (const part of ['bin', 'lib', 'share/postgresql']) {
      mkdirSync(path.join(programs, part), { recursive: true });
    }
    mkdirSync(folder, { mode: 0o700 });
    // Above the data, above the programs: closed to all but root.
    expect(choose(programs, folder)).toMatchObject(inNamespace);
    chmodSync(dataFolder, 0o755);
    expect(choose(programs, folder)).toMatchObject({ kind: 'user' });
    chmodSync(closable, 0o700);
    expect(choose(programs, folder)).toMatchObject(inNamespace);
    // Somebody's home: closed to root too, as long as it has only an owner's rights.
    chownSync(closable, 1, 1);
    expect(choose(programs, folder)).toMatchObject({ kind: 'user', uid: 1 });
    // Of nobody who has a name.
    chownSync(closable, 54_321, 54_321);
    expect(choose(programs, folder)).toEqual({ refusal: expect.stringMatching(ADVICE) });
    expect(choose(programs, folder)).toEqual({ refusal: expect.stringContaining(closable) });
  });

  test('as an unprivileged user, and below a folder that is closed to it in a namespace; either may follow', async () => {
    // The data folder lies in a folder that is ours to open and close.
    const parent = dataFolder;
    const folder = path.join(parent, 'data');
    mkdirSync(folder, { mode: 0o700 });
    chmodSync(parent, 0o755);
    const expected = chooseRunAs(binaries, folder);
    const openly = await openServer(folder);
    await openly.ask('sql create table kept as select 1::bigint as id');
    expect(postmaster(folder).uid).toBe(expected.fileOwner.uid);
    expect(statSync(clusterOf(folder)).uid).toBe(expected.fileOwner.uid);
    expect(statSync(folder).mode & 0o777).toBe(expected.kind === 'user' ? 0o711 : 0o700);
    await stop(openly);

    chmodSync(parent, 0o700);
    if (mayMakeNamespaces) {
      const closed = await openServer(folder);
      expect(postmaster(folder)).toEqual({ uid: 0, sameNamespace: false });
      expect(statSync(path.join(clusterOf(folder), 'base')).uid).toBe(0);
      expect((await closed.ask('sql select id from kept')).rows).toEqual([{ id: '1' }]);
      // The survivor in its namespace is recognised and replaced as well.
      await closed.kill();
      expect(running(folder).length).toBeGreaterThan(0);
    } else {
      const refusal = await open('server', folder).next();
      expect(refusal).toMatchObject({ event: 'refused', message: expect.stringMatching(ADVICE) });
    }

    chmodSync(parent, 0o755);
    const again = await openServer(folder);
    expect(postmaster(folder).uid).toBe(expected.fileOwner.uid);
    expect((await again.ask('sql select id from kept')).rows).toEqual([{ id: '1' }]);
    await stop(again);
    expect(running(folder)).toEqual([]);
  });
}

// For anyone else there is one way to run it: the test after these.
if (isRoot) describe('started by root', testsOfRoot);

test('started by a plain user, PostgreSQL runs as that user', async () => {
  // Root stands aside for one who may enter this checkout; everybody else is a plain user already.
  const runAs = chooseRunAs(findBinaries(), dataFolder);
  chownSync(dataFolder, runAs.fileOwner.uid, runAs.fileOwner.gid);
  const argument = { dataFolder, purpose: 'server' };
  const child = new Child('child-open.ts', argument, isRoot ? runAs : undefined);
  expect(await child.next()).toMatchObject({ event: 'open', uid: runAs.uid });
  expect(statSync(clusterOf(dataFolder)).uid).toBe(runAs.fileOwner.uid);
  expect(postmaster(dataFolder).uid).toBe(runAs.fileOwner.uid);
  expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
  await stop(child);
  expect(running()).toEqual([]);
});
