/** What a new subuser needs besides its row: ledger accounts for every product, and its place in lists. */
import { arrayOf } from '../../db/array.ts';
import type { Tx } from '../../db/client.ts';
import { PRODUCTS, type Product } from '../../shared/products.ts';
import { holdingOf } from '../accounts/accounts.ts';
import type { CommandStep } from '../command.ts';
import { openLedgerAccounts } from '../ledger/ledger.ts';

/** Where a subuser's first bytes of a product come from, and where they go. */
export type FirstAccounts = Record<Product, { pool: bigint; balance: bigint }>;

const KINDS = ['balance', 'leased', 'consumed'] as const;

/** Opens the accounts of new subusers under their reseller's pools. Answers them in the order of the subusers. */
export async function openBandwidth(
  tx: Tx,
  accountId: bigint,
  subuserIds: readonly bigint[],
  now: Date,
): Promise<FirstAccounts[]> {
  if (subuserIds.length === 0) return [];
  const pools: bigint[] = [];
  for (const product of PRODUCTS) pools.push(await holdingOf(tx, accountId, product));
  const rows = subuserIds.flatMap((subuserId) =>
    PRODUCTS.map((product, index) => ({ subuserId, product, pool: pools[index]! })),
  );
  const ids = await openLedgerAccounts(
    tx,
    rows.flatMap(({ pool, product }) => KINDS.map((kind) => ({ parent: pool, asset: product, kind }))),
    now,
  );
  const idOf = (row: number, kind: number) => ids[row * KINDS.length + kind]!;
  const column = (kind: number) => arrayOf(rows.map((_row, index) => idOf(index, kind)));
  const owners = arrayOf(rows.map((row) => row.subuserId));
  const products = arrayOf(rows.map((row) => row.product));
  await tx`
    INSERT INTO subuser_bandwidth (subuser_id, product, pool_id, balance_id, leased_id, consumed_id)
      SELECT item.* FROM unnest(${owners}::bigint[], ${products}::text[], ${arrayOf(rows.map((row) => row.pool))}::bigint[],
        ${column(0)}::bigint[], ${column(1)}::bigint[], ${column(2)}::bigint[]) AS item`;
  await tx`
    INSERT INTO subuser_standing (subuser_id, product, account_id, used_bytes, remaining_bytes)
      SELECT item.subuser_id, item.product, ${accountId}, 0, 0
        FROM unnest(${owners}::bigint[], ${products}::text[]) AS item (subuser_id, product)`;
  return subuserIds.map((_id, index) => {
    const accountsOf = (product: number) => ({
      pool: pools[product]!,
      balance: idOf(index * PRODUCTS.length + product, 0),
    });
    return { residential: accountsOf(0), mobile: accountsOf(1) };
  });
}

/** Notes a new subuser and tells of it, whichever way it was made. */
export function announceMade(
  { audit, tell }: CommandStep,
  accountId: bigint,
  made: { id: string; username: string; email: string | null; bytes: Record<Product, bigint> },
  feeBytes = 0n,
): void {
  const { id, username, email, bytes } = made;
  audit(`subuser:${id}`, { feeBytes, before: null, after: { username, email, bytes } });
  const data = { subuser: { id, username, email }, allocatedBytes: bytes };
  tell({ type: 'subuser.created', accountId, data });
}
