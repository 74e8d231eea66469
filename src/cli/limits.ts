/** `headgate subuser limits`, `headgate reseller limits`, `headgate subscription limits`, `headgate gateway limits` */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SubuserLimits } from '../core/limits/service-limits.ts';
import { parseDecimal } from '../shared/units.ts';
import { pairs, print } from './output.ts';
import { type CommandSession, withCore } from './session.ts';

interface LimitOptions {
  maxTunnels?: number;
  tunnelsPerSecond?: number;
  mbitPerSecond?: bigint;
  bytesPerSecond?: bigint;
  allow?: string[];
  deny?: string[];
  clear?: string[];
  json?: boolean;
}

/** What each option is called in the core. */
const FIELDS = {
  'max-tunnels': 'maxTunnels',
  'tunnels-per-second': 'tunnelsPerSecond',
  'bytes-per-second': 'bytesPerSecond',
  allow: 'allow',
  deny: 'deny',
} as const;
type LimitName = keyof typeof FIELDS;

const DESTINATIONS: readonly LimitName[] = ['allow', 'deny'];
const RATES: readonly LimitName[] = ['tunnels-per-second', 'bytes-per-second', ...DESTINATIONS];
const ALL: readonly LimitName[] = ['max-tunnels', ...RATES];

type Shown = Partial<SubuserLimits>;
type Change = { [Field in (typeof FIELDS)[LimitName]]?: unknown };

export function defineSubuserLimits(subuser: Command): void {
  limitsCommand(subuser, 'what a subuser may use at most, over all gateways; without options: show it', ALL)
    .argument('<username>')
    .action((username: string, options: LimitOptions) =>
      showOrSet(options, async ({ core, invocation }, change) => {
        const { accountId } = await core.subusers.findAny(username);
        return change
          ? core.limits.setSubuserLimits(invocation, accountId, username, change)
          : core.limits.subuser(accountId, username);
      }),
    );
}

export function defineResellerLimits(reseller: Command): void {
  limitsCommand(reseller, 'where all customers of a reseller may go; without options: show it', DESTINATIONS)
    .argument('<store-code>')
    .action((storeCode: string, options: LimitOptions) =>
      showOrSet(options, async ({ core, invocation }, change) => {
        if (change) return core.limits.setResellerLimits(invocation, storeCode, change);
        return core.limits.reseller((await core.accounts.find(storeCode)).id);
      }),
    );
}

export function defineGateway(program: Command): void {
  const gateway = program.command('gateway').description('what holds for all gateways');
  limitsCommand(gateway, 'where anybody may go; without options: show it', DESTINATIONS).action(
    (options: LimitOptions) =>
      showOrSet(options, ({ core, invocation }, change) =>
        change ? core.limits.setInstallationLimits(invocation, change) : core.limits.installation(),
      ),
  );
}

export function defineSubscription(program: Command): void {
  const subscription = program.command('subscription').description('service sold for a period');
  limitsCommand(subscription, 'what a subscription may use at most; without options: show it', RATES)
    .argument('<id>', 'su_…')
    .requiredOption('--reseller <store-code>', 'whose')
    .action((id: string, options: LimitOptions & { reseller: string }) =>
      showOrSet(options, async ({ core, invocation }, change) => {
        const { id: accountId } = await core.accounts.find(options.reseller);
        return change
          ? core.limits.setSubscriptionLimits(invocation, accountId, id, change)
          : core.limits.subscription(accountId, id);
      }),
    );
}

function limitsCommand(parent: Command, description: string, names: readonly LimitName[]): Command {
  const command = parent.command('limits').description(description);
  if (names.includes('max-tunnels')) command.option('--max-tunnels <count>', 'tunnels at once', parseCount);
  if (names.includes('tunnels-per-second')) {
    command
      .option('--tunnels-per-second <count>', 'new tunnels a second', parseCount)
      .addOption(
        new Option('--mbit-per-second <speed>', 'both directions together, 1 Mbit being 1,000,000 bits')
          .argParser(parseMegabits)
          .conflicts('bytesPerSecond'),
      )
      .option('--bytes-per-second <speed>', 'the same in bytes', parseBytes);
  }
  return command
    .option('--allow <rules...>', 'only these destinations, such as example.com:443 or *.example.com')
    .option('--deny <rules...>', 'not these destinations, such as 203.0.113.0/24 or *:25; wins over --allow')
    .addOption(new Option('--clear <limits...>', 'lift these limits').choices([...names]))
    .option('--json', 'print JSON');
}

async function showOrSet(
  options: LimitOptions,
  work: (session: CommandSession, change: Change | undefined) => Promise<Shown>,
): Promise<void> {
  const change = changeOf(options);
  const limits = await withCore((session) => work(session, change));
  print(options.json ?? false, limits, () => describe(limits));
}

/** Undefined: nothing is to be changed. */
function changeOf(options: LimitOptions): Change | undefined {
  const {
    maxTunnels,
    tunnelsPerSecond,
    mbitPerSecond,
    bytesPerSecond = mbitPerSecond,
    allow,
    deny,
  } = options;
  const given: Change = { maxTunnels, tunnelsPerSecond, bytesPerSecond, allow, deny };
  const change: Change = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  for (const name of options.clear ?? []) {
    const field = FIELDS[name as LimitName];
    if (change[field] !== undefined) throw new Error(`--${name} is both set and cleared`);
    change[field] = null;
  }
  return Object.keys(change).length === 0 ? undefined : change;
}

function describe(limits: Shown): string {
  const { maxTunnels, tunnelsPerSecond, bytesPerSecond, allow = [], deny = [] } = limits;
  const figure = (value: number | bigint | null) => value?.toLocaleString('en-US') ?? 'not limited';
  return pairs([
    ...(maxTunnels === undefined ? [] : [['tunnels at once', figure(maxTunnels)] as const]),
    ...(tunnelsPerSecond === undefined ? [] : [['tunnels a second', figure(tunnelsPerSecond)] as const]),
    ...(bytesPerSecond === undefined ? [] : [['bytes a second', figure(bytesPerSecond)] as const]),
    ['allowed', allow.join(' ') || 'everything'],
    ['denied', deny.join(' ') || 'nothing'],
  ]);
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1.');
  return Number(text);
}

function parseBytes(text: string): bigint {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('expected a whole number of bytes.');
  return BigInt(text);
}

function parseMegabits(text: string): bigint {
  const bits = parseDecimal(text, 6);
  if (bits === undefined || bits <= 0n)
    throw new InvalidArgumentError('expected a positive number such as 20 or 0.5.');
  return bits / 8n;
}
