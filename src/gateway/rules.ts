import ipaddr from 'ipaddr.js';
import { type DestinationRule, parseDestinationRule } from '../shared/destination-rule.ts';
import { type Address, meantBy } from './addresses.ts';
import type { Authority } from './http/target.ts';
import { Lru } from './lru.ts';
import type { DestinationRules } from './ports.ts';

interface Ports {
  readonly firstPort: number;
  readonly lastPort: number;
}

/** Rules of one list, to be found by what is asked: names by look-up, networks and ports one by one. */
class RuleList {
  readonly #any: Ports[] = [];
  readonly #names = new Map<string, Ports[]>();
  /** Of names below these. */
  readonly #parents = new Map<string, Ports[]>();
  readonly #networks: (Ports & { readonly network: Address; readonly bits: number })[] = [];

  constructor(texts: readonly string[]) {
    for (const text of texts) {
      const rule = parseDestinationRule(text);
      if (rule === undefined) throw new Error(`${text} is not a destination rule`);
      this.#add(rule);
    }
  }

  get isEmpty(): boolean {
    return this.#any.length + this.#names.size + this.#parents.size + this.#networks.length === 0;
  }

  /** By the name, or by the port alone. */
  hasHost(host: string, port: number): boolean {
    if (this.#any.some((ports) => holds(ports, port))) return true;
    if (this.#names.get(host)?.some((ports) => holds(ports, port))) return true;
    if (this.#parents.size === 0) return false;
    for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1))
      if (this.#parents.get(host.slice(dot + 1))?.some((ports) => holds(ports, port))) return true;
    return false;
  }

  hasAddress(addresses: readonly Address[], port: number): boolean {
    return this.#networks.some(
      (entry) =>
        holds(entry, port) &&
        addresses.some(
          (address) => address.kind() === entry.network.kind() && address.match(entry.network, entry.bits),
        ),
    );
  }

  hasNetworksFor(port: number): boolean {
    return this.#networks.some((entry) => holds(entry, port));
  }

  #add({ host, firstPort, lastPort }: DestinationRule): void {
    const ports = { firstPort, lastPort };
    if (host.kind === 'any') this.#any.push(ports);
    else if (host.kind === 'network') this.#networks.push({ ...host, ...ports });
    else {
      const names = host.kind === 'name' ? this.#names : this.#parents;
      names.set(host.name, [...(names.get(host.name) ?? []), ports]);
    }
  }
}

/** The rules of all levels. A destination must pass each of them. */
export class RuleBook {
  readonly #levels: { readonly allow: RuleList; readonly deny: RuleList }[];

  constructor(levels: readonly DestinationRules[]) {
    this.#levels = levels.map(({ allow, deny }) => ({
      allow: new RuleList(allow),
      deny: new RuleList(deny),
    }));
  }

  /** What is certain before a name is resolved. Of an address it says everything. */
  prohibits({ host, port }: Authority): boolean {
    if (ipaddr.isValid(host)) return !this.permits({ host, port }, host);
    const name = bareName(host);
    return this.#levels.some(
      ({ allow, deny }) =>
        deny.hasHost(name, port) ||
        !(allow.isEmpty || allow.hasHost(name, port) || allow.hasNetworksFor(port)),
    );
  }

  /** Whether a name may be reached of which nobody here knows an address. */
  permitsUnresolved({ host, port }: Authority): boolean {
    const name = bareName(host);
    return this.#levels.every(
      ({ allow, deny }) => !deny.hasHost(name, port) && (allow.isEmpty || allow.hasHost(name, port)),
    );
  }

  /** Whether a destination may be reached at this address of it. */
  permits({ host, port }: Authority, address: string): boolean {
    const name = bareName(host);
    const addresses = meantBy(ipaddr.process(address));
    return this.#levels.every(
      ({ allow, deny }) =>
        !deny.hasHost(name, port) &&
        !deny.hasAddress(addresses, port) &&
        (allow.isEmpty || allow.hasHost(name, port) || allow.hasAddress(addresses, port)),
    );
  }
}

const BOOKS = 10_000;
/** Limits come with every answer about a client; the same rules are read once. */
const books = new Lru<RuleBook>(BOOKS);
const bookOf = new WeakMap<readonly DestinationRules[], RuleBook>();

/** Undefined: everything may be reached. */
export function ruleBook(rules: readonly DestinationRules[] | undefined): RuleBook | undefined {
  if (rules === undefined || rules.length === 0) return undefined;
  let book = bookOf.get(rules);
  if (book !== undefined) return book;
  const text = JSON.stringify(rules);
  book = books.get(text) ?? new RuleBook(rules);
  books.set(text, book);
  bookOf.set(rules, book);
  return book;
}

function holds({ firstPort, lastPort }: Ports, port: number): boolean {
  return port >= firstPort && port <= lastPort;
}

function bareName(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}
