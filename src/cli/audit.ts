/** `headgate audit …` */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AuditFilter } from '../core/audit/log.ts';
import { parseDate } from './dates.ts';
import { formatTime, print, table } from './output.ts';
import { withCore } from './session.ts';

interface FilterOptions extends Omit<AuditFilter, 'accountId'> {
  account?: string;
}

export function defineAudit(program: Command): void {
  const audit = program.command('audit').description('who did what, on whom, from where');

  withFilters(audit.command('list'))
    .description('entries, newest first')
    .option('--limit <number>', 'how many', parseLimit, 50)
    .option('--json', 'print JSON')
    .action(async ({ limit, json, ...filter }: FilterOptions & { limit: number; json?: boolean }) => {
      const entries = await withCore(async ({ core }) => {
        const page = await core.auditLog.page(await filterOf(core, filter), { limit });
        return page.rows;
      });
      print(json ?? false, entries, () =>
        entries.length === 0
          ? 'There is nothing like that.'
          : table([
              ['AT', 'ACTOR', 'DOOR', 'FROM', 'ACTION', 'SUBJECT', 'DETAILS'],
              ...entries.map((entry) => [
                formatTime(entry.at),
                entry.actorEmail ?? entry.actor,
                entry.door,
                entry.address ?? '-',
                entry.action,
                entry.subject,
                JSON.stringify(entry.details),
              ]),
            ]),
      );
    });

  withFilters(audit.command('export'))
    .description('all entries, newest first, to standard output')
    .addOption(new Option('--format <format>', 'as what').choices(['csv', 'ndjson']).default('ndjson'))
    .action(async ({ format, ...filter }: FilterOptions & { format: 'csv' | 'ndjson' }) => {
      const { AUDIT_COLUMNS, auditRow } = await import('../api/own/audit.ts');
      const { csvText } = await import('../api/own/csv.ts');
      await withCore(async ({ core }) => {
        if (format === 'csv') await write(csvText([AUDIT_COLUMNS]));
        for await (const part of core.auditLog.read(await filterOf(core, filter))) {
          await write(
            format === 'csv'
              ? csvText(part.map(auditRow))
              : part.map((entry) => `${JSON.stringify({ ...entry, id: Number(entry.id) })}\n`).join(''),
          );
        }
      });
    });
}

function withFilters(command: Command): Command {
  return command
    .option(
      '--actor <actor>',
      'a key (key:key_…), a person (person:prs_… or an email address), command-line, system',
    )
    .option('--action <action>', 'an action, or a kind of them that ends with a dot: subuser.')
    .option('--subject <subject>', 'a subject, or a kind of them that ends with a colon: key:')
    .option('--account <email>', 'what was done for an account or on it: an email address or a store code')
    .option('--door <door>', 'a way in: console, admin-api, eclipseproxy, command-line, job, …')
    .option('--address <ip>', 'where it came from')
    .option('--from <time>', 'not before: a date or a UTC time like 2027-01-31T12:00:00Z', parseDate)
    .option('--to <time>', 'before', parseDate)
    .option('--text <text>', 'somewhere in the entry');
}

async function filterOf(
  core: Parameters<Parameters<typeof withCore>[0]>[0]['core'],
  { account, ...filter }: FilterOptions,
): Promise<AuditFilter> {
  return { ...filter, accountId: account === undefined ? undefined : (await core.accounts.find(account)).id };
}

/** Waits until a slow reader has taken it. */
async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1 to 9999.');
  return Number(text);
}
