// Runs the server, and keeps its listening sockets open from one server process to the next.
//
// A server that asks for it leaves its listening sockets here. On SIGUSR2 another one is started, from the files as they are by then;
// it gets the same sockets, and when it is ready the one before is told to finish. No moment is without a process that
// accepts, and what waits to be accepted waits in the socket, which neither of them owns alone.
//
// Plain JavaScript on purpose: this file runs on whatever Node the machine has.
import { spawn } from 'node:child_process';
import os from 'node:os';
import { childEnvironment, findNode } from './toolchain.mjs';

// Each gateway of a process looks up so many names at once, each for as long as a name server says nothing; as many threads again are for
// everything else. Node has four by itself, and at most 1024.
const LOOKUPS = 64;
const THREADS = { UV_THREADPOOL_SIZE: String(Math.min(1024, LOOKUPS * (1 + Math.floor(gateways())))) };
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

function gateways() {
  const threads = process.env.HEADGATE_GATEWAY_THREADS ?? '1';
  if (threads === 'auto') return os.availableParallelism?.() ?? os.cpus().length;
  // What makes no sense is said by the server.
  return Math.max(1, Number(threads) || 1);
}

const say = (text) => process.stderr.write(`headgate: ${text}\n`);

/** Runs the project's Node with these arguments, in this terminal, and ends with the exit code of the last server. */
export function keepServer(args) {
  const node = findNode();
  /** Listening sockets by what they are for. */
  const kept = new Map();
  const running = new Set();
  /** The one that serves, and the one that is to take its place. */
  let serving;
  let successor;
  /** Of the one that served last. */
  let outcome = { code: 1, signal: null };

  function launch() {
    const child = spawn(node, args, {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: { ...THREADS, ...childEnvironment(node) },
    });
    const server = { child, taken: new Set(), canHandOver: false };
    running.add(server);
    child.on('message', (message, handle) => onMessage(server, message, handle));
    child.on('error', (error) => {
      say(`cannot run ${node}: ${error.message}`);
      onEnd(server, 1, null);
    });
    child.on('exit', (code, signal) => onEnd(server, code, signal));
    return server;
  }

  function onMessage(server, message, handle) {
    const { ask, name } = message;
    if (ask === 'keep') {
      kept.get(name)?.close();
      kept.set(name, handle);
      server.taken.add(name);
    } else if (ask === 'take') {
      server.taken.add(name);
      const socket = kept.get(name);
      server.child.send({ tell: 'socket', id: message.id, isKept: socket !== undefined }, socket);
    } else if (ask === 'ready') {
      server.canHandOver = message.canHandOver;
      if (server === successor) takeOver();
    }
  }

  /** The successor is ready: it serves from now on. */
  function takeOver() {
    const before = serving;
    serving = successor;
    successor = undefined;
    if (running.has(before)) before.child.send({ tell: 'hand-over' });
    for (const [name, socket] of kept) {
      if (serving.taken.has(name)) continue;
      socket.close();
      kept.delete(name);
    }
  }

  function onEnd(server, code, signal) {
    if (!running.delete(server)) return;
    if (server === successor) {
      successor = undefined;
      say('the server that was to take over has ended before it was ready');
    }
    if (server === serving) outcome = { code: code ?? 1, signal };
    if (running.size > 0) return;
    if (!outcome.signal) process.exit(outcome.code);
    for (const name of [...FORWARDED, 'SIGUSR2']) process.removeAllListeners(name);
    process.kill(process.pid, outcome.signal);
  }

  // Signals that reach only this process are handed on, so that a service manager can stop the server cleanly.
  for (const signal of FORWARDED) {
    process.on(signal, () => {
      for (const { child } of running) child.kill(signal);
    });
  }
  process.on('SIGUSR2', () => {
    if (successor !== undefined) say('another server is about to take over already');
    else if (!serving.canHandOver)
      say('this server cannot hand over: it has its own database, or is not ready');
    else successor = launch();
  });
  serving = launch();
}
