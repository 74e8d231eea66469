-- Who there is, what they may do, what they hold, what they used, and what was done.

-- One row: what this installation is.
CREATE TABLE installation (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  -- A known text sealed with the master key: a wrong key is noticed at start, before anything is written with it.
  master_key_check bytea NOT NULL,
  created_at timestamptz NOT NULL,
  -- When the first start had shown its secrets. Until then a start begins them anew: nobody has seen them.
  welcomed_at timestamptz
);

-- A party with an email address: the provider's owner, a reseller, or a plain customer.
CREATE TABLE account (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  email text NOT NULL,
  email_key text NOT NULL GENERATED ALWAYS AS (lower(email)) STORED UNIQUE,
  name text NOT NULL,
  is_owner boolean NOT NULL DEFAULT false,
  tier text NOT NULL CHECK (tier IN ('STANDARD', 'RESELLER')),
  store_code text,
  store_code_key text GENERATED ALWAYS AS (lower(store_code)) STORED UNIQUE,
  store_name text,
  password_hash text,
  created_at timestamptz NOT NULL,
  CONSTRAINT account_reseller_has_store CHECK ((tier = 'RESELLER') = (store_code IS NOT NULL AND store_name IS NOT NULL))
);

CREATE FUNCTION account_keep_store_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a store code is assigned once and cannot be changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER account_store_code_immutable BEFORE UPDATE ON account FOR EACH ROW
  WHEN (OLD.store_code IS NOT NULL AND NEW.store_code IS DISTINCT FROM OLD.store_code)
  EXECUTE FUNCTION account_keep_store_code();

-- Which ledger account holds an account's stock of an asset (a reseller's pool of bytes, its money).
CREATE TABLE account_holding (
  account_id bigint NOT NULL REFERENCES account (id),
  asset text NOT NULL,
  ledger_id bigint NOT NULL UNIQUE REFERENCES ledger_account (id),
  PRIMARY KEY (account_id, asset)
);

CREATE TABLE api_key (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  account_id bigint NOT NULL REFERENCES account (id),
  name text NOT NULL,
  -- 'token': made by signing in to the user API; a new one replaces the last.
  purpose text NOT NULL CHECK (purpose IN ('key', 'token')),
  -- The first characters of the secret, to recognise it by.
  hint text NOT NULL,
  -- SHA-256 of the secret. The secret has 256 random bits, so a slow hash would add nothing.
  secret_hash bytea NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  rotated_from bigint REFERENCES api_key (id),
  last_used_at timestamptz,
  last_used_from inet
);
CREATE INDEX api_key_account ON api_key (account_id);

CREATE TABLE subuser (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  account_id bigint NOT NULL REFERENCES account (id),
  username text NOT NULL,
  username_key text NOT NULL GENERATED ALWAYS AS (lower(username)) STORED,
  email text NOT NULL,
  -- AES-256-GCM under the master key: two dialects have to give it back.
  password_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL,
  deleted_at timestamptz
);
-- A username is taken while a subuser has it, over the whole installation; a deleted one gives it free.
CREATE UNIQUE INDEX subuser_username ON subuser (username_key) WHERE deleted_at IS NULL;
CREATE INDEX subuser_account ON subuser (account_id, id) WHERE deleted_at IS NULL;

CREATE TABLE subuser_bandwidth (
  subuser_id bigint NOT NULL REFERENCES subuser (id),
  product text NOT NULL CHECK (product IN ('residential', 'mobile')),
  pool_id bigint NOT NULL REFERENCES ledger_account (id),
  balance_id bigint NOT NULL UNIQUE REFERENCES ledger_account (id),
  leased_id bigint NOT NULL UNIQUE REFERENCES ledger_account (id),
  consumed_id bigint NOT NULL UNIQUE REFERENCES ledger_account (id),
  PRIMARY KEY (subuser_id, product)
);

CREATE TABLE subuser_whitelist (
  subuser_id bigint NOT NULL REFERENCES subuser (id),
  network cidr NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (subuser_id, network)
);
CREATE INDEX subuser_whitelist_network ON subuser_whitelist USING gist (network inet_ops);

-- A gateway process, from its start to its end. Its leases live as long as its heartbeat.
CREATE TABLE gateway_session (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  opened_at timestamptz NOT NULL,
  heartbeat_at timestamptz NOT NULL,
  closed_at timestamptz
) WITH (fillfactor = 50);
CREATE INDEX gateway_session_open ON gateway_session (heartbeat_at) WHERE closed_at IS NULL;

