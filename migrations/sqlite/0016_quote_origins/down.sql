ALTER TABLE quotes DROP COLUMN anchor_proposals;
ALTER TABLE quotes DROP COLUMN anchor_directive;
ALTER TABLE quotes DROP COLUMN was_public;
ALTER TABLE quotes DROP COLUMN origin;
