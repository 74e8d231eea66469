import { useTranslation } from 'react-i18next';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { useConfirm } from '../components/confirm.tsx';

interface Named {
  id: string;
  username: string;
}

/** What the provider does to a subuser, each asked for first. */
export function useSubuserActions(onRemoved?: () => void) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const remove = useAction({
    run: (id: string, key) =>
      answerOf(admin.DELETE('/subusers/{id}', { params: { path: { id }, header: once(key) } })),
    changes: [
      ['admin', 'subusers', 'list'],
      ['admin', 'resellers'],
    ],
    onDone: onRemoved,
  });
  const reset = useAction({
    run: (id: string, key) =>
      answerOf(
        admin.POST('/subusers/{id}/reset-password', {
          params: { path: { id }, header: once(key) },
          body: {},
        }),
      ),
  });
  return {
    remove: ({ id, username }: Named) =>
      confirm({
        title: t('owner.subusers.deleteTitle', { name: username }),
        text: t('owner.subusers.deleteText'),
        action: t('actions.delete'),
        dangerous: true,
        word: username,
        run: () => remove.perform(id),
      }),
    resetPassword: ({ id, username }: Named) =>
      confirm({
        title: t('owner.subusers.resetTitle', { name: username }),
        text: t('owner.subusers.resetText'),
        action: t('owner.subusers.reset'),
        dangerous: true,
        run: () => reset.perform(id),
      }),
  };
}
