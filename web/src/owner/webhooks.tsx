/** What the provider's own programs are told. */
import { useTranslation } from 'react-i18next';
import { admin, answerOf, once } from '../api/clients.ts';
import { PageHeader } from '../components/page-header.tsx';
import { AddWebhook, Webhooks, type WebhooksApi } from '../components/webhooks.tsx';
import { useMay } from './may.ts';

const ofOne = (id: string, key: string) => ({ path: { id }, header: once(key) });

export function WebhooksPage() {
  const { t } = useTranslation();
  const may = useMay();
  const api: WebhooksApi = {
    queryKey: ['admin', 'webhooks'],
    mayChange: may.change,
    list: () => answerOf(admin.GET('/webhooks')),
    add: (body, key) => answerOf(admin.POST('/webhooks', { params: { header: once(key) }, body })),
    change: (id, body, key) => answerOf(admin.PATCH('/webhooks/{id}', { params: ofOne(id, key), body })),
    remove: (id, key) => answerOf(admin.DELETE('/webhooks/{id}', { params: ofOne(id, key) })),
    rotateSecret: (id, key) =>
      answerOf(admin.POST('/webhooks/{id}/rotate-secret', { params: ofOne(id, key), body: {} })),
    test: (id, key) => answerOf(admin.POST('/webhooks/{id}/test', { params: ofOne(id, key) })),
    deliveries: (id, query) =>
      answerOf(admin.GET('/webhooks/{id}/deliveries', { params: { path: { id }, query } })),
    replay: (id, deliveryId, key) =>
      answerOf(
        admin.POST('/webhooks/{id}/deliveries/{deliveryId}/replay', {
          params: { path: { id, deliveryId }, header: once(key) },
        }),
      ),
    replayFailed: (id, since, key) =>
      answerOf(admin.POST('/webhooks/{id}/replay-failed', { params: ofOne(id, key), body: { since } })),
  };
  return (
    <>
      <PageHeader
        title={t('webhooks.title')}
        intro={t('webhooks.intro')}
        actions={<AddWebhook api={api} />}
      />
      <Webhooks api={api} />
    </>
  );
}
