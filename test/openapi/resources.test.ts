/** The page of the admin and the account API leaves no resource out, and names none that is not there. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const docs = path.resolve(import.meta.dirname, '../../docs');
const page = readFileSync(path.join(docs, 'admin-api.md'), 'utf8');
const rows = [...page.matchAll(/^\| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)].map(([, admin, account]) => ({
  admin: admin!,
  account: account!.startsWith('the same') ? `${admin} ${account}` : account!,
}));

/** `subusers` of `/subusers/{id}`, `audit` of `/audit.csv`. */
const resourceOf = (url: string) => /^\/([a-z-]+)/.exec(url)![1]!;

it.each(['admin', 'account'] as const)('has every resource of the %s API', (name) => {
  const { paths } = JSON.parse(readFileSync(path.join(docs, 'openapi', `${name}.json`), 'utf8'));
  const served = new Set(Object.keys(paths).map(resourceOf));
  const named = rows.flatMap((row) => [...row[name].matchAll(/`[A-Z]+ (\/[a-z][^`]*)`/g)]);
  expect([...served].sort()).toEqual(
    [...new Set(named.map(([, url]) => resourceOf(url!)))]
      // What is there for the provider alone is said in words.
      .filter((resource) => name === 'admin' || !['resellers', 'reconciliation-settings'].includes(resource))
      .sort(),
  );
});
