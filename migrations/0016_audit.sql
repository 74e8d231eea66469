-- The audit is looked through by time and by account; newest first. Every change writes a row, so it pays for each index: what else
-- is searched for is looked for along the time. Rows come in the order of their time, of which a BRIN index makes next to nothing.
CREATE INDEX audit_entry_at ON audit_entry USING brin (at) WITH (autosummarize = on);
CREATE INDEX audit_entry_account ON audit_entry (account_id, id);
