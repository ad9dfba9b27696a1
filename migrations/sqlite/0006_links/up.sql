CREATE TABLE links (
  id BLOB NOT NULL PRIMARY KEY,
  article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  rel TEXT NOT NULL CHECK (rel IN ('related', 'background', 'source', 'follow_up')),
  position INTEGER NOT NULL,
  title TEXT,
  title_key TEXT,
  url TEXT,
  target_id BLOB REFERENCES articles (id) ON DELETE SET NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX links_by_article ON links (article_id, position);
CREATE INDEX links_by_target ON links (target_id, id);
-- What waits for an article of its title.
CREATE INDEX links_unresolved ON links (title_key) WHERE target_id IS NULL AND url IS NULL;
