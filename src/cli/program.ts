/** The command line: each command has a file of its own; this one puts them together. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { defineAudit } from './audit.ts';
import { defineDoctor } from './doctor.ts';
import { defineExit } from './exit.ts';
import { defineKey } from './key.ts';
import { defineLedger } from './ledger.ts';
import { defineGateway, defineSubscription } from './limits.ts';
import { defineLog } from './log.ts';
import { defineNode } from './node.ts';
import { definePerson } from './person.ts';
import { definePlan } from './plan.ts';
import { defineReconcile } from './reconcile.ts';
import { defineReseller } from './reseller.ts';
import { defineReview } from './review.ts';
import { defineStart } from './start.ts';
import { defineSubuser } from './subuser.ts';
import { defineTunnel } from './tunnel.ts';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

export function createProgram(): Command {
  const program = new Command('headgate')
    .description(
      'Metered proxies sold through resellers. Settings come from the environment; see docs/operating.md.',
    )
    .version(version)
    .showHelpAfterError('(add --help for what this command takes)')
    .configureHelp({ sortSubcommands: false });

  defineStart(program);
  defineReseller(program);
  defineKey(program);
  definePerson(program);
  defineNode(program);
  defineSubuser(program);
  definePlan(program);
  defineExit(program);
  defineSubscription(program);
  defineGateway(program);
  defineTunnel(program);
  defineLedger(program);
  defineLog(program);
  defineReconcile(program);
  defineReview(program);
  defineAudit(program);
  defineDoctor(program);
  return program;
}
