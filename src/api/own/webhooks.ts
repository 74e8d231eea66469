/** Webhook endpoints of the account that is acted for: the same calls in both of Headgate's own APIs. */
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { WEBHOOK_TYPES } from '../../core/webhooks/types.ts';
import type { WebhookDelivery } from '../../core/webhooks/webhooks.ts';
import {
  Answer,
  Body,
  Named,
  OptionalText,
  OptionalTime,
  Time,
  TimeIn,
  timeFrom,
  Whole,
  WholeIn,
  Word,
} from '../http/fields.ts';
import type { Guard, RouteContext, Routes } from '../http/own-api.ts';
import { answerPage, keyset, List, ListQuery } from '../http/paging.ts';

interface WebhookContext extends RouteContext {
  read: Guard;
  write: Guard;
  accountId: (request: FastifyRequest) => bigint;
}

const ENDPOINT = {
  id: Type.String(),
  url: Type.String(),
  description: Type.String(),
  types: Type.Array(Word(WEBHOOK_TYPES), { description: 'Empty: all' }),
  enabled: Type.Boolean(),
  disabledReason: OptionalText('Why it was switched off, where nobody did it'),
  previousSecretUntil: OptionalTime('Until when the secret before the present one signs too'),
  createdAt: Time('When it was made'),
};
const Endpoint = Named('Webhook', ENDPOINT);
const EXAMPLE = {
  id: 'wh_k3m9q2w7x4b8n6v5',
  url: 'https://shop.example.com/hooks/headgate',
  description: 'The shop',
  types: ['quota.warning', 'quota.reached'],
  enabled: true,
  disabledReason: null,
  previousSecretUntil: null,
  createdAt: '2026-05-04T10:00:00.000Z',
};
const WithSecret = Answer(
  { ...ENDPOINT, secret: Type.String({ description: 'Signs what is sent. Shown now and never again' }) },
  { ...EXAMPLE, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=' },
);

const STATUSES = ['pending', 'delivered', 'failed'] as const;
const Delivery = Named('WebhookDelivery', {
  id: Type.String(),
  eventId: Type.String({ description: 'The `webhook-id` it is sent with' }),
  type: Type.String(),
  payload: Type.String({ description: 'The body that is sent' }),
  status: Word(STATUSES),
  attempts: Type.Integer(),
  at: Time('When it happened'),
  attemptedAt: OptionalTime('When it was last tried'),
  nextAttemptAt: OptionalTime('When it is tried again'),
  answerStatus: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: 'What was answered last',
  }),
  error: OptionalText('Why the last attempt failed'),
});
const DELIVERY_EXAMPLE = {
  id: 'dlv_0f3c5a4e9b7d4c1e8a2b6d5f4e3c2b1a',
  eventId: 'evt_w7x4b8n6v5k3m9q2',
  type: 'quota.warning',
  payload: '{"type":"quota.warning","timestamp":"2026-05-04T10:00:00.000Z","data":{}}',
  status: 'delivered',
  attempts: 1,
  at: '2026-05-04T10:00:00.000Z',
  attemptedAt: '2026-05-04T10:00:01.000Z',
  nextAttemptAt: null,
  answerStatus: 200,
  error: null,
};
const NEWEST_FIRST = keyset('webhook-deliveries', 'id');

const Url = Type.String({ maxLength: 2000, description: 'an https:// URL of at most 2000 characters' });
const Description = Type.String({ maxLength: 200, description: 'a text of at most 200 characters' });
const Types = Type.Array(Word(WEBHOOK_TYPES), {
  maxItems: WEBHOOK_TYPES.length,
  description: `a list of ${WEBHOOK_TYPES.join(', ')}; empty for all`,
});
const id = Type.String({ description: 'The endpoint’s id', examples: [EXAMPLE.id] });
const IdPath = Type.Object({ id });
const tags = ['webhooks'];
const refuses = ['WebhookNotFound'] as const;

