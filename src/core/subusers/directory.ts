/** Where a subuser's rows are: looked up together for callers of the same moment, and remembered, because they never change. */
import type { Sql } from '../../db/client.ts';
import { gather } from '../../shared/gather.ts';
import type { Events } from '../events.ts';
import { findSubuserKeys, type SubuserKeys, type SubuserReference } from './read.ts';

/** Least recently used ones are forgotten above this. About 500 bytes each. */
const MAX_REMEMBERED = 20_000;

/**
 * What is remembered of a subuser is wrong only once it has been deleted. Its accounts are closed then, for good, so acting on
 * it fails, and the caller asks for a fresh look.
 */
export class SubuserDirectory {
  readonly #lookUp: (reference: SubuserReference) => Promise<SubuserKeys | undefined>;
  readonly #remembered = new Map<string, SubuserKeys>();

  constructor(sql: Sql, events: Events) {
    this.#lookUp = gather((references) => findSubuserKeys(sql, references), { maxBatch: 256 });
    events.on((event) => {
      if (event.kind === 'resync') this.#remembered.clear();
      if (event.kind === 'subuser-changed') {
        for (const [name, keys] of this.#remembered) {
          if (String(keys.internalId) === event.subuserId) this.#remembered.delete(name);
        }
      }
    });
  }

  /** A reseller's subuser by full username (any case) or id, as the database has it now. Undefined where there is none. */
  async find(reference: SubuserReference): Promise<SubuserKeys | undefined> {
    return this.#lookUp(reference);
  }

  /** The same, possibly as it was found before. */
  async recall(reference: SubuserReference): Promise<SubuserKeys | undefined> {
    const name = `${reference.accountId} ${reference.product} ${reference.reference}`;
    const remembered = this.#remembered.get(name);
    const keys = remembered ?? (await this.#lookUp(reference));
    if (keys) {
      // A Map keeps the order of insertion: the one used last goes to the end.
      this.#remembered.delete(name);
      this.#remembered.set(name, keys);
      if (this.#remembered.size > MAX_REMEMBERED)
        this.#remembered.delete(this.#remembered.keys().next().value!);
    }
    return keys;
  }
}
