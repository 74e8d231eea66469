-- Exits: the ways out towards targets. Without any, gateways connect from where they run.

CREATE TABLE exit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Sticky sessions are dealt out by it: it never changes.
  public_id text NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('direct', 'http', 'socks5')),
  products text[] NOT NULL CHECK (cardinality(products) > 0 AND products <@ ARRAY['residential', 'mobile', 'subscription']),
  country text,
  state text,
  city text,
  isp text,
  weight int NOT NULL CHECK (weight BETWEEN 1 AND 1000),
  enabled boolean NOT NULL,
  -- On each gateway process; null: as many as come.
  max_tunnels int CHECK (max_tunnels > 0),
  -- Of kind direct: connect from one of these. Empty: as the system chooses.
  source_addresses inet[] NOT NULL,
  -- Of the other kinds: the upstream proxy.
  host text,
  port int CHECK (port BETWEEN 1 AND 65535),
  -- {username, password} under the master key.
  credentials_sealed bytea,
  username_template text,
  password_template text,
  resolve text CHECK (resolve IN ('local', 'remote')),
  -- host:port to connect to through the upstream from time to time; null: only the upstream itself is connected to.
  check_target text,
  created_at timestamptz NOT NULL,
  CONSTRAINT exit_upstream CHECK (
    (kind = 'direct') = (host IS NULL) AND (host IS NULL) = (port IS NULL) AND (host IS NULL) = (username_template IS NULL)
    AND (host IS NULL) = (password_template IS NULL) AND (host IS NULL) = (resolve IS NULL)),
  CONSTRAINT exit_direct CHECK (kind <> 'direct' OR (credentials_sealed IS NULL AND check_target IS NULL)),
  CONSTRAINT exit_sources CHECK (kind = 'direct' OR cardinality(source_addresses) = 0)
);
