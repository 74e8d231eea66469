/**
 * Who is there at the moment, in the order in which they came.
 *
 * Not a Set: one that is left as often as it is joined takes a new table every few dozen changes, and each table that is done with
 * still points to the next. Once one of them has grown old, the collector takes all later ones for living, with everybody who
 * was in them, and copies them until the next full collection.
 */
export class Roster<Item> implements Iterable<Item> {
  #first: Place<Item> | undefined;
  #last: Place<Item> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  join(item: Item): Place<Item> {
    const place = new Place(this, item);
    const last = this.#last;
    if (last === undefined) this.#first = place;
    else {
      last.behind = place;
      place.before = last;
    }
    this.#last = place;
    this.#size += 1;
    return place;
  }

  /** For places only. Nothing of the one that is left points to the others any more. */
  remove(place: Place<Item>): void {
    if (place.before === undefined) this.#first = place.behind;
    else place.before.behind = place.behind;
    if (place.behind === undefined) this.#last = place.before;
    else place.behind.before = place.before;
    place.before = undefined;
    place.behind = undefined;
    this.#size -= 1;
  }

  /** Those who are there now, whoever leaves or comes meanwhile. */
  [Symbol.iterator](): Iterator<Item> {
    const items: Item[] = [];
    for (let place = this.#first; place !== undefined; place = place.behind) items.push(place.item);
    return items.values();
  }
}

export class Place<Item> {
  readonly item: Item;
  before: Place<Item> | undefined;
  behind: Place<Item> | undefined;
  #roster: Roster<Item> | undefined;

  constructor(roster: Roster<Item>, item: Item) {
    this.#roster = roster;
    this.item = item;
  }

  /** Answers whether somebody was there: the first time only. */
  leave(): boolean {
    const roster = this.#roster;
    if (roster === undefined) return false;
    this.#roster = undefined;
    roster.remove(this);
    return true;
  }
}
