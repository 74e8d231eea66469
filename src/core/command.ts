/**
 * The one way to change something. The runner owns the transaction, its retry after a deadlock, idempotency and the audit
 * entry, so that no caller can forget them: state, ledger, audit and the remembered answer commit together or not at all.
 */
import {
  inPipeline,
  inTransaction,
  type Pipelined,
  type Sql,
  type Statement,
  type Tx,
} from '../db/client.ts';
import type { Clock } from '../shared/clock.ts';
import { gather } from '../shared/gather.ts';
import { Histogram } from '../shared/histogram.ts';
import { type Actor, type AuditEntry, auditWriting, type Change } from './audit/audit.ts';
import { DomainError } from './errors.ts';
import { type CoreEvent, sendEvent } from './events.ts';
import {
  type IdempotencyClaim,
  type IdempotencyRequest,
  type IdempotencyStore,
  type Outcome,
  unwrap,
} from './idempotency.ts';
import { Book } from './ledger/book.ts';
import type { PostedTransfer, PostResult, Refusal, TransferGroup } from './ledger/ledger.ts';
import { type Approach, MoveFailed, moveAll, Optimism } from './ledger/move.ts';
import { tell, type WebhookEvent } from './webhooks/tell.ts';

/** Who calls, and under which idempotency key, if any. */
export interface Invocation {
  actor: Actor;
  idempotency?: IdempotencyRequest | undefined;
}

/** What the body of a command works with. */
export interface CommandStep {
  tx: Tx;
  /** The time of the command: one instant for all it writes. */
  now: Date;
  /** The actor's name, for the ledger's transfers. */
  cause: string;
  /** Notes what was changed. A command that changes something notes at least one thing. */
  audit(subject: string, change: Change): void;
  /** Notes what was done and left everything as it was: shown, sent, cut. */
  auditAct(subject: string, details: Record<string, unknown>): void;
  /** Tells all processes, on commit. */
  send(event: CoreEvent): void;
  /** Tells whoever listens by webhook, if this commits. */
  tell(event: WebhookEvent): void;
}

/** A command that is done together with others of its lane. */
export interface LaneCommand {
  invocation: Invocation;
  action: string;
}

/** What is to be noted of a change. */
export interface Note {
  subject: string;
  details: Change;
}

/** What became of one command of a batch: its result with what is to be noted in the audit, or a refusal. */
export type LaneOutcome<Result> =
  | { ok: true; value: Result; notes: readonly Note[] }
  | { ok: false; error: DomainError | Outdated };

/**
 * A command was built on something that is no longer so. It is not the caller's answer, and not remembered under an
 * idempotency key: whoever built the command looks again.
 */
export class Outdated extends Error {
  override name = 'Outdated';
}

/** How a lane does a batch. */
export interface LaneSteps<Command, Result, Prepared> {
  /** Asked for all commands at the same time as their idempotency keys: locks what `work` will need. */
  prepare?: (tx: Tx, commands: readonly Command[], now: Date, approach: Approach) => Promise<Prepared>;
  /**
   * Does those that are not repeated requests, and answers an outcome for each, in order. A command that it refuses must have
   * left nothing behind. `last`: statements that may travel with the commit.
   */
  work: (
    tx: Tx,
    commands: readonly Command[],
    now: Date,
    prepared: Prepared,
  ) => Promise<{ outcomes: LaneOutcome<Result>[]; last?: Statement[] }>;
}

/** A command that moves amounts and changes nothing else: many of them are committed together. */
export interface TransferCommand<Result> extends LaneCommand {
  subject: string;
  /** From the balances that the transfers left. */
  change: (posted: readonly PostedTransfer[]) => Change;
  group: TransferGroup;
  /** What the caller is told; `context` is what the lane's `read` found, inside the same transaction. */
  result: (posted: PostedTransfer[], context: unknown) => Result;
  refused: (refusal: Refusal, index: number) => DomainError | Outdated;
}

const MAX_LANE_BATCH = 256;
const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];
/** Behind each result stands an HTTP answer that is yet to be written. */
const DELIVERED_PER_TURN = 8;

