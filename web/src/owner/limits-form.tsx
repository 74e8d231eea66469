/** Limits of service: where customers may go, and for one of them also how many tunnels and how fast. */
import { Group, NumberInput, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Action, useAction } from '../api/use-action.ts';
import { DialogForm } from '../components/dialog.tsx';
import { Panel } from '../components/panel.tsx';
import { Answer } from '../components/states.tsx';
import { useServerForm } from '../components/use-server-form.ts';
import { bytesText, parseBytes } from '../format/parse.ts';
import { useFormat } from '../format/use-format.ts';
import { changeLimits, FIGURES, type Limited, type Limits, readLimits } from './limits-api.ts';
import { useMay } from './may.ts';

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export function LimitsPanel({ of }: { of: Limited }) {
  const { t } = useTranslation();
  return (
    <Panel title={t(`owner.limits.of.${of.kind}`)} intro={t('owner.limits.intro')}>
      <LimitsForm of={of} />
    </Panel>
  );
}

export function LimitsForm({ of }: { of: Limited }) {
  const queryKey = ['admin', 'limits', of];
  const query = useQuery({ queryKey, queryFn: () => readLimits(of) });
  const action = useAction({
    run: (body: Limits, key) => changeLimits(of, body, key),
    changes: [queryKey],
  });
  return (
    <Answer query={query}>
      {(limits) => <Fields key={JSON.stringify(limits)} of={of} limits={limits} action={action} />}
    </Answer>
  );
}

interface FieldsProps {
  of: Limited;
  limits: Limits;
  action: Action<Limits, unknown>;
}

function Fields({ of, limits, action }: FieldsProps) {
  const { t } = useTranslation();
  const { decimal } = useFormat();
  const may = useMay();
  // What holds for everybody is the owner's to say.
  const mayChange = of.kind === 'everybody' ? may.giveAccess : may.change;
  const { maxTunnels, tunnelsPerSecond, bytesPerSecond } = limits;
  const { form, onSubmit, problem } = useServerForm(
    {
      initialValues: {
        maxTunnels: (maxTunnels ?? '') as number | string,
        tunnelsPerSecond: (tunnelsPerSecond ?? '') as number | string,
        bytesPerSecond: bytesPerSecond == null ? '' : bytesText(bytesPerSecond, decimal),
        allow: limits.allow.join('\n'),
        deny: limits.deny.join('\n'),
      },
      validate: {
        bytesPerSecond: (text) =>
          text.trim() === '' || parseBytes(text, decimal, 'MB') !== undefined
            ? null
            : t('form.bytesExpected'),
      },
    },
    action,
    (values): Limits => {
      const wanted = {
        maxTunnels: values.maxTunnels === '' ? null : Number(values.maxTunnels),
        tunnelsPerSecond: values.tunnelsPerSecond === '' ? null : Number(values.tunnelsPerSecond),
        bytesPerSecond: parseBytes(values.bytesPerSecond, decimal, 'MB') ?? null,
      };
      return {
        ...Object.fromEntries(FIGURES.filter((name) => name in limits).map((name) => [name, wanted[name]])),
        allow: linesOf(values.allow),
        deny: linesOf(values.deny),
      };
    },
  );
  const shared = (name: keyof typeof form.values) => ({
    label: t(`owner.limits.${name}`),
    description: t(`owner.limits.${name}Hint`),
    readOnly: !mayChange,
    ...form.getInputProps(name),
  });
  const count = (name: 'maxTunnels' | 'tunnelsPerSecond') =>
    name in limits && <NumberInput min={1} allowDecimal={false} {...shared(name)} />;
  const list = (name: 'allow' | 'deny') => (
    <Textarea
      autosize
      minRows={5}
      maxRows={16}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      {...shared(name)}
    />
  );
  const fields = (
    <>
      {FIGURES.some((name) => name in limits) && (
        <Group grow align="flex-start" preventGrowOverflow={false}>
          {count('maxTunnels')}
          {count('tunnelsPerSecond')}
          {'bytesPerSecond' in limits && <TextInput autoComplete="off" {...shared('bytesPerSecond')} />}
        </Group>
      )}
      <Group grow align="flex-start" preventGrowOverflow={false}>
        {list('allow')}
        {list('deny')}
      </Group>
      <Text size="sm" c="dimmed">
        {t('owner.limits.rules')}
      </Text>
    </>
  );
  if (!mayChange) return fields;
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      isDone={action.isDone}
      action={t('actions.save')}
    >
      {fields}
    </DialogForm>
  );
}
