import type { RefusalCode } from '../answers.ts';
import {
  HeadCollector,
  MalformedMessage,
  OversizedHead,
  parseRequestHead,
  type RequestHead,
} from '../http/head.ts';
import type { Connection, Service } from '../service.ts';

export type RequestRead =
  | { kind: 'request'; head: RequestHead }
  | { kind: 'refused'; code: RefusalCode; details?: string }
  /** No request is coming: the client closed, waited too long between two, or the gateway stops. */
  | { kind: 'over' };

/** Reads one request head, and not a byte beyond. */
export function readRequest(
  connection: Connection,
  service: Service,
  isFirst: boolean,
): Promise<RequestRead> {
  const { client } = connection;
  const { timers, limits } = service;
  return new Promise((resolve) => {
    const collector = new HeadCollector(limits.requestHeadBytes);
    let hasBegun = false;

    const settle = (read: RequestRead) => {
      timer.cancel();
      connection.onStop = undefined;
      resolve(read);
    };
    const tooLate = () => {
      client.detach();
      // A connection on which nothing was asked needs no answer.
      settle(hasBegun ? { kind: 'refused', code: 'head-timeout' } : { kind: 'over' });
    };
    const waitMs = isFirst
      ? Math.max(0, connection.acceptedAtMs + limits.headTimeoutMs - timers.nowMs())
      : limits.keepAliveTimeoutMs;
    let timer = timers.after(waitMs, tooLate);
    connection.onStop = () => {
      if (!hasBegun) settle({ kind: 'over' });
    };

    client.attach({
      data(bytes) {
        if (!hasBegun && !isFirst) {
          timer.cancel();
          timer = timers.after(limits.headTimeoutMs, tooLate);
        }
        hasBegun = true;
        try {
          const head = collector.push(bytes);
          if (head === undefined) return true;
          client.detach(head.rest);
          settle({ kind: 'request', head: parseRequestHead(head.text, limits.requestHeadFields) });
        } catch (error) {
          client.detach();
          settle(refusalOfError(error));
        }
        return false;
      },
      end: () => settle({ kind: 'over' }),
      closed: () => settle({ kind: 'over' }),
    });
    if (service.isStopping) connection.onStop?.();
  });
}

function refusalOfError(error: unknown): RequestRead {
  if (error instanceof OversizedHead)
    return { kind: 'refused', code: 'head-too-large', details: error.message };
  if (error instanceof MalformedMessage)
    return { kind: 'refused', code: 'malformed-request', details: error.message };
  throw error;
}
