/**
 * gateway → upstream   CONNECT host:port, with Proxy-Authorization where there is a login
 * gateway ← upstream   200; behind its head, the tunnel
 */
import { HeadCollector, parseResponseHead } from '../http/head.ts';
import type { Authority } from '../http/target.ts';
import type { Leg } from '../leg.ts';
import type { GatewayLimits } from '../limits.ts';
import type { Login } from './exit.ts';
import { type ExitFailure, exitFailure, targetFailure, unclearFailure } from './verdict.ts';

/** Undefined: the leg is the tunnel now. Bytes behind the answer are held in it. */
export function connectOverHttp(
  leg: Leg,
  authority: Authority,
  login: Login | undefined,
  limits: Pick<GatewayLimits, 'responseHeadBytes' | 'responseHeadFields'>,
): Promise<ExitFailure | undefined> {
  return new Promise((resolve) => {
    const collector = new HeadCollector(limits.responseHeadBytes);
    const gone = () => resolve(unclearFailure('the upstream closed the connection without an answer'));
    leg.attach({
      data(bytes) {
        try {
          const head = collector.push(bytes);
          if (head === undefined) return true;
          const { status } = parseResponseHead(head.text, limits.responseHeadFields);
          leg.detach(head.rest);
          resolve(failureOf(status));
        } catch {
          leg.detach();
          resolve(exitFailure('the upstream does not answer as an HTTP proxy does'));
        }
        return false;
      },
      end: gone,
      closed: gone,
    });
    leg.write(connectHead(authority, login));
  });
}

function connectHead({ host, port }: Authority, login: Login | undefined): Buffer {
  const authority = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
  if (login !== undefined) {
    const credentials = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    lines.push(`Proxy-Authorization: Basic ${credentials}`);
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

function failureOf(status: number): ExitFailure | undefined {
  if (status >= 200 && status < 300) return undefined;
  const reason = `the upstream answered ${status}`;
  switch (status) {
    // Our account with the upstream: who we are, whether we have paid, how often we come.
    case 401:
    case 402:
    case 407:
    case 429:
      return exitFailure(reason);
    case 403:
      return targetFailure('exit-refuses-target', reason);
    case 502:
      return targetFailure('connect-failed', reason);
    case 504:
      return targetFailure('connect-timeout', reason);
    default:
      return unclearFailure(reason);
  }
}
