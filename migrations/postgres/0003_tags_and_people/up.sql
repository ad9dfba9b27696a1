CREATE TABLE tags (
  id uuid NOT NULL PRIMARY KEY,
  slug text COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL,
  name_key text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('topic', 'place', 'organisation', 'person', 'series')),
  description text COLLATE "C",
  is_public boolean NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version bigint NOT NULL
);
-- Whoever writes a name means one tag.
CREATE UNIQUE INDEX tags_by_name ON tags (name_key);

CREATE TABLE people (
  id uuid NOT NULL PRIMARY KEY,
  slug text COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL,
  name_key text COLLATE "C" NOT NULL,
  bio text COLLATE "C",
  wikidata text COLLATE "C",
  orcid text COLLATE "C",
  is_public boolean NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version bigint NOT NULL
);
CREATE INDEX people_by_name ON people (name_key, id);

-- Where a merged tag or person went: its old slug, its old id and its old name lead there for ever,
-- for readers only if they could see it.
CREATE TABLE merged_tags (
  slug text COLLATE "C" NOT NULL PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  into_id uuid NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  name_key text COLLATE "C" NOT NULL,
  is_public boolean NOT NULL
);
CREATE INDEX merged_tags_by_into ON merged_tags (into_id);
CREATE INDEX merged_tags_by_name ON merged_tags (name_key, id);

CREATE TABLE merged_people (
  slug text COLLATE "C" NOT NULL PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  into_id uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name_key text COLLATE "C" NOT NULL,
  is_public boolean NOT NULL
);
CREATE INDEX merged_people_by_into ON merged_people (into_id);
CREATE INDEX merged_people_by_name ON merged_people (name_key, id);
