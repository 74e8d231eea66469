/** `headgate person …` */
import { type Command, Option } from 'commander';
import type { Config } from '../config.ts';
import type { Invitation } from '../core/people/people.ts';
import type { PersonRecord } from '../core/people/records.ts';
import { type PersonRole, ROLES } from '../core/people/roles.ts';
import { randomText } from '../core/secrets.ts';
import { invitationPath } from '../shared/invitation-path.ts';
import { formatTime, print, table } from './output.ts';
import { type CommandSession, withCore } from './session.ts';

interface NewPersonOptions {
  email: string;
  name?: string;
  role?: PersonRole;
  reseller?: string;
  json?: boolean;
}

export function definePerson(program: Command): void {
  const person = program
    .command('person')
    .description('people who sign in to the console: the owner, the staff, resellers’ people');

  withNewPersonOptions(person.command('invite'))
    .description('print a link by which somebody sets a password and gets in')
    .action(async (options: NewPersonOptions) => {
      const link = await withCore(async (session) =>
        linkOf(
          session.config,
          await session.core.people.invite(session.invocation, await newPersonOf(session, options)),
        ),
      );
      print(options.json ?? false, link, () => describeLink(link));
    });

  withNewPersonOptions(person.command('create'))
    .description('make a person with a generated password, shown once')
    .action(async (options: NewPersonOptions) => {
      const password = randomText(20);
      const made = await withCore(async (session) =>
        session.core.people.create(session.invocation, await newPersonOf(session, options), password),
      );
      print(options.json ?? false, { ...made, password }, () => `${made.email} signs in with ${password}`);
    });

  person
    .command('list')
    .description('all people')
    .option('--reseller <store-code>', 'only those of this reseller')
    .option('--json', 'print JSON')
    .action(async (options: { reseller?: string; json?: boolean }) => {
      const people = await withCore(({ core }) => listPeople(core, options.reseller));
      print(options.json ?? false, people, () =>
        people.length === 0
          ? 'There is nobody yet: `headgate person invite --help`.'
          : table([
              ['ID', 'EMAIL', 'NAME', 'ROLE', 'STORE', 'STATE', 'SECOND FACTOR', 'LAST SIGN-IN'],
              ...people.map((entry) => [
                entry.id,
                entry.email,
                entry.name,
                entry.role,
                entry.storeCode ?? '-',
                entry.state,
                entry.hasSecondFactor ? 'yes' : 'no',
                formatTime(entry.lastSignInAt),
              ]),
            ]),
      );
    });

  person
    .command('reset-password')
    .description('print a link by which somebody sets a new password')
    .argument('<email>')
    .option('--json', 'print JSON')
    .action(async (email: string, options: { json?: boolean }) => {
      const link = await withCore(async ({ config, core, invocation }) =>
        linkOf(config, await core.people.renewInvitation(invocation, email)),
      );
      print(options.json ?? false, link, () => describeLink(link));
    });

  const change = (
    name: string,
    description: string,
    work: (session: CommandSession, email: string) => Promise<PersonRecord>,
    said: string,
  ) =>
    person
      .command(name)
      .description(description)
      .argument('<email>')
      .option('--json', 'print JSON')
      .action(async (email: string, options: { json?: boolean }) => {
        const changed = await withCore((session) => work(session, email));
        print(options.json ?? false, changed, () => `${changed.email} ${said}.`);
      });

  change(
    'unlock',
    'let somebody try again at once, after too many wrong guesses',
    ({ core, invocation }, email) => core.people.unlock(invocation, email),
    'may try again',
  );
  change(
    'disable',
    'end all that somebody may do',
    ({ core, invocation }, email) => core.people.setDisabled(invocation, email, true),
    'is disabled',
  );
  change(
    'enable',
    'let somebody in again',
    ({ core, invocation }, email) => core.people.setDisabled(invocation, email, false),
    'may sign in',
  );
  change(
    'remove-second-factor',
    'for somebody who has lost it, and the recovery codes',
    ({ core, invocation }, email) => core.people.removeSecondFactor(invocation, email),
    'signs in by password alone',
  );
}

function withNewPersonOptions(command: Command): Command {
  return command
    .requiredOption('--email <address>', 'by which the person signs in')
    .option('--name <name>', 'what people read; absent: the email address')
    .addOption(
      new Option('--role <role>', 'of the staff (default: manager); a reseller’s person has none').choices(
        ROLES,
      ),
    )
    .option('--reseller <store-code>', 'for a person of this reseller')
    .option('--json', 'print JSON');
}

async function newPersonOf({ core }: CommandSession, { email, name, role, reseller }: NewPersonOptions) {
  const accountId =
    reseller === undefined ? await core.accounts.ownerId() : (await core.accounts.find(reseller)).id;
  return {
    accountId,
    email,
    name: name ?? email,
    role: role ?? (reseller === undefined ? 'manager' : 'reseller'),
  } as const;
}

async function listPeople(
  core: CommandSession['core'],
  reseller: string | undefined,
): Promise<PersonRecord[]> {
  const accountId = reseller === undefined ? undefined : (await core.accounts.find(reseller)).id;
  const people: PersonRecord[] = [];
  for (let after: [bigint] | undefined = [0n]; after; ) {
    const page: Awaited<ReturnType<typeof core.people.list>> = await core.people.list(
      { accountId },
      { limit: 1000, after },
    );
    people.push(...page.rows);
    after = page.next;
  }
  return people;
}

function linkOf({ publicUrl, host, port }: Config, { person, token, expiresAt }: Invitation) {
  const origin =
    publicUrl?.origin ?? new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`).origin;
  return { email: person.email, link: `${origin}${invitationPath(token)}`, expiresAt };
}

function describeLink({ email, link, expiresAt }: ReturnType<typeof linkOf>): string {
  return `For ${email}, once and until ${formatTime(expiresAt)}; whoever has it gets in:\n\n  ${link}\n`;
}
