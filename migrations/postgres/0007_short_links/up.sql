-- Every code that was ever given: what is no longer used stays, so that it is never given again.
CREATE TABLE short_links (
  code text COLLATE "C" NOT NULL PRIMARY KEY,
  article_id uuid REFERENCES articles (id) ON DELETE SET NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('generated', 'vanity')),
  hits bigint NOT NULL,
  last_hit_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  retired_at timestamptz
);
CREATE INDEX short_links_by_article ON short_links (article_id, kind, code);
-- Each article has one code of its own.
CREATE UNIQUE INDEX short_links_generated ON short_links (article_id) WHERE kind = 'generated';

-- Articles that are there get theirs. Each draws eight: of those that are free the first stays. The
-- randomness is that of a UUID's last bytes, which the system gives.
INSERT INTO short_links
SELECT
  substr(letters, 1 + get_byte(r, 9) % 31, 1) || substr(letters, 1 + get_byte(r, 10) % 31, 1)
    || substr(letters, 1 + get_byte(r, 11) % 31, 1) || substr(letters, 1 + get_byte(r, 12) % 31, 1)
    || substr(letters, 1 + get_byte(r, 13) % 31, 1) || substr(letters, 1 + get_byte(r, 14) % 31, 1)
    || substr(letters, 1 + get_byte(r, 15) % 31, 1),
  id, 'generated', 0, NULL, now, now, NULL
FROM (
  SELECT
    articles.id,
    '23456789abcdefghjkmnpqrstuvwxyz' AS letters,
    date_trunc('milliseconds', now()) AS now,
    uuid_send(gen_random_uuid()) AS r
  FROM articles, generate_series(1, 8)
) AS drawn
ON CONFLICT DO NOTHING;

-- Slugs that articles have had.
CREATE TABLE article_aliases (
  slug text COLLATE "C" NOT NULL PRIMARY KEY,
  article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  -- Whether readers could see the article under it.
  is_public boolean NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX article_aliases_by_article ON article_aliases (article_id, slug);
