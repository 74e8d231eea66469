-- The provider searches all subusers by a part of a name or an address. A database without the extension, or whose owner may
-- not create it, does without: searching takes longer then.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX subuser_search ON subuser USING gin (username_key gin_trgm_ops, lower(email) gin_trgm_ops)
    WHERE deleted_at IS NULL;
EXCEPTION
  -- No such extension here, or no right to it, or it is in a schema that is not looked into.
  WHEN feature_not_supported OR undefined_file OR insufficient_privilege OR undefined_object THEN NULL;
END $$;
