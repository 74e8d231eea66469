/** `headgate plan …` */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { BILLING_CYCLES, type BillingCycle } from '../core/subscriptions/period.ts';
import {
  CONNECTIONS,
  type Connections,
  MAX_AUTHENTICATIONS,
  type Plan,
} from '../core/subscriptions/plans.ts';
import { parseDecimal } from '../shared/units.ts';
import { formatUsd, print, table } from './output.ts';
import { withCore } from './session.ts';

interface SetPriceOptions {
  cycle: BillingCycle;
  connections: string;
  authentications: string;
  usd: bigint;
  taxRate?: number;
  json?: boolean;
}

export function definePlan(program: Command): void {
  const plan = program.command('plan').description('what resellers can subscribe to, and at which price');

  plan
    .command('list')
    .description('every plan with its price and tax')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const plans = await withCore(({ core }) => core.plans.list());
      print(options.json ?? false, plans, () => describe(plans));
    });

  plan
    .command('set-price')
    .description('change what a plan costs from now on; what was bought stays as it was')
    .addOption(
      new Option('--cycle <cycle>', 'billing cycle').choices([...BILLING_CYCLES]).makeOptionMandatory(),
    )
    .addOption(
      new Option('--connections <number>', 'tunnels at once')
        .choices(CONNECTIONS.map(String))
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--authentications <number>', 'slots')
        .choices(Array.from({ length: MAX_AUTHENTICATIONS }, (_entry, index) => String(index + 1)))
        .default('1'),
    )
    .requiredOption('--usd <amount>', 'price of one cycle in US dollars, with tax', parseUsd)
    .option('--tax-rate <percent>', 'tax within the price; as it was, if not given', parsePercent)
    .option('--json', 'print JSON')
    .action(async (options: SetPriceOptions) => {
      const choice = {
        billingCycle: options.cycle,
        connections: Number(options.connections) as Connections,
        authentications: Number(options.authentications),
      };
      const changed = await withCore(({ core, invocation }) =>
        core.plans.setPrice(invocation, choice, options.usd, options.taxRate),
      );
      print(options.json ?? false, changed, () => describe([changed]));
    });

  plan
    .command('set-tax-rate')
    .description('change the tax within the prices of all plans; the prices stay')
    .argument('<percent>', 'such as 19 or 7.5', parsePercent)
    .option('--json', 'print JSON')
    .action(async (taxBasisPoints: number, options: { json?: boolean }) => {
      const plans = await withCore(({ core, invocation }) =>
        core.plans.setTaxRate(invocation, taxBasisPoints),
      );
      print(
        options.json ?? false,
        { taxBasisPoints, plans },
        () => `The tax rate of ${plans} plans is now ${taxBasisPoints / 100} %.`,
      );
    });
}

function describe(plans: readonly Plan[]): string {
  return table([
    ['CYCLE', 'CONNECTIONS', 'AUTHENTICATIONS', 'PRICE', 'NET', 'TAX', 'RATE'],
    ...plans.map(({ billingCycle, connections, authentications, price }) => [
      billingCycle,
      String(connections),
      String(authentications),
      formatUsd(price.grossCents),
      formatUsd(price.netCents),
      formatUsd(price.taxCents),
      `${price.taxBasisPoints / 100} %`,
    ]),
  ]);
}

function parseUsd(text: string): bigint {
  const cents = parseDecimal(text, 2);
  if (cents === undefined || cents <= 0n) throw new InvalidArgumentError('expected dollars such as 20.00.');
  return cents;
}

function parsePercent(text: string): number {
  const basisPoints = parseDecimal(text, 2);
  if (basisPoints === undefined || basisPoints < 0n || basisPoints > 10_000n) {
    throw new InvalidArgumentError('expected a percentage from 0 to 100 such as 19 or 7.5.');
  }
  return Number(basisPoints);
}
