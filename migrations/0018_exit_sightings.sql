-- How the exits do at each gateway, as it says every few seconds. Lost in a crash, which loses nothing: it is said again.
CREATE UNLOGGED TABLE exit_sighting (
  session_id bigint PRIMARY KEY,
  exits jsonb NOT NULL,
  at timestamptz NOT NULL
);
