/**
 * A list of any length: the server searches, sorts and pages; rows are loaded as they come into view, and only those in view are drawn.
 * On a phone each row is a card.
 */
import { ActionIcon, Button, Group, Loader, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconSearch, IconSelector, IconX } from '@tabler/icons-react';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../api/problem-text.ts';
import styles from './data-table.module.css';
import { EmptyState, ErrorState, Loading } from './states.tsx';

export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The server's name for this order: the header sorts by it. */
  sort?: string;
  align?: 'end';
  /** A track of a CSS grid; `minmax(6.5rem, 1fr)` unless said. */
  width?: string;
}

/** One page of a list, as the APIs answer it. */
export interface ListPage<Row> {
  data: Row[];
  nextCursor: string | null;
}

export interface DataTableProps<Row> {
  /** What the rows are, for people who cannot see the table. */
  label: string;
  columns: readonly Column<Row>[];
  query: UseInfiniteQueryResult<InfiniteData<ListPage<Row>>>;
  rowKey: (row: Row) => string;
  /** What is searched for; the field is absent without. */
  search?: { value: string; onChange: (value: string) => void; placeholder?: string };
  /** `name` ascending, `-name` descending. */
  sort?: { value: string; onChange: (value: string) => void };
  /** Selects and switches beside the search. */
  filters?: ReactNode;
  /** A search or filter is on: an empty list means that nothing matches. */
  isFiltered?: boolean;
  empty?: { title?: string; text?: string; action?: ReactNode };
}

const ROW_HEIGHT_PX = 49;
/** How many rows before the last loaded one the next page is asked for. */
const AHEAD = 30;

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { query, columns, label, rowKey, empty } = props;
  const { t } = useTranslation();
  const problemText = useProblemText();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    getItemKey: (index) => rowKey(rows[index]!),
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError && last >= rows.length - AHEAD) void fetchNextPage();
  }, [last, rows.length, hasNextPage, isFetching, isError, fetchNextPage]);

  const tracks = columns.map(({ width }) => width ?? 'minmax(6.5rem, 1fr)').join(' ');
  const isFiltered = props.isFiltered || (props.search?.value ?? '') !== '';

  return (
    <div className={styles.frame} style={{ '--tracks': tracks }}>
      {(props.search || props.filters) && (
        <div className={styles.tools}>
          {props.search && <SearchField {...props.search} />}
          {props.filters}
        </div>
      )}
      {query.isPending && <Loading />}
      {query.isError && rows.length === 0 && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && rows.length === 0 && (
        <EmptyState
          {...(isFiltered ? { title: t('states.noMatch'), text: t('states.noMatchHint') } : empty)}
        />
      )}
      {rows.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard
        <div ref={scroller} className={styles.scroller} tabIndex={0}>
          {/* biome-ignore lint/a11y/useSemanticElements: rows that are out of view are not drawn, which a table element cannot do */}
          <div
            role="table"
            aria-label={label}
            aria-rowcount={hasNextPage ? -1 : rows.length + 1}
            className={styles.table}
          >
            <Header {...props} />
            {/* biome-ignore lint/a11y/useSemanticElements: as above */}
            <div role="rowgroup" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
              {items.map((item) => {
                const row = rows[item.index]!;
                return (
                  // biome-ignore lint/a11y/useSemanticElements: as above
                  // biome-ignore lint/a11y/useFocusableInteractive: rows are read, their cells hold what can be used
                  <div
                    key={item.key}
                    role="row"
                    aria-rowindex={item.index + 2}
                    data-index={item.index}
                    ref={virtualizer.measureElement}
                    className={styles.row}
                    style={{ transform: `translateY(${item.start}px)` }}
                  >
                    {columns.map((column) => (
                      // biome-ignore lint/a11y/useSemanticElements: as above
                      <div
                        key={column.key}
                        role="cell"
                        className={styles.cell}
                        data-align={column.align}
                        data-label={column.header}
                      >
                        {column.cell(row)}
                      </div>
                    ))}
                  </div>
                );
              })}
            </div>
          </div>
        </div>
      )}
      {rows.length > 0 && (
        <div className={styles.foot}>
          <Text size="xs" c="dimmed">
            {t(hasNextPage ? 'table.loaded' : 'table.rows', { count: rows.length })}
          </Text>
          {query.isFetchNextPageError && (
            <Group gap="sm" role="alert">
              <Text size="xs" c="red">
                {t('table.moreFailed', { why: problemText(query.error) })}
              </Text>
              <Button size="compact-xs" variant="default" onClick={() => void fetchNextPage()}>
                {t('actions.retry')}
              </Button>
            </Group>
          )}
          <span role="status" aria-label={query.isFetchingNextPage ? t('table.loadingMore') : undefined}>
            {query.isFetchingNextPage && <Loader type="dots" size="xs" />}
          </span>
        </div>
      )}
    </div>
  );
}

function Header<Row>({ columns, sort }: DataTableProps<Row>) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see above
    // biome-ignore lint/a11y/useFocusableInteractive: its buttons are
    <div role="row" className={styles.header} aria-rowindex={1}>
      {columns.map((column) => {
        const isUp = sort !== undefined && sort.value === column.sort;
        const isDown = sort !== undefined && sort.value === `-${column.sort}`;
        const Icon = isUp ? IconArrowUp : isDown ? IconArrowDown : IconSelector;
        return (
          // biome-ignore lint/a11y/useSemanticElements: see above
          // biome-ignore lint/a11y/useFocusableInteractive: its button is
          <div
            key={column.key}
            role="columnheader"
            aria-sort={isUp ? 'ascending' : isDown ? 'descending' : undefined}
            className={styles.head}
            data-align={column.align}
            data-sortable={column.sort !== undefined || undefined}
          >
            {column.sort && sort ? (
              <button
                type="button"
                className={styles.sort}
                data-active={isUp || isDown || undefined}
                title={`${t('table.sortBy')}: ${column.header}`}
                onClick={() => sort.onChange(isUp ? `-${column.sort}` : column.sort!)}
              >
                {column.header}
                <Icon size={14} stroke={1.8} aria-hidden />
              </button>
            ) : (
              column.header
            )}
          </div>
        );
      })}
    </div>
  );
}

const SEARCH_AFTER_MS = 250;

/** Searches when the typing pauses. */
function SearchField({ value, onChange, placeholder }: NonNullable<DataTableProps<never>['search']>) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const search = useDebouncedCallback(onChange, SEARCH_AFTER_MS);
  // What is searched for can change from elsewhere: the browser's way back.
  useEffect(() => setText(value), [value]);
  return (
    <TextInput
      type="search"
      className={styles.search}
      aria-label={placeholder ?? t('actions.search')}
      placeholder={placeholder ?? t('actions.search')}
      leftSection={<IconSearch size={16} stroke={1.7} aria-hidden />}
      rightSection={
        text !== '' && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('table.clearSearch')}
            onClick={() => {
              setText('');
              onChange('');
            }}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        )
      }
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        search(currentTarget.value);
      }}
    />
  );
}
