/** The admin API: what the provider's owner and staff see and do, in the console or by programs. */
import type { Core } from '../../core/core.ts';
import { CONVENTIONS, ownApi } from '../http/own-api.ts';
import type { Api } from '../openapi/api.ts';
import { webhooks } from '../own/webhooks.ts';
import { audit } from './audit.ts';
import { adminContext } from './context.ts';
import { exits } from './exits.ts';
import { keys } from './keys.ts';
import { limits } from './limits.ts';
import { money } from './money.ts';
import { nodes } from './nodes.ts';
import { operations } from './operations.ts';
import { overview } from './overview.ts';
import { people } from './people.ts';
import { allReconciliations } from './reconciliations.ts';
import { resellers } from './resellers.ts';
import { settings } from './settings.ts';
import { subscriptions } from './subscriptions.ts';
import { subusers } from './subusers.ts';
import { tunnels } from './tunnels.ts';

const PREFIX = '/api/admin';

export function adminApi(core: Core): Api {
  return {
    name: 'admin',
    title: 'Admin API',
    version: '1',
    description: [
      'For the provider’s owner and staff: everything that the console shows or does.',
      CONVENTIONS,
    ],
    tags: [
      { name: 'overview', description: 'The installation as a whole' },
      { name: 'webhooks', description: 'Being told by HTTP, signed' },
      { name: 'resellers', description: 'Accounts: who they are, what they hold, and every movement of it' },
      { name: 'subusers', description: 'Who may use the gateway, of all resellers' },
      { name: 'subscriptions', description: 'Plans and their prices, and what was bought' },
      { name: 'vouchers', description: 'Codes worth money' },
      { name: 'credit events', description: 'What resellers reported of their customers’ payments' },
      { name: 'settings', description: 'What can be changed while the program runs' },
      { name: 'reconciliation', description: 'Credit events held against a reseller’s own ledger' },
      { name: 'reviews', description: 'Accounts that a person looks at' },
      { name: 'exits', description: 'The ways out towards targets' },
      { name: 'nodes', description: 'Gateway machines, and their tokens' },
      { name: 'tunnels', description: 'What is open at this moment' },
      { name: 'limits', description: 'How many tunnels, how fast, and where to' },
      { name: 'operations', description: 'What runs' },
      { name: 'people', description: 'Who signs in to the consoles' },
      { name: 'keys', description: 'By which programs speak' },
      { name: 'audit', description: 'Who did what' },
    ],
    bases: [PREFIX],
    dialects: [
      ownApi(PREFIX, ['Unauthenticated', 'InsufficientScope', 'CrossSite'], adminContext(core), [
        overview,
        webhooks,
        resellers,
        subusers,
        subscriptions,
        money,
        settings,
        exits,
        nodes,
        tunnels,
        limits,
        operations,
        people,
        allReconciliations,
        audit,
        keys,
      ]),
    ],
  };
}
