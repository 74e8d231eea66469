/** The credit log as an API of its own. */
import type { Core } from '../../core/core.ts';
import { ownApi } from '../http/own-api.ts';
import { letIn } from '../http/principal.ts';
import type { Api } from '../openapi/api.ts';
import { events } from './events.ts';
import { tree } from './tree.ts';

const PREFIX = '/log';

export function logApi(core: Core): Api {
  const context = { core, read: letIn(core, ['reseller:credit', 'admin:read']) };
  return {
    name: 'log',
    title: 'Credit log',
    version: '1',
    description: [
      'The record of credit events that neither side can rewrite: signed checkpoints of a Merkle tree (RFC 6962, C2SP tlog-checkpoint), and proofs against them.',
      'Hashes are SHA-256 in base64. What is answered can be kept as a file: `headgate log verify` checks it offline. An error is a problem (RFC 9457, `application/problem+json`).',
    ],
    tags: [
      { name: 'tree', description: 'Public: hashes and signatures' },
      { name: 'events', description: 'A reseller’s own events; any, with a key of the owner' },
    ],
    bases: [PREFIX],
    dialects: [ownApi(PREFIX, ['Unauthenticated', 'InsufficientScope'], context, [tree, events])],
  };
}
