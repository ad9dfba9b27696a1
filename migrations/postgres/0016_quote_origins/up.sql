ALTER TABLE quotes ADD COLUMN origin text COLLATE "C" NOT NULL DEFAULT 'editor' CHECK (origin IN ('editor', 'import', 'suggestion'));
-- Whether readers have ever seen it: what is changed about it from then on, they are told.
ALTER TABLE quotes ADD COLUMN was_public boolean NOT NULL DEFAULT false;
-- The text directive of its address, while it is anchored.
ALTER TABLE quotes ADD COLUMN anchor_directive text COLLATE "C";
-- Where words like it stand, as JSON, while it is not.
ALTER TABLE quotes ADD COLUMN anchor_proposals text COLLATE "C";
UPDATE quotes SET was_public = true
  WHERE state = 'confirmed' AND article_id IN (SELECT id FROM articles WHERE status = 'published');
