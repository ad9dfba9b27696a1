DROP TABLE article_images;
DROP TABLE images;
