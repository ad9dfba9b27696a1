CREATE TABLE streams (
  id uuid NOT NULL PRIMARY KEY,
  slug text COLLATE "C" NOT NULL UNIQUE,
  name text COLLATE "C" NOT NULL,
  name_key text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  language text COLLATE "C",
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('audio', 'video')),
  status text COLLATE "C" NOT NULL CHECK (status IN ('pending', 'live', 'ended')),
  starts_at timestamptz,
  ends_at timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version bigint NOT NULL
);
CREATE INDEX streams_by_name ON streams (name_key, id);

CREATE TABLE stream_sources (
  stream_id uuid NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
  position integer NOT NULL,
  url text COLLATE "C" NOT NULL,
  media_type text COLLATE "C" NOT NULL,
  bit_rate integer,
  PRIMARY KEY (stream_id, position)
);

CREATE TABLE programmes (
  id uuid NOT NULL PRIMARY KEY,
  stream_id uuid NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
  title text COLLATE "C" NOT NULL,
  description text COLLATE "C",
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  article_id uuid REFERENCES articles (id) ON DELETE SET NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version bigint NOT NULL,
  CHECK (starts_at < ends_at)
);
-- One thing at a time: what overlaps otherwise is refused before it is written.
CREATE UNIQUE INDEX programmes_by_start ON programmes (stream_id, starts_at);
CREATE INDEX programmes_by_article ON programmes (article_id);

CREATE TABLE article_audio (
  article_id uuid NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  url text COLLATE "C" NOT NULL,
  media_type text COLLATE "C" NOT NULL,
  duration_seconds integer,
  language text COLLATE "C",
  transcript text COLLATE "C"
);
