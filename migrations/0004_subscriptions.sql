-- Subscriptions: bought for a period from a catalogue of plans, used from the addresses bound to their slots.

-- Every plan there is: cycle × connections × authentications. The owner changes prices and tax, never what a plan is.
CREATE TABLE plan (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  billing_cycle text NOT NULL CHECK (billing_cycle IN ('WEEKLY', 'MONTHLY', 'ANNUAL')),
  connections int NOT NULL CHECK (connections IN (100, 200, 500, 1000, 2000)),
  authentications int NOT NULL CHECK (authentications BETWEEN 1 AND 10),
  -- With tax.
  gross_cents bigint NOT NULL CHECK (gross_cents BETWEEN 1 AND 100000000),
  -- 1900 is 19 %.
  tax_basis_points int NOT NULL CHECK (tax_basis_points BETWEEN 0 AND 10000),
  UNIQUE (billing_cycle, connections, authentications)
);

-- Prices to begin with: a month costs four weeks, a year eleven months; the first authentication is free, each further one
-- costs two dollars a week.
INSERT INTO plan (public_id, billing_cycle, connections, authentications, gross_cents, tax_basis_points)
  SELECT 'pl_' || left(encode(sha256(convert_to(concat_ws('/', cycle, connections, authentications), 'UTF8')), 'hex'), 24),
      cycle, connections, authentications, (weekly_cents + 200 * (authentications - 1)) * weeks, 1900
    FROM (VALUES ('WEEKLY', 1), ('MONTHLY', 4), ('ANNUAL', 44)) AS c (cycle, weeks)
      CROSS JOIN (VALUES (100, 2000), (200, 3800), (500, 9000), (1000, 17000), (2000, 32000)) AS p (connections, weekly_cents)
      CROSS JOIN generate_series(1, 10) AS authentications
    ORDER BY weeks, connections, authentications;

CREATE TABLE subscription (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- su_ and 24 hexadecimal digits that begin with the time it was made: the order of ids is the order of making.
  public_id text COLLATE "C" NOT NULL UNIQUE,
  account_id bigint NOT NULL REFERENCES account (id),
  plan_id bigint NOT NULL REFERENCES plan (id),
  -- What was written last. A period that has ended is over whatever stands here: readers compare with the clock.
  status text NOT NULL CHECK (status IN ('ACTIVE', 'SUSPENDED', 'STOPPED', 'TERMINATED')),
  canceled boolean NOT NULL DEFAULT false,
  auto_renewal boolean NOT NULL DEFAULT false,
  period_start timestamptz NOT NULL,
  -- Not part of the period any more.
  period_end timestamptz NOT NULL,
  -- Day of the month its periods end on, where the month has that day.
  anchor_day int NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
  created_at timestamptz NOT NULL,
  CONSTRAINT subscription_period CHECK (period_start < period_end)
);
CREATE INDEX subscription_account ON subscription (account_id, public_id);
CREATE INDEX subscription_due ON subscription (period_end) WHERE status IN ('ACTIVE', 'SUSPENDED');

-- A stretch of time that was paid for, at the price of its day. What is given back is given back from here, once.
CREATE TABLE subscription_charge (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  subscription_id bigint NOT NULL REFERENCES subscription (id),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  gross_cents bigint NOT NULL,
  net_cents bigint NOT NULL,
  tax_cents bigint NOT NULL,
  tax_basis_points int NOT NULL,
  -- Made by the job at a period's end, not by a call.
  automatic boolean NOT NULL,
  -- The first transfer of the group that paid for it.
  ledger_group_id bigint NOT NULL,
  charged_at timestamptz NOT NULL,
  credited_cents bigint,
  credited_at timestamptz,
  CONSTRAINT subscription_charge_sum CHECK (gross_cents = net_cents + tax_cents),
  CONSTRAINT subscription_charge_credit CHECK (credited_cents BETWEEN 0 AND gross_cents),
  CONSTRAINT subscription_charge_credited CHECK ((credited_cents IS NULL) = (credited_at IS NULL))
);
CREATE INDEX subscription_charge_subscription ON subscription_charge (subscription_id, id);

-- One for each authentication of the plan.
CREATE TABLE subscription_slot (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  subscription_id bigint NOT NULL REFERENCES subscription (id),
  number int NOT NULL,
  -- A single address; null: unbound.
  address inet,
  -- Its subscription is ACTIVE or SUSPENDED: the address is taken. One that is over keeps its addresses in mind only.
  live boolean NOT NULL,
  UNIQUE (subscription_id, number),
  CONSTRAINT subscription_slot_single CHECK (masklen(address) = CASE family(address) WHEN 4 THEN 32 ELSE 128 END)
);
CREATE UNIQUE INDEX subscription_slot_address ON subscription_slot (address) WHERE live;
-- Finds the addresses inside a range that somebody wants to whitelist.
CREATE INDEX subscription_slot_network ON subscription_slot USING gist (address inet_ops) WHERE live;

-- What was used, ever. Apart from the subscription, so that counting does not wait for commands.
CREATE TABLE subscription_consumption (
  subscription_id bigint PRIMARY KEY REFERENCES subscription (id),
  bytes bigint NOT NULL DEFAULT 0,
  requests bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

-- One gateway session's part in a subscription: connections it may hold open at once (they count while the session is
-- open, so they lapse with it), and what it has reported so far, cumulatively.
CREATE TABLE subscription_use (
  subscription_id bigint NOT NULL REFERENCES subscription (id),
  session_id bigint NOT NULL REFERENCES gateway_session (id),
  seats int NOT NULL DEFAULT 0 CHECK (seats >= 0),
  reported_bytes bigint NOT NULL DEFAULT 0,
  reported_requests bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (subscription_id, session_id)
) WITH (fillfactor = 70);
CREATE INDEX subscription_use_session ON subscription_use (session_id);
