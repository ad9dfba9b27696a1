CREATE TABLE images (
  id BLOB NOT NULL PRIMARY KEY,
  -- Where the picture is elsewhere, or the name of its file in the media store; neither while it waits for its file.
  external_url TEXT,
  file TEXT,
  media_type TEXT,
  width INTEGER,
  height INTEGER,
  byte_size INTEGER,
  animated INTEGER NOT NULL,
  alt TEXT,
  caption TEXT,
  credit TEXT,
  focal_x REAL,
  focal_y REAL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  CHECK (file IS NULL OR external_url IS NULL)
) STRICT;
CREATE UNIQUE INDEX images_by_file ON images (file) WHERE file IS NOT NULL;

-- Which article shows which pictures: at its head, or in its body.
CREATE TABLE article_images (
  article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  place TEXT NOT NULL CHECK (place IN ('head', 'body')),
  image_id BLOB NOT NULL REFERENCES images (id),
  PRIMARY KEY (article_id, place, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_images_by_image ON article_images (image_id, article_id);

-- The cover of a stream.
ALTER TABLE streams ADD COLUMN image_id BLOB REFERENCES images (id);
CREATE INDEX streams_by_image ON streams (image_id);
