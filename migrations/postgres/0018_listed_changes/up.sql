-- Where a change of an article stood and stands in lists by date, in milliseconds: only when it comes into lists, leaves
-- them or moves in them.
ALTER TABLE changes ADD COLUMN listed text COLLATE "C" NOT NULL DEFAULT '';
