-- The first answer to a request with an Idempotency-Key, kept for a day.
CREATE TABLE idempotent_answers (
  caller TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  request_sha256 BLOB NOT NULL,
  status INTEGER NOT NULL,
  location TEXT,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (caller, idempotency_key)
) STRICT;
CREATE INDEX idempotent_answers_by_age ON idempotent_answers (created_at);