-- Bytes of one subuser's one product held by one gateway session. Counters only grow.
--   leased (ledger) = sum over open leases of granted - settled
CREATE TABLE lease (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  session_id bigint NOT NULL REFERENCES gateway_session (id),
  subuser_id bigint NOT NULL,
  product text NOT NULL,
  granted_bytes bigint NOT NULL,
  reported_up_bytes bigint NOT NULL DEFAULT 0,
  reported_down_bytes bigint NOT NULL DEFAULT 0,
  -- What has been moved from leased to consumed in the ledger.
  settled_bytes bigint NOT NULL DEFAULT 0,
  settled_at timestamptz NOT NULL,
  opened_at timestamptz NOT NULL,
  closed_at timestamptz,
  FOREIGN KEY (subuser_id, product) REFERENCES subuser_bandwidth (subuser_id, product),
  CONSTRAINT lease_within_grant CHECK (reported_up_bytes + reported_down_bytes <= granted_bytes),
  CONSTRAINT lease_settles_reported CHECK (settled_bytes <= reported_up_bytes + reported_down_bytes)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX lease_open ON lease (subuser_id, product, session_id) WHERE closed_at IS NULL;
CREATE INDEX lease_session ON lease (session_id) WHERE closed_at IS NULL;

-- What was used, by UTC minute, hour and day. `start` is the beginning of the period.
CREATE TABLE usage_series (
  subuser_id bigint NOT NULL,
  product text NOT NULL,
  resolution text NOT NULL CHECK (resolution IN ('minute', 'hour', 'day')),
  start timestamptz NOT NULL,
  up_bytes bigint NOT NULL,
  down_bytes bigint NOT NULL,
  PRIMARY KEY (subuser_id, product, resolution, start)
) WITH (fillfactor = 70);
CREATE INDEX usage_series_age ON usage_series (start) WHERE resolution = 'minute';

-- The figures an API shows. remaining = balance + leased - reported but not settled; used = consumed + reported but not settled.
CREATE VIEW subuser_figures AS
  SELECT b.subuser_id, b.product, balance.balance AS unleased_bytes,
      (balance.balance + leased.balance - coalesce(open.unsettled, 0))::bigint AS remaining_bytes,
      (consumed.balance + coalesce(open.unsettled, 0))::bigint AS used_bytes,
      (balance.balance + leased.balance + consumed.balance)::bigint AS allocated_bytes
    FROM subuser_bandwidth b
      JOIN ledger_account balance ON balance.id = b.balance_id
      JOIN ledger_account leased ON leased.id = b.leased_id
      JOIN ledger_account consumed ON consumed.id = b.consumed_id
      LEFT JOIN LATERAL (
        SELECT sum(l.reported_up_bytes + l.reported_down_bytes - l.settled_bytes) AS unsettled FROM lease l
          WHERE l.subuser_id = b.subuser_id AND l.product = b.product AND l.closed_at IS NULL) open ON true;

-- Answers given to calls that carried an idempotency key. Those that may hold a password are sealed with the master key.
CREATE TABLE idempotency (
  -- An account. Not a foreign key: the check would lock the account's row for every remembered answer.
  account_id bigint NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  outcome bytea NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, key)
);

-- Takes keys until the transaction ends. A row comes back for each that is not new: its record, or `locked` false where
-- somebody else is at work under it. Two statements in one call: the second has a snapshot of its own, taken after the locks,
-- and so sees what the last owner of a key committed.
CREATE FUNCTION idempotency_claim(p_accounts bigint[], p_keys text[])
  RETURNS TABLE (n int, locked boolean, request_hash bytea, outcome bytea) LANGUAGE plpgsql AS $$
DECLARE
  v_locked boolean[];
BEGIN
  SELECT array_agg(pg_try_advisory_xact_lock(hashtextextended(c.account_id || ':' || c.key, 7102)) ORDER BY c.n) INTO v_locked
    FROM unnest(p_accounts, p_keys) WITH ORDINALITY AS c (account_id, key, n);
  -- OFFSET 0 keeps each claim a look into the index, however the table has grown since it was last analysed.
  RETURN QUERY
    SELECT c.n::int, v_locked[c.n], r.request_hash, r.outcome
      FROM unnest(p_accounts, p_keys) WITH ORDINALITY AS c (account_id, key, n) LEFT JOIN LATERAL (
        SELECT i.request_hash, i.outcome FROM idempotency i
          WHERE i.account_id = c.account_id AND i.key = c.key OFFSET 0) r ON true
      WHERE r.outcome IS NOT NULL OR NOT v_locked[c.n];
END $$;

CREATE INDEX idempotency_age ON idempotency USING brin (created_at);

-- Who did what, on whom, through which door. Append only.
CREATE TABLE audit_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  -- key:…, person:…, command-line, system
  actor text NOT NULL,
  -- The account the actor acts for; null for the installation itself.
  account_id bigint,
  door text NOT NULL,
  address inet,
  action text NOT NULL,
  subject text NOT NULL,
  details jsonb NOT NULL
);
CREATE INDEX audit_entry_subject ON audit_entry (subject, id);
CREATE TRIGGER audit_entry_immutable BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION headgate_refuse_change();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION headgate_refuse_change();

-- Counters of calls in a window, shared by every process on this database. Lost in a crash, which only forgives.
CREATE UNLOGGED TABLE rate_window (
  bucket text PRIMARY KEY,
  ends_at timestamptz NOT NULL,
  calls int NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX rate_window_age ON rate_window (ends_at);
