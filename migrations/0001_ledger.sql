-- The ledger: accounts of one asset each, and transfers between them. It knows nothing of resellers or HTTP.
-- What must never happen is refused here, by the database, whoever asks.

CREATE TABLE ledger_account (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parent_id bigint REFERENCES ledger_account (id),
  asset text NOT NULL,
  kind text NOT NULL,
  -- True only for the accounts value comes from (issued, received): they run negative by what they have given.
  is_source boolean NOT NULL DEFAULT false,
  balance bigint NOT NULL DEFAULT 0,
  -- A closed account takes no transfer, ever again.
  closed boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL,
  CONSTRAINT ledger_account_not_overdrawn CHECK (is_source OR balance >= 0),
  CONSTRAINT ledger_account_closed_empty CHECK (NOT closed OR balance = 0)
) WITH (fillfactor = 70);
CREATE INDEX ledger_account_parent ON ledger_account (parent_id);
-- The provider's own accounts have no parent, and there is one of each.
CREATE UNIQUE INDEX ledger_account_root ON ledger_account (asset, kind) WHERE parent_id IS NULL;

-- One row holds both legs and both balances right after: a statement needs no second table, and an order by id
-- within one account is the order in which its balance moved.
CREATE TABLE ledger_transfer (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The id of the first transfer of its group. A group was committed whole.
  group_id bigint NOT NULL,
  debit_id bigint NOT NULL,
  credit_id bigint NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  debit_balance bigint NOT NULL,
  credit_balance bigint NOT NULL,
  reason text NOT NULL,
  cause text NOT NULL,
  idempotency_key text,
  at timestamptz NOT NULL,
  CONSTRAINT ledger_transfer_two_accounts CHECK (debit_id <> credit_id)
);
CREATE INDEX ledger_transfer_debit ON ledger_transfer (debit_id, id);
CREATE INDEX ledger_transfer_credit ON ledger_transfer (credit_id, id);
CREATE UNIQUE INDEX ledger_transfer_idempotency ON ledger_transfer (idempotency_key) WHERE idempotency_key IS NOT NULL;

CREATE FUNCTION headgate_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: its rows are a record', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER ledger_transfer_immutable BEFORE UPDATE OR DELETE ON ledger_transfer
  FOR EACH ROW EXECUTE FUNCTION headgate_refuse_change();
CREATE TRIGGER ledger_transfer_no_truncate BEFORE TRUNCATE ON ledger_transfer
  FOR EACH STATEMENT EXECUTE FUNCTION headgate_refuse_change();
CREATE TRIGGER ledger_account_no_delete BEFORE DELETE ON ledger_account
  FOR EACH ROW EXECUTE FUNCTION headgate_refuse_change();
CREATE TRIGGER ledger_account_no_truncate BEFORE TRUNCATE ON ledger_account
  FOR EACH STATEMENT EXECUTE FUNCTION headgate_refuse_change();

-- An account is what it was opened as; only its balance moves, and closing is final.
CREATE FUNCTION ledger_account_keep_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger account %: only balance and closed may change, and a closed account stays closed', OLD.id
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_account_identity BEFORE UPDATE ON ledger_account FOR EACH ROW
  WHEN (OLD.id <> NEW.id OR OLD.asset <> NEW.asset OR OLD.kind <> NEW.kind OR OLD.is_source <> NEW.is_source
    OR OLD.parent_id IS DISTINCT FROM NEW.parent_id OR OLD.created_at <> NEW.created_at
    OR (OLD.closed AND (NOT NEW.closed OR OLD.balance <> NEW.balance)))
  EXECUTE FUNCTION ledger_account_keep_identity();

-- No statement makes or destroys value: over the rows it changes, the balances of an asset move by zero in sum.
CREATE FUNCTION ledger_account_conserve() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM before_change b JOIN after_change a USING (id) GROUP BY a.asset HAVING sum(a.balance - b.balance) <> 0
  ) THEN
    RAISE EXCEPTION 'ledger: a statement must move balances by zero in sum' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_account_conserves AFTER UPDATE ON ledger_account
  REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_account_conserve();

CREATE FUNCTION ledger_account_open_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: an account opens with nothing in it' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_account_opens_empty BEFORE INSERT ON ledger_account FOR EACH ROW
  WHEN (NEW.balance <> 0) EXECUTE FUNCTION ledger_account_open_empty();

