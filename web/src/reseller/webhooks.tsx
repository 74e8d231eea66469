/** What the reseller's own programs are told. */
import { useTranslation } from 'react-i18next';
import { account, answerOf, once } from '../api/clients.ts';
import { PageHeader } from '../components/page-header.tsx';
import { AddWebhook, Webhooks, type WebhooksApi } from '../components/webhooks.tsx';

const ofOne = (id: string, key: string) => ({ path: { id }, header: once(key) });

const API: WebhooksApi = {
  queryKey: ['account', 'webhooks'],
  mayChange: true,
  list: () => answerOf(account.GET('/webhooks')),
  add: (body, key) => answerOf(account.POST('/webhooks', { params: { header: once(key) }, body })),
  change: (id, body, key) => answerOf(account.PATCH('/webhooks/{id}', { params: ofOne(id, key), body })),
  remove: (id, key) => answerOf(account.DELETE('/webhooks/{id}', { params: ofOne(id, key) })),
  rotateSecret: (id, key) =>
    answerOf(account.POST('/webhooks/{id}/rotate-secret', { params: ofOne(id, key), body: {} })),
  test: (id, key) => answerOf(account.POST('/webhooks/{id}/test', { params: ofOne(id, key) })),
  deliveries: (id, query) =>
    answerOf(account.GET('/webhooks/{id}/deliveries', { params: { path: { id }, query } })),
  replay: (id, deliveryId, key) =>
    answerOf(
      account.POST('/webhooks/{id}/deliveries/{deliveryId}/replay', {
        params: { path: { id, deliveryId }, header: once(key) },
      }),
    ),
  replayFailed: (id, since, key) =>
    answerOf(account.POST('/webhooks/{id}/replay-failed', { params: ofOne(id, key), body: { since } })),
};

export function WebhooksPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader
        title={t('webhooks.title')}
        intro={t('reseller.webhooks.intro')}
        actions={<AddWebhook api={API} />}
      />
      <Webhooks api={API} />
    </>
  );
}
