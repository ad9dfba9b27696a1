CREATE TABLE links (
  id uuid NOT NULL PRIMARY KEY,
  article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  rel text COLLATE "C" NOT NULL CHECK (rel IN ('related', 'background', 'source', 'follow_up')),
  position integer NOT NULL,
  title text COLLATE "C",
  title_key text COLLATE "C",
  url text COLLATE "C",
  target_id uuid REFERENCES articles (id) ON DELETE SET NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version bigint NOT NULL
);
CREATE INDEX links_by_article ON links (article_id, position);
CREATE INDEX links_by_target ON links (target_id, id);
-- What waits for an article of its title.
CREATE INDEX links_unresolved ON links (title_key) WHERE target_id IS NULL AND url IS NULL;
