/** Ghostealth as one document: both prefixes answer the same. */
import type { Core } from '../../../core/core.ts';
import type { Api } from '../../openapi/api.ts';
import { ghostealth, PREFIXES } from './routes.ts';

export function ghostealthApi(core: Core): Api {
  return {
    name: 'ghostealth',
    title: 'Ghostealth reseller API',
    version: '1.0',
    description: [
      'Subscriptions with plans and slots, paid from the reseller’s balance. A client of the original works after changing its base URL and its key. The same routes answer under both prefixes.',
      'Money is in cents, times are milliseconds since 1970, both whole numbers. Ten calls in 60 seconds for one key and endpoint; both prefixes and all subscriptions share an endpoint.',
      'An error is `{success: false, message, code}` (**inferred**: the original does not show one).',
    ],
    tags: [
      { name: 'account', description: 'Your account and balance' },
      { name: 'subscriptions', description: 'Buying, changing and ending subscriptions' },
      { name: 'addresses', description: 'Which addresses may use a subscription' },
    ],
    bases: PREFIXES,
    dialects: PREFIXES.map((prefix) => ghostealth(core, prefix)),
  };
}
