/** `headgate exit …` */
import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { toGatewayExit } from '../api/control/desk.ts';
import type { Exit, ExitChanges } from '../core/exits/exits.ts';
import type { ExitSighting } from '../core/exits/sightings.ts';
import { validCheckTarget } from '../core/exits/validate.ts';
import { type Trial, tryExit } from '../gateway/exits/trial.ts';
import { type ExitWish, wishOf } from '../gateway/exits/wish.ts';
import { parseParameters, splitUsername } from '../gateway/handshake/parameters.ts';
import {
  EXIT_KINDS,
  EXIT_PRODUCTS,
  type ExitKind,
  type ExitProduct,
  PLACE_KEYS,
  RESOLVE_MODES,
  type ResolveMode,
} from '../shared/exits.ts';
import { formatTime, pairs, print, table } from './output.ts';
import { withCore } from './session.ts';

/** As they are given: an empty text takes a setting away. */
interface SettingOptions {
  product?: ExitProduct[];
  country?: string;
  state?: string;
  city?: string;
  isp?: string;
  weight?: number;
  maxTunnels?: number | null;
  sourceAddress?: string[];
  host?: string;
  port?: number;
  username?: string;
  password?: string;
  passwordFile?: string;
  usernameTemplate?: string;
  passwordTemplate?: string;
  resolve?: ResolveMode;
  checkTarget?: string;
  json?: boolean;
}

export function defineExit(program: Command): void {
  const exit = program
    .command('exit')
    .description('the ways out: from this machine, or through other proxies; see docs/exits.md');

  withSettings(
    exit
      .command('create')
      .description('set up an exit; from the first one on, traffic leaves through exits only')
      .argument('<name>', 'letters, digits, dots, underscores, hyphens')
      .addOption(
        new Option('--kind <kind>', 'from here, or through a proxy of that protocol')
          .choices([...EXIT_KINDS])
          .makeOptionMandatory(),
      )
      .option('--disabled', 'set it up without using it yet'),
  ).action(async (name: string, options: SettingOptions & { kind: ExitKind; disabled?: boolean }) => {
    const { kind, disabled = false } = options;
    const fields = { ...given(options), name, kind, enabled: !disabled };
    const made = await withCore(({ core, invocation }) => core.exits.create(invocation, fields));
    print(options.json ?? false, made, () => `Set up exit ${made.name} (${made.id}).`);
  });

  exit
    .command('list')
    .description('all exits')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const exits = await withCore(async ({ core }) => {
        const seen = await core.exitSightings.all();
        return (await core.exits.list()).map((exit) => ({ ...exit, seenBy: seen.get(exit.id) ?? [] }));
      });
      print(options.json ?? false, exits, () =>
        exits.length === 0
          ? 'There are no exits: gateways connect from where they run. `headgate exit create --help`.'
          : describeAll(exits),
      );
    });

  exit
    .command('show')
    .description('one exit; its password is not shown')
    .argument('<name>')
    .option('--json', 'print JSON')
    .action(async (name: string, options: { json?: boolean }) => {
      const found = await withCore(({ core }) => core.exits.show(name));
      print(options.json ?? false, found, () => describe(found));
    });

  withSettings(
    exit
      .command('update')
      .description('change what is given; "" takes a setting away. Running tunnels are not touched')
      .argument('<name>')
      .option('--name <new-name>', 'another name'),
  ).action(async (name: string, options: SettingOptions & { name?: string }) => {
    const changes: ExitChanges = { ...given(options), name: options.name };
    const changed = await withCore(({ core, invocation }) => core.exits.update(invocation, name, changes));
    print(options.json ?? false, changed, () => describe(changed));
  });

  exit
    .command('remove')
    .description('remove an exit; tunnels that run through it go on to their end')
    .argument('<name>')
    .option('--json', 'print JSON')
    .action(async (name: string, options: { json?: boolean }) => {
      const removed = await withCore(({ core, invocation }) => core.exits.remove(invocation, name));
      print(options.json ?? false, removed, () => `Removed exit ${removed.name}.`);
    });

  for (const [word, enabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    exit
      .command(word)
      .description(enabled ? 'use an exit' : 'give an exit no new tunnels; those it has go on')
      .argument('<name>')
      .option('--json', 'print JSON')
      .action(async (name: string, options: { json?: boolean }) => {
        const changed = await withCore(({ core, invocation }) =>
          core.exits.setEnabled(invocation, name, enabled),
        );
        print(options.json ?? false, changed, () => `Exit ${changed.name} is ${word}d.`);
      });
  }

  exit
    .command('test')
    .description('connect through an exit from this machine; exit code 1 if that fails')
    .argument('<name>')
    .option('--target <host:port>', 'where to connect to; without it, the exit’s check target')
    .option('--parameters <text>', 'what a client asks for, such as country-us-session-AB12CD34', parseWish)
    .option('--json', 'print JSON')
    .action(async (name: string, options: { target?: string; parameters?: ExitWish; json?: boolean }) => {
      const settings = await withCore(async ({ core }) => {
        await core.exits.show(name);
        return (await core.exits.settings()).find((candidate) => candidate.name === name)!;
      });
      const wanted = options.target ?? settings.checkTarget;
      const target = wanted === null ? undefined : validCheckTarget(wanted, '--target');
      if (target === undefined && settings.kind === 'direct')
        throw new Error('--target HOST:PORT says where a direct exit is to connect to');
      const trials = await tryExit(toGatewayExit(settings), target, options.parameters);
      const ok = trials.every((trial) => trial.ok);
      if (!ok) process.exitCode = 1;
      const report = { name, ok, target: target ?? null, trials };
      print(options.json ?? false, report, () => describeTrials(name, target, trials));
    });
}

