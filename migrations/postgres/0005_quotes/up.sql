CREATE TABLE quotes (
  id uuid NOT NULL PRIMARY KEY,
  article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  position integer NOT NULL,
  text text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('full', 'partial')),
  speaker_id uuid REFERENCES people (id) ON DELETE SET NULL,
  speaker_name text COLLATE "C",
  role text COLLATE "C",
  affiliation text COLLATE "C",
  affiliation_key text COLLATE "C",
  cue text COLLATE "C",
  context text COLLATE "C",
  said_at timestamptz,
  language text COLLATE "C",
  original_text text COLLATE "C",
  original_language text COLLATE "C",
  anonymity_reason text COLLATE "C",
  state text COLLATE "C" NOT NULL CHECK (state IN ('suggested', 'confirmed')),
  anchor_status text COLLATE "C" NOT NULL CHECK (anchor_status IN ('anchored', 'altered', 'ambiguous', 'orphaned')),
  anchor_start integer,
  anchor_end integer,
  anchor_prefix text COLLATE "C",
  anchor_suffix text COLLATE "C",
  anchor_sha256 text COLLATE "C",
  anchor_article_version bigint NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version bigint NOT NULL
);
CREATE INDEX quotes_by_article ON quotes (article_id, position);
CREATE INDEX quotes_by_speaker ON quotes (speaker_id, article_id);
CREATE INDEX quotes_by_affiliation ON quotes (affiliation_key, article_id);
