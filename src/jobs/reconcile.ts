/** Fetches resellers' ledgers that are due, and compares what has been read. */
import type { IncomingMessage } from 'node:http';
import type { Core } from '../core/core.ts';
import { DomainError } from '../core/errors.ts';
import type { LedgerFormat } from '../core/reconciliation/lines.ts';
import { matchAll } from '../core/reconciliation/match.ts';
import { releaseUnread, removeUnreadLines } from '../core/reconciliation/reconciliations.ts';
import type { DueFetch } from '../core/reconciliation/sources.ts';
import { type Outgoing, TargetRefused } from '../outgoing/outgoing.ts';
import type { Job } from './jobs.ts';

const TIMEOUT_MS = 60_000;
/** For all of a ledger: less than the time after which it is fetched again. */
const LONGEST_FETCH_MS = 30 * 60_000;
/** One that is slow holds up no more than its own place. */
const FETCHED_AT_ONCE = 4;

const FETCHER = { name: 'system', accountId: null, door: 'job' } as const;

const FORMATS: Record<string, LedgerFormat> = {
  'text/csv': 'csv',
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
};

export const compareLedgers: Job = {
  name: 'compare-ledgers',
  everyMs: 1000,
  async run({ sql, clock }, { ending }) {
    await releaseUnread(sql, clock);
    await removeUnreadLines(sql);
    await matchAll(sql, clock, ending);
  },
};

export const fetchLedgers: Job = {
  name: 'fetch-ledgers',
  everyMs: 10_000,
  async run(core, { outgoing, ending }) {
    const fetchDue = async () => {
      while (!ending.aborted) {
        const due = await core.ledgerSources.takeDue();
        if (!due) return;
        await core.ledgerSources.settle(due, await fetchOne(core, outgoing, due, ending));
      }
    };
    await Promise.all(Array.from({ length: FETCHED_AT_ONCE }, fetchDue));
  },
};

/** Answers why it failed; null when it did not. */
async function fetchOne(
  core: Core,
  outgoing: Outgoing,
  due: DueFetch,
  ending: AbortSignal,
): Promise<string | null> {
  let response: IncomingMessage;
  try {
    response = await outgoing.send(due.url, { method: 'GET', headers: due.headers, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    return error instanceof TargetRefused
      ? error.message
      : `could not be reached: ${(error as Error).message}`;
  }
  const type = (response.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  const format = FORMATS[type];
  if (response.statusCode !== 200 || !format) {
    response.destroy();
    return response.statusCode === 200
      ? `answered ${type || 'no Content-Type'}, not one of ${Object.keys(FORMATS).join(', ')}`
      : `answered ${response.statusCode}`;
  }
  response.setTimeout(TIMEOUT_MS, () => response.destroy(new Error('it sent nothing for a minute')));
  const timer = setTimeout(
    () => response.destroy(new Error('it took longer than half an hour')),
    LONGEST_FETCH_MS,
  );
  const stop = () => response.destroy(new Error('the server is stopping'));
  ending.addEventListener('abort', stop);
  try {
    await core.reconciliations.receive(
      { actor: FETCHER },
      due.accountId,
      due.reconciliationId,
      response,
      format,
    );
    return null;
  } catch (error) {
    return error instanceof DomainError ? error.message : `could not be read: ${(error as Error).message}`;
  } finally {
    clearTimeout(timer);
    ending.removeEventListener('abort', stop);
    response.destroy();
  }
}
