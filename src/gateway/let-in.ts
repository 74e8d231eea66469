import { randomFillSync } from 'node:crypto';

const WAYS = 4;
const SPACE = 0x20;

/**
 * Which login was let in from where lately: numbers in one array, so that neither a look nor a note leaves garbage or keeps texts.
 *
 * A pair has a row of four places, and is a number of 32 bits there; what is new in a row pushes out what has been in it for longest. So
 * a pair that was noted is forgotten sooner or later, and of those that were not, one in a thousand million is taken for noted.
 * That harms nobody: it has a count of its own for wrong guesses, as strict as that of its address. Row and number come of
 * secrets of this object, so nobody can choose whom to push out.
 */
export class LetIn {
  readonly #places: Int32Array;
  readonly #lastRow: number;
  readonly #secrets = randomFillSync(new Int32Array(4));
  /** Of the pair that is looked at. */
  #first = 0;
  #number = 0;

  /** `entries`: 4 bytes for each; taken up to a power of two. */
  constructor(entries: number) {
    const rows = 2 ** Math.max(0, Math.ceil(Math.log2(entries / WAYS)));
    this.#places = new Int32Array(rows * WAYS);
    this.#lastRow = rows - 1;
  }

  has(neighbourhood: string, name: string): boolean {
    this.#lookAt(neighbourhood, name);
    return this.#isThere();
  }

  /** Answers whether it is new. */
  note(neighbourhood: string, name: string): boolean {
    this.#lookAt(neighbourhood, name);
    if (this.#isThere()) return false;
    this.#places.copyWithin(this.#first + 1, this.#first, this.#first + WAYS - 1);
    this.#places[this.#first] = this.#number;
    return true;
  }

  #isThere(): boolean {
    for (let place = this.#first; place < this.#first + WAYS; place += 1)
      if (this.#places[place] === this.#number) return true;
    return false;
  }

  #lookAt(neighbourhood: string, name: string): void {
    let row = this.#secrets[0]!;
    let number = this.#secrets[1]!;
    const rowFactor = this.#secrets[2]! | 1;
    const numberFactor = this.#secrets[3]! | 1;
    // No address has a space.
    for (const text of [neighbourhood, name]) {
      for (let index = 0; index <= text.length; index += 1) {
        const code = index < text.length ? text.charCodeAt(index) : SPACE;
        row = Math.imul(row ^ code, rowFactor);
        row ^= row >>> 15;
        number = Math.imul(number ^ code, numberFactor);
        number ^= number >>> 13;
      }
    }
    this.#first = (scattered(row) & this.#lastRow) * WAYS;
    // 0 is an empty place.
    this.#number = scattered(number) || 1;
  }
}

/** Each bit of what is given changes half of the bits of the answer (the last step of MurmurHash3). */
function scattered(bits: number): number {
  let mixed = bits ^ (bits >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
