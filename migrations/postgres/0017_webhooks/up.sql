-- Who is told of changes: where, of which, and how far they have been told.
CREATE TABLE webhooks (
  id uuid NOT NULL PRIMARY KEY,
  url text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  audience text COLLATE "C" NOT NULL,
  -- Between blanks; all when there is none.
  kinds text COLLATE "C" NOT NULL,
  -- What it was merged into is meant too.
  tag_id uuid,
  -- Between blanks; whatever they are when there is none.
  fields text COLLATE "C" NOT NULL,
  -- As text, for what is sent is signed with it.
  secret text COLLATE "C" NOT NULL,
  previous_secret text COLLATE "C",
  previous_secret_until timestamptz,
  state text COLLATE "C" NOT NULL,
  state_reason text COLLATE "C",
  state_at timestamptz NOT NULL,
  failing_since timestamptz,
  -- The last change that was looked at for it; moved with the deliveries that come of those after it.
  after_seq bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version bigint NOT NULL
);

-- What they are told, a message in each row: the change without the thing itself, which is looked up when it is sent.
CREATE TABLE webhook_deliveries (
  id uuid NOT NULL PRIMARY KEY,
  webhook_id uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  -- The change; NULL for a ping.
  seq bigint,
  -- Its number as the audience knows it.
  told_seq bigint,
  kind text COLLATE "C",
  public_kind text COLLATE "C",
  resource_id text COLLATE "C",
  article_id uuid,
  fields text COLLATE "C",
  tags text COLLATE "C",
  listed text COLLATE "C",
  happened_at timestamptz NOT NULL,
  state text COLLATE "C" NOT NULL,
  attempts integer NOT NULL,
  -- While it is being sent: when somebody else may try, for whoever sends it may die.
  next_attempt_at timestamptz,
  last_attempt_at timestamptz,
  last_status integer,
  last_error text COLLATE "C",
  last_duration_ms integer,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX webhook_deliveries_seq ON webhook_deliveries (webhook_id, seq);
CREATE INDEX webhook_deliveries_newest ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, state, next_attempt_at);
