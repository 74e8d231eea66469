/** Every event of ports.ts, in the form that it has on a wire. */
import { Type } from 'typebox';
import type { ControlEvent, TunnelFilter } from '../ports.ts';
import { Count, Flag, form, ProductName, SharedLimit, Subject, tunnelFilter } from './forms.ts';

/** What a carrier delivers: an event, and the session that caused it and does not need to hear it. */
export type CarriedEvent = ControlEvent & { exceptSession?: string };

const Cause = { exceptSession: Type.Optional(Type.String()) };

export const CARRIED_EVENT = form<CarriedEvent>()(
  Type.Union([
    Type.Object({
      kind: Type.Literal('subuser-changed'),
      subuserId: Type.String(),
      cut: Type.Union([Type.Literal('none'), Type.Literal('all'), Type.Literal('by-address')]),
      ...Cause,
    }),
    Type.Object({
      kind: Type.Literal('quota-added'),
      subuserId: Type.String(),
      product: ProductName,
      ...Cause,
    }),
    Type.Object({
      kind: Type.Literal('lease-recall'),
      subuserId: Type.String(),
      product: ProductName,
      ...Cause,
    }),
    Type.Object({ kind: Type.Literal('subscription-changed'), subscriptionId: Type.String(), ...Cause }),
    Type.Object({ kind: Type.Literal('seats-recall'), subscriptionId: Type.String(), ...Cause }),
    Type.Object({ kind: Type.Literal('exits-changed'), ...Cause }),
    Type.Object({ kind: Type.Literal('limits-changed'), subject: Type.Optional(Subject), ...Cause }),
    Type.Object({
      kind: Type.Literal('share-recall'),
      subject: Subject,
      what: SharedLimit,
      fairUnits: Count,
      ...Cause,
    }),
    Type.Object({
      kind: Type.Literal('tunnels-asked'),
      requestId: Type.String(),
      filter: Type.Unsafe<TunnelFilter>(tunnelFilter.schema),
      limit: Count,
      cut: Flag,
      ...Cause,
    }),
    Type.Object({ kind: Type.Literal('resync'), ...Cause }),
  ]),
);
