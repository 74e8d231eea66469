import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCopy } from './use-copy.ts';

/** Copies `value`. With `text` a button that says so, otherwise an icon whose name is `label`. */
export function Copy({ value, label, text }: { value: string; label?: string; text?: string }) {
  const { t } = useTranslation();
  const { outcome, copy } = useCopy();
  const Icon = outcome === undefined ? IconCopy : outcome === 'copied' ? IconCheck : IconX;
  const said =
    outcome === undefined
      ? (text ?? label ?? t('actions.copy'))
      : t(outcome === 'copied' ? 'actions.copied' : 'actions.notCopied');
  if (text) {
    return (
      <Button
        variant="default"
        size="xs"
        leftSection={<Icon size={15} aria-hidden />}
        onClick={() => copy(value)}
      >
        <span aria-live="polite">{said}</span>
      </Button>
    );
  }
  return (
    <Tooltip label={said}>
      <ActionIcon variant="subtle" color="gray" size="sm" onClick={() => copy(value)} aria-label={said}>
        <Icon size={15} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
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
