-- Sign-ups, money that is given (grants, vouchers), credit events; customers without an email address, and names without
-- their store code at the gateway.

ALTER TABLE account
  -- The key whose holder signed this account up; null for one the provider made.
  ADD COLUMN signed_up_via bigint REFERENCES api_key (id),
  -- A frozen account spends and redeems nothing. It can still be given money.
  ADD COLUMN credits_frozen boolean NOT NULL DEFAULT false;

ALTER TABLE subuser
  -- Not every way of making a subuser asks for one.
  ALTER COLUMN email DROP NOT NULL,
  -- HMAC, under a key derived from the master key, of the name without its store code and the password: by it the gateway
  -- lets a customer in who knows only that name. Null until a password is set by a program that knows of this column.
  ADD COLUMN short_login_digest bytea;
CREATE INDEX subuser_short_login ON subuser (short_login_digest) WHERE deleted_at IS NULL;

INSERT INTO ledger_account (asset, kind, is_source, created_at) VALUES
  -- What the provider charges in kind.
  ('residential', 'fees', false, now()),
  ('mobile', 'fees', false, now()),
  -- Money given without having been received: grants and vouchers.
  ('usd', 'granted', true, now());

-- Every account can hold money, not only a reseller's.
DO $$
DECLARE
  v_account bigint;
  v_ledger bigint;
BEGIN
  FOR v_account IN
    SELECT id FROM account a
      WHERE NOT EXISTS (SELECT FROM account_holding h WHERE h.account_id = a.id AND h.asset = 'usd') ORDER BY id
  LOOP
    INSERT INTO ledger_account (parent_id, asset, kind, created_at)
      SELECT id, 'usd', 'balance', now() FROM ledger_account
        WHERE asset = 'usd' AND kind = 'received' AND parent_id IS NULL
      RETURNING id INTO v_ledger;
    INSERT INTO account_holding (account_id, asset, ledger_id) VALUES (v_account, 'usd', v_ledger);
  END LOOP;
END $$;

-- What resellers reported of their customers' payments. Append only, numbered without gaps: row n is leaf n of a log.
CREATE TABLE credit_event (
  seq bigint PRIMARY KEY CHECK (seq >= 0),
  public_id text NOT NULL UNIQUE,
  key_id bigint NOT NULL REFERENCES api_key (id),
  -- The first of the keys that were rotated into this one: a reference stays known through a rotation.
  key_lineage_id bigint NOT NULL REFERENCES api_key (id),
  account_id bigint NOT NULL REFERENCES account (id),
  kind text NOT NULL,
  amount_cents bigint NOT NULL,
  external_ref text NOT NULL,
  -- Canonical JSON (RFC 8785) as text: the same bytes whenever it is hashed.
  meta text,
  at timestamptz NOT NULL,
  UNIQUE (key_lineage_id, external_ref),
  CONSTRAINT credit_event_negative_is_refund CHECK (amount_cents >= 0 OR kind = 'refund')
);
CREATE INDEX credit_event_account ON credit_event (account_id, seq);

CREATE FUNCTION credit_event_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq <> coalesce((SELECT max(seq) + 1 FROM credit_event), 0) THEN
    RAISE EXCEPTION 'credit event % does not follow the last one', NEW.seq USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER credit_event_follows BEFORE INSERT ON credit_event
  FOR EACH ROW EXECUTE FUNCTION credit_event_follow();
CREATE TRIGGER credit_event_immutable BEFORE UPDATE OR DELETE ON credit_event
  FOR EACH ROW EXECUTE FUNCTION headgate_refuse_change();
CREATE TRIGGER credit_event_no_truncate BEFORE TRUNCATE ON credit_event
  FOR EACH STATEMENT EXECUTE FUNCTION headgate_refuse_change();

-- A reference that came again with another kind or amount: for review. Each version is kept once.
CREATE TABLE credit_event_mismatch (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_seq bigint NOT NULL REFERENCES credit_event (seq),
  key_id bigint NOT NULL REFERENCES api_key (id),
  kind text NOT NULL,
  amount_cents bigint NOT NULL,
  meta text,
  at timestamptz NOT NULL,
  UNIQUE (event_seq, kind, amount_cents)
);
CREATE TRIGGER credit_event_mismatch_immutable BEFORE UPDATE OR DELETE ON credit_event_mismatch
  FOR EACH ROW EXECUTE FUNCTION headgate_refuse_change();
CREATE TRIGGER credit_event_mismatch_no_truncate BEFORE TRUNCATE ON credit_event_mismatch
  FOR EACH STATEMENT EXECUTE FUNCTION headgate_refuse_change();

-- Codes worth money. A code itself is nowhere: whoever reads this table cannot redeem one.
CREATE TABLE voucher (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  -- HMAC of the code under a key derived from the master key.
  code_digest bytea NOT NULL UNIQUE,
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  max_uses int NOT NULL CHECK (max_uses > 0),
  uses int NOT NULL DEFAULT 0,
  expires_at timestamptz,
  created_at timestamptz NOT NULL,
  CONSTRAINT voucher_uses_bounded CHECK (uses BETWEEN 0 AND max_uses)
);

CREATE TABLE voucher_redemption (
  voucher_id bigint NOT NULL REFERENCES voucher (id),
  account_id bigint NOT NULL REFERENCES account (id),
  -- In the ledger, whose transfers are never removed.
  transfer_id bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (voucher_id, account_id)
);
