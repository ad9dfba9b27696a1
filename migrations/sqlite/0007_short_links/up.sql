-- Every code that was ever given: what is no longer used stays, so that it is never given again.
CREATE TABLE short_links (
  code TEXT NOT NULL PRIMARY KEY,
  article_id BLOB REFERENCES articles (id) ON DELETE SET NULL,
  kind TEXT NOT NULL CHECK (kind IN ('generated', 'vanity')),
  hits INTEGER NOT NULL,
  last_hit_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  retired_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX short_links_by_article ON short_links (article_id, kind, code);
-- Each article has one code of its own.
CREATE UNIQUE INDEX short_links_generated ON short_links (article_id) WHERE kind = 'generated';

-- Articles that are there get theirs. Each draws eight: of those that are free the first stays.
INSERT INTO short_links
SELECT
  substr(letters, 1 + abs(random() % 31), 1) || substr(letters, 1 + abs(random() % 31), 1)
    || substr(letters, 1 + abs(random() % 31), 1) || substr(letters, 1 + abs(random() % 31), 1)
    || substr(letters, 1 + abs(random() % 31), 1) || substr(letters, 1 + abs(random() % 31), 1)
    || substr(letters, 1 + abs(random() % 31), 1),
  id, 'generated', 0, NULL, now, now, NULL
FROM articles,
  (SELECT '23456789abcdefghjkmnpqrstuvwxyz' AS letters, CAST(unixepoch('now', 'subsec') * 1000 AS INTEGER) AS now),
  (VALUES (1), (2), (3), (4), (5), (6), (7), (8))
WHERE true
ON CONFLICT DO NOTHING;

-- Slugs that articles have had.
CREATE TABLE article_aliases (
  slug TEXT NOT NULL PRIMARY KEY,
  article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  -- Whether readers could see the article under it.
  is_public INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX article_aliases_by_article ON article_aliases (article_id, slug);
