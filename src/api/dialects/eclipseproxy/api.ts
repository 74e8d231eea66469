/** EclipseProxy as one document: the reseller API and the user API. */
import type { Core } from '../../../core/core.ts';
import type { Api } from '../../openapi/api.ts';
import { eclipseProxy } from './routes.ts';
import { eclipseProxyUserApi } from './user-api.ts';

export function eclipseProxyApi(core: Core): Api {
  return {
    name: 'eclipseproxy',
    title: 'EclipseProxy reseller API',
    version: '1',
    description: [
      'Split a bandwidth pool among subusers, who use the gateway with a name and password or from a whitelisted address. A client of the original works after changing its base URL and its key.',
      'Bandwidth is in MB (1 MB = 1,000,000 bytes), residential. Times are ISO 8601 in UTC. Every answer of the reseller API has `status`, `message`, `messageCode` and `data`; `messageCode` is for programs and does not change. The user API has no `messageCode`.',
      'Fields that are not listed are ignored; `null` counts as missing.',
    ],
    tags: [
      { name: 'account', description: 'The reseller’s own account' },
      { name: 'subusers', description: 'Who may use the pool' },
      { name: 'whitelist', description: 'Addresses that use the gateway without a password' },
      { name: 'bandwidth', description: 'What a subuser was given and used' },
      { name: 'user-api', description: 'An account’s own token and balance' },
    ],
    bases: ['/'],
    dialects: [eclipseProxy(core), eclipseProxyUserApi(core)],
  };
}
