import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Copy } from './copy.tsx';
import { useHeldDialog } from './dialog.tsx';
import styles from './secret-once.module.css';

/** A secret that is shown this once: a new key, a password, recovery codes (one a line). `text` says what it is for; `onSaved` hides it for good. */
export function SecretOnce({
  label,
  text,
  secret,
  onSaved,
}: {
  label: string;
  text?: string;
  secret: string;
  onSaved: () => void;
}) {
  const { t } = useTranslation();
  useHeldDialog();
  return (
    <Alert color="brass" icon={<IconKey size={20} stroke={1.6} aria-hidden />} title={label}>
      <Stack gap="sm">
        <Text size="sm">
          {text} {t('secret.once')}
        </Text>
        <pre className={styles.secret}>{secret}</pre>
        <Group gap="sm">
          <Copy value={secret} text={t('actions.copy')} />
          <Button size="xs" onClick={onSaved}>
            {t('secret.saved')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
