import { ActionIcon, Button, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Copies `value`. With `text` a button that says so, otherwise an icon whose name is `label`. */
export function Copy({ value, label, text }: { value: string; label?: string; text?: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={value} timeout={2000}>
      {({ copied, copy }) => {
        const Icon = copied ? IconCheck : IconCopy;
        const said = copied ? t('actions.copied') : (text ?? label ?? t('actions.copy'));
        if (text) {
          return (
            <Button variant="default" size="xs" leftSection={<Icon size={15} aria-hidden />} onClick={copy}>
              <span aria-live="polite">{said}</span>
            </Button>
          );
        }
        return (
          <Tooltip label={said}>
            <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={said}>
              <Icon size={15} stroke={1.7} aria-hidden />
            </ActionIcon>
          </Tooltip>
        );
      }}
    </CopyButton>
  );
}

/** Text for machines, such as a key's id or a command, with its copy button. */
export function CopyableCode({ value, label }: { value: string; label?: string }) {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: '0.25rem', maxWidth: '100%' }}>
      <code style={{ overflowWrap: 'anywhere', fontSize: '0.85em' }}>{value}</code>
      <Copy value={value} label={label} />
    </span>
  );
}
