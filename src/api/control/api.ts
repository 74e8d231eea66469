/**
 * The control API: what gateways on other machines ask, a call each for the lines of the table (gateway/link/calls.ts), and the
 * stream of events. It is between programs of one release, so it is no dialect that the reference describes.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Core } from '../../core/core.ts';
import { DomainError } from '../../core/errors.ts';
import type { NodeIdentity } from '../../core/nodes/nodes.ts';
import { CALL_NAMES, CALLS, type CallName } from '../../gateway/link/calls.ts';
import { SEQUENCE, SESSION_ID } from '../../gateway/link/forms.ts';
import { HEARTBEAT_EVERY_MS, type News } from '../../gateway/link/news.ts';
import { SessionOver } from '../../gateway/session-over.ts';
import { schemeCredentials } from '../http/caller.ts';
import type { Dialect } from '../http/dialect.ts';
import { answerProblem, PROBLEM_REFERENCE, PROBLEM_TYPE } from '../http/problem.ts';
import { ControlDesk } from './desk.ts';
import { EventFeed } from './feed.ts';

const PREFIX = '/api/control/v1';
/** The reports of some ten thousand subusers in one second. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;
const MAX_SECRET_LENGTH = 512;
/** What a reader of events may lag behind before it is cut off; it comes again, and is told what it missed. */
const LAG_LIMIT_BYTES = 1024 * 1024;
const STREAMS_PER_NODE = 256;

type Body = { session?: string; sequence: number } & Record<string, unknown>;

export function controlApi(core: Core): Dialect {
  const feed = new EventFeed(core);
  const nodes = new WeakMap<FastifyRequest, NodeIdentity>();
  const streams = new Set<EventStream>();
  core.events.on(({ kind }) => {
    if (kind === 'nodes-changed') for (const stream of [...streams]) stream.check();
  });

  return {
    prefix: PREFIX,
    answerError: answerProblem,
    authenticateWith: 'Bearer',
    bodyLimitBytes: BODY_LIMIT_BYTES,
    reference: { ...PROBLEM_REFERENCE, securitySchemes: {}, guards: ['Unauthenticated'] },
    routes: (app) => {
      // Before the body is read: strangers send none.
      app.addHook('onRequest', async (request) => {
        const node = await recognise(core, request);
        if (!node) throw new DomainError('Unauthenticated', {});
        nodes.set(request, node);
      });
      app.addHook('preClose', async () => {
        for (const stream of [...streams]) stream.end();
      });

      for (const call of CALL_NAMES) {
        app.post(`/${call}`, { schema: { body: bodyOf(call) } }, async (request, reply) => {
          const { session, sequence, ...fields } = request.body as Body;
          const node = nodes.get(request)!;
          const desk = new ControlDesk(core, { name: node.name, ownsName: false, nodeId: node.nodeId });
          const args = CALLS[call].parameters.map(({ name }) => fields[name]);
          try {
            const question = { call, sequence, args, ...(session !== undefined && { sessionId: session }) };
            const answer = await desk.answer(question);
            return answer === undefined ? reply.code(204).send() : reply.send(answer);
          } catch (error) {
            if (error instanceof SessionOver) return answerSessionOver(error, reply);
            throw error;
          }
        });
      }

      app.get('/node', async (request) => ({ name: nodes.get(request)!.name }));

      app.get('/events', async (request, reply) => {
        const node = nodes.get(request)!;
        const { after } = request.query as { after?: unknown };
        if ([...streams].filter(({ nodeId }) => nodeId === node.nodeId).length >= STREAMS_PER_NODE) {
          throw new DomainError('LimitReached', {
            what: 'event streams of one node',
            limit: STREAMS_PER_NODE,
          });
        }
        reply.hijack();
        const isStillGood = async () => (await recognise(core, request)) !== undefined;
        const stream = new EventStream(node.nodeId, reply, isStillGood);
        streams.add(stream);
        const leave = feed.follow(typeof after === 'string' ? after : undefined, (news) => stream.send(news));
        reply.raw.once('close', () => {
          leave();
          streams.delete(stream);
          stream.end();
        });
      });
    },
  };
}

async function recognise(core: Core, request: FastifyRequest): Promise<NodeIdentity | undefined> {
  const secret = schemeCredentials(request, 'bearer');
  if (secret === undefined || secret.length > MAX_SECRET_LENGTH) return undefined;
  return core.nodes.recognise(secret, request.ip);
}

function bodyOf(call: CallName): TSchema {
  const { parameters, inSession } = CALLS[call];
  const fields: Record<string, TSchema> = { sequence: SEQUENCE };
  if (inSession) fields.session = SESSION_ID;
  for (const { name, schema } of parameters) fields[name] = schema;
  return Type.Object(fields, { additionalProperties: false });
}

function answerSessionOver(error: SessionOver, reply: FastifyReply): FastifyReply {
  const problem = {
    type: 'about:blank',
    title: 'Session over',
    status: 409,
    detail: error.message,
    code: 'session_over',
  };
  return reply.code(409).type(PROBLEM_TYPE).send(problem);
}

/** A response that lasts as long as the reader and its token. */
class EventStream {
  readonly nodeId: bigint;
  readonly #reply: FastifyReply;
  readonly #isStillGood: () => Promise<boolean>;
  readonly #timer: NodeJS.Timeout;

  constructor(nodeId: bigint, reply: FastifyReply, isStillGood: () => Promise<boolean>) {
    this.nodeId = nodeId;
    this.#reply = reply;
    this.#isStillGood = isStillGood;
    reply.raw.writeHead(200, {
      'content-type': 'application/x-ndjson',
      'cache-control': 'no-store',
      // nginx would keep lines back until it has a bufferful.
      'x-accel-buffering': 'no',
    });
    reply.raw.flushHeaders();
    this.#timer = setInterval(() => {
      this.send({});
      this.check();
    }, HEARTBEAT_EVERY_MS);
  }

  /** Ends with its token. With the database away nothing is known of that, and there is no news either. */
  check(): void {
    this.#isStillGood().then(
      (isGood) => isGood || this.end(),
      () => {},
    );
  }

  send(news: News): void {
    const { raw } = this.#reply;
    if (raw.writableLength > LAG_LIMIT_BYTES) raw.destroy();
    else if (!raw.writableEnded) raw.write(`${JSON.stringify(news)}\n`);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#reply.raw.end();
  }
}
