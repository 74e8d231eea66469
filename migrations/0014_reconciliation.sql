-- Credit events held against a reseller's own ledger, and the reviews that differences lead to.

ALTER TABLE account ADD COLUMN standing text NOT NULL DEFAULT 'good' CHECK (standing IN ('good', 'under_review'));

-- What counts as a difference; one row.
CREATE TABLE reconciliation_settings (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- Each side may have an event this much later than the other.
  grace_seconds int NOT NULL DEFAULT 3600 CHECK (grace_seconds BETWEEN 0 AND 2592000),
  -- Amounts that differ by no more are the same.
  tolerance_cents bigint NOT NULL DEFAULT 0 CHECK (tolerance_cents >= 0),
  -- This many differences open a review.
  review_from int NOT NULL DEFAULT 1 CHECK (review_from >= 1)
);
INSERT INTO reconciliation_settings DEFAULT VALUES;

CREATE TABLE reconciliation (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  account_id bigint NOT NULL REFERENCES account (id),
  source text NOT NULL CHECK (source IN ('upload', 'pull')),
  -- Who began it, as the audit names it.
  cause text NOT NULL,
  period_from timestamptz NOT NULL,
  period_to timestamptz NOT NULL,
  -- As the settings were when it began.
  grace_seconds int NOT NULL,
  tolerance_cents bigint NOT NULL,
  review_from int NOT NULL,
  status text NOT NULL CHECK (status IN ('waiting', 'reading', 'matching', 'done', 'failed')),
  error text,
  created_at timestamptz NOT NULL,
  -- Of the last sign of life of whoever reads the lines; a later reader takes over from one that is silent.
  read_at timestamptz,
  reading int NOT NULL DEFAULT 0,
  finished_at timestamptz,
  their_lines bigint NOT NULL DEFAULT 0,
  unreadable_lines bigint NOT NULL DEFAULT 0,
  -- Null until ours are laid beside theirs.
  our_events bigint,
  slices_done int NOT NULL DEFAULT 0,
  -- What came out.
  matched bigint NOT NULL DEFAULT 0,
  missing_here bigint NOT NULL DEFAULT 0,
  missing_there bigint NOT NULL DEFAULT 0,
  amount_differs bigint NOT NULL DEFAULT 0,
  kind_differs bigint NOT NULL DEFAULT 0,
  doubled bigint NOT NULL DEFAULT 0,
  -- Too near an end of the period, or to now, to be missed on the other side.
  lagging bigint NOT NULL DEFAULT 0,
  CONSTRAINT reconciliation_period CHECK (period_from < period_to)
);
CREATE INDEX reconciliation_account ON reconciliation (account_id, id);
CREATE INDEX reconciliation_open ON reconciliation (id) WHERE status IN ('reading', 'matching');

-- Both sides, while they are being compared. Slices are by reference, so that what may match is in one slice.
CREATE TABLE reconciliation_line (
  reconciliation_id bigint NOT NULL,
  is_ours boolean NOT NULL,
  slice smallint NOT NULL,
  -- Theirs: the line of the file; ours: the event's place in the log.
  n bigint NOT NULL,
  external_ref text NOT NULL,
  kind text NOT NULL,
  amount_cents bigint NOT NULL,
  -- Theirs: null where the file has no times.
  at timestamptz
);
CREATE INDEX reconciliation_line_slice ON reconciliation_line (reconciliation_id, slice);

-- Lines that say nothing that could be compared; the first thousand of a file.
CREATE TABLE reconciliation_unreadable (
  reconciliation_id bigint NOT NULL REFERENCES reconciliation (id),
  n bigint NOT NULL,
  why text NOT NULL,
  PRIMARY KEY (reconciliation_id, n)
);

CREATE TABLE reconciliation_difference (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reconciliation_id bigint NOT NULL REFERENCES reconciliation (id),
  sort text NOT NULL CHECK (sort IN ('missing_here', 'missing_there', 'amount_differs', 'kind_differs', 'doubled')),
  external_ref text NOT NULL,
  -- Absent on the side that lacks it.
  our_seq bigint,
  our_kind text,
  our_cents bigint,
  our_at timestamptz,
  their_line bigint,
  their_kind text,
  their_cents bigint,
  their_at timestamptz
);
CREATE INDEX reconciliation_difference_order ON reconciliation_difference (reconciliation_id, id);

-- What each side has of each day and kind.
CREATE TABLE reconciliation_total (
  reconciliation_id bigint NOT NULL REFERENCES reconciliation (id),
  -- UTC; null where the file has no times.
  day date,
  kind text NOT NULL,
  our_count bigint NOT NULL,
  our_cents bigint NOT NULL,
  their_count bigint NOT NULL,
  their_cents bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT (reconciliation_id, day, kind)
);

-- A person looks at an account. At most one review of an account is open: what comes up meanwhile joins it.
CREATE TABLE review (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  public_id text NOT NULL UNIQUE,
  account_id bigint NOT NULL REFERENCES account (id),
  opened_at timestamptz NOT NULL,
  resolved_at timestamptz,
  resolved_by text,
  note text,
  CONSTRAINT review_resolved CHECK ((resolved_at IS NULL) = (note IS NULL) AND (resolved_at IS NULL) = (resolved_by IS NULL))
);
CREATE UNIQUE INDEX review_open ON review (account_id) WHERE resolved_at IS NULL;
CREATE INDEX review_account ON review (account_id, id);
CREATE TABLE review_cause (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  review_id bigint NOT NULL REFERENCES review (id),
  at timestamptz NOT NULL,
  -- credit-event:… or reconciliation:…
  subject text NOT NULL,
  text text NOT NULL
);
CREATE INDEX review_cause_review ON review_cause (review_id, id);

-- Where a reseller's ledger is fetched from, on a schedule.
CREATE TABLE reconciliation_source (
  account_id bigint PRIMARY KEY REFERENCES account (id),
  url text NOT NULL,
  -- Signs the requests.
  secret_sealed bytea NOT NULL,
  every_hours int NOT NULL CHECK (every_hours BETWEEN 1 AND 8784),
  enabled boolean NOT NULL,
  -- The end of the last period that was fetched: the next one begins there.
  fetched_to timestamptz NOT NULL,
  next_at timestamptz NOT NULL,
  last_error text,
  created_at timestamptz NOT NULL
);
