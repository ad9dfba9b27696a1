CREATE TABLE articles (
  id uuid NOT NULL PRIMARY KEY,
  slug text COLLATE "C" NOT NULL UNIQUE,
  status text COLLATE "C" NOT NULL CHECK (status IN ('draft', 'published', 'archived')),
  title text COLLATE "C" NOT NULL,
  title_key text COLLATE "C" NOT NULL,
  standfirst text COLLATE "C",
  dateline text COLLATE "C",
  language text COLLATE "C",
  source_name text COLLATE "C",
  source_url text COLLATE "C",
  source_retrieved_at timestamptz,
  body_format text COLLATE "C" NOT NULL CHECK (body_format IN ('markdown', 'html', 'text')),
  word_count integer NOT NULL,
  published_at timestamptz,
  first_published_at timestamptz,
  -- published_at, or created_at where there is none: what lists are ordered by.
  dated_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version bigint NOT NULL,
  external_id text COLLATE "C" UNIQUE,
  -- What the last import of this article was made from: the same again changes nothing.
  imported_sha256 bytea,
  -- The long columns last: a list that does not ask for them never reads them.
  body text COLLATE "C" NOT NULL,
  body_html text COLLATE "C" NOT NULL,
  body_text text COLLATE "C" NOT NULL
);
CREATE INDEX articles_by_date ON articles (status, dated_at, id);
CREATE INDEX articles_by_update ON articles (status, updated_at, id);
CREATE INDEX articles_by_title ON articles (title_key, id);

CREATE TABLE article_tags (
  article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  position integer NOT NULL,
  tag_id uuid NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (article_id, tag_id)
);
CREATE INDEX article_tags_by_tag ON article_tags (tag_id, article_id);

CREATE TABLE article_authors (
  article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  position integer NOT NULL,
  person_id uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (article_id, person_id)
);
CREATE INDEX article_authors_by_person ON article_authors (person_id, article_id);
