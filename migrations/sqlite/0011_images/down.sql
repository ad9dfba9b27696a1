DROP INDEX streams_by_image;
ALTER TABLE streams DROP COLUMN image_id;
DROP TABLE article_images;
DROP TABLE images;
