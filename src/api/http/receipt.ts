/** How the reference describes receipts of the credit log: the same wherever one is answered. */
import { Type } from 'typebox';
import type { Receipt } from '../../core/credits/log/receipt.ts';

export const HashSchema = Type.String({
  pattern: '^[A-Za-z0-9+/]{43}=$',
  description: 'SHA-256 in base64',
});

/** Of a query's text. */
export const LEAVES_PATTERN = '^(0|[1-9]\\d{0,14})$';

export const RECEIPT_FIELDS = {
  leaf_index: Type.Integer({ minimum: 0, description: 'The event’s place in the log, from 0' }),
  leaf: Type.String({ description: 'The bytes that were hashed: canonical JSON' }),
  leaf_hash: HashSchema,
  inclusion_proof: Type.Array(HashSchema, { description: 'From the leaf to the root' }),
};

export const CheckpointSchema = Type.String({
  pattern: '^[^\\n]+\\n\\d+\\n[A-Za-z0-9+/]{43}=\\n\\n(— [^\\n]+\\n)+$',
  description: 'A signed note (C2SP tlog-checkpoint)',
});

export const ReceiptSchema = Type.Unsafe<Receipt>(
  Type.Object(
    { ...RECEIPT_FIELDS, checkpoint: CheckpointSchema },
    { additionalProperties: false, title: 'Receipt' },
  ),
);

export const CHECKPOINT_EXAMPLE =
  'headgate/credit-log/example\n1\nqAcPvzp6WEX7wgYdtKi/+vcwPnnDQrDhhLsGuVwrFJA=\n\n— headgate/credit-log/example 07MNh8qjB+ohPSJj+EqeSi/NQJ1K9Uk897Bxpi7guxD4clyOiqvlhRoHfqdB7nm8lmb01ra5rbNTVpctYLCQ0IU93gk=\n';

export const RECEIPT_EXAMPLE: Receipt = {
  leaf_index: 0,
  leaf: '{"account":"acc_4kq7m2ws9xbd3h6n","amount_cents":"2500","at_ms":1771597320250,"event":"ev_7kq2m4ws9xbd3h6n","external_ref":"txn_abc123","format":"headgate-credit-event/1","key":"key_7mq2k4ws9xbd3h6n","kind":"topup","meta":{"downstream_user":"customer@example.com"},"salt":"000102030405060708090a0b0c0d0e0f"}',
  leaf_hash: 'qAcPvzp6WEX7wgYdtKi/+vcwPnnDQrDhhLsGuVwrFJA=',
  inclusion_proof: [],
  checkpoint: CHECKPOINT_EXAMPLE,
};
