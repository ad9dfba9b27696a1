DROP TABLE article_authors;
DROP TABLE article_tags;
DROP TABLE articles;
