-- The credit log as a Merkle tree (RFC 6962): every credit event is a leaf, and checkpoints of the tree are signed.
-- docs/credit-log.md describes the bytes of a leaf.

ALTER TABLE credit_event
  -- Random, part of the leaf: without it an event could be guessed from its hash.
  ADD COLUMN salt bytea,
  -- The hash of the leaf, and behind it those of the perfect subtrees it is the last leaf of, upward: every hash of the tree
  -- that is complete with this leaf. Node (level, index) is in row (index + 1) * 2^level - 1, at byte 32 * level.
  ADD COLUMN tree_hashes bytea;

-- Events that were there before become leaves in their order.
ALTER TABLE credit_event DISABLE TRIGGER credit_event_immutable;
DO $$
DECLARE
  v_event record;
  v_salt bytea;
  v_hash bytea;
  v_hashes bytea;
  v_peaks bytea[] := '{}';
  v_rest bigint;
BEGIN
  FOR v_event IN
    SELECT e.*, a.public_id AS account, k.public_id AS key FROM credit_event e
      JOIN account a ON a.id = e.account_id JOIN api_key k ON k.id = e.key_id ORDER BY e.seq
  LOOP
    v_salt := decode(replace(gen_random_uuid()::text, '-', ''), 'hex');
    v_hash := sha256('\x00'::bytea || convert_to(
      '{"account":' || to_json(v_event.account)
        || ',"amount_cents":"' || v_event.amount_cents
        || '","at_ms":' || floor(extract(epoch FROM v_event.at) * 1000)::bigint
        || ',"event":' || to_json(v_event.public_id)
        || ',"external_ref":' || to_json(v_event.external_ref)
        || ',"format":"headgate-credit-event/1"'
        || ',"key":' || to_json(v_event.key)
        || ',"kind":' || to_json(v_event.kind)
        || ',"meta":' || coalesce(v_event.meta, 'null')
        || ',"salt":"' || encode(v_salt, 'hex') || '"}', 'UTF8'));
    v_hashes := v_hash;
    v_rest := v_event.seq;
    WHILE v_rest % 2 = 1 LOOP
      v_hash := sha256('\x01'::bytea || v_peaks[cardinality(v_peaks)] || v_hash);
      v_hashes := v_hashes || v_hash;
      v_peaks := v_peaks[:cardinality(v_peaks) - 1];
      v_rest := v_rest / 2;
    END LOOP;
    v_peaks := v_peaks || v_hash;
    UPDATE credit_event SET salt = v_salt, tree_hashes = v_hashes WHERE seq = v_event.seq;
  END LOOP;
END $$;
ALTER TABLE credit_event ENABLE TRIGGER credit_event_immutable;

ALTER TABLE credit_event
  ALTER COLUMN salt SET NOT NULL,
  ALTER COLUMN tree_hashes SET NOT NULL,
  ADD CONSTRAINT credit_event_salt_length CHECK (octet_length(salt) = 16),
  -- One hash, and one more for each time that 2 divides the number of leaves so far.
  ADD CONSTRAINT credit_event_hashes_complete CHECK (
    octet_length(tree_hashes) % 32 = 0 AND octet_length(tree_hashes) > 0
      AND ((seq + 1) >> (octet_length(tree_hashes) / 32 - 1)) % 2 = 1
      AND (((seq + 1) >> (octet_length(tree_hashes) / 32 - 1)) << (octet_length(tree_hashes) / 32 - 1)) = seq + 1);

-- What checkpoints are signed with (Ed25519). The last one signs.
CREATE TABLE credit_log_key (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- The log's name, the same for all of its keys: the first line of its checkpoints.
  origin text NOT NULL,
  public_key bytea NOT NULL UNIQUE CHECK (octet_length(public_key) = 32),
  -- The 32 secret bytes, sealed with the master key.
  seed_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL
);

-- Every checkpoint that was ever signed.
CREATE TABLE credit_log_checkpoint (
  -- Leaves.
  size bigint NOT NULL CHECK (size >= 0),
  key_id int NOT NULL REFERENCES credit_log_key (id),
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  -- The signed text.
  note text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (size, key_id)
);

CREATE FUNCTION credit_log_checkpoint_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.size < (SELECT max(size) FROM credit_log_checkpoint) THEN
    RAISE EXCEPTION 'a checkpoint of % leaves comes after one of more', NEW.size USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER credit_log_checkpoint_follows BEFORE INSERT ON credit_log_checkpoint
  FOR EACH ROW EXECUTE FUNCTION credit_log_checkpoint_follow();

CREATE TRIGGER credit_log_checkpoint_immutable BEFORE UPDATE OR DELETE ON credit_log_checkpoint
  FOR EACH ROW EXECUTE FUNCTION headgate_refuse_change();
CREATE TRIGGER credit_log_checkpoint_no_truncate BEFORE TRUNCATE ON credit_log_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION headgate_refuse_change();
CREATE TRIGGER credit_log_key_immutable BEFORE UPDATE OR DELETE ON credit_log_key
  FOR EACH ROW EXECUTE FUNCTION headgate_refuse_change();
CREATE TRIGGER credit_log_key_no_truncate BEFORE TRUNCATE ON credit_log_key
  FOR EACH STATEMENT EXECUTE FUNCTION headgate_refuse_change();
