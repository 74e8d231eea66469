-- Direct exits may have a check target, too. An upstream may be given the addresses that were judged here, in place of names.
ALTER TABLE exit
  DROP CONSTRAINT exit_direct,
  ADD CONSTRAINT exit_direct CHECK (kind <> 'direct' OR credentials_sealed IS NULL),
  DROP CONSTRAINT exit_resolve_check,
  ADD CONSTRAINT exit_resolve_check CHECK (resolve IN ('local', 'remote', 'address'));
