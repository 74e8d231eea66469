/** Forms whose fields show what the server says of them. */
import { type UseFormInput, type UseFormReturnType, useForm } from '@mantine/form';
import { type FormEvent, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../api/problem.ts';
import type { Action } from '../api/use-action.ts';

export interface ServerForm<Values extends object> {
  form: UseFormReturnType<Values>;
  /** For `<form onSubmit>`. */
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void;
  /** What was refused for a reason that is no field's of this form. */
  problem: ApiError | null;
}

/**
 * A form that performs `action` with `toInput(values)`. Refusals of single fields are shown at them: a field is found by its name, or by
 * what `fields` says of the server's name for it.
 */
export function useServerForm<Values extends object, Input>(
  options: UseFormInput<Values>,
  action: Action<Input, unknown>,
  toInput: (values: Values) => Input,
  fields: Partial<Record<string, keyof Values & string>> = {},
): ServerForm<Values> {
  const { t } = useTranslation();
  const form = useForm<Values>(options);
  const nameOf = (field: string) => fields[field] ?? field;
  const { error } = action;
  const known = error?.fieldErrors.filter(({ field }) => nameOf(field) in form.values) ?? [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each refusal
  useEffect(() => {
    for (const { field, expected } of known) {
      // What the APIs say of a field that was not sent completes "must be …": alone it says nothing.
      form.setFieldError(nameOf(field), expected === 'there' ? t('form.missing') : expected);
    }
  }, [error]);
  return {
    form,
    onSubmit: form.onSubmit((values) => action.start(toInput(values))),
    problem: known.length > 0 && known.length === error?.fieldErrors.length ? null : error,
  };
}
