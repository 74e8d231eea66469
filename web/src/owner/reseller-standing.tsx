/** What is found of a reseller's ledger: its reviews, and from where the ledger is fetched. */
import { Alert, Button, Checkbox, Group, NumberInput, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useConfirm } from '../components/confirm.tsx';
import { DialogButton, DialogForm } from '../components/dialog.tsx';
import { Facts } from '../components/facts.tsx';
import { Panel } from '../components/panel.tsx';
import { ReconciliationsTable } from '../components/reconciliations.tsx';
import { SecretOnce } from '../components/secret-once.tsx';
import { Answer } from '../components/states.tsx';
import { Time } from '../components/time.tsx';
import { useServerForm } from '../components/use-server-form.ts';
import { useMay } from './may.ts';
import { useReconciliationsApi } from './reconciliations-api.ts';
import type { Account } from './resellers.tsx';
import { ReviewsTable } from './reviews-table.tsx';

type Source = components['schemas']['LedgerSource'];

export function ResellerStanding({ account }: { account: Account }) {
  const { t } = useTranslation();
  const reconciliations = useReconciliationsApi(account.id);
  const good = account.standing === 'good';
  return (
    <>
      <Alert
        color={good ? 'green' : 'red'}
        mb="lg"
        title={t(good ? 'owner.standing.good' : 'owner.standing.underReview')}
      >
        {t(good ? 'owner.standing.goodText' : 'owner.standing.underReviewText')}
      </Alert>
      <Panel flush title={t('owner.reviews.title')}>
        <ReviewsTable resellerId={account.id} />
      </Panel>
      <Panel flush title={t('reconciliation.title')}>
        <ReconciliationsTable api={reconciliations} />
      </Panel>
      {account.storeCode && <LedgerSource reseller={account.storeCode} />}
    </>
  );
}

function LedgerSource({ reseller }: { reseller: string }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const may = useMay();
  const queryKey = ['admin', 'ledger-source', reseller];
  const path = { reseller };
  const query = useQuery({
    queryKey,
    queryFn: () => answerOf(admin.GET('/resellers/{reseller}/ledger-source', { params: { path } })),
  });
  const remove = useAction({
    run: (_: undefined, key) =>
      answerOf(admin.DELETE('/resellers/{reseller}/ledger-source', { params: { path, header: once(key) } })),
    changes: [queryKey],
  });
  return (
    <Panel title={t('owner.source.title')} intro={t('owner.source.intro')}>
      <Answer query={query}>
        {({ source }) => (
          <>
            {source ? (
              <Facts
                facts={[
                  [t('owner.source.url'), source.url],
                  [t('owner.source.every'), t('owner.source.hours', { count: source.everyHours })],
                  [t('owner.source.fetchedTo'), <Time key="to" at={source.fetchedTo} />],
                  [
                    t('owner.source.next'),
                    source.enabled ? <Time key="next" at={source.nextAt} as="fromNow" /> : t('webhooks.off'),
                  ],
                  source.lastError ? [t('owner.source.lastError'), source.lastError] : null,
                ]}
              />
            ) : (
              <Text size="sm" c="dimmed">
                {t('owner.source.none')}
              </Text>
            )}
            {may.giveAccess && (
              <Group mt="md" gap="sm">
                <DialogButton text={t(source ? 'actions.edit' : 'owner.source.set')} variant="default">
                  {(close) => (
                    <SourceForm reseller={reseller} source={source} queryKey={queryKey} onClose={close} />
                  )}
                </DialogButton>
                {source && (
                  <Button
                    variant="subtle"
                    color="red"
                    onClick={() =>
                      confirm({
                        title: t('owner.source.removeTitle', { reseller }),
                        text: t('owner.source.removeText'),
                        action: t('owner.source.remove'),
                        dangerous: true,
                        run: () => remove.perform(undefined),
                      })
                    }
                  >
                    {t('owner.source.remove')}
                  </Button>
                )}
              </Group>
            )}
          </>
        )}
      </Answer>
    </Panel>
  );
}

function SourceForm({
  reseller,
  source,
  queryKey,
  onClose,
}: {
  reseller: string;
  source: Source | null;
  queryKey: readonly string[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<string>();
  const action = useAction({
    run: (body: { url: string; everyHours: number; enabled: boolean; newSecret?: boolean }, key) =>
      answerOf(
        admin.PUT('/resellers/{reseller}/ledger-source', {
          params: { path: { reseller }, header: once(key) },
          body,
        }),
      ),
    changes: [queryKey],
    onDone: (made) => (made.secret ? setSecret(made.secret) : onClose()),
  });
  const { form, onSubmit, problem } = useServerForm(
    {
      initialValues: {
        url: source?.url ?? '',
        everyHours: source?.everyHours ?? 24,
        enabled: source?.enabled ?? true,
        newSecret: false,
      },
    },
    action,
    (values) => values,
  );
  if (secret !== undefined) {
    return <SecretOnce label={t('owner.source.secret')} secret={secret} onSaved={onClose} />;
  }
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t('actions.save')}
      onCancel={onClose}
    >
      <TextInput
        label={t('owner.source.url')}
        placeholder="https://"
        data-autofocus
        {...form.getInputProps('url')}
      />
      <NumberInput
        label={t('owner.source.everyHours')}
        min={1}
        allowDecimal={false}
        {...form.getInputProps('everyHours')}
      />
      <Checkbox label={t('owner.source.enabled')} {...form.getInputProps('enabled', { type: 'checkbox' })} />
      {source && (
        <Checkbox
          label={t('owner.source.newSecret')}
          {...form.getInputProps('newSecret', { type: 'checkbox' })}
        />
      )}
    </DialogForm>
  );
}
