-- Stays when its quote goes: only the article takes it along.
CREATE TABLE quote_changes (
  id BLOB NOT NULL PRIMARY KEY,
  quote_id BLOB NOT NULL,
  article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  action TEXT NOT NULL,
  -- What the quote said before and after, as JSON.
  before TEXT,
  after TEXT,
  reason TEXT,
  -- NULL is an import.
  key_id BLOB REFERENCES keys (id),
  article_version INTEGER NOT NULL,
  -- Whether readers had seen what was changed.
  is_public INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX quote_changes_by_quote ON quote_changes (quote_id, id);
CREATE INDEX quote_changes_by_article ON quote_changes (article_id);

-- Suggestions that are not to come back.
CREATE TABLE rejected_quotes (
  article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  -- The words as anchors compare them, hashed.
  words_sha256 BLOB NOT NULL,
  PRIMARY KEY (article_id, words_sha256)
) STRICT, WITHOUT ROWID;
