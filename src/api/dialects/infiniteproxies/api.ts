/** InfiniteProxies as a document. */
import type { Core } from '../../../core/core.ts';
import type { Api } from '../../openapi/api.ts';
import { infiniteProxies } from './routes.ts';

export function infiniteProxiesApi(core: Core): Api {
  return {
    name: 'infiniteproxies',
    title: 'InfiniteProxies reseller API',
    version: '2',
    description: [
      'Customers with a balance in MB, and what they used in the last 14 days. A client of the original works after changing its base URL and its key.',
      'A POST takes its parameters in the query; a JSON or form body with the same names is taken too, and the query counts where both have one. Balances are whole MB (1 MB = 1,000,000 bytes), residential unless `type=mobile`.',
      'Every answer has `status`, with the HTTP status and a message; an error has no `payload`. Errors that share a status are told apart by their message.',
    ],
    tags: [
      { name: 'account', description: 'The reseller’s own account' },
      { name: 'customers', description: 'Who may use the gateway' },
      { name: 'balances', description: 'Moving MB between the reseller and its customers' },
    ],
    bases: ['/v2'],
    dialects: [infiniteProxies(core)],
  };
}
