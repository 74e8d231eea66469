import { Badge, NativeSelect, Text, Textarea, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useList } from '../api/use-list.ts';
import { DataTable } from '../components/data-table.tsx';
import { Dialog, DialogForm } from '../components/dialog.tsx';
import styles from '../components/record.module.css';
import { Time } from '../components/time.tsx';
import { useFilters } from '../components/use-filters.ts';
import { useServerForm } from '../components/use-server-form.ts';
import { useMay } from './may.ts';

type Review = components['schemas']['Review'];

/** `resellerId`: of this account only. */
export function ReviewsTable({ resellerId }: { resellerId?: string }) {
  const { t } = useTranslation();
  const [{ status }, change] = useFilters<'status'>();
  const [shown, setShown] = useState<Review>();
  const filter = {
    ...(status && { status: status as 'open' | 'resolved' }),
    ...(resellerId && { resellerId }),
  };
  const query = useList({
    queryKey: ['admin', 'reviews', filter],
    read: (cursor) => answerOf(admin.GET('/reviews', { params: { query: { cursor, ...filter } } })),
  });
  return (
    <>
      <DataTable<Review>
        label={t('owner.reviews.title')}
        query={query}
        rowKey={({ id }) => id}
        isFiltered={status !== undefined}
        empty={{ title: t('owner.reviews.empty'), text: t('owner.reviews.emptyText') }}
        filters={
          <NativeSelect
            aria-label={t('owner.reviews.state')}
            value={status ?? ''}
            onChange={({ currentTarget }) => change({ status: currentTarget.value })}
            data={[
              { value: '', label: t('owner.reviews.all') },
              { value: 'open', label: t('owner.reviews.open') },
              { value: 'resolved', label: t('owner.reviews.resolved') },
            ]}
          />
        }
        columns={[
          {
            key: 'account',
            header: t('owner.resellers.one'),
            width: 'minmax(10rem, 1fr)',
            cell: (review) => (
              <UnstyledButton className={styles.link} onClick={() => setShown(review)}>
                {review.storeCode ?? review.email}
              </UnstyledButton>
            ),
          },
          {
            key: 'state',
            header: t('owner.reviews.state'),
            width: 'minmax(6rem, 0.6fr)',
            cell: ({ resolvedAt }) => (
              <Badge color={resolvedAt ? 'green' : 'red'}>
                {t(resolvedAt ? 'owner.reviews.resolved' : 'owner.reviews.open')}
              </Badge>
            ),
          },
          {
            key: 'causes',
            header: t('owner.reviews.causes'),
            width: 'minmax(14rem, 2fr)',
            cell: ({ causes }) => (
              <Text size="sm" lineClamp={2}>
                {causes.map(({ text }) => text).join('; ')}
              </Text>
            ),
          },
          {
            key: 'note',
            header: t('owner.reviews.note'),
            width: 'minmax(10rem, 1.4fr)',
            cell: ({ note, resolvedBy }) =>
              note && (
                <div>
                  {note}
                  <Text size="xs" c="dimmed">
                    {resolvedBy}
                  </Text>
                </div>
              ),
          },
          {
            key: 'opened',
            header: t('owner.reviews.openedAt'),
            width: 'minmax(8rem, 0.8fr)',
            cell: ({ openedAt }) => <Time at={openedAt} as="fromNow" />,
          },
        ]}
      />
      <Dialog
        title={t('owner.reviews.of', { store: shown?.storeCode ?? shown?.email ?? '' })}
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        size="xl"
      >
        {shown && <ReviewBody review={shown} onClose={() => setShown(undefined)} />}
      </Dialog>
    </>
  );
}

function ReviewBody({ review, onClose }: { review: Review; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const action = useAction({
    run: (body: { note: string }, key) =>
      answerOf(
        admin.POST('/reviews/{id}/resolve', {
          params: { path: { id: review.id }, header: once(key) },
          body,
        }),
      ),
    changes: [
      ['admin', 'reviews'],
      ['admin', 'resellers'],
      ['admin', 'overview'],
    ],
    onDone: onClose,
  });
  const { form, onSubmit, problem } = useServerForm(
    {
      initialValues: { note: '' },
      validate: { note: (value) => (value.trim() === '' ? t('owner.reviews.noteNeeded') : null) },
    },
    action,
    (values) => values,
  );
  return (
    <>
      <ul className={styles.lines}>
        {review.causes.map(({ at, subject, text }) => (
          <li key={`${at} ${subject} ${text}`}>
            {text}
            <Text size="xs" c="dimmed" component="div">
              <Time at={at} />
              {' · '}
              {subject.startsWith('reconciliation:') ? (
                <Link
                  to="/owner/reconciliations/$id"
                  params={{ id: subject.slice('reconciliation:'.length) }}
                  className={styles.link}
                >
                  {t('owner.reviews.toReconciliation')}
                </Link>
              ) : (
                subject
              )}
            </Text>
          </li>
        ))}
      </ul>
      {review.resolvedAt ? (
        <Text size="sm" mt="md">
          {t('owner.reviews.resolvedBy', { who: review.resolvedBy })} <Time at={review.resolvedAt} />:{' '}
          {review.note}
        </Text>
      ) : (
        may.change && (
          <div className={styles.gap}>
            <DialogForm
              onSubmit={onSubmit}
              problem={problem}
              isRunning={action.isRunning}
              action={t('owner.reviews.resolve')}
              onCancel={onClose}
            >
              <Textarea
                label={t('owner.reviews.note')}
                description={t('owner.reviews.noteHint')}
                autosize
                minRows={3}
                {...form.getInputProps('note')}
              />
            </DialogForm>
          </div>
        )
      )}
    </>
  );
}
