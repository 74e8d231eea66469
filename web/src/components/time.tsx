import { Tooltip } from '@mantine/core';
import { useFormat } from '../format/use-format.ts';

/**
 * A time in the viewer's zone; hovering or focusing it shows it in UTC. `as` says how much of it: the whole, the day, or how long ago.
 */
export function Time({
  at,
  as = 'time',
}: {
  at: string | null | undefined;
  as?: 'time' | 'date' | 'fromNow';
}) {
  const format = useFormat();
  if (!at) return <span>–</span>;
  return (
    <Tooltip label={format.utc(at)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard reaches the time in UTC, too */}
      <time dateTime={at} tabIndex={0}>
        {format[as](at)}
      </time>
    </Tooltip>
  );
}