export class Commands {
  /** Commands in each batch of any lane. */
  readonly laneBatches = new Histogram(BATCH_SIZES);
  readonly #sql: Sql;
  readonly #clock: Clock;
  readonly #idempotency: IdempotencyStore;

  constructor(sql: Sql, clock: Clock, idempotency: IdempotencyStore) {
    this.#sql = sql;
    this.#clock = clock;
    this.#idempotency = idempotency;
  }

  /**
   * Runs one command. A DomainError thrown by `body` undoes all it did, and is remembered under the idempotency key like a
   * result; any other error undoes it and is not remembered.
   */
  async run<T>(invocation: Invocation, action: string, body: (step: CommandStep) => Promise<T>): Promise<T> {
    const claim = claimOf(invocation);
    return this.#idempotency.guard(claim, async () => {
      const outcome = await inTransaction(this.#sql, async (tx): Promise<Outcome> => {
        if (!claim) return { ok: true, value: await this.#perform(tx, invocation, action, body) };
        const [answer] = await this.#idempotency.claim(tx, [claim]);
        if (answer!.kind === 'seen') return answer!.outcome;
        if (answer!.kind === 'refused') throw answer!.error;
        let outcome: Outcome;
        try {
          outcome = {
            ok: true,
            value: await tx.savepoint((inner) => this.#perform(inner, invocation, action, body)),
          };
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          outcome = { ok: false, error };
        }
        await this.#idempotency.saving(tx, [{ claim, outcome }], this.#clock.now(), { holdSecrets: true });
        return outcome;
      });
      return unwrap<T>(outcome);
    });
  }

  async #perform<T>(
    tx: Tx,
    invocation: Invocation,
    action: string,
    body: (step: CommandStep) => Promise<T>,
  ): Promise<T> {
    const entries: AuditEntry[] = [];
    const events: CoreEvent[] = [];
    const told: WebhookEvent[] = [];
    const now = this.#clock.now();
    const note = (subject: string, details: Record<string, unknown>) =>
      entries.push({ actor: invocation.actor, action, subject, details });
    const value = await body({
      tx,
      now,
      cause: invocation.actor.name,
      audit: note,
      auditAct: note,
      send: (event) => events.push(event),
      tell: (event) => told.push(event),
    });
    await auditWriting(tx, entries, now);
    for (const event of events) await sendEvent(tx, event);
    await tell(tx, told, now);
    return value;
  }

  /**
   * A lane for transfer commands: those that arrive while a batch is being committed share the next one. Each succeeds or
   * fails by itself. `read` is called once per batch, after the transfers, and finds what the results need.
   */
  transferLane<Result, Context>(
    read: (
      tx: Tx,
      posted: readonly TransferCommand<Result>[],
    ) => Promise<(command: TransferCommand<Result>) => Context>,
  ): (command: TransferCommand<Result>) => Promise<Result> {
    type Prepared =
      | { results: PostResult[]; contextOf: (command: TransferCommand<Result>) => Context }
      | { book: Book };
    const decide = async (tx: Tx, commands: readonly TransferCommand<Result>[], book: Book, now: Date) => {
      const results = commands.map((command) => book.decide(command.group));
      // Sent right behind each other: what is read is what has just been written.
      const written = book.writing(tx, now)?.execute();
      const posted = commands.filter((_command, index) => results[index]!.kind === 'posted');
      const [contextOf] = await Promise.all([read(tx, posted), written]);
      return { results, contextOf };
    };
    return this.lane<TransferCommand<Result>, Result, Prepared>({
      prepare: async (tx, commands, now, approach) => {
        const groups = commands.map((command) => command.group);
        if (approach === 'decide') return { book: await Book.open(tx, groups) };
        const [results, contextOf] = await Promise.all([moveAll(tx, groups, now), read(tx, commands)]);
        return { results, contextOf };
      },
      work: async (tx, commands, now, prepared) => {
        // Some were repeated requests, and must not have been moved again.
        if ('results' in prepared && prepared.results.length > commands.length) throw new MoveFailed();
        const { results, contextOf } =
          'book' in prepared ? await decide(tx, commands, prepared.book, now) : prepared;
        const outcomes = commands.map((command, index): LaneOutcome<Result> => {
          const result = results[index]!;
          if (result.kind === 'refused')
            return { ok: false, error: command.refused(result.refusal, result.index) };
          const { subject } = command;
          return {
            ok: true,
            value: command.result(result.transfers, contextOf(command)),
            notes: [{ subject, details: command.change(result.transfers) }],
          };
        });
        return { outcomes };
      },
    });
  }

  /**
   * A lane for commands of one kind: those that arrive while a batch is being committed share the next one, in one
   * transaction and with as few questions to the database as the kind allows. Their results hold no secrets.
   */
  lane<Command extends LaneCommand, Result, Prepared = undefined>(
    steps: LaneSteps<Command, Result, Prepared>,
  ): (command: Command) => Promise<Result> {
    const optimism = new Optimism();
    const batches = gather<Command, Outcome>(
      (commands) => {
        this.laneBatches.observe(commands.length);
        return optimism.run((approach) =>
          inPipeline(this.#sql, (tx) => this.#runBatch(tx, commands, steps, approach)),
        );
      },
      // One lane: a second would mostly wait for the first one's locks, with half as many in each batch.
      { maxBatch: MAX_LANE_BATCH, deliveredPerTurn: DELIVERED_PER_TURN },
    );
    return (command) =>
      this.#idempotency.guard(claimOf(command.invocation), async () =>
        unwrap<Result>(await batches(command)),
      );
  }

  async #runBatch<Command extends LaneCommand, Result, Prepared>(
    tx: Tx,
    commands: readonly Command[],
    { prepare, work }: LaneSteps<Command, Result, Prepared>,
    approach: Approach,
  ): Promise<Pipelined<(Outcome | Error)[]>> {
    const now = this.#clock.now();
    const outcomes: (Outcome | Error | undefined)[] = commands.map(() => undefined);
    const claims = commands.map((command) => claimOf(command.invocation));
    const claiming = claims.flatMap((claim, index) => (claim ? [index] : []));
    const [answers, prepared] = await Promise.all([
      this.#idempotency.claim(
        tx,
        claiming.map((index) => claims[index]!),
      ),
      prepare?.(tx, commands, now, approach) as Promise<Prepared>,
    ]);
    claiming.forEach((index, position) => {
      const answer = answers[position]!;
      if (answer.kind === 'seen') outcomes[index] = answer.outcome;
      if (answer.kind === 'refused') outcomes[index] = answer.error;
    });

    const todo = commands.flatMap((_command, index) => (outcomes[index] === undefined ? [index] : []));
    const { outcomes: results, last = [] } = await work(
      tx,
      todo.map((index) => commands[index]!),
      now,
      prepared,
    );
    const entries: AuditEntry[] = [];
    todo.forEach((index, position) => {
      const { invocation, action } = commands[index]!;
      const result = results[position]!;
      if (result.ok) {
        outcomes[index] = { ok: true, value: result.value };
        entries.push(...result.notes.map((note) => ({ actor: invocation.actor, action, ...note })));
      } else {
        outcomes[index] =
          result.error instanceof Outdated ? result.error : { ok: false, error: result.error };
      }
    });

    const done = todo.flatMap((index) => {
      const claim = claims[index];
      const outcome = outcomes[index]!;
      return claim && !(outcome instanceof Error) ? [{ claim, outcome }] : [];
    });
    return {
      value: outcomes as (Outcome | Error)[],
      last: [
        ...last,
        auditWriting(tx, entries, now),
        this.#idempotency.saving(tx, done, now, { holdSecrets: false }),
      ].filter((statement) => statement !== undefined),
    };
  }
}

function claimOf(invocation: Invocation): IdempotencyClaim | undefined {
  const { idempotency, actor } = invocation;
  if (!idempotency || actor.accountId === null) return undefined;
  return { ...idempotency, accountId: actor.accountId };
}
