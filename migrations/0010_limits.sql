-- What may be relayed, beyond quota: how many tunnels, how fast, and where to. What has no row is not limited.

-- `subject`: installation, account:ID, subuser:ID or subscription:ID. No foreign key: none of these is ever deleted from its table.
CREATE TABLE service_limit (
  subject text PRIMARY KEY CHECK (subject ~ '^(installation|(account|subuser|subscription):[0-9]+)$'),
  -- At once, over all gateways. A subscription's come from its plan.
  max_tunnels int CHECK (max_tunnels BETWEEN 1 AND 1000000),
  tunnels_per_second int CHECK (tunnels_per_second BETWEEN 1 AND 1000000),
  -- Both directions together.
  bytes_per_second bigint CHECK (bytes_per_second BETWEEN 8000 AND 1000000000000),
  -- Destination rules in canonical form. An empty list of allowed ones allows everything.
  allow text[] NOT NULL DEFAULT '{}',
  deny text[] NOT NULL DEFAULT '{}',
  changed_at timestamptz NOT NULL,
  CONSTRAINT service_limit_figures CHECK (subject ~ '^(subuser|subscription):'
    OR num_nonnulls(max_tunnels, tunnels_per_second, bytes_per_second) = 0),
  CONSTRAINT service_limit_plan CHECK (max_tunnels IS NULL OR subject !~ '^subscription:')
);

-- What holds for one subuser or subscription, all levels together, as gateways are told; null: nothing is limited.
CREATE FUNCTION effective_limits(p_account bigint, p_subject text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_strip_nulls(jsonb_build_object(
      'maxTunnels', max(l.max_tunnels), 'tunnelsPerSecond', max(l.tunnels_per_second), 'bytesPerSecond', max(l.bytes_per_second),
      'rules', jsonb_agg(jsonb_build_object('allow', to_jsonb(l.allow), 'deny', to_jsonb(l.deny)) ORDER BY l.subject)
        FILTER (WHERE l.allow <> '{}' OR l.deny <> '{}')))
    FROM service_limit l WHERE l.subject IN ('installation', 'account:' || p_account, p_subject) HAVING count(*) > 0
$$;

-- One gateway session's part of a limit: tunnels it may have open at once, or thousandths of a rate. They count while the
-- session is open, so they lapse with it.
CREATE TABLE limit_share (
  subject text NOT NULL,
  what text NOT NULL CHECK (what IN ('tunnels', 'rate')),
  session_id bigint NOT NULL REFERENCES gateway_session (id),
  units int NOT NULL CHECK (units >= 0),
  -- Of the last question that was answered: one that comes late changes nothing.
  sequence bigint NOT NULL,
  PRIMARY KEY (subject, what, session_id)
) WITH (fillfactor = 70);
CREATE INDEX limit_share_session ON limit_share (session_id);
