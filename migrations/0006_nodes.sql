-- Machines that run gateways and reach the core over HTTPS.
CREATE TABLE node (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  name text NOT NULL,
  name_key text NOT NULL GENERATED ALWAYS AS (lower(name)) STORED,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  last_used_from inet
);
-- A name is taken while a node that is not revoked has it.
CREATE UNIQUE INDEX node_name ON node (name_key) WHERE revoked_at IS NULL;

-- A node has more than one token while one takes the place of another.
CREATE TABLE node_token (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  node_id bigint NOT NULL REFERENCES node (id),
  -- The first characters of the secret, to recognise it by.
  hint text NOT NULL,
  -- SHA-256 of the secret. The secret has 256 random bits, so a slow hash would add nothing.
  secret_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  -- Set when another takes its place.
  ends_at timestamptz
);
CREATE INDEX node_token_node ON node_token (node_id);

-- Whose a session is; null for a gateway that has the database itself.
ALTER TABLE gateway_session ADD COLUMN node_id bigint REFERENCES node (id);
CREATE INDEX gateway_session_node ON gateway_session (node_id) WHERE node_id IS NOT NULL AND closed_at IS NULL;

-- Of the last question for seats that was answered: one that comes later, and was asked earlier, is out of date.
ALTER TABLE subscription_use ADD COLUMN seat_sequence bigint NOT NULL DEFAULT 0;
