/** What everybody has open at all gateways now. */
import { useTranslation } from 'react-i18next';
import { admin, answerOf, once } from '../api/clients.ts';
import { LiveTunnels } from '../components/live-tunnels.tsx';
import { useMay } from './may.ts';
import { ResellerSelect } from './reseller-select.tsx';

const MOST = '1000';

export function TunnelsPage() {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <LiveTunnels
      queryKey={['admin', 'tunnels']}
      mayCut={may.change}
      showsGateways
      list={async (filter) => {
        const { silentGateways, ...rest } = await answerOf(
          admin.GET('/tunnels', { params: { query: { ...filter, limit: MOST } } }),
        );
        if (silentGateways.length === 0) return rest;
        return { ...rest, missing: t('tunnels.silent', { names: silentGateways.join(', ') }) };
      }}
      cut={(body, key) => answerOf(admin.POST('/tunnels/cut', { params: { header: once(key) }, body }))}
      resellerFilter={(value, change) => (
        <ResellerSelect
          aria-label={t('owner.resellers.one')}
          clearable
          clearButtonProps={{ 'aria-label': t('owner.keys.ofAll') }}
          value={value ?? null}
          onChange={change}
        />
      )}
    />
  );
}
