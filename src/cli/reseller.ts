/** `headgate reseller …` */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Asset, Reseller } from '../core/accounts/accounts.ts';
import { randomText } from '../core/secrets.ts';
import { isProduct, PRODUCTS, type Product } from '../shared/products.ts';
import { MAX_BANDWIDTH_BYTES, parseDecimal } from '../shared/units.ts';
import { defineResellerLimits } from './limits.ts';
import { formatMegabytes, formatTime, formatUsd, pairs, print, table } from './output.ts';
import { withCore } from './session.ts';

/** 1 billion dollars: a bound, far above any real payment. */
const MAX_CENTS = 100_000_000_000n;

export function defineReseller(program: Command): void {
  const reseller = program
    .command('reseller')
    .description('accounts that resell: make them, look at them, top them up');

  reseller
    .command('create')
    .description('make a reseller with empty pools; its store code is for good')
    .requiredOption('--store-code <code>', '2 to 16 capital letters and digits; prefixes its subusers’ names')
    .requiredOption('--store-name <name>', 'what people read')
    .requiredOption('--email <address>', 'the account’s address; API keys are minted for it')
    .option('--json', 'print JSON')
    .action(async (options: { storeCode: string; storeName: string; email: string; json?: boolean }) => {
      const made = await withCore(({ core, invocation }) =>
        core.accounts.createReseller(invocation, options),
      );
      print(
        options.json ?? false,
        made,
        () => `Made reseller ${made.storeCode} (${made.id}, ${made.email}).`,
      );
    });

  reseller
    .command('list')
    .description('all resellers with what they hold')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const resellers = await withCore(({ core }) => core.accounts.listResellers());
      print(options.json ?? false, resellers, () =>
        resellers.length === 0
          ? 'There are no resellers yet: `headgate reseller create --help`.'
          : table([
              ['STORE', 'NAME', 'EMAIL', 'SUBUSERS', 'RESIDENTIAL', 'MOBILE', 'USD'],
              ...resellers.map((entry) => [
                entry.storeCode,
                entry.storeName,
                entry.email,
                String(entry.subuserCount),
                formatMegabytes(entry.balances.residential),
                formatMegabytes(entry.balances.mobile),
                formatUsd(entry.balances.usd),
              ]),
            ]),
      );
    });

  reseller
    .command('show')
    .description('one reseller')
    .argument('<store-code>')
    .option('--json', 'print JSON')
    .action(async (storeCode: string, options: { json?: boolean }) => {
      const found = await withCore(({ core }) => core.accounts.showReseller(storeCode));
      print(options.json ?? false, found, () => describe(found));
    });

  reseller
    .command('topup')
    .description('add bandwidth to a reseller’s pool, or dollars to its balance')
    .argument('<store-code>')
    .addOption(new Option('--product <product>', 'which pool').choices([...PRODUCTS]))
    .option('--mb <amount>', 'megabytes (1 MB = 1,000,000 bytes)', parseMegabytes)
    .option('--usd <amount>', 'US dollars', parseUsd)
    .option('--json', 'print JSON')
    .action(
      async (storeCode: string, options: { product?: string; mb?: bigint; usd?: bigint; json?: boolean }) => {
        const { asset, amount } = topUpOf(options);
        const { balance } = await withCore(({ core, invocation }) =>
          core.accounts.topUp(invocation, storeCode, asset, amount),
        );
        const format = asset === 'usd' ? formatUsd : formatMegabytes;
        const unit =
          asset === 'usd'
            ? { addedCents: amount, balanceCents: balance }
            : { addedBytes: amount, balanceBytes: balance };
        print(
          options.json ?? false,
          { storeCode, asset, ...unit },
          () => `Added ${format(amount)} of ${asset} to ${storeCode}; it now holds ${format(balance)}.`,
        );
      },
    );

  reseller
    .command('set-password')
    .description('give a reseller a new password for the user API; it is generated and shown once')
    .argument('<store-code>')
    .option('--json', 'print JSON')
    .action(async (storeCode: string, options: { json?: boolean }) => {
      const password = randomText(20);
      const email = await withCore(async ({ core, invocation }) => {
        const account = await core.accounts.find(storeCode);
        await core.accounts.setPassword(invocation, account.email, password);
        return account.email;
      });
      print(options.json ?? false, { email, password }, () => `The password of ${email} is now ${password}`);
    });

  defineResellerLimits(reseller);
}

function parseMegabytes(text: string): bigint {
  const bytes = parseDecimal(text, 6);
  if (bytes === undefined || bytes <= 0n || bytes > MAX_BANDWIDTH_BYTES) {
    throw new InvalidArgumentError('expected a positive number of MB, at most 1000000000.');
  }
  return bytes;
}

function parseUsd(text: string): bigint {
  const cents = parseDecimal(text, 2);
  if (cents === undefined || cents <= 0n || cents > MAX_CENTS) {
    throw new InvalidArgumentError(
      'expected a positive amount with at most two decimals, for example 250.00.',
    );
  }
  return cents;
}

function topUpOf({ product, mb, usd }: { product?: string; mb?: bigint; usd?: bigint }): {
  asset: Asset;
  amount: bigint;
} {
  if (usd !== undefined && mb === undefined && product === undefined) return { asset: 'usd', amount: usd };
  if (mb !== undefined && usd === undefined && isProduct(product))
    return { asset: product as Product, amount: mb };
  throw new Error('give either --product and --mb, or --usd');
}

function describe(reseller: Reseller): string {
  return pairs([
    ['store', `${reseller.storeCode} (${reseller.storeName})`],
    ['id', reseller.id],
    ['email', reseller.email],
    ['since', formatTime(reseller.createdAt)],
    ['subusers', String(reseller.subuserCount)],
    ['residential', formatMegabytes(reseller.balances.residential)],
    ['mobile', formatMegabytes(reseller.balances.mobile)],
    ['usd', formatUsd(reseller.balances.usd)],
  ]);
}
