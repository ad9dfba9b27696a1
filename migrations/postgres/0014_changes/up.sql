-- What every write appends: one row for each thing that is different since, in the order of the commits.
CREATE TABLE changes (
  seq bigint NOT NULL PRIMARY KEY,
  -- Its number among what readers may know of; they are numbered by themselves, for gaps would tell of drafts.
  public_seq bigint UNIQUE,
  kind text COLLATE "C" NOT NULL,
  -- What it is to readers; NULL when they learn nothing of it.
  public_kind text COLLATE "C",
  resource_id text COLLATE "C" NOT NULL,
  article_id uuid,
  -- Whether moderators alone learn of it.
  is_moderation boolean NOT NULL,
  fields text COLLATE "C" NOT NULL,
  -- The tags it is about or stands under, each between blanks.
  tags text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL
);

-- Up to where the log is gone. It does not know what was there before it was.
CREATE TABLE change_horizon (
  id integer NOT NULL PRIMARY KEY CHECK (id = 1),
  seq bigint NOT NULL,
  public_seq bigint NOT NULL
);
INSERT INTO change_horizon
SELECT 1, is_there, is_there FROM (
  SELECT (EXISTS (SELECT 1 FROM articles) OR EXISTS (SELECT 1 FROM tags) OR EXISTS (SELECT 1 FROM people)
    OR EXISTS (SELECT 1 FROM images) OR EXISTS (SELECT 1 FROM streams) OR EXISTS (SELECT 1 FROM community_standards))::int
    AS is_there
) AS before;

-- Where the numbers come from; taken under a lock, last in a write, so that they are in the order of the commits.
CREATE SEQUENCE change_seqs;
CREATE SEQUENCE change_public_seqs;
SELECT setval('change_seqs', seq + 1, false), setval('change_public_seqs', public_seq + 1, false) FROM change_horizon;

-- The rows a write has touched, until it has said in `changes` what follows from them. Nobody else ever sees one.
CREATE UNLOGGED TABLE touched (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text COLLATE "C" NOT NULL,
  before text COLLATE "C",
  after text COLLATE "C"
);

-- Of long texts only whether they are others.
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
  long text;
BEGIN
  IF before = after THEN
    RETURN NULL;
  END IF;
  FOREACH long IN ARRAY ARRAY['body', 'body_html', 'body_text'] LOOP
    IF COALESCE(before, after) ? long THEN
      after := after || jsonb_build_object(long, (before IS NOT NULL AND before -> long IS DISTINCT FROM after -> long)::int);
      before := before || jsonb_build_object(long, 0);
    END IF;
  END LOOP;
  INSERT INTO touched (source, before, after) VALUES (TG_TABLE_NAME, before, after);
  RETURN NULL;
END
$$;

DO $$
DECLARE
  followed text;
BEGIN
  FOREACH followed IN ARRAY ARRAY[
    'articles', 'article_aliases', 'article_audio', 'article_authors', 'article_discussions', 'article_images',
    'article_tags', 'comment_flags', 'comments', 'community_standards', 'images', 'links', 'merged_people',
    'merged_tags', 'people', 'programmes', 'quotes', 'short_links', 'stream_sources', 'streams', 'tags'
  ] LOOP
    EXECUTE format('CREATE TRIGGER touched AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION touch()', followed);
  END LOOP;
END
$$;
