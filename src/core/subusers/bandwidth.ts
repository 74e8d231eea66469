/** Bandwidth between a reseller's pool and its subusers. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from '../../db/client.ts';
import type { Product } from '../../shared/products.ts';
import { type Commands, type Invocation, Outdated, type TransferCommand } from '../command.ts';
import { DomainError } from '../errors.ts';
import { sendEvent } from '../events.ts';
import type { SubuserDirectory } from './directory.ts';
import { type BandwidthFigures, readFigures, type SubuserKeys, type SubuserReference } from './read.ts';

export type BandwidthAction = 'ADD' | 'REMOVE';

export interface BandwidthMove extends SubuserReference {
  action: BandwidthAction;
  bytes: bigint;
}

export interface BandwidthState extends BandwidthFigures {
  username: string;
}

interface BandwidthCommand extends TransferCommand<BandwidthState> {
  internalId: bigint;
}

/** How long a removal waits for gateways to hand back what they hold of the subuser. They answer within milliseconds. */
const RECALL_WAIT_MS = 2000;
const RECALL_POLL_MS = 25;

export class BandwidthMoves {
  readonly #sql: Sql;
  readonly #directory: SubuserDirectory;
  readonly #lanes: Record<Product, (command: BandwidthCommand) => Promise<BandwidthState>>;

  constructor(sql: Sql, commands: Commands, directory: SubuserDirectory) {
    this.#sql = sql;
    this.#directory = directory;
    const lane = (product: Product) =>
      commands.transferLane<BandwidthState, BandwidthFigures>(async (tx, posted) => {
        const ids = posted.map((command) => (command as BandwidthCommand).internalId);
        const figures = await readFigures(tx, ids, product);
        return (command) => figures.get((command as BandwidthCommand).internalId)!;
      }) as (command: BandwidthCommand) => Promise<BandwidthState>;
    this.#lanes = { residential: lane('residential'), mobile: lane('mobile') };
  }

  async move(invocation: Invocation, move: BandwidthMove): Promise<BandwidthState> {
    try {
      return await this.#moveFor(invocation, move, await this.#directory.recall(move));
    } catch (error) {
      if (!(error instanceof Outdated)) throw error;
    }
    try {
      return await this.#moveFor(invocation, move, await this.#directory.find(move));
    } catch (error) {
      // Deleted between this look and the transfer.
      throw error instanceof Outdated ? new DomainError('SubuserNotFound', {}) : error;
    }
  }

  async #moveFor(
    invocation: Invocation,
    { product, action, bytes }: BandwidthMove,
    subuser: SubuserKeys | undefined,
  ): Promise<BandwidthState> {
    if (!subuser) throw new DomainError('SubuserNotFound', {});
    if (action === 'REMOVE') await this.#recallLeases(subuser.internalId, product, bytes);
    const adding = action === 'ADD';
    return this.#lanes[product]({
      invocation,
      internalId: subuser.internalId,
      action: adding ? 'subuser.bandwidth-add' : 'subuser.bandwidth-remove',
      subject: `subuser:${subuser.id}`,
      change: ([posted]) => {
        const after = adding
          ? { poolBytes: posted!.debitBalance, balanceBytes: posted!.creditBalance }
          : { poolBytes: posted!.creditBalance, balanceBytes: posted!.debitBalance };
        const moved = adding ? bytes : -bytes;
        return {
          username: subuser.username,
          product,
          bytes,
          before: { poolBytes: after.poolBytes + moved, balanceBytes: after.balanceBytes - moved },
          after,
        };
      },
      group: {
        transfers: [
          adding
            ? { debit: subuser.poolId, credit: subuser.balanceId, amount: bytes, reason: 'subuser.allocate' }
            : { debit: subuser.balanceId, credit: subuser.poolId, amount: bytes, reason: 'subuser.withdraw' },
        ],
        cause: invocation.actor.name,
      },
      result: (_posted, context) => {
        const { allocatedBytes, usedBytes, remainingBytes } = context as BandwidthFigures;
        return { username: subuser.username, allocatedBytes, usedBytes, remainingBytes };
      },
      refused: (refusal) =>
        refusal === 'closed'
          ? new Outdated('the subuser has been deleted')
          : new DomainError('InsufficientBalance', { holder: adding ? 'pool' : 'subuser' }, refusal),
    });
  }

  /**
   * When a subuser has `bytes` left but gateways hold some of them: asks for them, and waits until the balance suffices, or for
   * a while.
   */
  async #recallLeases(internalId: bigint, product: Product, bytes: bigint): Promise<void> {
    const deadline = performance.now() + RECALL_WAIT_MS;
    for (let asked = false; performance.now() < deadline; asked = true) {
      const figures = (await readFigures(this.#sql, [internalId], product)).get(internalId);
      if (!figures || figures.unleasedBytes >= bytes || figures.remainingBytes < bytes) return;
      if (!asked)
        await sendEvent(this.#sql, { kind: 'lease-recall', subuserId: String(internalId), product });
      await delay(RECALL_POLL_MS);
    }
  }
}
