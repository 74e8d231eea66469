/** What the reseller's own customers have open now. */
import { useTranslation } from 'react-i18next';
import { account, answerOf, once } from '../api/clients.ts';
import { LiveTunnels } from '../components/live-tunnels.tsx';

const MOST = '1000';

export function TunnelsPage() {
  const { t } = useTranslation();
  return (
    <LiveTunnels
      queryKey={['account', 'tunnels']}
      mayCut
      list={async ({ subuser, host }) => {
        const { isComplete, ...rest } = await answerOf(
          account.GET('/tunnels', {
            params: { query: { ...(subuser && { subuser }), ...(host && { host }), limit: MOST } },
          }),
        );
        return isComplete ? rest : { ...rest, missing: t('tunnels.incomplete') };
      }}
      cut={(body, key) => answerOf(account.POST('/tunnels/cut', { params: { header: once(key) }, body }))}
    />
  );
}
