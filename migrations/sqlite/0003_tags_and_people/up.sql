CREATE TABLE tags (
  id BLOB NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('topic', 'place', 'organisation', 'person', 'series')),
  description TEXT,
  is_public INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
-- Whoever writes a name means one tag.
CREATE UNIQUE INDEX tags_by_name ON tags (name_key);

CREATE TABLE people (
  id BLOB NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  bio TEXT,
  wikidata TEXT,
  orcid TEXT,
  is_public INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX people_by_name ON people (name_key, id);

-- Where a merged tag or person went: its old slug, its old id and its old name lead there for ever,
-- for readers only if they could see it.
CREATE TABLE merged_tags (
  slug TEXT NOT NULL PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  into_id BLOB NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  name_key TEXT NOT NULL,
  is_public INTEGER NOT NULL
) STRICT;
CREATE INDEX merged_tags_by_into ON merged_tags (into_id);
CREATE INDEX merged_tags_by_name ON merged_tags (name_key, id);

CREATE TABLE merged_people (
  slug TEXT NOT NULL PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  into_id BLOB NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name_key TEXT NOT NULL,
  is_public INTEGER NOT NULL
) STRICT;
CREATE INDEX merged_people_by_into ON merged_people (into_id);
CREATE INDEX merged_people_by_name ON merged_people (name_key, id);
