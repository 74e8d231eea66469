-- What the consoles show, in forms that can be read fast: use by account, an order of subusers by their figures, runs of jobs.
-- All of it can be made again from the ledger and the usage series.

ALTER TABLE voucher
  -- From then on it cannot be redeemed.
  ADD COLUMN disabled_at timestamptz;

-- Finds a reseller's subusers by name without looking at anybody else's.
CREATE INDEX subuser_account_name ON subuser (account_id, username_key) INCLUDE (email, id) WHERE deleted_at IS NULL;

-- Figures of the subusers there are, a few seconds old: lists are put in order by them. What is shown is read from the ledger.
CREATE TABLE subuser_standing (
  subuser_id bigint NOT NULL REFERENCES subuser (id),
  product text NOT NULL,
  account_id bigint NOT NULL,
  used_bytes bigint NOT NULL,
  remaining_bytes bigint NOT NULL,
  PRIMARY KEY (subuser_id, product)
) WITH (fillfactor = 70);
CREATE INDEX subuser_standing_account_used ON subuser_standing (account_id, product, used_bytes, subuser_id);
CREATE INDEX subuser_standing_account_remaining ON subuser_standing (account_id, product, remaining_bytes, subuser_id);
CREATE INDEX subuser_standing_used ON subuser_standing (product, used_bytes, subuser_id);
CREATE INDEX subuser_standing_remaining ON subuser_standing (product, remaining_bytes, subuser_id);
INSERT INTO subuser_standing (subuser_id, product, account_id, used_bytes, remaining_bytes)
  SELECT s.id, f.product, s.account_id, f.used_bytes, f.remaining_bytes
    FROM subuser s JOIN subuser_figures f ON f.subuser_id = s.id WHERE s.deleted_at IS NULL;

-- What all subusers of an account used, summed from usage_series by a job.
CREATE TABLE account_usage (
  account_id bigint NOT NULL REFERENCES account (id),
  product text NOT NULL,
  resolution text NOT NULL CHECK (resolution IN ('minute', 'hour', 'day')),
  start timestamptz NOT NULL,
  up_bytes bigint NOT NULL,
  down_bytes bigint NOT NULL,
  PRIMARY KEY (account_id, product, resolution, start)
) WITH (fillfactor = 70);
CREATE INDEX account_usage_period ON account_usage (resolution, start);
INSERT INTO account_usage (account_id, product, resolution, start, up_bytes, down_bytes)
  SELECT s.account_id, u.product, u.resolution, u.start, sum(u.up_bytes), sum(u.down_bytes)
    FROM usage_series u JOIN subuser s ON s.id = u.subuser_id GROUP BY 1, 2, 3, 4;

-- How far the job has come. One row.
CREATE TABLE usage_roll_up (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  -- The minute that was the current one when it ran last.
  minute timestamptz NOT NULL,
  -- The ledger's last transfer at its last run, and at the one before: a transfer may be committed after one with a higher id.
  transfer_id bigint NOT NULL,
  previous_transfer_id bigint NOT NULL
);

-- Events are looked up by the reseller's own name for them.
CREATE INDEX credit_event_reference ON credit_event (external_ref, seq);

-- Which subscription a movement of money belongs to.
CREATE INDEX subscription_charge_group ON subscription_charge (ledger_group_id);

-- What became of each job the last time, over all processes.
CREATE TABLE job_run (
  name text PRIMARY KEY,
  every_ms int NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz NOT NULL,
  succeeded_at timestamptz,
  failed_at timestamptz,
  -- The last failure's own words; kept when it succeeds again.
  failure text,
  failures_in_a_row int NOT NULL DEFAULT 0
);

-- Settings that the owner has changed. One that is not here has its default.
CREATE TABLE setting (
  name text PRIMARY KEY,
  value bigint NOT NULL,
  changed_at timestamptz NOT NULL
);
