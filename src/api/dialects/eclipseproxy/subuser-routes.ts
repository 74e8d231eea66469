/** What belongs to one subuser: the addresses it may come from, and its bandwidth. */
import type { Core } from '../../../core/core.ts';
import { validMegabytes } from '../../../core/validate.ts';
import type { TypedApp } from '../../http/dialect.ts';
import { type Access, accountOf, invoke } from './access.ts';
import {
  AddressAdded,
  AddressRemoved,
  BandwidthDetails,
  BandwidthMoved,
  History,
  MoveBandwidth,
  SubuserPath,
  WhitelistAddress,
  WhitelistDetails,
} from './schemas.ts';
import { ok, PRODUCT, success, toWireBandwidth, toWireHistory, toWireWhitelist } from './wire.ts';

export function defineWhitelistRoutes(app: TypedApp, core: Core, { read, write }: Access): void {
  app.get(
    '/subusers/:id/whitelist',
    {
      ...read,
      schema: {
        operationId: 'getWhitelist',
        tags: ['whitelist'],
        summary: 'The addresses that need no password',
        params: SubuserPath,
        response: { 200: WhitelistDetails },
        refuses: ['SubuserNotFound'],
      },
    },
    async (request) =>
      ok(toWireWhitelist(await core.subusers.whitelist(accountOf(request), request.params.id))),
  );

  app.post(
    '/subusers/:id/whitelist',
    {
      ...write,
      schema: {
        operationId: 'addAddress',
        tags: ['whitelist'],
        summary: 'Add an address',
        description: 'Adding one that is there already succeeds and changes nothing. CIDR is an addition.',
        inferred: 'the page of this call is not public. Its form is that of its two siblings.',
        params: SubuserPath,
        body: WhitelistAddress,
        response: { 200: AddressAdded },
        refuses: ['SubuserNotFound', 'AddressInUse', 'LimitReached'],
      },
    },
    async (request) => {
      const { params, body } = request;
      const state = await core.subusers.addAddress(invoke(request), accountOf(request), params.id, body.ip);
      return success('IP added to whitelist', 'IP_ADDED', toWireWhitelist(state));
    },
  );

  app.delete(
    '/subusers/:id/whitelist',
    {
      ...write,
      schema: {
        operationId: 'removeAddress',
        tags: ['whitelist'],
        summary: 'Remove an address',
        description:
          'The address is in the body. Removing one that is not there succeeds and changes nothing.',
        params: SubuserPath,
        body: WhitelistAddress,
        response: { 200: AddressRemoved },
        refuses: ['SubuserNotFound'],
      },
    },
    async (request) => {
      const { params, body } = request;
      const state = await core.subusers.removeAddress(
        invoke(request),
        accountOf(request),
        params.id,
        body.ip,
      );
      return success('IP removed from whitelist', 'IP_REMOVED', toWireWhitelist(state));
    },
  );
}

export function defineBandwidthRoutes(app: TypedApp, core: Core, { read, write }: Access): void {
  app.get(
    '/subusers/:id/bandwidth',
    {
      ...read,
      schema: {
        operationId: 'getBandwidth',
        tags: ['bandwidth'],
        summary: 'What a subuser was given, used and has left',
        params: SubuserPath,
        response: { 200: BandwidthDetails },
        refuses: ['SubuserNotFound'],
      },
    },
    async (request) =>
      ok(toWireBandwidth(await core.subusers.bandwidth(accountOf(request), request.params.id, PRODUCT))),
  );

  app.post(
    '/subusers/:id/bandwidth',
    {
      ...write,
      schema: {
        operationId: 'moveBandwidth',
        tags: ['bandwidth'],
        summary: 'Give a subuser bandwidth from the pool, or take it back',
        added: true,
        params: SubuserPath,
        body: MoveBandwidth,
        response: { 200: BandwidthMoved },
        refuses: ['SubuserNotFound', 'InsufficientBalance'],
      },
    },
    async (request) => {
      const { action, amountMb } = request.body;
      const state = await core.subusers.moveBandwidth(
        invoke(request),
        accountOf(request),
        request.params.id,
        PRODUCT,
        action,
        validMegabytes(amountMb, 'amountMb'),
      );
      const data = toWireBandwidth(state);
      return action === 'ADD'
        ? success('Bandwidth added', 'BANDWIDTH_ADDED', data)
        : success('Bandwidth removed', 'BANDWIDTH_REMOVED', data);
    },
  );

  app.get(
    '/subusers/:id/bandwidth/history',
    {
      ...read,
      schema: {
        operationId: 'getBandwidthHistory',
        tags: ['bandwidth'],
        summary: 'What was given to a subuser and taken back',
        params: SubuserPath,
        response: { 200: History },
        refuses: ['SubuserNotFound'],
      },
    },
    async (request) =>
      ok(toWireHistory(await core.subusers.history(accountOf(request), request.params.id, PRODUCT))),
  );
}
