-- What gateways answer to the question which tunnels are open. The asker reads it and removes it; lost in a crash, which loses nothing.
CREATE UNLOGGED TABLE tunnel_answer (
  request_id text NOT NULL,
  session_id bigint NOT NULL,
  total int NOT NULL,
  tunnels jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (request_id, session_id)
);
