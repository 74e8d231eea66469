/** `headgate key …` */
import type { Command } from 'commander';
import { DEFAULT_ROTATION_OVERLAP_MS, type KeyRecord, type MintedKey } from '../core/keys/keys.ts';
import { SCOPES } from '../core/keys/scopes.ts';
import { HOUR_MS, parseDate, parseHours } from './dates.ts';
import { formatTime, print, table } from './output.ts';
import { withCore } from './session.ts';

export function defineKey(program: Command): void {
  const key = program.command('key').description('API keys: mint, list, rotate, revoke');

  key
    .command('create')
    .description('mint an API key; the secret is shown once')
    .requiredOption('--owner <email>', 'whose key it is: an email address or a store code')
    .requiredOption('--name <name>', 'what it is for')
    .requiredOption('--scopes <list>', `comma-separated: ${SCOPES.join(', ')}`, (text) =>
      text
        .split(',')
        .map((scope) => scope.trim())
        .filter(Boolean),
    )
    .option(
      '--expires <date>',
      'when it ends: 2027-01-01, or a time like 2027-01-01T12:00:00Z (UTC)',
      parseDate,
    )
    .option('--json', 'print JSON')
    .action(
      async (options: { owner: string; name: string; scopes: string[]; expires?: Date; json?: boolean }) => {
        const minted = await withCore(async ({ core, invocation }) => {
          const account = await core.accounts.find(options.owner);
          return core.keys.mint(invocation, {
            accountId: account.id,
            name: options.name,
            scopes: options.scopes,
            expiresAt: options.expires,
          });
        });
        print(options.json ?? false, withoutUse(minted), () => describe(minted));
      },
    );

  key
    .command('list')
    .description('all keys, newest first, without their secrets')
    .option('--owner <email>', 'only those of this account (email address or store code)')
    .option('--json', 'print JSON')
    .action(async (options: { owner?: string; json?: boolean }) => {
      const keys = await withCore(async ({ core }) => {
        const account = options.owner === undefined ? undefined : await core.accounts.find(options.owner);
        return core.keys.list(account?.id);
      });
      const now = new Date();
      print(options.json ?? false, keys, () =>
        keys.length === 0
          ? 'There are no keys yet: `headgate key create --help`.'
          : table([
              ['ID', 'NAME', 'OWNER', 'SECRET', 'STATE', 'LAST USED', 'SCOPES'],
              ...keys.map((entry) => [
                entry.id,
                entry.name,
                entry.owner,
                `${entry.hint}…`,
                stateOf(entry, now),
                formatTime(entry.lastUsedAt),
                entry.scopes.join(','),
              ]),
            ]),
      );
    });

  key
    .command('rotate')
    .description('mint a successor; the old key works on for a while')
    .argument('<id>')
    .option(
      '--overlap <hours>',
      'how long the old key still works; 0 ends it now',
      parseHours,
      DEFAULT_ROTATION_OVERLAP_MS,
    )
    .option('--json', 'print JSON')
    .action(async (id: string, options: { overlap: number; json?: boolean }) => {
      const minted = await withCore(({ core, invocation }) =>
        core.keys.rotate(invocation, id, options.overlap),
      );
      print(
        options.json ?? false,
        withoutUse(minted),
        () => `${describe(minted)}\nThe old key ${id} works for ${options.overlap / HOUR_MS} more hours.`,
      );
    });

  key
    .command('revoke')
    .description('end a key at once')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { json?: boolean }) => {
      const revoked = await withCore(({ core, invocation }) => core.keys.revoke(invocation, id));
      print(options.json ?? false, revoked, () => `Key ${id} (${revoked.name}) is revoked.`);
    });
}

function withoutUse({ lastUsedAt: _at, lastUsedFrom: _from, revokedAt: _revoked, ...minted }: MintedKey) {
  return minted;
}

function describe(minted: MintedKey): string {
  return `Key ${minted.id} (${minted.name}) for ${minted.owner}, shown this once:\n\n  ${minted.secret}\n`;
}

function stateOf(key: KeyRecord, now: Date): string {
  if (key.revokedAt) return `revoked ${formatTime(key.revokedAt)}`;
  if (!key.expiresAt) return 'valid';
  return key.expiresAt <= now ? `expired ${formatTime(key.expiresAt)}` : `until ${formatTime(key.expiresAt)}`;
}
