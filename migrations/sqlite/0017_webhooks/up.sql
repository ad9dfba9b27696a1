-- Who is told of changes: where, of which, and how far they have been told.
CREATE TABLE webhooks (
  id BLOB NOT NULL PRIMARY KEY,
  url TEXT NOT NULL,
  description TEXT,
  audience TEXT NOT NULL,
  -- Between blanks; all when there is none.
  kinds TEXT NOT NULL,
  -- What it was merged into is meant too.
  tag_id BLOB,
  -- Between blanks; whatever they are when there is none.
  fields TEXT NOT NULL,
  -- As text, for what is sent is signed with it.
  secret TEXT NOT NULL,
  previous_secret TEXT,
  previous_secret_until INTEGER,
  state TEXT NOT NULL,
  state_reason TEXT,
  state_at INTEGER NOT NULL,
  failing_since INTEGER,
  -- The last change that was looked at for it; moved with the deliveries that come of those after it.
  after_seq INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;

-- What they are told, a message in each row: the change without the thing itself, which is looked up when it is sent.
CREATE TABLE webhook_deliveries (
  id BLOB NOT NULL PRIMARY KEY,
  webhook_id BLOB NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  -- The change; NULL for a ping.
  seq INTEGER,
  -- Its number as the audience knows it.
  told_seq INTEGER,
  kind TEXT,
  public_kind TEXT,
  resource_id TEXT,
  article_id BLOB,
  fields TEXT,
  tags TEXT,
  listed TEXT,
  happened_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  -- While it is being sent: when somebody else may try, for whoever sends it may die.
  next_attempt_at INTEGER,
  last_attempt_at INTEGER,
  last_status INTEGER,
  last_error TEXT,
  last_duration_ms INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX webhook_deliveries_seq ON webhook_deliveries (webhook_id, seq);
CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, state, next_attempt_at);
