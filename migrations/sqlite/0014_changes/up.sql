-- What every write appends: one row for each thing that is different since, in the order of the commits.
CREATE TABLE changes (
  seq INTEGER NOT NULL PRIMARY KEY,
  -- Its number among what readers may know of; they are numbered by themselves, for gaps would tell of drafts.
  public_seq INTEGER UNIQUE,
  kind TEXT NOT NULL,
  -- What it is to readers; NULL when they learn nothing of it.
  public_kind TEXT,
  resource_id TEXT NOT NULL,
  article_id BLOB,
  -- Whether moderators alone learn of it.
  is_moderation INTEGER NOT NULL,
  fields TEXT NOT NULL,
  -- The tags it is about or stands under, each between blanks.
  tags TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

-- Up to where the log is gone. It does not know what was there before it was.
CREATE TABLE change_horizon (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  public_seq INTEGER NOT NULL
) STRICT;
INSERT INTO change_horizon
SELECT 1, is_there, is_there FROM (
  SELECT EXISTS (SELECT 1 FROM articles) OR EXISTS (SELECT 1 FROM tags) OR EXISTS (SELECT 1 FROM people)
    OR EXISTS (SELECT 1 FROM images) OR EXISTS (SELECT 1 FROM streams) OR EXISTS (SELECT 1 FROM community_standards)
    AS is_there
);