/** The options that `create` and `update` share. */
function withSettings(command: Command): Command {
  return command
    .addOption(
      new Option('--product <product...>', 'whose traffic it carries; without it, all').choices([
        ...EXIT_PRODUCTS,
      ]),
    )
    .option('--country <code>', 'where it is: two letters')
    .option('--state <name>', 'where it is')
    .option('--city <name>', 'where it is')
    .option('--isp <name>', 'whose network it is in')
    .option('--weight <number>', 'its part of the traffic, 1 to 1000; 1 if not given', parseWhole)
    .option('--max-tunnels <number>', 'at once, on each gateway process', parseWholeOrNone)
    .option('--source-address <address...>', 'direct: connect from one of these addresses')
    .option('--host <host>', 'upstream: its name or address')
    .option('--port <port>', 'upstream: its port', parseWhole)
    .option('--username <text>', 'upstream: who we are to it')
    .option('--password <text>', 'upstream: seen by whoever lists processes; --password-file is not')
    .option(
      '--password-file <file>',
      'upstream: a file with the password in its first line; - for standard input',
    )
    .option('--username-template <text>', 'upstream: such as {username}-country-{country}-session-{session}')
    .option('--password-template <text>', 'upstream: the same for the password')
    .addOption(
      new Option(
        '--resolve <how>',
        'upstream: names without an address here are refused, or its to look up; or it gets addresses only',
      ).choices([...RESOLVE_MODES]),
    )
    .option(
      '--check-target <host:port>',
      'connect there through it, from each source address, from time to time',
    )
    .option('--json', 'print JSON');
}

function given(options: SettingOptions): ExitChanges {
  const text = (value: string | undefined) => (value === '' ? null : value);
  return {
    products: options.product,
    ...Object.fromEntries(PLACE_KEYS.map((key) => [key, text(options[key])])),
    weight: options.weight,
    maxTunnels: options.maxTunnels,
    sourceAddresses: options.sourceAddress?.filter((address) => address !== ''),
    host: options.host,
    port: options.port,
    username: text(options.username),
    password: text(passwordOf(options)),
    usernameTemplate: text(options.usernameTemplate),
    passwordTemplate: text(options.passwordTemplate),
    resolve: options.resolve,
    checkTarget: text(options.checkTarget),
  };
}

