/** What the core, the gateway and the command line agree on about exits: the ways out towards targets. */
import { PRODUCTS } from './products.ts';

/** `direct`: from this machine. The others: through a proxy of that protocol. */
export const EXIT_KINDS = ['direct', 'http', 'socks5'] as const;
export type ExitKind = (typeof EXIT_KINDS)[number];

/** Whose traffic an exit carries: a product's, or that of subscriptions, which have no product. */
export const EXIT_PRODUCTS = [...PRODUCTS, 'subscription'] as const;
export type ExitProduct = (typeof EXIT_PRODUCTS)[number];

/**
 * `local`: names that cannot be looked up here are refused. `remote`: they are the upstream's to look up. `address`: as `local`, and
 * the upstream is given the address in place of the name, so that it can find no other one.
 */
export const RESOLVE_MODES = ['local', 'remote', 'address'] as const;
export type ResolveMode = (typeof RESOLVE_MODES)[number];

export const PLACE_KEYS = ['country', 'state', 'city', 'isp'] as const;
export type PlaceKey = (typeof PLACE_KEYS)[number];

/** Where an exit is, or should be. In lower case. */
export type Place = Partial<Record<PlaceKey, string>>;

/** People and providers write `new york`, `new_york` and `new-york`: to us they are one place. */
export function samePlace(a: string, b: string): boolean {
  return a === b || compact(a) === compact(b);
}

export function compact(text: string): string {
  return text.replace(/[ ._-]/g, '');
}
