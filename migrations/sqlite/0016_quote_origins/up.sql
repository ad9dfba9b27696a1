ALTER TABLE quotes ADD COLUMN origin TEXT NOT NULL DEFAULT 'editor' CHECK (origin IN ('editor', 'import', 'suggestion'));
-- Whether readers have ever seen it: what is changed about it from then on, they are told.
ALTER TABLE quotes ADD COLUMN was_public INTEGER NOT NULL DEFAULT 0;
-- The text directive of its address, while it is anchored.
ALTER TABLE quotes ADD COLUMN anchor_directive TEXT;
-- Where words like it stand, as JSON, while it is not.
ALTER TABLE quotes ADD COLUMN anchor_proposals TEXT;
UPDATE quotes SET was_public = 1
  WHERE state = 'confirmed' AND article_id IN (SELECT id FROM articles WHERE status = 'published');
