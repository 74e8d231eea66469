/** `headgate review …` */
import type { Command } from 'commander';
import type { Review } from '../core/reviews/reviews.ts';
import { formatTime, print, table } from './output.ts';
import { withCore } from './session.ts';

const MOST = 1000;

export function defineReview(program: Command): void {
  const review = program
    .command('review')
    .description('accounts whose credit events do not fit what their reseller says');

  review
    .command('list')
    .description('reviews that are open, newest first')
    .option('--reseller <code>', 'only of this account: a store code, an id or an email address')
    .option('--all', 'those that are closed, too')
    .option('--json', 'print JSON')
    .action(async (options: { reseller?: string; all?: boolean; json?: boolean }) => {
      const { rows } = await withCore(async ({ core }) => {
        const account =
          options.reseller === undefined ? undefined : await core.accounts.find(options.reseller);
        return core.reviews.list({
          limit: MOST,
          accountId: account?.id,
          isOpen: options.all ? undefined : true,
        });
      });
      print(options.json ?? false, rows, () =>
        rows.length === 0
          ? 'No account is under review.'
          : table([
              ['ID', 'ACCOUNT', 'OPENED', 'CLOSED', 'BY', 'CAUSES'],
              ...rows.map((entry) => [
                entry.id,
                entry.storeCode ?? entry.email,
                formatTime(entry.openedAt),
                formatTime(entry.resolvedAt),
                entry.resolvedBy ?? '-',
                causesOf(entry),
              ]),
            ]),
      );
    });

  review
    .command('resolve')
    .description('close a review with a note of what was found; the account’s standing is good again')
    .argument('<id>')
    .requiredOption('--note <text>', 'what was found')
    .option('--json', 'print JSON')
    .action(async (id: string, options: { note: string; json?: boolean }) => {
      const resolved = await withCore(({ core, invocation }) =>
        core.reviews.resolve(invocation, id, options.note),
      );
      print(
        options.json ?? false,
        resolved,
        () => `Review ${id} is closed: ${resolved.storeCode ?? resolved.email} is in good standing.`,
      );
    });
}

function causesOf({ causes }: Review): string {
  return causes.map(({ subject, text }) => `${text} (${subject})`).join('; ');
}
