/** A reseller's own people. */
import { Body } from '../http/fields.ts';
import { answerPage, keyset, List, ListQuery } from '../http/paging.ts';
import {
  InvitationAnswer,
  NewPersonFields,
  PERSON,
  Person,
  PersonAnswer,
  PersonPath,
  Search,
  toWireInvitation,
} from '../own/people.ts';
import type { AccountRoutes } from './context.ts';

const BY_ID = keyset('people', 'id');
const OWN_PERSON = { ...PERSON, role: 'reseller', storeCode: 'MYSTORE' };
const Invite = Body(NewPersonFields, { email: 'ann@example.com', name: 'Ann' });
const tags = ['people'];

export const people: AccountRoutes = (app, { core, read, inPerson, invoke, accountId }) => {
  app.get(
    '/people',
    {
      ...read,
      schema: {
        operationId: 'listPeople',
        tags,
        summary: 'The account’s people, in the order they were made',
        querystring: ListQuery({ search: Search }),
        response: { 200: List(Person, [OWN_PERSON]) },
      },
    },
    async (request, reply) => {
      const filter = { search: request.query.search, accountId: accountId(request) };
      const page = await core.people.list(filter, BY_ID.read(request.query));
      return answerPage(request, reply, BY_ID, page, (person) => person);
    },
  );

  app.post(
    '/people',
    {
      ...inPerson,
      schema: {
        operationId: 'invitePerson',
        tags,
        summary: 'Invite somebody',
        description:
          'The answer has a link by which the person sets a password: hand it on. It is good once.',
        body: Invite,
        response: { 201: InvitationAnswer },
        refuses: ['ReservedFor', 'EmailTaken', 'LimitReached'],
      },
    },
    async (request, reply) => {
      const person = { ...request.body, role: 'reseller' as const, accountId: accountId(request) };
      const invitation = await core.people.invite(invoke(request), person);
      reply.code(201);
      return toWireInvitation(invitation);
    },
  );

  app.post(
    '/people/:id/disable',
    {
      ...inPerson,
      schema: {
        operationId: 'disablePerson',
        tags,
        summary: 'End all that a person may do',
        params: PersonPath,
        response: { 200: PersonAnswer },
        refuses: ['ReservedFor', 'PersonNotFound'],
      },
    },
    async (request) => ({
      person: await core.people.setDisabled(invoke(request), request.params.id, true, accountId(request)),
    }),
  );
};
