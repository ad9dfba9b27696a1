-- Stays when its quote goes: only the article takes it along.
CREATE TABLE quote_changes (
  id uuid NOT NULL PRIMARY KEY,
  quote_id uuid NOT NULL,
  article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  action text COLLATE "C" NOT NULL,
  -- What the quote said before and after, as JSON.
  before text COLLATE "C",
  after text COLLATE "C",
  reason text COLLATE "C",
  -- NULL is an import.
  key_id uuid REFERENCES keys (id),
  article_version bigint NOT NULL,
  -- Whether readers had seen what was changed.
  is_public boolean NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX quote_changes_by_quote ON quote_changes (quote_id, id);
CREATE INDEX quote_changes_by_article ON quote_changes (article_id);

-- Suggestions that are not to come back.
CREATE TABLE rejected_quotes (
  article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  -- The words as anchors compare them, hashed.
  words_sha256 bytea NOT NULL,
  PRIMARY KEY (article_id, words_sha256)
);
