/** People: of the provider's staff, of a reseller, or all. */
import { Alert, Badge, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconLink, IconLockOpen, IconShieldOff, IconUserOff, IconUserUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useList } from '../api/use-list.ts';
import { useSession } from '../api/use-session.ts';
import { useConfirm } from '../components/confirm.tsx';
import { DataTable } from '../components/data-table.tsx';
import { Dialog, DialogButton, DialogForm } from '../components/dialog.tsx';
import { RowMenu } from '../components/row-menu.tsx';
import { SecretOnce } from '../components/secret-once.tsx';
import { Time } from '../components/time.tsx';
import { useFilters } from '../components/use-filters.ts';
import { useServerForm } from '../components/use-server-form.ts';
import { useMay } from './may.ts';
import { ResellerSelect } from './reseller-select.tsx';

type Person = components['schemas']['Person'];
type Role = Person['role'];
const STAFF_ROLES = ['owner', 'manager', 'viewer'] as const satisfies readonly Role[];
const STATE_COLORS = { active: 'green', invited: 'brass', disabled: 'red' } as const;
type Step = 'disable' | 'enable' | 'unlock' | 'remove-second-factor';
const CHANGES = [['admin', 'people']] as const;

/** `account`: whose (a store code or email address); all without. */
export function PeopleTable({ account }: { account?: string }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const may = useMay();
  const me = useSession();
  const [{ search }, change] = useFilters<'search'>();
  const [link, setLink] = useState<{ email: string; text: string }>();
  const [changing, setChanging] = useState<Person>();
  const filter = { ...(account && { account }), ...(search && { search }) };
  const query = useList({
    queryKey: ['admin', 'people', filter],
    read: (cursor) => answerOf(admin.GET('/people', { params: { query: { ...filter, cursor } } })),
  });
  const action = useAction({
    run: ({ id, step }: { id: string; step: Step }, key) =>
      answerOf(admin.POST(`/people/{id}/${step}`, { params: { path: { id }, header: once(key) } })),
    changes: CHANGES,
  });
  const invite = useAction({
    run: ({ id }: Person, key) =>
      answerOf(admin.POST('/people/{id}/invitation', { params: { path: { id }, header: once(key) } })),
    changes: CHANGES,
    onDone: ({ path }, { email }) => setLink({ email, text: `${window.location.origin}${path}` }),
  });
  const ask = (person: Person, step: Step, name: 'disable' | 'enable' | 'unlock' | 'secondFactor') =>
    confirm({
      title: t(`owner.people.${name}Title`, { email: person.email }),
      text: t(`owner.people.${name}Text`),
      action: t(`owner.people.${name}`),
      dangerous: name === 'disable' || name === 'secondFactor',
      run: () => action.perform({ id: person.id, step }),
    });
  return (
    <>
      <DataTable<Person>
        label={t('owner.people.title')}
        query={query}
        rowKey={({ id }) => id}
        search={{
          value: search ?? '',
          onChange: (value) => change({ search: value }),
          placeholder: t('owner.people.search'),
        }}
        empty={{ title: t('owner.people.empty'), text: t('owner.people.emptyText') }}
        columns={[
          {
            key: 'name',
            header: t('owner.people.person'),
            width: 'minmax(12rem, 1.6fr)',
            cell: (person) => (
              <div>
                <Text size="sm" fw={560}>
                  {person.name} {person.email === me.email && `(${t('owner.people.you')})`}
                </Text>
                <Text size="xs" c="dimmed">
                  {person.email}
                </Text>
              </div>
            ),
          },
          {
            key: 'role',
            header: t('owner.people.role'),
            cell: ({ role, storeCode }) => (
              <div>
                {t(`owner.people.roles.${role}`)}
                <Text size="xs" c="dimmed">
                  {storeCode}
                </Text>
              </div>
            ),
          },
          {
            key: 'state',
            header: t('owner.people.state'),
            cell: ({ state }) => (
              <Badge color={STATE_COLORS[state]}>{t(`owner.people.states.${state}`)}</Badge>
            ),
          },
          {
            key: 'secondFactor',
            header: t('owner.people.factor'),
            cell: ({ hasSecondFactor }) => (
              <Badge color={hasSecondFactor ? 'green' : 'gray'}>
                {t(hasSecondFactor ? 'owner.people.factorOn' : 'owner.people.factorOff')}
              </Badge>
            ),
          },
          {
            key: 'lastSignIn',
            header: t('owner.people.lastSignIn'),
            width: 'minmax(9rem, 1fr)',
            cell: ({ lastSignInAt, lastSignInFrom }) =>
              lastSignInAt ? (
                <div>
                  <Time at={lastSignInAt} as="fromNow" />
                  <Text size="xs" c="dimmed">
                    {lastSignInFrom}
                  </Text>
                </div>
              ) : (
                t('owner.people.never')
              ),
          },
          {
            key: 'actions',
            header: t('table.actions'),
            align: 'end',
            width: '3.5rem',
            cell: (person) =>
              may.giveAccess &&
              person.email !== me.email && (
                <RowMenu
                  label={t('owner.people.actionsOf', { email: person.email })}
                  actions={[
                    person.role !== 'reseller' && {
                      text: t('owner.people.changeRole'),
                      icon: IconUserUp,
                      onClick: () => setChanging(person),
                    },
                    person.state !== 'disabled' && {
                      text: t('owner.people.link'),
                      icon: IconLink,
                      onClick: () =>
                        confirm({
                          title: t('owner.people.linkTitle', { email: person.email }),
                          text: t('owner.people.linkText'),
                          action: t('owner.people.link'),
                          run: () => invite.perform(person),
                        }),
                    },
                    {
                      text: t('owner.people.unlock'),
                      icon: IconLockOpen,
                      onClick: () => ask(person, 'unlock', 'unlock'),
                    },
                    person.hasSecondFactor && {
                      text: t('owner.people.secondFactor'),
                      icon: IconShieldOff,
                      dangerous: true,
                      onClick: () => ask(person, 'remove-second-factor', 'secondFactor'),
                    },
                    person.state === 'disabled'
                      ? {
                          text: t('owner.people.enable'),
                          icon: IconUserUp,
                          onClick: () => ask(person, 'enable', 'enable'),
                        }
                      : {
                          text: t('owner.people.disable'),
                          icon: IconUserOff,
                          dangerous: true,
                          onClick: () => ask(person, 'disable', 'disable'),
                        },
                  ]}
                />
              ),
          },
        ]}
      />
      <Dialog title={t('owner.people.link')} opened={link !== undefined} onClose={() => setLink(undefined)}>
        {link && <InvitationLink email={link.email} link={link.text} onSaved={() => setLink(undefined)} />}
      </Dialog>
      <Dialog
        title={t('owner.people.changeRoleOf', { email: changing?.email ?? '' })}
        opened={changing !== undefined}
        onClose={() => setChanging(undefined)}
      >
        {changing && <RoleForm person={changing} onClose={() => setChanging(undefined)} />}
      </Dialog>
    </>
  );
}

