/** Removes what is kept for a time only: remembered answers, windows of calls, usage by the minute, what ended sessions said. */
import { IDEMPOTENCY_KEPT_MS } from '../core/idempotency.ts';
import { GUESSES_KEPT_MS } from '../core/people/guesses.ts';
import { pruneSessions } from '../core/people/sessions.ts';
import { LATE_REPORT_MS } from '../core/subscriptions/access.ts';
import { ANSWER_KEPT_MS } from '../core/tunnels/tunnels.ts';
import type { Job } from './jobs.ts';

/** Usage by the minute is kept this long; by the hour and the day, for good. */
const MINUTES_KEPT_MS = 31 * 24 * 3600_000;

/** Sessions that have ended are kept this long; the audit has their beginnings for good. */
const SESSIONS_KEPT_MS = 31 * 24 * 3600_000;
/** What webhooks were told is kept this long, to be looked at and sent again. */
const WEBHOOK_EVENTS_KEPT_MS = 30 * 24 * 3600_000;

export const pruneRecords: Job = {
  name: 'prune-records',
  everyMs: 600_000,
  async run({ sql, clock }) {
    const nowMs = clock.now().getTime();
    await sql`DELETE FROM idempotency WHERE created_at < ${new Date(nowMs - IDEMPOTENCY_KEPT_MS)}`;
    await sql`DELETE FROM rate_window WHERE ends_at < ${new Date(nowMs)}`;
    await sql`DELETE FROM guess_lock WHERE guessed_at < ${new Date(nowMs - GUESSES_KEPT_MS)}`;
    await pruneSessions(sql, new Date(nowMs - SESSIONS_KEPT_MS));
    // Well after the last report that counts, also by a clock that is behind: what is forgotten would count again.
    await sql`
      DELETE FROM subscription_use u USING gateway_session g
        WHERE g.id = u.session_id AND g.closed_at < ${new Date(nowMs - 2 * LATE_REPORT_MS)}`;
    await sql`DELETE FROM tunnel_answer WHERE at < ${new Date(nowMs - ANSWER_KEPT_MS)}`;
    await sql`DELETE FROM exit_sighting e USING gateway_session g WHERE g.id = e.session_id AND g.closed_at IS NOT NULL`;
    await sql`DELETE FROM limit_share s USING gateway_session g WHERE g.id = s.session_id AND g.closed_at IS NOT NULL`;
    await sql`DELETE FROM webhook_event WHERE at < ${new Date(nowMs - WEBHOOK_EVENTS_KEPT_MS)}`;
    await sql`DELETE FROM usage_series WHERE resolution = 'minute' AND start < ${new Date(nowMs - MINUTES_KEPT_MS)}`;
    await sql`DELETE FROM account_usage WHERE resolution = 'minute' AND start < ${new Date(nowMs - MINUTES_KEPT_MS)}`;
  },
};
