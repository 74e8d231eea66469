/** Loaded into the program under measurement: notes its memory in a file, a line of JSON at once and every few seconds. */
import { appendFileSync } from 'node:fs';

const { HEADGATE_BENCH_MEMORY: file } = process.env;
const EVERY_MS = 2_000;

if (file !== undefined) {
  const note = () => {
    const { rss, heapUsed, external } = process.memoryUsage();
    appendFileSync(file, `${JSON.stringify({ pid: process.pid, rss, heapUsed, external })}\n`);
  };
  note();
  setInterval(note, EVERY_MS).unref();
}
