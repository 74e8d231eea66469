/** Inputs for bytes and money: text as people write it, whole numbers as the APIs take them. */
import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseBytes, parseMoney } from '../format/parse.ts';
import { useFormat } from '../format/use-format.ts';

interface AmountInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  /** Undefined while what is written is no amount. */
  onChange: (value: number | undefined) => void;
  /** What is written at first. */
  initialText?: string;
}

/** `onChange` gets whole bytes. What was understood is said below, to the byte. */
export function BytesInput({ onChange, initialText = '', description, ...props }: AmountInputProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [text, setText] = useState(initialText);
  const bytes = parseBytes(text, format.decimal);
  const wrong = text.trim() !== '' && bytes === undefined;
  return (
    <TextInput
      {...props}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        onChange(parseBytes(value, format.decimal));
      }}
      description={
        description ?? (bytes === undefined ? t('form.bytesHint') : `= ${format.bytesExactly(bytes)}`)
      }
      error={props.error ?? (wrong ? t('form.bytesExpected') : undefined)}
      autoComplete="off"
    />
  );
}

/** `onChange` gets whole US cents. */
export function MoneyInput({ onChange, initialText = '', ...props }: AmountInputProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [text, setText] = useState(initialText);
  const wrong = text.trim() !== '' && parseMoney(text, format.decimal) === undefined;
  return (
    <TextInput
      leftSection="$"
      inputMode="decimal"
      {...props}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        onChange(parseMoney(value, format.decimal));
      }}
      error={props.error ?? (wrong ? t('form.moneyExpected') : undefined)}
      autoComplete="off"
    />
  );
}
