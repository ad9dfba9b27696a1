CREATE TABLE articles (
  id BLOB NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  status TEXT NOT NULL CHECK (status IN ('draft', 'published', 'archived')),
  title TEXT NOT NULL,
  title_key TEXT NOT NULL,
  standfirst TEXT,
  dateline TEXT,
  language TEXT,
  source_name TEXT,
  source_url TEXT,
  source_retrieved_at INTEGER,
  body_format TEXT NOT NULL CHECK (body_format IN ('markdown', 'html', 'text')),
  word_count INTEGER NOT NULL,
  published_at INTEGER,
  first_published_at INTEGER,
  -- published_at, or created_at where there is none: what lists are ordered by.
  dated_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  external_id TEXT UNIQUE,
  -- What the last import of this article was made from: the same again changes nothing.
  imported_sha256 BLOB,
  -- The long columns last: a list that does not ask for them never reads them.
  body TEXT NOT NULL,
  body_html TEXT NOT NULL,
  body_text TEXT NOT NULL
) STRICT;
CREATE INDEX articles_by_date ON articles (status, dated_at, id);
CREATE INDEX articles_by_update ON articles (status, updated_at, id);
CREATE INDEX articles_by_title ON articles (title_key, id);

CREATE TABLE article_tags (
  article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  tag_id BLOB NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (article_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tags_by_tag ON article_tags (tag_id, article_id);

CREATE TABLE article_authors (
  article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  person_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  PRIMARY KEY (article_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_authors_by_person ON article_authors (person_id, article_id);
