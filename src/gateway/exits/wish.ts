import type { ExitProduct, Place } from '../../shared/exits.ts';
import type { Parameters } from '../handshake/parameters.ts';
import type { Identity } from '../ports.ts';

/** What a client asks of its exit. */
export interface ExitWish {
  readonly place: Place;
  readonly session: string | undefined;
  readonly lifetimeMinutes: number | undefined;
}

/** Undefined: any exit will do, each time anew. */
export function wishOf(parameters: Parameters): ExitWish | undefined {
  const { country, region, city, isp, session, lifetimeMinutes } = parameters;
  const asked = { country, state: region, city, isp };
  const place = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  if (session === undefined && Object.keys(place).length === 0) return undefined;
  return { place, session, lifetimeMinutes };
}

export function productOf(identity: Identity): ExitProduct {
  return identity.kind === 'subuser' ? identity.product : 'subscription';
}

/** Whose sessions are told apart by their names. */
export function ownerOf(identity: Identity): string {
  return identity.kind === 'subuser'
    ? `subuser ${identity.subuserId}`
    : `subscription ${identity.subscriptionId}`;
}

/** Connections for which this is the same may share one to the target. */
export function wishKey(identity: Identity, wish: ExitWish | undefined): string {
  return JSON.stringify([ownerOf(identity), productOf(identity), wish]);
}
