-- The first answer to a request with an Idempotency-Key, kept for a day.
CREATE TABLE idempotent_answers (
  caller text COLLATE "C" NOT NULL,
  idempotency_key text COLLATE "C" NOT NULL,
  request_sha256 bytea NOT NULL,
  status smallint NOT NULL,
  location text COLLATE "C",
  body text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (caller, idempotency_key)
);
CREATE INDEX idempotent_answers_by_age ON idempotent_answers (created_at);
