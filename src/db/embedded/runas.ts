/**
 * Who PostgreSQL runs as. It refuses to run as root, and it has to reach its programs and its data:
 *
 *   started by a plain user            as that user
 *   started by root                    as `postgres`, `nobody`, or whoever owns the folder that is closed to these
 *   started by root, below a folder    in a user namespace: outside it is root and keeps root's access to the files,
 *   that only root enters (/root)      inside it is not, so PostgreSQL agrees
 *
 * In a namespace root has no more than the owner's rights, so folders closed to root as an owner stay closed.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseError } from '../errors.ts';
import type { Binaries } from './binaries.ts';

export interface RunAs {
  readonly kind: 'self' | 'user' | 'namespace';
  /** The user PostgreSQL sees itself as. */
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
  /** Owner of PostgreSQL's files as everyone else sees them. */
  readonly fileOwner: { readonly uid: number; readonly gid: number };
}

interface User {
  name: string;
  uid: number;
  gid: number;
}

/**
 * Decides who PostgreSQL runs as.
 *
 * `dataFolder` is the real path of an existing folder; root can open that one folder for others, so only what is above
 * it has to be open to them.
 *
 * @throws DatabaseError when PostgreSQL can run as nobody here; the message says which folder is in the way.
 */
export function chooseRunAs(binaries: Binaries, dataFolder: string): RunAs {
  const uid = process.getuid?.() ?? 0;
  const gid = process.getgid?.() ?? 0;
  if (uid !== 0) {
    const self = users().find((user) => user.uid === uid) ?? systemUser();
    if (self) return { kind: 'self', uid, gid, name: self.name, fileOwner: { uid, gid } };
    // initdb wants a name for the user it runs as, and some containers run as a bare number.
    const stand = standIn();
    const runAs: RunAs = { kind: 'namespace', ...stand, fileOwner: { uid, gid } };
    if (worksInNamespace(runAs, binaries)) return runAs;
    throw new DatabaseError(
      `the embedded PostgreSQL cannot run as user id ${uid}, which has no entry in /etc/passwd. ` +
        'Add one, run as another user, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }

  const needed = [...programFolders(binaries), path.dirname(dataFolder)];
  const candidates = users().filter((user) => user.uid !== 0 && ['postgres', 'nobody'].includes(user.name));
  candidates.sort((a, b) => b.name.localeCompare(a.name));
  let closed: string | undefined;
  for (const user of candidates) {
    closed = closedTo(user, needed);
    if (closed === undefined) return asUser(user);
  }
  const owner = closed === undefined ? 0 : statSync(closed).uid;
  const ownerUser = users().find((user) => user.uid === owner && owner !== 0);
  if (ownerUser && closedTo(ownerUser, needed) === undefined) return asUser(ownerUser);

  const root: User = { name: 'root', uid: 0, gid: 0 };
  const closedToRoot = closedTo(root, [...needed, dataFolder]);
  const runAs: RunAs = { kind: 'namespace', ...standIn(), fileOwner: { uid: 0, gid: 0 } };
  if (closedToRoot === undefined && worksInNamespace(runAs, binaries)) return runAs;
  throw new DatabaseError(
    `PostgreSQL must not run as root, and no other user can enter ${closed ?? closedToRoot ?? dataFolder}. Run headgate as a plain ` +
      'user, or move what lies there: the data with HEADGATE_DATA=/var/lib/headgate, the program by installing it ' +
      'in a folder such as /opt/headgate. Or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

function asUser(user: User): RunAs {
  return { kind: 'user', ...user, fileOwner: { uid: user.uid, gid: user.gid } };
}

/** What to spawn so that `file` runs as decided. The pid of the spawned process is that of `file`. */
export function commandFor(
  runAs: RunAs,
  file: string,
  args: readonly string[],
): { file: string; args: string[]; credentials: { uid?: number; gid?: number } } {
  if (runAs.kind === 'namespace') {
    const map = ['--user', `--map-user=${runAs.uid}`, `--map-group=${runAs.gid}`, '--'];
    return { file: 'unshare', args: [...map, file, ...args], credentials: {} };
  }
  // Node takes signed ids here and unsigned ones elsewhere; nobody is 4294967294 on some systems.
  const credentials = runAs.kind === 'user' ? { uid: runAs.uid | 0, gid: runAs.gid | 0 } : {};
  return { file, args: [...args], credentials };
}

/**
 * Gives everything in a folder, and the folder itself last, to the user PostgreSQL's files belong to: a previous run
 * may have been someone else's. The folder's own owner tells whether that was finished, so a second call costs nothing.
 * To be called only while no server works there.
 */
export function giveFiles(folder: string, runAs: RunAs): void {
  const { uid, gid } = runAs.fileOwner;
  const { uid: owner } = lstatSync(folder);
  if (owner === uid) return;
  if (process.getuid?.() !== 0) {
    throw new DatabaseError(
      `${folder} belongs to user id ${owner}, and this is user id ${uid}. Run headgate as the user it ran as before, ` +
        `or give the folder to this one: \`chown -R ${uid}:${gid} ${folder}\`.`,
    );
  }
  chownTree(folder, uid, gid);
}

function chownTree(file: string, uid: number, gid: number): void {
  // Links are neither followed nor changed: the old owner could have pointed one anywhere.
  const stat = lstatSync(file);
  if (stat.isSymbolicLink()) return;
  if (stat.isDirectory()) for (const name of readdirSync(file)) chownTree(path.join(file, name), uid, gid);
  chownSync(file, uid, gid);
}

function programFolders(binaries: Binaries): string[] {
  return ['bin', 'lib', 'share/postgresql'].map((part) => path.join(binaries.folder, part));
}

/** The first component of these real paths that the user may not enter, or undefined when all are open. */
function closedTo(user: User, folders: string[]): string | undefined {
  const components = new Set<string>();
  for (const folder of folders) {
    for (let part = folder; ; part = path.dirname(part)) {
      components.add(part);
      if (part === path.dirname(part)) break;
    }
  }
  // Outermost first, so that the folder named in a message is the one that closes the way.
  return [...components].sort((a, b) => a.length - b.length).find((part) => !mayEnter(user, part));
}

function mayEnter(user: User, folder: string): boolean {
  const { mode, uid, gid } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** Whether this system lets us make a user namespace; many containers do not. */
function worksInNamespace(runAs: RunAs, binaries: Binaries): boolean {
  const { file, args } = commandFor(runAs, binaries.postgres, ['--version']);
  return spawnSync(file, args, { stdio: 'ignore', cwd: '/' }).status === 0;
}

/** A user with a name, to be seen as inside a namespace. */
function standIn(): User {
  const known = users().filter((user) => user.uid !== 0);
  return (
    known.find((user) => user.name === 'nobody') ?? known[0] ?? { name: 'nobody', uid: 65534, gid: 65534 }
  );
}

/** Users of directories other than /etc/passwd are known to the system alone. */
function systemUser(): User | undefined {
  try {
    const { username, uid, gid } = os.userInfo();
    return { name: username, uid, gid };
  } catch {
    return undefined;
  }
}

function users(): User[] {
  let passwd: string;
  try {
    passwd = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return [];
  }
  return passwd.split('\n').flatMap((line) => {
    const match = /^([^:#]+):[^:]*:(-?\d+):(-?\d+):/.exec(line);
    return match ? [{ name: match[1] ?? '', uid: Number(match[2]) >>> 0, gid: Number(match[3]) >>> 0 }] : [];
  });
}
