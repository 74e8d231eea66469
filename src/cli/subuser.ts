/** `headgate subuser …` */
import type { Command } from 'commander';
import { PRODUCTS } from '../shared/products.ts';
import { defineSubuserLimits } from './limits.ts';
import { formatMegabytes, formatTime, pairs, print, table } from './output.ts';
import { withCore } from './session.ts';

export function defineSubuser(program: Command): void {
  const subuser = program.command('subuser').description('the resellers’ customers');

  subuser
    .command('list')
    .description('a reseller’s subusers')
    .requiredOption('--reseller <store-code>', 'whose')
    .option('--json', 'print JSON')
    .action(async (options: { reseller: string; json?: boolean }) => {
      const subusers = await withCore(async ({ core }) => {
        const account = await core.accounts.find(options.reseller);
        return core.subusers.list(account.id, 'residential');
      });
      print(options.json ?? false, subusers, () =>
        subusers.length === 0
          ? `${options.reseller} has no subusers yet.`
          : table([
              ['USERNAME', 'EMAIL', 'ALLOCATED', 'USED', 'LEFT', 'SINCE'],
              ...subusers.map((entry) => [
                entry.username,
                entry.email ?? '-',
                formatMegabytes(entry.allocatedBytes),
                formatMegabytes(entry.usedBytes),
                formatMegabytes(entry.remainingBytes),
                formatTime(entry.createdAt),
              ]),
            ]),
      );
    });

  subuser
    .command('show')
    .description('one subuser, without its password')
    .argument('<username>')
    .option('--json', 'print JSON')
    .action(async (username: string, options: { json?: boolean }) => {
      const found = await withCore(async ({ core }) => {
        const { accountId, storeCode } = await core.subusers.findAny(username);
        const {
          password: _,
          allocatedBytes,
          usedBytes,
          remainingBytes,
          ...rest
        } = await core.subusers.get(accountId, username, 'residential');
        const mobile = await core.subusers.bandwidth(accountId, username, 'mobile');
        const bandwidth = {
          residential: { allocatedBytes, usedBytes, remainingBytes },
          mobile: {
            allocatedBytes: mobile.allocatedBytes,
            usedBytes: mobile.usedBytes,
            remainingBytes: mobile.remainingBytes,
          },
        };
        return { ...rest, storeCode, bandwidth };
      });
      print(options.json ?? false, found, () =>
        pairs([
          ['username', found.username],
          ['id', found.id],
          ['reseller', found.storeCode],
          ['email', found.email ?? '-'],
          ['since', formatTime(found.createdAt)],
          ...PRODUCTS.map((product): [string, string] => {
            const { allocatedBytes, usedBytes, remainingBytes } = found.bandwidth[product];
            return [
              product,
              `${formatMegabytes(remainingBytes)} left of ${formatMegabytes(allocatedBytes)} (${formatMegabytes(usedBytes)} used)`,
            ];
          }),
          ['whitelist', found.whitelist.join(', ') || '-'],
        ]),
      );
    });

  defineSubuserLimits(subuser);
}
