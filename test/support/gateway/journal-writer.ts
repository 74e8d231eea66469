/**
 * A program that writes a journal as fast as it can, until it is killed, and tells in a second file what it has written by then: the first lease
 * whose place it has not freed, the first that it has not opened, and the round. In round r every open lease stands at r and 3r.
 *
 *   node journal-writer.ts FILE TOLD mapped|written [ROUNDS]
 */
import { openSync, writeSync } from 'node:fs';
import { LEASE } from '../../../src/gateway/journal/format.ts';
import { FileJournal } from '../../../src/gateway/journal/journal.ts';
import { silentLog } from '../../../src/gateway/log.ts';
import { systemTimers } from '../../../src/gateway/timers.ts';

/** The first places are for 248. */
const FIRST_OPEN = 200;
const OPENED_EACH_ROUND = 50;
/** The journal has grown twice then; the rest is freed, and its places are used again. */
const MOST_LEFT = 600;

const [file, told, way, rounds = '3000000'] = process.argv.slice(2) as [string, string, string, string?];
const owner = { pid: process.pid, startTime: null, machine: 'here', index: 0, scope: 'here' };
const mayMap = way === 'mapped';
const journal = new FileJournal({ file, owner, timers: systemTimers, log: silentLog, mayMap });
const tellTo = openSync(told, 'w');
const open: number[] = [];
let opened = 0;

for (let round = 1; round <= Number(rounds); round += 1) {
  const over = Math.max(open.length - MOST_LEFT, Math.min(open.length, 10));
  for (const place of open.splice(0, over)) journal.free(place);
  const more = round === 1 ? FIRST_OPEN : OPENED_EACH_ROUND;
  for (let count = 0; count < more; count += 1) open.push(journal.open(LEASE, '5', String(opened++)));
  for (const place of open) journal.write(place, round, 3 * round);
  if (journal.way !== way) throw new Error(`the journal is ${journal.way}`);
  writeSync(tellTo, new Float64Array([opened - open.length, opened, round]), 0, 24, 0);
}
journal.end();
