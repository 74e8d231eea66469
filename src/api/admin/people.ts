/** The people there are: the owner and the staff, and those of resellers. */
import { Type } from 'typebox';
import { ROLES } from '../../core/people/roles.ts';
import { Body, Word } from '../http/fields.ts';
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
import type { AdminRoutes } from './context.ts';

const BY_ID = keyset('people', 'id');

const Invite = Body(
  {
    ...NewPersonFields,
    role: Word(ROLES),
    reseller: Type.Optional(
      Type.String({ description: 'the store code or email address of a reseller, for a person of its' }),
    ),
  },
  { email: 'ann@example.com', name: 'Ann', role: 'manager' },
);
const ChangeRole = Body({ role: Word(ROLES) }, { role: 'viewer' });
const tags = ['people'];
const CHANGES = ['PersonNotFound', 'ReservedFor'] as const;

export const people: AdminRoutes = (app, { core, read, ownerInPerson, invoke }) => {
  app.get(
    '/people',
    {
      ...read,
      schema: {
        operationId: 'listPeople',
        tags,
        summary: 'All people, in the order they were made',
        querystring: ListQuery({
          search: Search,
          account: Type.Optional(
            Type.String({ description: 'an email address or store code of an account' }),
          ),
        }),
        response: { 200: List(Person, [PERSON]) },
        refuses: ['AccountNotFound'],
      },
    },
    async (request, reply) => {
      const { search, account } = request.query;
      const accountId = account === undefined ? undefined : (await core.accounts.find(account)).id;
      const page = await core.people.list({ search, accountId }, BY_ID.read(request.query));
      return answerPage(request, reply, BY_ID, page, (person) => person);
    },
  );

  app.post(
    '/people',
    {
      ...ownerInPerson,
      schema: {
        operationId: 'invitePerson',
        tags,
        summary: 'Invite somebody',
        description:
          'The answer has a link by which the person sets a password: hand it on. It is good once.',
        body: Invite,
        response: { 201: InvitationAnswer },
        refuses: ['ReservedFor', 'AccountNotFound', 'EmailTaken', 'LimitReached'],
      },
    },
    async (request, reply) => {
      const { reseller, ...person } = request.body;
      const accountId = await accountOf(reseller);
      const invitation = await core.people.invite(invoke(request), { ...person, accountId });
      reply.code(201);
      return toWireInvitation(invitation);
    },
  );

  /** A reseller's account, or the provider's own. */
  async function accountOf(reseller: string | undefined): Promise<bigint> {
    return reseller === undefined ? core.accounts.ownerId() : (await core.accounts.find(reseller)).id;
  }

  app.put(
    '/people/:id/role',
    {
      ...ownerInPerson,
      schema: {
        operationId: 'changeRole',
        tags,
        summary: 'Give a person another role',
        params: PersonPath,
        body: ChangeRole,
        response: { 200: PersonAnswer },
        refuses: CHANGES,
      },
    },
    async (request) => ({
      person: await core.people.changeRole(invoke(request), request.params.id, request.body.role),
    }),
  );

  const change = (
    name: string,
    operationId: string,
    summary: string,
    work: (request: Parameters<typeof invoke>[0], id: string) => ReturnType<typeof core.people.unlock>,
  ) =>
    app.post(
      `/people/:id/${name}`,
      {
        ...ownerInPerson,
        schema: {
          operationId,
          tags,
          summary,
          params: PersonPath,
          response: { 200: PersonAnswer },
          refuses: CHANGES,
        },
      },
      async (request) => ({ person: await work(request, request.params.id) }),
    );

  change('disable', 'disablePerson', 'End all that a person may do', (request, id) =>
    core.people.setDisabled(invoke(request), id, true),
  );
  change('enable', 'enablePerson', 'Let a person in again', (request, id) =>
    core.people.setDisabled(invoke(request), id, false),
  );
  change('unlock', 'unlockPerson', 'Let a person try again at once, after wrong guesses', (request, id) =>
    core.people.unlock(invoke(request), id),
  );
  change(
    'remove-second-factor',
    'removeSecondFactor',
    'Remove a person’s second factor, which is lost with its recovery codes',
    (request, id) => core.people.removeSecondFactor(invoke(request), id),
  );

  app.post(
    '/people/:id/invitation',
    {
      ...ownerInPerson,
      schema: {
        operationId: 'renewInvitation',
        tags,
        summary: 'A new link by which a person sets a password',
        description: 'Links there were stop working. A password that is lost is replaced this way too.',
        params: PersonPath,
        response: { 200: InvitationAnswer },
        refuses: CHANGES,
      },
    },
    async (request) =>
      toWireInvitation(await core.people.renewInvitation(invoke(request), request.params.id)),
  );
};
