/** Connections of every protocol that break off anywhere, on either side, while the control side has its troubles: nothing stays behind. */
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { expect, test } from 'vitest';
import type { ServiceLimits } from '../../src/gateway/ports.ts';
import { makeCertificate } from '../support/certificates.ts';
import { basic, connectHead, eventually, type Rig, startRig } from '../support/gateway/harness.ts';
import { type Origin, startOrigin } from '../support/gateway/origins.ts';
import { socks4Request, socks5Login, socks5Request, WITH_LOGIN } from '../support/gateway/socks.ts';
import {
  directExit,
  startHttpUpstream,
  startSocks5Upstream,
  upstreamExit,
} from '../support/gateway/upstreams.ts';
import { randomFrom } from '../support/traffic.ts';

const CONNECTIONS = 400;
const AT_ONCE = 20;
const USERS = ['plain', 'small', 'limited'];
const LIMITS: (ServiceLimits | undefined)[] = [
  undefined,
  { maxTunnels: 2 },
  { bytesPerSecond: 300_000 },
  { tunnelsPerSecond: 30, maxTunnels: 6 },
];
/** Answers that are whole, cut, wrong, or none. */
const ANSWERS = [
  'HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n',
  'HTTP/1.1 200 OK\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz',
  '',
];

type Dice = (sides: number) => number;

function startTarget(dice: Dice): Promise<Origin> {
  return startOrigin((socket) => {
    const leave = [() => socket.resetAndDestroy(), () => socket.end(), () => {}];
    if (dice(6) === 0) leave[dice(leave.length)]!();
    socket.on('data', () => {
      if (socket.writableEnded) return;
      socket.write(ANSWERS[dice(ANSWERS.length)]!);
      socket.write('x'.repeat(dice(120_000)));
      if (dice(4) === 0) leave[dice(leave.length)]!();
    });
    socket.on('end', () => socket.end('bye'));
  });
}

function requestOf(kind: number, target: string, user: string, body: Buffer): Buffer {
  const [host, port] = target.split(':') as [string, string];
  const head = (text: string) => Buffer.concat([Buffer.from(text), body]);
  const url = `http://${target}/`;
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  switch (kind) {
    case 0:
      return head(connectHead(target, user));
    case 1:
      return head(`POST ${url} HTTP/1.1\r\n${basic(user)}Content-Length: ${body.length}\r\n\r\n`);
    case 2:
      return Buffer.from(`GET ${url} HTTP/1.1\r\n${basic(user)}\r\n`.repeat(3));
    case 3:
      return head(`GET ${url} HTTP/1.1\r\n${basic(user)}${upgrade}\r\n`);
    case 4:
      return Buffer.concat([WITH_LOGIN, socks5Login(user), socks5Request(host, Number(port)), body]);
    default:
      return Buffer.concat([socks4Request(host, Number(port)), body]);
  }
}

async function useOnce(rig: Rig, hosts: readonly string[], dice: Dice): Promise<void> {
  const isSecure = dice(3) === 0;
  const carrier = net.connect({
    port: isSecure ? rig.tlsPort! : rig.port,
    host: '127.0.0.1',
    allowHalfOpen: true,
  });
  carrier.on('error', () => {});
  const socket = isSecure ? tls.connect({ socket: carrier, rejectUnauthorized: false }) : carrier;
  socket.on('error', () => {});
  if (dice(3) > 0) socket.resume();
  const user = USERS[dice(USERS.length)]!;
  const bytes = requestOf(dice(6), hosts[dice(hosts.length)]!, user, Buffer.alloc(dice(100_000), 'y'));
  const sentBytes = dice(3) === 0 ? dice(Math.min(bytes.length, 400)) : bytes.length;
  const pieceBytes = dice(3) === 0 ? 1 + dice(100) : bytes.length;
  for (let at = 0; at < sentBytes && at < 50 * pieceBytes && !socket.destroyed; at += pieceBytes) {
    socket.write(bytes.subarray(at, Math.min(sentBytes, at + pieceBytes)));
    if (dice(8) === 0) await sleep(1);
  }
  await sleep(dice(30));
  if (dice(2) === 0) {
    socket.end();
    socket.resume();
    await sleep(dice(40));
  }
  if (dice(2) === 0) carrier.resetAndDestroy();
  socket.destroy();
  carrier.destroy();
}

async function stir({ link }: Rig, dice: Dice): Promise<void> {
  switch (dice(5)) {
    case 0:
      link.endSession();
      return;
    case 1:
      link.lostAnswers = 2;
      return;
    case 2:
      link.isAway = true;
      await sleep(dice(40));
      link.isAway = false;
      return;
    case 3:
      link.setLimits('limited', LIMITS[dice(LIMITS.length)]);
      return;
    default:
      link.emit({ kind: 'subuser-changed', subuserId: 'id-plain', cut: 'all' });
  }
}

test.each(['straight', 'through exits'])('%s', async (way) => {
  const random = randomFrom(way.length);
  const dice: Dice = (sides) => Math.floor(random() * sides);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'headgate-broken-'));
  const rig = await startRig({
    tls: { ...(await makeCertificate(folder, 'proxy')), port: 0 },
    resolver: async () => {
      await sleep(dice(20));
      return ['127.0.0.1'];
    },
    limits: {
      ...{ headTimeoutMs: 2_000, keepAliveTimeoutMs: 2_000, flushTimeoutMs: 2_000, lingerMs: 500 },
      ...{ pauseLimitMs: 3_000, halfClosedIdleMs: 1_000, tunnelIdleMs: 3_000 },
    },
  });
  rig.link.addUser('plain', 100_000_000_000, { addresses: ['127.0.0.1'] });
  rig.link.addUser('small', 2_000_000);
  rig.link.addUser('limited', 100_000_000_000, { limits: LIMITS[3]! });
  const upstreams = [await startHttpUpstream(), await startSocks5Upstream()] as const;
  if (way === 'through exits') {
    rig.link.setExits([
      ...[upstreamExit('http', upstreams[0].port), upstreamExit('socks5', upstreams[1].port)],
      ...[upstreamExit('http', 1), directExit({ maxTunnels: 5 })],
    ]);
    await eventually(() => expect(rig.gateway.exitStats()).toHaveLength(4));
  }
  const target = rig.adopt(await startTarget(dice));
  const hosts = [target.authority, target.authority, `name.example:${target.port}`, '127.0.0.1:1'];
  let left = CONNECTIONS;
  const worker = async () => {
    while (left-- > 0) {
      await useOnce(rig, hosts, dice);
      if (left % 15 === 0) await stir(rig, dice);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await eventually(() => {
    const { leases: _, ...held } = rig.gateway.stats();
    const nothing = { clientConnections: 0, targetConnections: 0, handshakes: 0, served: 0, paused: 0 };
    expect(held).toEqual(nothing);
  }, 60_000);
  expect(rig.gateway.exitStats().filter(({ tunnels }) => tunnels > 0)).toEqual([]);
  await rig.dispose();
  for (const upstream of upstreams) await upstream.close();
  await rm(folder, { recursive: true });
});
