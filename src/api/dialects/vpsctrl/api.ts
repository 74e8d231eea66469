/** VPSCtrl as one document: what resellers and users call, and the owner’s side of the panel. */
import type { Core } from '../../../core/core.ts';
import type { Api } from '../../openapi/api.ts';
import { vpsCtrlAdmin } from './admin.ts';
import { vpsCtrl } from './routes.ts';

export function vpsCtrlApi(core: Core): Api {
  return {
    name: 'vpsctrl',
    title: 'VPSCtrl reseller API',
    version: '1',
    description: [
      'For panels that resell: sign up customers, report every event that moves credit; and the owner’s side of the same panel. A client of the original works after changing its base URL and its key.',
      'Money is US dollars with at most two decimals, read by its digits. Times are milliseconds since 1970. An error is `{ok: false, error, message}`; `error` is for programs and does not change.',
    ],
    tags: [
      { name: 'reseller', description: 'What a reseller’s panel reports' },
      { name: 'user', description: 'What an account sees and does itself' },
      { name: 'owner', description: 'What the owner does, with a key of its own account' },
      { name: 'keys', description: 'Keys, minted, rotated and revoked by the owner' },
    ],
    bases: ['/'],
    dialects: [vpsCtrl(core), vpsCtrlAdmin(core)],
  };
}
