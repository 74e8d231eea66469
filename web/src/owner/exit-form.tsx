/** A new exit, or another setting of one. */
import {
  Checkbox,
  Group,
  NativeSelect,
  NumberInput,
  PasswordInput,
  SimpleGrid,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { admin, answerOf, once } from '../api/clients.ts';
import { useAction } from '../api/use-action.ts';
import { DialogForm } from '../components/dialog.tsx';
import { useServerForm } from '../components/use-server-form.ts';
import { EXITS_KEY, type Exit } from './exits.tsx';

const PRODUCTS = ['residential', 'mobile', 'subscription'] as const;
const KINDS = ['direct', 'http', 'socks5'] as const;
const PLACES = ['country', 'state', 'city', 'isp'] as const;
type TextField =
  | (typeof PLACES)[number]
  | 'host'
  | 'username'
  | 'usernameTemplate'
  | 'passwordTemplate'
  | 'checkTarget';
type Products = (typeof PRODUCTS)[number][];

interface Values {
  name: string;
  kind: Exit['kind'];
  products: Products;
  country: string;
  state: string;
  city: string;
  isp: string;
  weight: number | string;
  maxTunnels: number | string;
  sourceAddresses: string;
  host: string;
  port: number | string;
  username: string;
  password: string;
  usernameTemplate: string;
  passwordTemplate: string;
  resolve: 'local' | 'remote' | 'address';
  checkTarget: string;
}

const textOf = (value: string): string | null => value.trim() || null;
const numberOf = (value: number | string): number | null => (value === '' ? null : Number(value));

/** What the API takes: only what belongs to the kind, and of a password only a new one. */
function toWire(values: Values) {
  const common = {
    name: values.name.trim(),
    products: values.products,
    country: textOf(values.country),
    state: textOf(values.state),
    city: textOf(values.city),
    isp: textOf(values.isp),
    weight: numberOf(values.weight),
    maxTunnels: numberOf(values.maxTunnels),
    checkTarget: textOf(values.checkTarget),
  };
  if (values.kind === 'direct') {
    return { ...common, sourceAddresses: values.sourceAddresses.split(/[\s,]+/).filter(Boolean) };
  }
  return {
    ...common,
    host: textOf(values.host),
    port: numberOf(values.port),
    username: textOf(values.username),
    ...(values.password !== '' && { password: values.password }),
    usernameTemplate: textOf(values.usernameTemplate),
    passwordTemplate: textOf(values.passwordTemplate),
    resolve: values.resolve,
  };
}

export function ExitForm({ exit, onClose }: { exit?: Exit; onClose: () => void }) {
  const { t } = useTranslation();
  const action = useAction({
    run: (values: Values, key) => {
      const body = toWire(values);
      const header = once(key);
      return answerOf(
        exit
          ? admin.PATCH('/exits/{name}', { params: { path: { name: exit.name }, header }, body })
          : admin.POST('/exits', { params: { header }, body: { ...body, kind: values.kind } }),
      );
    },
    changes: [EXITS_KEY],
    onDone: onClose,
  });
  const { form, onSubmit, problem } = useServerForm<Values, Values>(
    {
      initialValues: {
        name: exit?.name ?? '',
        kind: exit?.kind ?? 'http',
        products: exit?.products ?? [...PRODUCTS],
        country: exit?.country ?? '',
        state: exit?.state ?? '',
        city: exit?.city ?? '',
        isp: exit?.isp ?? '',
        weight: exit?.weight ?? 1,
        maxTunnels: exit?.maxTunnels ?? '',
        sourceAddresses: exit?.sourceAddresses.join('\n') ?? '',
        host: exit?.host ?? '',
        port: exit?.port ?? '',
        username: exit?.username ?? '',
        password: '',
        usernameTemplate: exit?.usernameTemplate ?? '',
        passwordTemplate: exit?.passwordTemplate ?? '',
        resolve: exit?.resolve ?? 'local',
        checkTarget: exit?.checkTarget ?? '',
      },
    },
    action,
    (values) => values,
  );
  const isDirect = form.values.kind === 'direct';
  const text = (name: TextField, description?: string) => (
    <TextInput
      label={t(`owner.exits.${name}`)}
      description={description}
      autoComplete="off"
      {...form.getInputProps(name)}
    />
  );
  return (
    <DialogForm
      onSubmit={onSubmit}
      problem={problem}
      isRunning={action.isRunning}
      action={t(exit ? 'actions.save' : 'actions.create')}
      onCancel={onClose}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={t('owner.gateways.name')}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <NativeSelect
          label={t('owner.exits.kind')}
          disabled={exit !== undefined}
          data={KINDS.map((value) => ({ value, label: t(`owner.exits.kinds.${value}`) }))}
          {...form.getInputProps('kind')}
        />
      </SimpleGrid>
      {isDirect ? (
        <Textarea
          label={t('owner.exits.sourceAddresses')}
          description={t('owner.exits.sourceAddressesHint')}
          autosize
          minRows={2}
          spellCheck={false}
          {...form.getInputProps('sourceAddresses')}
        />
      ) : (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {text('host')}
          <NumberInput
            label={t('owner.exits.port')}
            min={1}
            max={65_535}
            allowDecimal={false}
            hideControls
            {...form.getInputProps('port')}
          />
          {text('username')}
          <PasswordInput
            label={t('signIn.password')}
            description={exit?.hasPassword ? t('owner.exits.passwordKept') : undefined}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          {text('usernameTemplate', t('owner.exits.templateHint'))}
          {text('passwordTemplate', t('owner.exits.templateHint'))}
          <NativeSelect
            label={t('owner.exits.resolve')}
            description={t('owner.exits.resolveHint')}
            data={(['local', 'remote', 'address'] as const).map((value) => ({
              value,
              label: t(`owner.exits.resolves.${value}`),
            }))}
            {...form.getInputProps('resolve')}
          />
        </SimpleGrid>
      )}
      <Checkbox.Group label={t('owner.exits.products')} {...form.getInputProps('products')}>
        <Group mt={6}>
          {PRODUCTS.map((value) => (
            <Checkbox key={value} value={value} label={t(`owner.exits.product.${value}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        {PLACES.map((name) => (
          <div key={name}>{text(name)}</div>
        ))}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput
          label={t('owner.exits.weight')}
          description={t('owner.exits.weightHint')}
          min={1}
          max={1000}
          allowDecimal={false}
          {...form.getInputProps('weight')}
        />
        <NumberInput
          label={t('owner.exits.maxTunnels')}
          description={t('owner.exits.maxTunnelsHint')}
          min={1}
          allowDecimal={false}
          {...form.getInputProps('maxTunnels')}
        />
        {text('checkTarget', t('owner.exits.checkTargetHint'))}
      </SimpleGrid>
    </DialogForm>
  );
}
