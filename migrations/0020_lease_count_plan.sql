-- A gateway's report, row by row found by its key.
--
-- Statistics of a young database say nothing, or that leases are few: then a plan that goes through the session's leases, and for each of them through
-- the whole report, looks best, and takes seconds for ten thousand. So what is asked of a lease stands where the planner cannot take it for a way to
-- find leases, and each report is planned by its own size.
CREATE OR REPLACE FUNCTION lease_count(reporter bigint, ids bigint[], ups bigint[], downs bigint[], settled_after timestamptz)
  RETURNS bigint[] LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  counted_ids bigint[];
BEGIN
  WITH counted AS (
    UPDATE lease l SET reported_up_bytes = item.up, reported_down_bytes = item.down,
        minute_up_bytes = l.minute_up_bytes + item.up - l.reported_up_bytes,
        minute_down_bytes = l.minute_down_bytes + item.down - l.reported_down_bytes
      FROM unnest(ids, ups, downs) AS item (id, up, down)
      WHERE l.id = item.id AND CASE WHEN item.id IS NULL THEN false ELSE
        l.session_id = reporter AND l.closed_at IS NULL AND l.settled_at > settled_after
        AND item.up >= l.reported_up_bytes AND item.down >= l.reported_down_bytes AND item.up + item.down <= l.granted_bytes
        AND EXISTS (SELECT FROM subuser s WHERE s.id = l.subuser_id AND s.deleted_at IS NULL) END
      RETURNING l.id)
  SELECT array_agg(id) INTO counted_ids FROM counted;
  IF cardinality(counted_ids) = cardinality(ids) THEN
    RETURN NULL;
  END IF;
  RETURN coalesce(counted_ids, '{}');
END $$;
