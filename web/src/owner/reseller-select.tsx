import { Select, type SelectProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useResellerChoices } from './reseller-choices.ts';

/** Chooses a reseller, by its store code. */
export function ResellerSelect(
  props: Omit<SelectProps, 'data' | 'searchable' | 'onSearchChange' | 'filter'>,
) {
  const { t } = useTranslation();
  const { data, onSearch } = useResellerChoices();
  const chosen = props.value && !data.some(({ value }) => value === props.value);
  return (
    <Select
      placeholder={t('owner.resellers.choose')}
      nothingFoundMessage={t('states.noMatch')}
      {...props}
      data={chosen ? [{ value: props.value!, label: props.value! }, ...data] : data}
      searchable
      onSearchChange={onSearch}
      filter={({ options }) => options}
    />
  );
}
