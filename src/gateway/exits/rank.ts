/**
 * Weighted rendezvous hashing: every session has a number of its own for every exit, the same in every process, and takes the exit
 * whose number is best by its weight. An exit that goes away moves only its own sessions, each to its next best, and gets them back.
 */
import { hash } from 'node:crypto';

/** A number above 0 and below 1 for each item. */
export type ChanceOf = (seed: ItemSeed) => number;

export class ItemSeed {
  readonly high: number;
  readonly low: number;

  constructor(id: string) {
    const digest = hash('sha256', id, 'buffer');
    this.high = digest.readUInt32BE(0);
    this.low = digest.readUInt32BE(4);
  }
}

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export class SessionSeed {
  readonly #high: number;
  readonly #low: number;
  /** The session's name towards upstreams: 8 letters or digits. Sessions of two owners never meet there. */
  readonly label: string;

  constructor(owner: string, session: string) {
    const digest = hash('sha256', `${owner} ${session}`, 'buffer');
    this.#high = digest.readUInt32BE(0);
    this.#low = digest.readUInt32BE(4);
    this.label = [...digest.subarray(8, 16)].map((byte) => LETTERS_AND_DIGITS[byte % 62]).join('');
  }

  readonly chanceOf: ChanceOf = ({ high, low }) => {
    const first = mixed(this.#high ^ mixed(high));
    const second = mixed(this.#low ^ mixed(low ^ first));
    return ((mixed(first ^ second) >>> 0) * 2 ** 21 + (second >>> 11) + 0.5) / 2 ** 53;
  };
}

interface Weighed {
  readonly weight: number;
  readonly seed: ItemSeed;
}

/** Best first. With random chances, each is first as often as its weight says. */
export function ranked<Item extends Weighed>(items: readonly Item[], chanceOf: ChanceOf): Item[] {
  if (items.length < 2) return [...items];
  return items
    .map((item) => ({ item, cost: -Math.log(chanceOf(item.seed)) / item.weight }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ item }) => item);
}

/** MurmurHash3's finisher: every bit of the input moves every bit of the output. */
function mixed(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
