/** `headgate node …` */
import type { Command } from 'commander';
import { DEFAULT_NODE_OVERLAP_MS, type MintedNode, type NodeRecord } from '../core/nodes/nodes.ts';
import { systemClock } from '../shared/clock.ts';
import { HOUR_MS, parseDate, parseHours } from './dates.ts';
import { formatTime, pairs, print, table } from './output.ts';
import { withCore } from './session.ts';

export function defineNode(program: Command): void {
  const node = program
    .command('node')
    .description('machines that run gateways over HTTPS: make, list, show, rotate, revoke');

  node
    .command('create')
    .description('make a node; its token is shown once')
    .requiredOption('--name <name>', 'how the machine is called')
    .option(
      '--expires <date>',
      'when it ends: 2027-01-01, or a time like 2027-01-01T12:00:00Z (UTC)',
      parseDate,
    )
    .option('--json', 'print JSON')
    .action(async (options: { name: string; expires?: Date; json?: boolean }) => {
      const minted = await withCore(({ core, invocation }) =>
        core.nodes.create(invocation, { name: options.name, expiresAt: options.expires }),
      );
      print(options.json ?? false, withoutUse(minted), () => describe(minted));
    });

  node
    .command('list')
    .description('all nodes, newest first, without their tokens')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const nodes = await withCore(({ core }) => core.nodes.list());
      const now = systemClock.now();
      print(options.json ?? false, nodes, () =>
        nodes.length === 0
          ? 'There are no nodes yet: `headgate node create --help`.'
          : table([
              ['ID', 'NAME', 'TOKEN', 'STATE', 'LAST USED', 'FROM', 'SESSIONS'],
              ...nodes.map((entry) => [
                entry.id,
                entry.name,
                `${entry.hint}…`,
                stateOf(entry, now),
                formatTime(entry.lastUsedAt),
                entry.lastUsedFrom ?? '-',
                String(entry.sessions),
              ]),
            ]),
      );
    });

  node
    .command('show')
    .description('one node')
    .argument('<node>', 'its name or id')
    .option('--json', 'print JSON')
    .action(async (reference: string, options: { json?: boolean }) => {
      const found = await withCore(({ core }) => core.nodes.find(reference));
      print(options.json ?? false, found, () =>
        pairs([
          ['id', found.id],
          ['name', found.name],
          ['token', `${found.hint}…`],
          ['state', stateOf(found, systemClock.now())],
          ['made', formatTime(found.createdAt)],
          ['last used', formatTime(found.lastUsedAt)],
          ['from', found.lastUsedFrom ?? '-'],
          ['sessions', String(found.sessions)],
        ]),
      );
    });

  node
    .command('rotate')
    .description('mint another token; those before it work on for a while')
    .argument('<node>', 'its name or id')
    .option(
      '--overlap <hours>',
      'how long the tokens before it still work; 0 ends them now',
      parseHours,
      DEFAULT_NODE_OVERLAP_MS,
    )
    .option('--json', 'print JSON')
    .action(async (reference: string, options: { overlap: number; json?: boolean }) => {
      const minted = await withCore(({ core, invocation }) =>
        core.nodes.rotate(invocation, reference, options.overlap),
      );
      print(
        options.json ?? false,
        withoutUse(minted),
        () =>
          `${describe(minted)}\nThe tokens before it work for ${options.overlap / HOUR_MS} more hours at most.`,
      );
    });

  node
    .command('revoke')
    .description('end a node at once: its link closes, and its gateways stop when their leases lapse')
    .argument('<node>', 'its name or id')
    .option('--json', 'print JSON')
    .action(async (reference: string, options: { json?: boolean }) => {
      const revoked = await withCore(({ core, invocation }) => core.nodes.revoke(invocation, reference));
      print(options.json ?? false, revoked, () => `Node ${revoked.id} (${revoked.name}) is revoked.`);
    });
}

function withoutUse({ lastUsedAt: _at, lastUsedFrom: _from, revokedAt: _revoked, ...minted }: MintedNode) {
  return minted;
}

function describe(minted: MintedNode): string {
  return `Node ${minted.id} (${minted.name}), its token shown this once:\n\n  ${minted.secret}\n`;
}

function stateOf(node: NodeRecord, now: Date): string {
  if (node.revokedAt) return `revoked ${formatTime(node.revokedAt)}`;
  if (!node.expiresAt) return 'valid';
  return node.expiresAt <= now
    ? `expired ${formatTime(node.expiresAt)}`
    : `until ${formatTime(node.expiresAt)}`;
}
