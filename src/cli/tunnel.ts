/** `headgate tunnel …` */
import { type Command, InvalidArgumentError } from 'commander';
import { type LiveTunnel, MAX_TUNNELS } from '../core/tunnels/tunnels.ts';
import { megabytes } from '../shared/units.ts';
import { formatTime, print, table } from './output.ts';
import { withCore } from './session.ts';

interface FilterOptions {
  subuser?: string;
  subscription?: string;
  host?: string;
  json?: boolean;
}

export function defineTunnel(program: Command): void {
  const tunnel = program.command('tunnel').description('what is open at the gateways at the moment');

  withFilters(tunnel.command('list').description('open tunnels and requests, the oldest first'))
    .option('--limit <count>', `list at most so many, up to ${MAX_TUNNELS}`, parseLimit, 1_000)
    .action(async ({ limit, json, ...filter }: FilterOptions & { limit: number }) => {
      const found = await withCore(({ core }) => core.tunnels.live(filter, limit));
      tellOfSilence(found.silentGateways);
      print(json ?? false, found, () => describe(found.tunnels, found.total));
    });

  withFilters(
    tunnel.command('cut').description('end tunnels: one, or all of a subuser, subscription or host'),
  )
    .argument('[id]', 't_…')
    .action(async (tunnelId: string | undefined, { json, ...filter }: FilterOptions) => {
      const result = await withCore(({ core, invocation }) =>
        core.tunnels.cut(invocation, { ...filter, tunnelId }),
      );
      tellOfSilence(result.silentGateways);
      print(json ?? false, result, () => `Cut ${result.cut}.`);
    });
}

function withFilters(command: Command): Command {
  return command
    .option('--subuser <username>', 'of this subuser')
    .option('--subscription <id>', 'of this subscription')
    .option('--host <name>', 'to this host')
    .option('--json', 'print JSON');
}

function tellOfSilence(gateways: readonly string[]): void {
  for (const name of gateways) process.stderr.write(`headgate: the gateway ${name} did not answer\n`);
}

function describe(tunnels: readonly LiveTunnel[], total: number): string {
  if (total === 0) return 'Nothing is open.';
  const rows = tunnels.map((tunnel) => [
    tunnel.tunnelId,
    tunnel.username ?? tunnel.subscription ?? '-',
    tunnel.protocol,
    tunnel.host === null ? '-' : `${tunnel.host}:${tunnel.port}`,
    tunnel.clientAddress,
    `${megabytes(BigInt(tunnel.upBytes))} MB`,
    `${megabytes(BigInt(tunnel.downBytes))} MB`,
    formatTime(tunnel.since),
    tunnel.gateway,
  ]);
  const list = table([['ID', 'WHO', 'BY', 'TO', 'FROM', 'UP', 'DOWN', 'SINCE', 'GATEWAY'], ...rows]);
  return total > tunnels.length ? `${list}\n${tunnels.length} of ${total}.` : list;
}

function parseLimit(text: string): number {
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > MAX_TUNNELS)
    throw new InvalidArgumentError(`expected a whole number from 1 to ${MAX_TUNNELS}.`);
  return limit;
}
