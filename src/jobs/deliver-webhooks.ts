/** Sends what accounts are to be told by webhook. A slow or dead endpoint keeps no other waiting. */
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Core } from '../core/core.ts';
import type { DeliveryResult, DueDelivery } from '../core/webhooks/deliveries.ts';
import type { Outgoing } from '../outgoing/outgoing.ts';
import type { Job } from './jobs.ts';

/** Standard Webhooks asks for 15 to 30 seconds. */
const TIMEOUT_MS = 15_000;
const LOOK_EVERY_MS = 1000;

export const deliverWebhooks: Job = {
  name: 'deliver-webhooks',
  everyMs: LOOK_EVERY_MS,
  async run(core, { outgoing, ending }) {
    /** Endpoints that are being sent to. */
    const busy = new Map<bigint, Promise<void>>();
    do {
      for (const [endpointId, due] of byEndpoint(await core.webhookDeliveries.take([...busy.keys()]))) {
        const sending = Promise.all(due.map((delivery) => deliver(core, outgoing, delivery)));
        const done = sending.then(
          () => void busy.delete(endpointId),
          (error) => {
            busy.delete(endpointId);
            throw error;
          },
        );
        busy.set(endpointId, done);
      }
      // Others may become due while these are slow.
      await Promise.race([...busy.values(), delay(busy.size > 0 ? LOOK_EVERY_MS : 0)]);
    } while (busy.size > 0 && !ending.aborted);
    await Promise.all(busy.values());
  },
};

function byEndpoint(deliveries: readonly DueDelivery[]): Map<bigint, DueDelivery[]> {
  const groups = new Map<bigint, DueDelivery[]>();
  for (const delivery of deliveries) {
    const group = groups.get(delivery.endpointId);
    if (group) group.push(delivery);
    else groups.set(delivery.endpointId, [delivery]);
  }
  return groups;
}

async function deliver(core: Core, outgoing: Outgoing, delivery: DueDelivery): Promise<void> {
  await core.webhookDeliveries.settle(delivery, await send(outgoing, delivery));
}

async function send(outgoing: Outgoing, { url, headers, payload }: DueDelivery): Promise<DeliveryResult> {
  let response: IncomingMessage;
  try {
    response = await outgoing.send(url, { method: 'POST', headers, body: payload, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    return { ok: false, status: null, error: (error as Error).message, gone: false };
  }
  // What it says beyond its status is of no interest.
  response.on('error', () => {});
  response.destroy();
  const status = response.statusCode!;
  if (status >= 200 && status < 300) return { ok: true, status };
  return { ok: false, status, error: `answered ${status}`, gone: status === 410 };
}
