-- A batch of transfers in one call: the balances move, the transfers are written, or all of it is refused (SQLSTATE HG001) and the
-- caller looks at each by itself. Who calls has added up what each account gains and loses, and says for each transfer how far
-- the two balances still move after it, so that nothing has to be decided row by row here.
--
-- account_ids rise, each account once: locks are taken in that order everywhere. nets sum to zero. An account that is no source must be
-- left with lows at least: the most that is still to come back to it after the transfer that leaves it with least. debits and credits
-- are positions in account_ids, firsts the position of the first transfer of the same group.
CREATE FUNCTION ledger_move(
  account_ids bigint[], nets bigint[], lows bigint[],
  debits bigint[], credits bigint[], debit_rests bigint[], credit_rests bigint[], amounts bigint[], firsts bigint[],
  reasons text[], causes text[], moved_at timestamptz,
  OUT ids bigint[], OUT balances bigint[]
) LANGUAGE plpgsql
-- A few rows are found by their keys. Of a table that is small, or was when it was last analysed, the planner would rather read
-- everything, in no order.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  is_fine boolean;
BEGIN
  WITH moved AS (
    UPDATE ledger_account a SET balance = a.balance + item.net
      FROM unnest(account_ids, nets, lows) AS item (id, net, low) WHERE a.id = item.id
      RETURNING a.id, a.asset, a.balance,
        (a.is_source OR a.balance >= item.low) AND NOT a.closed
          -- Room is left for what is on its way between two transfers of one batch.
          AND a.balance BETWEEN -8000000000000000000 AND 8000000000000000000 AS is_fine)
  SELECT array_agg(moved.balance ORDER BY moved.id),
      bool_and(moved.is_fine) AND min(moved.asset) = max(moved.asset) AND count(*) = cardinality(account_ids)
    INTO balances, is_fine FROM moved;
  IF is_fine IS NOT TRUE THEN
    RAISE EXCEPTION 'ledger: not every transfer of this batch can be made' USING ERRCODE = 'HG001';
  END IF;
  -- Taken behind the locks: within one account, the order of ids is the order in which its balance moved.
  ids := ARRAY(SELECT nextval('ledger_transfer_id_seq') FROM generate_series(1, cardinality(amounts)));
  INSERT INTO ledger_transfer (id, group_id, debit_id, credit_id, amount, debit_balance, credit_balance, reason, cause, at)
    OVERRIDING SYSTEM VALUE
    SELECT ids[n], ids[first], account_ids[debit], account_ids[credit], amount, balances[debit] - debit_rest,
        balances[credit] - credit_rest, reason, cause, moved_at
      FROM unnest(debits, credits, debit_rests, credit_rests, amounts, firsts, reasons, causes) WITH ORDINALITY
        AS item (debit, credit, debit_rest, credit_rest, amount, first, reason, cause, n);
END $$;
