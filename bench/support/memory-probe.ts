/** Loaded into the program under measurement: notes its memory in a file, a line of JSON every few seconds. */
import { appendFileSync } from 'node:fs';

const { HEADGATE_BENCH_MEMORY: file } = process.env;
const EVERY_MS = 2_000;

if (file !== undefined) {
  setInterval(() => {
    const { rss, heapUsed, external } = process.memoryUsage();
    appendFileSync(file, `${JSON.stringify({ pid: process.pid, rss, heapUsed, external })}\n`);
  }, EVERY_MS).unref();
}
