/** The four APIs with a client of each: the programs of docs/clients, which the tests run, and a first call with curl. */
import eclipsePython from '../../../../docs/clients/eclipseproxy.py?raw';
import eclipseNode from '../../../../docs/clients/eclipseproxy.ts?raw';
import ghostealthPython from '../../../../docs/clients/ghostealth.py?raw';
import ghostealthNode from '../../../../docs/clients/ghostealth.ts?raw';
import infinitePython from '../../../../docs/clients/infiniteproxies.py?raw';
import infiniteNode from '../../../../docs/clients/infiniteproxies.ts?raw';
import vpsPython from '../../../../docs/clients/vpsctrl.py?raw';
import vpsNode from '../../../../docs/clients/vpsctrl.ts?raw';

export const LANGUAGES = ['curl', 'python', 'node'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Dialect {
  /** As its reference is called under /docs. */
  id: string;
  name: string;
  /** What a key needs for the examples. */
  scopes: readonly string[];
  examples: Record<Language, string>;
}

const BEARER = '-H "Authorization: Bearer $HEADGATE_KEY"';
const JSON_BODY = '-H "Content-Type: application/json"';

export const DIALECTS: readonly Dialect[] = [
  {
    id: 'eclipseproxy',
    name: 'EclipseProxy',
    scopes: ['reseller:read', 'reseller:write'],
    examples: {
      curl: `# The pool
curl "$HEADGATE_URL/api/reseller/v1/bandwidth" ${BEARER}

# A subuser with 100 MB
curl -X POST "$HEADGATE_URL/api/reseller/v1/subusers" ${BEARER} \\
  ${JSON_BODY} \\
  -d '{"username": "alice", "email": "alice@example.com", "bandwidth": 100}'
`,
      python: eclipsePython,
      node: eclipseNode,
    },
  },
  {
    id: 'infiniteproxies',
    name: 'InfiniteProxies',
    scopes: ['reseller:read', 'reseller:write'],
    examples: {
      curl: `# The account
curl "$HEADGATE_URL/v2/@me" -H "x-infinite-key: $HEADGATE_KEY"

# A customer
curl -X POST "$HEADGATE_URL/v2/customer/create?username=Alice" -H "x-infinite-key: $HEADGATE_KEY"
`,
      python: infinitePython,
      node: infiniteNode,
    },
  },
  {
    id: 'vpsctrl',
    name: 'VPSCtrl',
    scopes: ['reseller:signup', 'reseller:credit', 'user:read'],
    examples: {
      curl: `# A customer signs up
curl -X POST "$HEADGATE_URL/api/v1/reseller/signup" ${BEARER} \\
  ${JSON_BODY} \\
  -d '{"email": "alice@example.com", "name": "Alice", "password": "correct-horse-42"}'

# What it paid
curl -X POST "$HEADGATE_URL/api/v1/reseller/credit-event" ${BEARER} \\
  ${JSON_BODY} \\
  -d '{"kind": "topup", "amount_usd": 25.0, "external_ref": "txn_1001"}'
`,
      python: vpsPython,
      node: vpsNode,
    },
  },
  {
    id: 'ghostealth',
    name: 'Ghostealth',
    scopes: ['reseller:read', 'reseller:write'],
    examples: {
      curl: `# The balance
curl "$HEADGATE_URL/api/v1.0/resellers" -H "Authorization: ApiKey $HEADGATE_KEY"

# A subscription
curl -X POST "$HEADGATE_URL/api/v1.0/resellers/subscriptions" -H "Authorization: ApiKey $HEADGATE_KEY" \\
  ${JSON_BODY} \\
  -d '{"billingCycle": "WEEKLY", "connections": 100, "authentications": 1}'
`,
      python: ghostealthPython,
      node: ghostealthNode,
    },
  },
];

/** How each language's example is run, after the two settings. */
export function setUpText(origin: string, keyName: string | undefined): string {
  const comment = keyName === undefined ? '' : `   # the secret of your key ${keyName}`;
  return `export HEADGATE_URL=${origin}
export HEADGATE_KEY=hg_live_…${comment}
`;
}
