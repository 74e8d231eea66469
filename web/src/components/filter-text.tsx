import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

interface FilterTextProps {
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
}

/** Filters by a whole name, not a part: when the field is left or Enter is pressed. */
export function FilterText({ label, value = '', onChange }: FilterTextProps) {
  const [text, setText] = useState(value);
  // What is filtered by can change from elsewhere: the browser's way back.
  useEffect(() => setText(value), [value]);
  const apply = () => text.trim() !== value && onChange(text.trim());
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      w={150}
      autoComplete="off"
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
    />
  );
}
