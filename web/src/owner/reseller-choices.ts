import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { admin, answerOf } from '../api/clients.ts';

const AFTER_MS = 250;

export interface ResellerChoices {
  /** By store code, as the API takes them. */
  data: { value: string; label: string }[];
  onSearch: (text: string) => void;
}

/** Resellers to choose from, found by what is typed: there may be more than a list can hold. */
export function useResellerChoices(): ResellerChoices {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, AFTER_MS);
  const query = useQuery({
    queryKey: ['admin', 'resellers', 'choices', search],
    queryFn: () =>
      answerOf(
        admin.GET('/resellers', {
          params: { query: { tier: 'RESELLER', limit: '20', ...(search && { search }) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const data = (query.data?.data ?? []).flatMap(({ storeCode, storeName }) =>
    storeCode === null ? [] : [{ value: storeCode, label: `${storeName} (${storeCode})` }],
  );
  return {
    data,
    // The field tells the label of what was chosen, too; that is no search.
    onSearch: (typed) => setText(data.some(({ label }) => label === typed) ? '' : typed),
  };
}
