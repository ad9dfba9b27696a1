CREATE TABLE streams (
  id BLOB NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  description TEXT,
  language TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('audio', 'video')),
  status TEXT NOT NULL CHECK (status IN ('pending', 'live', 'ended')),
  starts_at INTEGER,
  ends_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX streams_by_name ON streams (name_key, id);

CREATE TABLE stream_sources (
  stream_id BLOB NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  url TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bit_rate INTEGER,
  PRIMARY KEY (stream_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE programmes (
  id BLOB NOT NULL PRIMARY KEY,
  stream_id BLOB NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  description TEXT,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  article_id BLOB REFERENCES articles (id) ON DELETE SET NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  CHECK (starts_at < ends_at)
) STRICT;
-- One thing at a time: what overlaps otherwise is refused before it is written.
CREATE UNIQUE INDEX programmes_by_start ON programmes (stream_id, starts_at);
CREATE INDEX programmes_by_article ON programmes (article_id);

CREATE TABLE article_audio (
  article_id BLOB NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  media_type TEXT NOT NULL,
  duration_seconds INTEGER,
  language TEXT,
  transcript TEXT
) STRICT;