export const webhooks: Routes<WebhookContext> = (app, { core, read, write, accountId, invoke }) => {
  app.get(
    '/webhooks',
    {
      ...read,
      schema: {
        operationId: 'listWebhooks',
        tags,
        summary: 'The account’s webhook endpoints, oldest first',
        response: {
          200: Answer({ data: Type.Array(Endpoint) }, { data: [EXAMPLE] }),
        },
      },
    },
    async (request) => ({ data: await core.webhooks.list(accountId(request)) }),
  );

  app.post(
    '/webhooks',
    {
      ...write,
      schema: {
        operationId: 'createWebhook',
        tags,
        summary: 'Add an endpoint; its secret is in this answer and nowhere else',
        body: Body(
          { url: Url, description: Type.Optional(Description), types: Type.Optional(Types) },
          { url: EXAMPLE.url, types: EXAMPLE.types },
        ),
        response: { 201: WithSecret },
        refuses: ['LimitReached'],
      },
    },
    async (request, reply) => {
      reply.code(201);
      return core.webhooks.create(invoke(request), accountId(request), request.body);
    },
  );

  app.get(
    '/webhooks/:id',
    {
      ...read,
      schema: {
        operationId: 'getWebhook',
        tags,
        summary: 'One endpoint',
        params: IdPath,
        response: { 200: Answer(ENDPOINT, EXAMPLE) },
        refuses,
      },
    },
    async (request) => core.webhooks.get(accountId(request), request.params.id),
  );

  app.patch(
    '/webhooks/:id',
    {
      ...write,
      schema: {
        operationId: 'updateWebhook',
        tags,
        summary: 'Change an endpoint, or switch it off and on',
        params: IdPath,
        body: Body(
          {
            url: Type.Optional(Url),
            description: Type.Optional(Description),
            types: Type.Optional(Types),
            enabled: Type.Optional(Type.Boolean({ description: 'true or false' })),
          },
          { enabled: true },
        ),
        response: { 200: Answer(ENDPOINT, EXAMPLE) },
        refuses,
      },
    },
    async (request) =>
      core.webhooks.update(invoke(request), accountId(request), request.params.id, request.body),
  );

  app.delete(
    '/webhooks/:id',
    {
      ...write,
      schema: {
        operationId: 'deleteWebhook',
        tags,
        summary: 'Remove an endpoint; what is on its way to it is not sent any more',
        params: IdPath,
        response: { 200: Answer({ id: Type.String() }, { id: EXAMPLE.id }) },
        refuses,
      },
    },
    async (request) => {
      await core.webhooks.delete(invoke(request), accountId(request), request.params.id);
      return { id: request.params.id };
    },
  );

  app.post(
    '/webhooks/:id/rotate-secret',
    {
      ...write,
      schema: {
        operationId: 'rotateWebhookSecret',
        tags,
        summary: 'Make a new secret; the old one signs beside it for a while',
        params: IdPath,
        body: Body(
          {
            overlapSeconds: Type.Optional(
              WholeIn('a whole number of seconds, at most 30 days (absent: one day)', {
                maximum: 30 * 24 * 3600,
              }),
            ),
          },
          { overlapSeconds: 3600 },
        ),
        response: { 200: WithSecret },
        refuses,
      },
    },
    async (request) => {
      const { overlapSeconds } = request.body;
      const overlapMs = overlapSeconds === undefined ? undefined : overlapSeconds * 1000;
      return core.webhooks.rotateSecret(invoke(request), accountId(request), request.params.id, overlapMs);
    },
  );

  app.post(
    '/webhooks/:id/test',
    {
      ...write,
      schema: {
        operationId: 'testWebhook',
        tags,
        summary: 'Send a message of the type webhook.test',
        params: IdPath,
        response: {
          200: Answer({ eventId: Type.String() }, { eventId: DELIVERY_EXAMPLE.eventId }),
        },
        refuses: [...refuses, 'InvalidField'],
      },
    },
    async (request) => core.webhooks.test(invoke(request), accountId(request), request.params.id),
  );

  app.get(
    '/webhooks/:id/deliveries',
    {
      ...read,
      schema: {
        operationId: 'listWebhookDeliveries',
        tags,
        summary: 'What was and is to be sent, newest first. Kept for 30 days',
        params: IdPath,
        querystring: ListQuery({ status: Type.Optional(Word(STATUSES)) }),
        response: { 200: List(Delivery, [DELIVERY_EXAMPLE]) },
        refuses,
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const page = await core.webhooks.deliveries(accountId(request), params.id, {
        ...NEWEST_FIRST.read(query),
        status: query.status,
      });
      return answerPage(request, reply, NEWEST_FIRST, page, (delivery: WebhookDelivery) => delivery);
    },
  );

  app.post(
    '/webhooks/:id/deliveries/:deliveryId/replay',
    {
      ...write,
      schema: {
        operationId: 'replayWebhookDelivery',
        tags,
        summary: 'Send one again, whatever became of it',
        params: Type.Object({
          id,
          deliveryId: Type.String({ description: 'The delivery’s id', examples: [DELIVERY_EXAMPLE.id] }),
        }),
        response: { 200: Answer({ id: Type.String() }, { id: DELIVERY_EXAMPLE.id }) },
        refuses,
      },
    },
    async (request) => {
      const { id, deliveryId } = request.params;
      await core.webhooks.replay(invoke(request), accountId(request), id, deliveryId);
      return { id: deliveryId };
    },
  );

  app.post(
    '/webhooks/:id/replay-failed',
    {
      ...write,
      schema: {
        operationId: 'replayFailedWebhookDeliveries',
        tags,
        summary: 'Send again what has failed for good since a time',
        params: IdPath,
        body: Body({ since: TimeIn() }, { since: '2026-05-04T00:00:00Z' }),
        response: { 200: Answer({ count: Whole('How many are sent again') }, { count: 12 }) },
        refuses,
      },
    },
    async (request) =>
      core.webhooks.replayFailed(
        invoke(request),
        accountId(request),
        request.params.id,
        timeFrom(request.body.since, 'since'),
      ),
  );
};
