CREATE TABLE quotes (
  id BLOB NOT NULL PRIMARY KEY,
  article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('full', 'partial')),
  speaker_id BLOB REFERENCES people (id) ON DELETE SET NULL,
  speaker_name TEXT,
  role TEXT,
  affiliation TEXT,
  affiliation_key TEXT,
  cue TEXT,
  context TEXT,
  said_at INTEGER,
  language TEXT,
  original_text TEXT,
  original_language TEXT,
  anonymity_reason TEXT,
  state TEXT NOT NULL CHECK (state IN ('suggested', 'confirmed')),
  anchor_status TEXT NOT NULL CHECK (anchor_status IN ('anchored', 'altered', 'ambiguous', 'orphaned')),
  anchor_start INTEGER,
  anchor_end INTEGER,
  anchor_prefix TEXT,
  anchor_suffix TEXT,
  anchor_sha256 TEXT,
  anchor_article_version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX quotes_by_article ON quotes (article_id, position);
CREATE INDEX quotes_by_speaker ON quotes (speaker_id, article_id);
CREATE INDEX quotes_by_affiliation ON quotes (affiliation_key, article_id);
