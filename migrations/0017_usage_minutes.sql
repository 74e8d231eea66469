-- Use is written into the series when its minute is over, not with every report: until then it stands in the row of the lease that
-- was reported on, so that a report changes one row for each lease and no index.

-- The minute that what is reported in this session counts in.
ALTER TABLE gateway_session ADD COLUMN usage_minute timestamptz;
UPDATE gateway_session SET usage_minute = date_trunc('minute', heartbeat_at, 'UTC');
ALTER TABLE gateway_session ALTER COLUMN usage_minute SET NOT NULL;

ALTER TABLE lease
  -- Of what was reported, the use in its session's minute: it is not in usage_series yet. What was reported before this migration is.
  ADD COLUMN minute_up_bytes bigint NOT NULL DEFAULT 0,
  ADD COLUMN minute_down_bytes bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT lease_minute_reported CHECK (
    minute_up_bytes BETWEEN 0 AND reported_up_bytes AND minute_down_bytes BETWEEN 0 AND reported_down_bytes
    AND (closed_at IS NULL OR (minute_up_bytes = 0 AND minute_down_bytes = 0))),
  -- A report may change every row of a page at once: each finds room for its new version beside the old one, and no index changes.
  SET (fillfactor = 45);

-- What was used, up to the last report.
CREATE VIEW usage_until_now AS
  SELECT subuser_id, product, resolution, start, up_bytes, down_bytes FROM usage_series
  UNION ALL
  SELECT l.subuser_id, l.product, r.resolution, date_trunc(r.resolution, g.usage_minute, 'UTC'), l.minute_up_bytes,
      l.minute_down_bytes
    FROM gateway_session g JOIN lease l ON l.session_id = g.id AND l.closed_at IS NULL
      CROSS JOIN (VALUES ('minute'), ('hour'), ('day')) AS r (resolution)
    WHERE g.closed_at IS NULL AND (l.minute_up_bytes > 0 OR l.minute_down_bytes > 0);

-- Counts a report of one open session, whose row the caller has locked. Leases with anything unusual about them are left alone:
-- not this session's, closed, of a deleted subuser, settled before `settled_after`, or reported to have used less than before or more
-- than was granted. Null: there was no such lease; otherwise the ones that were counted.
CREATE FUNCTION lease_count(reporter bigint, ids bigint[], ups bigint[], downs bigint[], settled_after timestamptz)
  RETURNS bigint[] LANGUAGE plpgsql
-- Rows are found by their keys, however small the tables are or were when they were last analysed.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
  counted_ids bigint[];
BEGIN
  WITH counted AS (
    UPDATE lease l SET reported_up_bytes = item.up, reported_down_bytes = item.down,
        minute_up_bytes = l.minute_up_bytes + item.up - l.reported_up_bytes,
        minute_down_bytes = l.minute_down_bytes + item.down - l.reported_down_bytes
      FROM unnest(ids, ups, downs) AS item (id, up, down)
      WHERE l.id = item.id AND l.session_id = reporter AND l.closed_at IS NULL AND l.settled_at > settled_after
        AND item.up >= l.reported_up_bytes AND item.down >= l.reported_down_bytes AND item.up + item.down <= l.granted_bytes
        AND EXISTS (SELECT FROM subuser s WHERE s.id = l.subuser_id AND s.deleted_at IS NULL)
      RETURNING l.id)
  SELECT array_agg(id) INTO counted_ids FROM counted;
  IF cardinality(counted_ids) = cardinality(ids) THEN
    RETURN NULL;
  END IF;
  RETURN coalesce(counted_ids, '{}');
END $$;
