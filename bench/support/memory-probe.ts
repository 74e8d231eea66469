/**
 * Loaded into the program under measurement: notes its memory in a file, a line of JSON at once and every few seconds. Now and then it has
 * everything collected that can be, so that what is noted then says what stays.
 */
import { appendFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const { HEADGATE_BENCH_MEMORY: file } = process.env;
const EVERY_MS = 2_000;
const COLLECT_EVERY_MS = 20_000;

if (file !== undefined) {
  const note = (isCollected: boolean) => {
    const { rss, heapUsed, external } = process.memoryUsage();
    appendFileSync(file, `${JSON.stringify({ pid: process.pid, isCollected, rss, heapUsed, external })}\n`);
  };
  note(false);
  setInterval(() => note(false), EVERY_MS).unref();
  if (process.env.HEADGATE_BENCH_COLLECT === 'yes') {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    setInterval(() => {
      collect();
      note(true);
    }, COLLECT_EVERY_MS).unref();
  }
}
