/** From a day to a day, both included, in the viewer's zone, as the times beside it are shown. */
import { Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format/use-format.ts';

/** As the browser's date fields and the page's address have them: `2026-05-04`. */
export interface Days {
  readonly from?: string;
  readonly to?: string;
}

export interface Period {
  /** ISO 8601: the beginning of the first day. */
  from?: string;
  /** The end of the last one. */
  to?: string;
}

export function periodOf({ from: first, to: last }: Days): Period {
  const from = midnightOf(first, 0);
  const to = midnightOf(last, 1);
  return { ...(from && { from }), ...(to && { to }) };
}

function midnightOf(day: string | undefined, daysLater: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '') ?? [];
  return year && new Date(Number(year), Number(month) - 1, Number(date) + daysLater).toISOString();
}

interface PeriodFilterProps {
  days: Days;
  onChange: (changed: { from?: string; to?: string }) => void;
}

export function PeriodFilter({ days, onChange }: PeriodFilterProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { from: first = '', to: last = '' } = days;
  const { from, to } = periodOf(days);
  return (
    <Group gap="xs" wrap="nowrap" miw={0}>
      <TextInput
        type="date"
        miw={0}
        aria-label={t('period.first')}
        title={from ? t('period.from', { time: format.utc(from) }) : t('period.first')}
        max={last || undefined}
        value={first}
        onChange={({ currentTarget }) => onChange({ from: currentTarget.value })}
      />
      <TextInput
        type="date"
        miw={0}
        aria-label={t('period.last')}
        title={to ? t('period.to', { time: format.utc(to) }) : t('period.last')}
        min={first || undefined}
        value={last}
        onChange={({ currentTarget }) => onChange({ to: currentTarget.value })}
      />
    </Group>
  );
}