-- One transfer, checked and made. Answers its id, or why not: -1 overdrawn, -2 no such account, -3 closed, -4 other asset,
-- -5 out of range. The caller holds the locks on both accounts.
CREATE FUNCTION ledger_post_one(
  p_group bigint, p_debit bigint, p_credit bigint, p_amount bigint, p_reason text, p_cause text, p_key text, p_at timestamptz
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  d ledger_account;
  c ledger_account;
  v_id bigint;
BEGIN
  SELECT * INTO d FROM ledger_account WHERE id = p_debit;
  SELECT * INTO c FROM ledger_account WHERE id = p_credit;
  IF d.id IS NULL OR c.id IS NULL THEN RETURN -2; END IF;
  IF d.closed OR c.closed THEN RETURN -3; END IF;
  IF d.asset <> c.asset THEN RETURN -4; END IF;
  IF NOT d.is_source AND d.balance < p_amount THEN RETURN -1; END IF;
  IF c.balance::numeric + p_amount > 9000000000000000000 OR d.balance::numeric - p_amount < -9000000000000000000 THEN
    RETURN -5;
  END IF;
  UPDATE ledger_account SET balance = balance + CASE WHEN id = p_debit THEN -p_amount ELSE p_amount END
    WHERE id IN (p_debit, p_credit);
  v_id := nextval('ledger_transfer_id_seq');
  INSERT INTO ledger_transfer (id, group_id, debit_id, credit_id, amount, debit_balance, credit_balance, reason, cause,
      idempotency_key, at) OVERRIDING SYSTEM VALUE
    VALUES (v_id, coalesce(p_group, v_id), p_debit, p_credit, p_amount, d.balance - p_amount, c.balance + p_amount,
      p_reason, p_cause, p_key, p_at);
  RETURN v_id;
END $$;

-- Many groups of transfers in one call. Items come in order; items of one group stand together and share `p_group`.
-- Each group is all or none; groups do not fail each other. A row per item comes back:
--   id > 0: made (or, where replayed, found made before under the same idempotency key); the balances right after it.
--   id < 0: refused, as in ledger_post_one; -6: another item of its group was; -7: the key was used for something else.
-- An idempotency key stands on the first item of its group, null on the others.
CREATE FUNCTION ledger_post(
  p_at timestamptz, p_group int[], p_debit bigint[], p_credit bigint[], p_amount bigint[], p_reason text[], p_cause text[],
  p_key text[]
) RETURNS TABLE (id bigint, replayed boolean, debit_balance bigint, credit_balance bigint) LANGUAGE plpgsql AS $$
DECLARE
  v_count int := cardinality(p_group);
  v_has_keys boolean := EXISTS (SELECT FROM unnest(p_key) k WHERE k IS NOT NULL);
  v_ids bigint[];
  v_replayed boolean[] := array_fill(false, ARRAY[v_count]);
  v_first int;
  v_last int;
  v_failed int;
  v_group_id bigint;
  v_found bigint[];
BEGIN
  -- Locks in one order everywhere, so that two batches cannot wait for each other: keys first, then accounts by id.
  IF v_has_keys THEN
    PERFORM pg_advisory_xact_lock(h) FROM (
      SELECT DISTINCT hashtextextended(k, 7101) AS h FROM unnest(p_key) k WHERE k IS NOT NULL ORDER BY h) ordered;
  END IF;
  PERFORM 1 FROM ledger_account a WHERE a.id = ANY (p_debit || p_credit) ORDER BY a.id FOR NO KEY UPDATE;

  -- The usual batch: every account can bear all its debits, no key is known. Then it is one statement.
  IF NOT (v_has_keys AND (
        EXISTS (SELECT FROM ledger_transfer t WHERE t.idempotency_key = ANY (p_key))
        OR (SELECT count(k) <> count(DISTINCT k) FROM unnest(p_key) k)))
    AND NOT EXISTS (
      SELECT FROM unnest(p_debit, p_credit) AS item (debit, credit)
        LEFT JOIN ledger_account d ON d.id = item.debit LEFT JOIN ledger_account c ON c.id = item.credit
        WHERE d.asset IS DISTINCT FROM c.asset OR d.id IS NULL OR d.closed OR c.closed)
    AND NOT EXISTS (
      SELECT FROM (
          SELECT leg.account, sum(leg.out) AS out, sum(leg.into) AS into FROM (
            SELECT item.debit AS account, item.amount AS out, 0 AS into FROM unnest(p_debit, p_amount) AS item (debit, amount)
            UNION ALL
            SELECT item.credit, 0, item.amount FROM unnest(p_credit, p_amount) AS item (credit, amount)) leg
          GROUP BY leg.account) total
        JOIN ledger_account a ON a.id = total.account
        WHERE (NOT a.is_source AND a.balance < total.out)
          OR a.balance + total.into > 9000000000000000000 OR a.balance - total.out < -9000000000000000000)
  THEN
    RETURN QUERY
      WITH item AS MATERIALIZED (
        SELECT nextval('ledger_transfer_id_seq') AS tid, u.* FROM
          unnest(p_group, p_debit, p_credit, p_amount, p_reason, p_cause, p_key) WITH ORDINALITY
            AS u (grp, debit, credit, amount, reason, cause, key, n) ORDER BY u.n),
      leg AS (
        SELECT item.n, 0 AS side, item.debit AS account, -item.amount AS moved FROM item
        UNION ALL SELECT item.n, 1, item.credit, item.amount FROM item),
      running AS MATERIALIZED (
        SELECT leg.n, leg.side,
            (a.balance + sum(leg.moved) OVER (PARTITION BY leg.account ORDER BY leg.n))::bigint AS balance
          FROM leg JOIN ledger_account a ON a.id = leg.account),
      moved AS (
        UPDATE ledger_account a SET balance = a.balance + s.moved
          FROM (SELECT leg.account, sum(leg.moved)::bigint AS moved FROM leg GROUP BY leg.account) s
          WHERE a.id = s.account RETURNING 1),
      made AS (
        INSERT INTO ledger_transfer AS t (id, group_id, debit_id, credit_id, amount, debit_balance, credit_balance, reason,
            cause, idempotency_key, at) OVERRIDING SYSTEM VALUE
          SELECT item.tid, min(item.tid) OVER (PARTITION BY item.grp), item.debit, item.credit, item.amount, d.balance,
              c.balance, item.reason, item.cause, item.key, p_at
            FROM item JOIN running d ON d.n = item.n AND d.side = 0 JOIN running c ON c.n = item.n AND c.side = 1
          RETURNING t.id, t.debit_balance, t.credit_balance)
      SELECT made.id, false, made.debit_balance, made.credit_balance FROM made ORDER BY made.id;
    RETURN;
  END IF;

  -- Otherwise group by group, in order.
  v_ids := array_fill(0::bigint, ARRAY[v_count]);
  v_first := 1;
  WHILE v_first <= v_count LOOP
    v_last := v_first;
    WHILE v_last < v_count AND p_group[v_last + 1] = p_group[v_first] LOOP v_last := v_last + 1; END LOOP;

    v_found := NULL;
    IF p_key[v_first] IS NOT NULL THEN
      SELECT array_agg(t.id ORDER BY t.id) INTO v_found FROM ledger_transfer t WHERE t.group_id = (
        SELECT k.group_id FROM ledger_transfer k WHERE k.idempotency_key = p_key[v_first]);
    END IF;
    IF v_found IS NOT NULL THEN
      IF (SELECT array_agg(ROW(t.debit_id, t.credit_id, t.amount, t.reason)::text ORDER BY t.id)
            FROM ledger_transfer t WHERE t.id = ANY (v_found))
        = (SELECT array_agg(ROW(p_debit[i], p_credit[i], p_amount[i], p_reason[i])::text ORDER BY i)
            FROM generate_series(v_first, v_last) i)
      THEN
        FOR i IN v_first..v_last LOOP
          v_ids[i] := v_found[i - v_first + 1];
          v_replayed[i] := true;
        END LOOP;
      ELSE
        FOR i IN v_first..v_last LOOP v_ids[i] := -7; END LOOP;
      END IF;
    ELSE
      v_failed := 0;
      v_group_id := NULL;
      BEGIN
        FOR i IN v_first..v_last LOOP
          v_ids[i] := ledger_post_one(v_group_id, p_debit[i], p_credit[i], p_amount[i], p_reason[i], p_cause[i], p_key[i], p_at);
          IF v_ids[i] < 0 THEN
            v_failed := i;
            EXIT WHEN i = v_first;
            -- Only a savepoint takes back the earlier items of the group.
            RAISE EXCEPTION 'headgate: group refused' USING ERRCODE = 'HG001';
          END IF;
          v_group_id := coalesce(v_group_id, v_ids[i]);
        END LOOP;
      EXCEPTION WHEN SQLSTATE 'HG001' THEN
        NULL;
      END;
      IF v_failed > 0 THEN
        FOR i IN v_first..v_last LOOP
          IF i <> v_failed THEN v_ids[i] := -6; END IF;
        END LOOP;
      END IF;
    END IF;
    v_first := v_last + 1;
  END LOOP;
  RETURN QUERY SELECT r.tid, r.again, t.debit_balance, t.credit_balance
    FROM unnest(v_ids, v_replayed) WITH ORDINALITY AS r (tid, again, n) LEFT JOIN ledger_transfer t ON t.id = r.tid ORDER BY r.n;
END $$;

-- The provider is the root: what it issues and what it has received come from here.
INSERT INTO ledger_account (asset, kind, is_source, created_at) VALUES
  ('residential', 'issued', true, now()),
  ('mobile', 'issued', true, now()),
  ('usd', 'received', true, now()),
  ('usd', 'revenue', false, now()),
  ('usd', 'tax', false, now());
