/** Composes a connection and writes it in every form. */
import { Group, NumberInput, SegmentedControl, Select, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { account, answerOf } from '../../api/clients.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { PRODUCTS, type Product } from '../../components/product.ts';
import { connectionText, KINDS, type Kind, newSession } from './connection.ts';
import { COUNTRIES } from './countries.ts';

/** The gateway's own, where the server does not know of any. */
const USUAL_PORT = 3128;
const LONGEST_MINUTES = 10_080;

export function ConnectionBuilder({ username, password }: { username: string; password: string }) {
  const { t, i18n } = useTranslation();
  const gateway = useGateway();
  const [kind, setKind] = useState<Kind>('http');
  const [product, setProduct] = useState<Product>('residential');
  const [country, setCountry] = useState('');
  const [session, setSession] = useState('');
  const [lifetime, setLifetime] = useState<number>();
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'region' });
    return COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value })).sort((a, b) =>
      a.label.localeCompare(b.label, i18n.language),
    );
  }, [i18n.language]);
  const text = connectionText(kind, { ...gateway, username, password, product, country, session, lifetime });

  return (
    <Stack gap="sm">
      <Group align="end" gap="sm">
        <Select
          label={t('reseller.connection.product')}
          data={PRODUCTS.map((value) => ({ value, label: t(`assets.${value}`) }))}
          value={product}
          onChange={(value) => setProduct((value ?? 'residential') as Product)}
          allowDeselect={false}
          w="9rem"
        />
        <Select
          label={t('reseller.connection.country')}
          placeholder={t('reseller.connection.anywhere')}
          data={countries}
          value={country || null}
          onChange={(value) => setCountry(value ?? '')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('reseller.connection.anywhere') }}
          style={{ flex: '1 1 10rem' }}
        />
      </Group>
      <Group align="end" gap="sm">
        <Switch
          label={t('reseller.connection.sticky')}
          description={t('reseller.connection.stickyHint')}
          checked={session !== ''}
          onChange={({ currentTarget }) => setSession(currentTarget.checked ? newSession() : '')}
          style={{ flex: '1 1 14rem' }}
        />
        {session !== '' && (
          <>
            <TextInput
              label={t('reseller.connection.session')}
              value={session}
              maxLength={8}
              onChange={({ currentTarget }) => setSession(currentTarget.value.replace(/[^A-Za-z0-9]/g, ''))}
              error={session.length === 8 ? undefined : t('reseller.connection.sessionExpected')}
              w="9rem"
            />
            <NumberInput
              label={t('reseller.connection.lifetime')}
              value={lifetime ?? ''}
              min={1}
              max={LONGEST_MINUTES}
              allowDecimal={false}
              onChange={(value) => setLifetime(typeof value === 'number' ? value : undefined)}
              w="10rem"
            />
          </>
        )}
      </Group>
      <SegmentedControl
        size="xs"
        aria-label={t('reseller.connection.form')}
        value={kind}
        onChange={(value) => setKind(value as Kind)}
        data={KINDS.map((value) => ({ value, label: t(`reseller.connection.kinds.${value}`) }))}
      />
      <CodeBlock code={text} label={t(`reseller.connection.kinds.${kind}`)} />
      <Text size="xs" c="dimmed">
        {t('reseller.connection.hint')}
      </Text>
    </Stack>
  );
}

function useGateway() {
  const { data } = useQuery({
    queryKey: ['account', 'me'],
    queryFn: () => answerOf(account.GET('/me')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    host: data?.gateway.host ?? window.location.hostname,
    port: data?.gateway.port ?? USUAL_PORT,
  };
}
