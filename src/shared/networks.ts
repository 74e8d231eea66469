/** Addresses by CIDR. */
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A set of networks that addresses are looked up in. */
export class Networks {
  readonly #networks: readonly [Address, number][];

  constructor(cidrs: readonly string[]) {
    this.#networks = cidrs.map((cidr) => ipaddr.parseCIDR(cidr));
  }

  get isEmpty(): boolean {
    return this.#networks.length === 0;
  }

  /** Expects a canonical address. */
  has(text: string): boolean {
    return !this.isEmpty && ipaddr.isValid(text) && this.holds(ipaddr.parse(text));
  }

  holds(address: Address): boolean {
    return this.#networks.some(
      ([network, bits]) => network.kind() === address.kind() && address.match(network, bits),
    );
  }
}
