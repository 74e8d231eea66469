-- A report asks the leases alone, not also for each of them whether its subuser was deleted: a fifth of its cost. A lease says it itself, as one
-- that is long due to be settled: then it is looked at by itself.
--
-- Whoever deletes a subuser holds its balances. So what is leased at the same time is either there to be marked, or refused.
CREATE FUNCTION lease_of_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE lease SET settled_at = 'epoch' WHERE subuser_id = NEW.id AND closed_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER subuser_deleted_leases AFTER UPDATE OF deleted_at ON subuser FOR EACH ROW
  WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION lease_of_deleted();

UPDATE lease l SET settled_at = 'epoch' FROM subuser s WHERE s.id = l.subuser_id AND s.deleted_at IS NOT NULL AND l.closed_at IS NULL;

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
        AND item.up >= l.reported_up_bytes AND item.down >= l.reported_down_bytes AND item.up + item.down <= l.granted_bytes END
      RETURNING l.id)
  SELECT array_agg(id) INTO counted_ids FROM counted;
  IF cardinality(counted_ids) = cardinality(ids) THEN
    RETURN NULL;
  END IF;
  RETURN coalesce(counted_ids, '{}');
END $$;