function passwordOf({ password, passwordFile }: SettingOptions): string | undefined {
  if (passwordFile === undefined) return password;
  if (password !== undefined) throw new Error('give either --password or --password-file');
  return readFileSync(passwordFile === '-' ? 0 : passwordFile, 'utf8').split(/\r?\n/)[0];
}

function parseWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('expected a whole number.');
  return Number(text);
}

function parseWholeOrNone(text: string): number | null {
  return text === '' ? null : parseWhole(text);
}

function parseWish(text: string): ExitWish | undefined {
  const parsed = parseParameters(splitUsername(`-${text}`).pairs);
  if (parsed.kind === 'malformed') throw new InvalidArgumentError(parsed.reason);
  return wishOf(parsed.parameters);
}

function describeAll(exits: readonly (Exit & { seenBy: readonly ExitSighting[] })[]): string {
  return table([
    ['NAME', 'KIND', 'UPSTREAM', 'PLACE', 'PRODUCTS', 'WEIGHT', 'ENABLED', 'HEALTH', 'TUNNELS'],
    ...exits.map((exit) => [
      exit.name,
      exit.kind,
      exit.host === null ? '-' : upstreamOf(exit),
      placeOf(exit),
      exit.products.join(','),
      String(exit.weight),
      exit.enabled ? 'yes' : 'no',
      healthOf(exit.seenBy),
      exit.seenBy.length === 0 ? '-' : String(exit.seenBy.reduce((sum, { tunnels }) => sum + tunnels, 0)),
    ]),
  ]);
}

/** As the gateways see it: `-` where none has been heard of. */
function healthOf(seenBy: readonly ExitSighting[]): string {
  if (seenBy.length === 0) return '-';
  const out = seenBy.filter(({ isHealthy }) => !isHealthy).length;
  if (out === 0) return 'good';
  return out === seenBy.length ? 'out' : `out at ${out} of ${seenBy.length}`;
}

function describe(exit: Exit): string {
  const ofUpstreams: [string, string][] =
    exit.host === null
      ? [['source addresses', exit.sourceAddresses.join(', ') || 'as the system chooses']]
      : [
          ['upstream', upstreamOf(exit)],
          ['username', exit.username ?? '-'],
          ['password', exit.hasPassword ? 'set' : '-'],
          ['username template', exit.usernameTemplate!],
          ['password template', exit.passwordTemplate!],
          ['resolve', exit.resolve!],
          ['check target', exit.checkTarget ?? '-'],
        ];
  return pairs([
    ['name', exit.name],
    ['id', exit.id],
    ['kind', exit.kind],
    ['enabled', exit.enabled ? 'yes' : 'no'],
    ['products', exit.products.join(', ')],
    ['place', placeOf(exit)],
    ['weight', String(exit.weight)],
    ['tunnels at once', exit.maxTunnels === null ? 'any number' : String(exit.maxTunnels)],
    ...ofUpstreams,
    ['since', formatTime(exit.createdAt)],
  ]);
}

function upstreamOf({ host, port }: Exit): string {
  return host!.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function placeOf(exit: Exit): string {
  const parts = PLACE_KEYS.map((key) => exit[key]).filter((value) => value !== null);
  return parts.join(', ') || '-';
}

function describeTrials(name: string, target: string | undefined, trials: readonly Trial[]): string {
  const what =
    target === undefined
      ? `the upstream of ${name} (give --target to connect through it)`
      : `${target} through ${name}`;
  return trials
    .map(({ source, ok, tookMs, reason }) => {
      const from = source === undefined ? '' : ` from ${source}`;
      return ok
        ? `ok      ${what}${from}: connected after ${tookMs} ms`
        : `FAILED  ${what}${from}: ${reason} (${tookMs} ms)`;
    })
    .join('\n');
}
