-- People who sign in: the owner, the staff, and resellers' people. Programs have keys; people have sessions.

CREATE TABLE person (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  -- The provider's own account for the owner and the staff.
  account_id bigint NOT NULL REFERENCES account (id),
  email text NOT NULL,
  email_key text NOT NULL GENERATED ALWAYS AS (lower(email)) STORED UNIQUE,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'manager', 'viewer', 'reseller')),
  -- Argon2id; null until an invitation is taken up.
  password_hash text,
  -- The secret of the second factor under the master key. It counts from its confirmation on.
  totp_sealed bytea,
  totp_confirmed_at timestamptz,
  -- The last time step whose code was used: a code is good once.
  totp_last_step bigint,
  created_at timestamptz NOT NULL,
  disabled_at timestamptz,
  last_sign_in_at timestamptz,
  last_sign_in_from inet,
  CONSTRAINT person_confirms_a_secret CHECK (totp_confirmed_at IS NULL OR totp_sealed IS NOT NULL)
);
CREATE INDEX person_account ON person (account_id);

CREATE TABLE person_recovery_code (
  person_id bigint NOT NULL REFERENCES person (id),
  -- HMAC of the code under a key derived from the master key.
  digest bytea NOT NULL,
  PRIMARY KEY (person_id, digest)
);

CREATE TABLE person_session (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  person_id bigint NOT NULL REFERENCES person (id),
  -- SHA-256 of 256 random bits.
  token_hash bytea NOT NULL UNIQUE,
  -- Until the second factor is given, such a session is good for nothing else.
  second_factor_due boolean NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  address inet,
  user_agent text NOT NULL,
  ended_at timestamptz
);
CREATE INDEX person_session_person ON person_session (person_id) WHERE ended_at IS NULL;
CREATE INDEX person_session_age ON person_session (expires_at);

-- Links by which a person sets a password: the first one, or a new one.
CREATE TABLE person_invitation (
  token_hash bytea PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES person (id),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX person_invitation_person ON person_invitation (person_id);

-- Guesses of passwords and codes, by whose they are and where they come from. Kept over a crash, unlike other counters.
CREATE TABLE guess_lock (
  bucket text PRIMARY KEY,
  guesses int NOT NULL,
  guessed_at timestamptz NOT NULL,
  locked_until timestamptz
);
CREATE INDEX guess_lock_age ON guess_lock (guessed_at);

-- The owner and resellers sign in as people, to the user API too; only a customer's account has a password of its own.
INSERT INTO person (public_id, account_id, email, name, role, password_hash, created_at)
  SELECT 'prs_' || substr(md5(public_id || random()::text), 1, 16), id, email, name,
      CASE WHEN is_owner THEN 'owner' ELSE 'reseller' END, password_hash, created_at
    FROM account WHERE (is_owner OR tier = 'RESELLER') AND password_hash IS NOT NULL ORDER BY id;
UPDATE account SET password_hash = NULL WHERE is_owner OR tier = 'RESELLER';
ALTER TABLE account ADD CONSTRAINT account_password_is_a_customers
  CHECK (password_hash IS NULL OR (NOT is_owner AND tier = 'STANDARD'));
