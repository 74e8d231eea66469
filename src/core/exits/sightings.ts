/** How the exits do, as the gateways see them at this moment. */
import type { Sql } from '../../db/client.ts';
import type { Clock } from '../../shared/clock.ts';

/** What one gateway process sees of an exit. */
export interface ExitState {
  exitId: string;
  /** False: it has failed, and gets no new tunnels while another one fits. */
  isHealthy: boolean;
  tunnels: number;
  /** Since it was set up as it is, or the process began. */
  failures: number;
}

export interface ExitSighting extends Omit<ExitState, 'exitId'> {
  /** The gateway's name. */
  gateway: string;
  at: Date;
}

/** A gateway that has said nothing for longer sees nothing any more. Several times the pause between two of its reports. */
const SEEN_MS = 15_000;

export class ExitSightings {
  readonly #sql: Sql;
  readonly #clock: Clock;

  constructor(sql: Sql, clock: Clock) {
    this.#sql = sql;
    this.#clock = clock;
  }

  /** What a gateway sees now, of all exits that it knows. */
  async note(sessionId: bigint, states: readonly ExitState[]): Promise<void> {
    await this.#sql`
      INSERT INTO exit_sighting AS e (session_id, exits, at)
        SELECT id, ${JSON.stringify(states)}::text::jsonb, ${this.#clock.now()} FROM gateway_session
          WHERE id = ${sessionId} AND closed_at IS NULL
        ON CONFLICT (session_id) DO UPDATE SET exits = excluded.exits, at = excluded.at`;
  }

  /** By the exit's id; the gateways in the order of their names. An exit that no gateway has spoken of is not there. */
  async all(): Promise<Map<string, ExitSighting[]>> {
    const since = new Date(this.#clock.now().getTime() - SEEN_MS);
    const rows = await this.#sql<(ExitSighting & { exitId: string })[]>`
      SELECT item."exitId", item."isHealthy", item.tunnels, item.failures, g.name AS gateway, e.at
        FROM exit_sighting e JOIN gateway_session g ON g.id = e.session_id AND g.closed_at IS NULL
          CROSS JOIN LATERAL jsonb_to_recordset(e.exits)
            AS item ("exitId" text, "isHealthy" boolean, tunnels int, failures int)
        WHERE e.at > ${since} ORDER BY g.name, e.session_id`;
    const byExit = new Map<string, ExitSighting[]>();
    for (const { exitId, ...sighting } of rows) {
      const known = byExit.get(exitId);
      if (known) known.push(sighting);
      else byExit.set(exitId, [sighting]);
    }
    return byExit;
  }
}
