/** The account API: a reseller's own affairs, in the console or by programs. */
import type { Core } from '../../core/core.ts';
import { CONVENTIONS, ownApi } from '../http/own-api.ts';
import type { Api } from '../openapi/api.ts';
import { webhooks } from '../own/webhooks.ts';
import { audit } from './audit.ts';
import { accountContext } from './context.ts';
import { keys } from './keys.ts';
import { type GatewayDoor, me } from './me.ts';
import { money } from './money.ts';
import { overview } from './overview.ts';
import { people } from './people.ts';
import { ownReconciliations } from './reconciliations.ts';
import { subscriptions } from './subscriptions.ts';
import { subusers } from './subusers.ts';
import { tunnels } from './tunnels.ts';

const PREFIX = '/api/account';

export function accountApi(core: Core, gateway?: GatewayDoor): Api {
  return {
    name: 'account',
    title: 'Account API',
    version: '1',
    description: ['For a reseller: its own affairs, and nobody else’s.', CONVENTIONS],
    tags: [
      { name: 'account', description: 'The account itself' },
      { name: 'webhooks', description: 'Being told by HTTP, signed' },
      { name: 'subusers', description: 'Who may use the gateway' },
      { name: 'people', description: 'Who signs in to the console' },
      { name: 'subscriptions', description: 'Plans and their prices, and what was bought' },
      { name: 'tunnels', description: 'What is open at the gateways now' },
      { name: 'credit events', description: 'What was reported of customers’ payments' },
      { name: 'reconciliation', description: 'Credit events held against the ledger of this account' },
      { name: 'reviews', description: 'Where a person looks at the account' },
      { name: 'keys', description: 'By which programs speak' },
      { name: 'audit', description: 'Who did what' },
    ],
    bases: [PREFIX],
    dialects: [
      ownApi(
        PREFIX,
        ['Unauthenticated', 'NotReseller', 'InsufficientScope', 'CrossSite'],
        accountContext(core),
        [
          me(gateway),
          overview,
          subusers,
          subscriptions,
          tunnels,
          money,
          ownReconciliations,
          webhooks,
          people,
          audit,
          keys,
        ],
      ),
    ],
  };
}
