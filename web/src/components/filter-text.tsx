import { TextInput } from '@mantine/core';

interface FilterTextProps {
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
}

/** Filters by a whole name, not a part: when the field is left or Enter is pressed. */
export function FilterText({ label, value = '', onChange }: FilterTextProps) {
  const apply = (text: string) => text.trim() !== value && onChange(text.trim());
  return (
    <TextInput
      // What is filtered by can change from elsewhere: the browser's way back.
      key={value}
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      w={150}
      autoComplete="off"
      onBlur={({ currentTarget }) => apply(currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && apply(event.currentTarget.value)}
    />
  );
}
