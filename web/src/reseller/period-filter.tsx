/** From a day to a day, both included, in UTC as the books are kept. */
import { Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface Period {
  /** ISO 8601: the beginning of the first day. */
  from?: string;
  /** The end of the last one. */
  to?: string;
}

const DAY_MS = 86_400_000;

/** The days of a period as the browser's date fields have them: `2026-05-04`. */
export function daysOf({ from, to }: Period) {
  const last = to && new Date(Date.parse(to) - DAY_MS).toISOString();
  return { first: from?.slice(0, 10) ?? '', last: last?.slice(0, 10) ?? '' };
}

export function periodOf(first: string, last: string): Period {
  return {
    ...(first ? { from: new Date(`${first}T00:00:00Z`).toISOString() } : {}),
    ...(last ? { to: new Date(Date.parse(`${last}T00:00:00Z`) + DAY_MS).toISOString() } : {}),
  };
}

export function PeriodFilter({ value, onChange }: { value: Period; onChange: (period: Period) => void }) {
  const { t } = useTranslation();
  const { first, last } = daysOf(value);
  return (
    <Group gap="xs" wrap="nowrap">
      <TextInput
        type="date"
        aria-label={t('reseller.period.first')}
        max={last || undefined}
        value={first}
        onChange={({ currentTarget }) => onChange(periodOf(currentTarget.value, last))}
      />
      <TextInput
        type="date"
        aria-label={t('reseller.period.last')}
        min={first || undefined}
        value={last}
        onChange={({ currentTarget }) => onChange(periodOf(first, currentTarget.value))}
      />
    </Group>
  );
}
