/** The APIs a reseller's programs may speak, with examples that name its own key. */
import { Alert, Anchor, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { account, answerOf } from '../../api/clients.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Panel } from '../../components/panel.tsx';
import { DIALECTS, LANGUAGES, type Language, setUpText } from './examples.ts';

export function ReferencePage() {
  const { t } = useTranslation();
  const [id, setId] = useState(DIALECTS[0]!.id);
  const [language, setLanguage] = useState<Language>('curl');
  const [keyId, setKeyId] = useState<string>();
  const keys = useQuery({
    queryKey: ['account', 'keys', 'valid', 'for-examples'],
    queryFn: () => answerOf(account.GET('/keys', { params: { query: { state: 'valid', limit: '100' } } })),
  });
  const valid = keys.data?.data ?? [];
  const dialect = DIALECTS.find((entry) => entry.id === id)!;
  const fitting = valid.find(({ scopes }) =>
    dialect.scopes.every((scope) => (scopes as string[]).includes(scope)),
  );
  const key = valid.find((entry) => entry.id === keyId) ?? fitting ?? valid[0];
  const missing = key ? dialect.scopes.filter((scope) => !(key.scopes as string[]).includes(scope)) : [];

  return (
    <>
      <PageHeader title={t('reseller.reference.title')} intro={t('reseller.reference.intro')} />
      <Panel>
        <Stack>
          <SegmentedControl
            aria-label={t('reseller.reference.dialect')}
            value={id}
            onChange={setId}
            data={DIALECTS.map((entry) => ({ value: entry.id, label: entry.name }))}
            style={{ alignSelf: 'flex-start', maxWidth: '100%', flexWrap: 'wrap' }}
          />
          <Group align="end" gap="sm">
            <Select
              label={t('reseller.reference.withKey')}
              data={valid.map(({ id: value, name, hint }) => ({ value, label: `${name} (${hint}…)` }))}
              value={key?.id ?? null}
              onChange={(value) => setKeyId(value ?? undefined)}
              allowDeselect={false}
              disabled={valid.length === 0}
              style={{ flex: '0 1 22rem' }}
            />
            <Text size="sm" c="dimmed" style={{ flex: '1 1 16rem' }}>
              {keys.isSuccess && !key ? t('reseller.reference.noKey') : t('reseller.reference.keyHint')}
            </Text>
          </Group>
          {missing.length > 0 && (
            <Alert color="yellow">{t('reseller.reference.missing', { scopes: missing.join(', ') })}</Alert>
          )}
          <Text size="sm">
            {t('reseller.reference.needs')}: <code>{dialect.scopes.join(', ')}</code>
          </Text>
          <CodeBlock
            code={setUpText(window.location.origin, key?.name)}
            label={t('reseller.reference.setUp')}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('reseller.reference.language')}
            value={language}
            onChange={(value) => setLanguage(value as Language)}
            data={LANGUAGES.map((value) => ({ value, label: t(`reseller.reference.languages.${value}`) }))}
            style={{ alignSelf: 'flex-start' }}
          />
          <CodeBlock code={dialect.examples[language]} label={t('reseller.reference.example')} />
          <Anchor href={`/docs/${dialect.id}`}>{t('reseller.reference.full', { name: dialect.name })}</Anchor>
        </Stack>
      </Panel>
      <Panel title={t('reseller.reference.own')} intro={t('reseller.reference.ownText')}>
        <Group gap="lg">
          <Anchor href="/docs/account">{t('reseller.reference.full', { name: '/api/account' })}</Anchor>
          <Anchor href="/docs/log">{t('reseller.reference.log')}</Anchor>
          <Anchor href="/docs/errors">/docs/errors</Anchor>
        </Group>
      </Panel>
    </>
  );
}
