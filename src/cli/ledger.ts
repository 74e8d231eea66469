/** `headgate ledger …` */
import type { Command } from 'commander';
import { verifyLedger } from '../core/ledger/verify.ts';
import { print } from './output.ts';
import { withCore } from './session.ts';

export function defineLedger(program: Command): void {
  const ledger = program.command('ledger').description('the double-entry ledger under everything');

  ledger
    .command('verify')
    .description(
      'prove the ledger from its rows; exit code 1, and the accounts that are wrong, if it does not hold',
    )
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const result = await withCore(({ database }) => verifyLedger(database.sql));
      const ok = result.problems.length === 0;
      if (!ok) process.exitCode = 1;
      print(options.json ?? false, { ok, ...result }, () =>
        ok
          ? `The ledger holds: ${result.accounts} accounts, ${result.transfers} transfers, every sum zero, every balance equal to its transfers.`
          : [
              `The ledger does NOT hold (${result.accounts} accounts, ${result.transfers} transfers):`,
              ...result.problems.map((problem) => `  ${problem.check}: ${problem.detail}`),
            ].join('\n'),
      );
    });
}
