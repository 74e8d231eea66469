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
-- Groups of more than one: where the others of a group are found from its first.
CREATE INDEX ledger_transfer_group ON ledger_transfer (group_id) WHERE id <> group_id;
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
-- AFTER, because a BEFORE trigger would lock and read every row once more on the way of every transfer. A transfer names
-- only the balance, and is not looked at here; the balance of a closed account is held at zero above.
CREATE TRIGGER ledger_account_identity AFTER UPDATE OF id, parent_id, asset, kind, is_source, closed, created_at
  ON ledger_account FOR EACH ROW
  WHEN (OLD.id <> NEW.id OR OLD.asset <> NEW.asset OR OLD.kind <> NEW.kind OR OLD.is_source <> NEW.is_source
    OR OLD.parent_id IS DISTINCT FROM NEW.parent_id OR OLD.created_at <> NEW.created_at OR (OLD.closed AND NOT NEW.closed))
  EXECUTE FUNCTION ledger_account_keep_identity();

-- No statement makes or destroys value: over the rows it changes, the balances of an asset move by zero in sum.
CREATE FUNCTION ledger_account_conserve() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT asset, balance FROM after_change UNION ALL SELECT asset, -balance FROM before_change) AS change
      GROUP BY asset HAVING sum(balance) <> 0
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

-- The provider is the root: what it issues and what it has received come from here.
INSERT INTO ledger_account (asset, kind, is_source, created_at) VALUES
  ('residential', 'issued', true, now()),
  ('mobile', 'issued', true, now()),
  ('usd', 'received', true, now()),
  ('usd', 'revenue', false, now()),
  ('usd', 'tax', false, now());
