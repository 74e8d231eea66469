/** Builds the console into `web/dist`: `node web/tools/build.ts STAMP`. Called by bin/console.mjs, which knows when. */
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';

const web = path.dirname(import.meta.dirname);
const dist = path.join(web, 'dist');
/** Nearly what the highest quality gives, in a fraction of its time. */
const BROTLI_QUALITY = 10;
const COMPRESSED = /\.(js|css|html|svg|json)$/;

const [stamp] = process.argv.slice(2);
if (stamp === undefined) throw new Error('usage: build.ts STAMP');

// Beside its place until it is whole: a server or another build may be at work in the same folder.
const made = path.join(web, `dist.${process.pid}`);
const old = path.join(web, `dist.${process.pid}.old`);
try {
  await build({
    configFile: path.join(web, 'vite.config.ts'),
    configLoader: 'native',
    logLevel: 'warn',
    build: { outDir: made, emptyOutDir: true },
  });
  await Promise.all((await filesOf(made)).filter((file) => COMPRESSED.test(file)).map(compress));
  await writeFile(path.join(made, 'stamp'), stamp);
  await rename(dist, old).catch(ignoreMissing);
  await rename(made, dist).catch(async (error: NodeJS.ErrnoException) => {
    // Another build of the same was quicker by a moment.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
} catch (error) {
  await rm(dist, { recursive: true, force: true });
  throw error;
} finally {
  for (const folder of [made, old]) await rm(folder, { recursive: true, force: true });
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, { params }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
