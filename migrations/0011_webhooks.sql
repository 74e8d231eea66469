-- What accounts are told by HTTP. An event is written in the transaction of what it tells, for the endpoints there are at that moment.
CREATE TABLE webhook_endpoint (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  account_id bigint NOT NULL REFERENCES account (id),
  url text NOT NULL,
  description text NOT NULL,
  -- Empty: all.
  types text[] NOT NULL,
  secret_sealed bytea NOT NULL,
  -- After a rotation both secrets sign, until then.
  previous_secret_sealed bytea,
  previous_until timestamptz,
  enabled boolean NOT NULL DEFAULT true,
  -- Why it was switched off, where nobody did it.
  disabled_reason text,
  created_at timestamptz NOT NULL,
  deleted_at timestamptz
);
CREATE INDEX webhook_endpoint_account ON webhook_endpoint (account_id, id) WHERE deleted_at IS NULL;

CREATE TABLE webhook_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  type text NOT NULL,
  -- Whom it is about.
  account_id bigint NOT NULL REFERENCES account (id),
  -- As it is sent, the same bytes each time.
  payload text NOT NULL,
  at timestamptz NOT NULL
);

CREATE TABLE webhook_delivery (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  event_id bigint NOT NULL REFERENCES webhook_event (id) ON DELETE CASCADE,
  endpoint_id bigint NOT NULL REFERENCES webhook_endpoint (id),
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
  attempts int NOT NULL DEFAULT 0,
  -- Of a pending one: when it is tried (again); while it is being tried, when others may take it over.
  next_at timestamptz NOT NULL,
  attempted_at timestamptz,
  answer_status int,
  error text,
  UNIQUE (event_id, endpoint_id)
) WITH (fillfactor = 80);
CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, next_at) WHERE status = 'pending';
CREATE INDEX webhook_delivery_endpoint ON webhook_delivery (endpoint_id, id);

-- Which part of its quota a subuser was last told to have used, and what the quota was then: bandwidth added makes it news again.
CREATE TABLE webhook_quota_told (
  subuser_id bigint NOT NULL REFERENCES subuser (id),
  product text NOT NULL,
  percent int NOT NULL,
  allocated_bytes bigint NOT NULL,
  PRIMARY KEY (subuser_id, product)
);
-- Which end of a subscription's period was announced.
CREATE TABLE webhook_expiry_told (
  subscription_id bigint PRIMARY KEY REFERENCES subscription (id),
  period_end timestamptz NOT NULL
);
