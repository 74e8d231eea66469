/** The gateway's link to the core when both run in one process. */
import type { Core } from '../../core/core.ts';
import type { CarriedEvent } from '../../gateway/link/events.ts';
import { type Carrier, linkOver } from '../../gateway/link/link.ts';
import type { ControlLink } from '../../gateway/ports.ts';
import { ControlDesk, type Visitor } from './desk.ts';

export function inProcessLink(core: Core, visitor: Visitor): ControlLink {
  return linkOver(inProcessCarrier(core, visitor));
}

export function inProcessCarrier(core: Core, visitor: Visitor): Carrier {
  const desk = new ControlDesk(core, visitor);
  return {
    ask: (question) => desk.answer(question),
    onEvent: (listener) => onGatewayEvent(core, listener),
  };
}

/** What of the core's news concerns gateways. Answers how to hear no more of it. */
export function onGatewayEvent(core: Core, listener: (event: CarriedEvent) => void): () => void {
  return core.events.on((event) => {
    const { kind } = event;
    if (kind !== 'keys-changed' && kind !== 'nodes-changed' && kind !== 'people-changed') listener(event);
  });
}
