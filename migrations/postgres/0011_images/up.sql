CREATE TABLE images (
  id uuid NOT NULL PRIMARY KEY,
  -- Where the picture is elsewhere, or the name of its file in the media store; neither while it waits for its file.
  external_url text COLLATE "C",
  file text COLLATE "C",
  media_type text COLLATE "C",
  width integer,
  height integer,
  byte_size bigint,
  animated boolean NOT NULL,
  alt text COLLATE "C",
  caption text COLLATE "C",
  credit text COLLATE "C",
  focal_x double precision,
  focal_y double precision,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version bigint NOT NULL,
  CHECK (file IS NULL OR external_url IS NULL)
);
CREATE UNIQUE INDEX images_by_file ON images (file) WHERE file IS NOT NULL;

-- Which article shows which pictures: at its head, or in its body.
CREATE TABLE article_images (
  article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  place text COLLATE "C" NOT NULL CHECK (place IN ('head', 'body')),
  image_id uuid NOT NULL REFERENCES images (id),
  PRIMARY KEY (article_id, place, image_id)
);
CREATE INDEX article_images_by_image ON article_images (image_id, article_id);

-- The cover of a stream.
ALTER TABLE streams ADD COLUMN image_id uuid REFERENCES images (id);
CREATE INDEX streams_by_image ON streams (image_id);