function InvitationLink({ email, link, onSaved }: { email: string; link: string; onSaved: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Alert color="channel">{t('owner.people.linkHint', { email })}</Alert>
      <SecretOnce label={t('owner.people.linkOf', { email })} secret={link} onSaved={onSaved} />
    </Stack>
  );
}

function RoleForm({ person, onClose }: { person: Person; onClose: () => void }) {
  const { t } = useTranslation();
  const action = useAction({
    run: (body: { role: Role }, key) =>
      answerOf(
        admin.PUT('/people/{id}/role', { params: { path: { id: person.id }, header: once(key) }, body }),
      ),
    changes: CHANGES,
    onDone: onClose,
  });
  const { form, onSubmit, problem } = useServerForm(
    { initialValues: { role: person.role } },
    action,
    (values) => values,
  );
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t('actions.save')}
      onCancel={onClose}
    >
      <RoleSelect roles={STAFF_ROLES} {...form.getInputProps('role')} />
    </DialogForm>
  );
}

function RoleSelect({ roles, ...field }: { roles: readonly Role[]; value?: string }) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={t('owner.people.role')}
      description={field.value && t(`owner.people.roleText.${field.value as Role}`)}
      data={roles.map((value) => ({ value, label: t(`owner.people.roles.${value}`) }))}
      {...field}
    />
  );
}

/** The button that invites somebody: to a reseller's, or where the form is told. Owners alone see it. */
export function InvitePerson({ reseller }: { reseller?: string }) {
  const { t } = useTranslation();
  const may = useMay();
  if (!may.giveAccess) return null;
  return (
    <DialogButton text={t('owner.people.invite')}>
      {(close) => <InviteForm reseller={reseller} onClose={close} />}
    </DialogButton>
  );
}

function InviteForm({ reseller, onClose }: { reseller?: string | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const [link, setLink] = useState<string>();
  const action = useAction({
    run: (body: { email: string; name: string; role: Role; reseller?: string }, key) =>
      answerOf(admin.POST('/people', { params: { header: once(key) }, body })),
    changes: CHANGES,
    onDone: ({ path }) => setLink(`${window.location.origin}${path}`),
  });
  const { form, onSubmit, problem } = useServerForm(
    {
      initialValues: {
        email: '',
        name: '',
        role: (reseller === undefined ? 'viewer' : 'reseller') as Role,
        reseller: reseller ?? '',
      },
    },
    action,
    ({ reseller: whose, ...person }) => ({
      ...person,
      ...(person.role === 'reseller' && { reseller: whose }),
    }),
  );
  if (link !== undefined) {
    return <InvitationLink email={form.values.email} link={link} onSaved={onClose} />;
  }
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t('owner.people.invite')}
      onCancel={onClose}
    >
      <TextInput label={t('owner.people.name')} data-autofocus {...form.getInputProps('name')} />
      <TextInput label={t('signIn.email')} type="email" {...form.getInputProps('email')} />
      {reseller === undefined && (
        <RoleSelect roles={[...STAFF_ROLES, 'reseller']} {...form.getInputProps('role')} />
      )}
      {reseller === undefined && form.values.role === 'reseller' && (
        <ResellerSelect label={t('owner.resellers.one')} {...form.getInputProps('reseller')} />
      )}
    </DialogForm>
  );
}
