/** Gives a subuser bandwidth from the pool, or takes some back. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { account, answerOf, once } from '../../api/clients.ts';
import { useAction } from '../../api/use-action.ts';
import { BytesInput } from '../../components/amount-input.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import type { Product } from '../../components/product.ts';
import { useFormat } from '../../format/use-format.ts';

export interface Move {
  way: 'allocate' | 'take-back';
  product: Product;
}

interface MoveBytesProps {
  /** Undefined: the dialog is closed. */
  move: Move | undefined;
  id: string;
  username: string;
  remainingBytes: (product: Product) => number;
  onClose: () => void;
}

export function MoveBytes({ move, id, username, remainingBytes, onClose }: MoveBytesProps) {
  const { t } = useTranslation();
  const product = move && t(`assets.${move.product}`);
  return (
    <Dialog
      opened={move !== undefined}
      onClose={onClose}
      title={
        move &&
        t(move.way === 'allocate' ? 'reseller.subusers.allocateTitle' : 'reseller.subusers.takeBackTitle', {
          product,
          name: username,
        })
      }
    >
      {move && <MoveForm move={move} id={id} remaining={remainingBytes(move.product)} onClose={onClose} />}
    </Dialog>
  );
}

function MoveForm({
  move: { way, product },
  id,
  remaining,
  onClose,
}: {
  move: Move;
  id: string;
  remaining: number;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [bytes, setBytes] = useState<number>();
  const pool = useQuery({
    queryKey: ['account', 'overview'],
    queryFn: () => answerOf(account.GET('/overview')),
    enabled: way === 'allocate',
  }).data?.pools.find((entry) => entry.product === product);
  const action = useAction({
    run: (amount: number, key) =>
      answerOf(
        account.POST(way === 'allocate' ? '/subusers/{id}/allocate' : '/subusers/{id}/take-back', {
          params: { path: { id }, header: once(key) },
          body: { product, bytes: amount },
        }),
      ),
    changes: [['account']],
    onDone: onClose,
  });
  const available = way === 'allocate' ? pool?.pooledBytes : remaining;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (bytes) action.start(bytes);
      }}
    >
      <Stack>
        {available !== undefined && (
          <Text size="sm" c="dimmed">
            {t(way === 'allocate' ? 'reseller.subusers.inPool' : 'reseller.subusers.hasLeft', {
              amount: format.bytes(available),
            })}
          </Text>
        )}
        <BytesInput
          label={t('reseller.subusers.amount')}
          onChange={setBytes}
          error={action.error?.fieldErrors.find(({ field }) => field === 'bytes')?.expected}
          data-autofocus
        />
        <ProblemAlert error={action.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('actions.cancel')}
          </Button>
          <Button type="submit" disabled={!bytes} loading={action.isRunning}>
            {t(way === 'allocate' ? 'reseller.subusers.allocate' : 'reseller.subusers.takeBack')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
