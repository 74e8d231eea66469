import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '../api/admin.gen.ts';
import { useFormat } from '../format/use-format.ts';
import { Columns } from './columns.tsx';
import { Gauge } from './gauge.tsx';
import { Panel } from './panel.tsx';
import { PRODUCT_COLORS, PRODUCTS, type Product } from './product.ts';

interface BandwidthPanelsProps {
  bandwidth: components['schemas']['Subuser']['bandwidth'];
  /** What can be done with a product's. */
  actions?: (product: Product, remainingBytes: number) => ReactNode;
}

/** What a subuser has used and what it has left, a panel for each product. */
export function BandwidthPanels({ bandwidth, actions }: BandwidthPanelsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Columns>
      {PRODUCTS.map((product) => {
        const { allocatedBytes, usedBytes, remainingBytes } = bandwidth[product];
        return (
          <Panel key={product} title={t(`assets.${product}`)} actions={actions?.(product, remainingBytes)}>
            <Gauge
              label={t(`assets.${product}`)}
              whole={allocatedBytes}
              parts={[
                {
                  label: t('bandwidth.used'),
                  value: usedBytes,
                  text: format.bytes(usedBytes),
                  color: PRODUCT_COLORS[product],
                },
                {
                  label: t('bandwidth.left'),
                  value: remainingBytes,
                  text: format.bytes(remainingBytes),
                  color: `color-mix(in srgb, ${PRODUCT_COLORS[product]} 24%, var(--hg-surface))`,
                },
              ]}
            />
          </Panel>
        );
      })}
    </Columns>
  );
}
