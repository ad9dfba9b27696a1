DROP TABLE article_aliases;
DROP TABLE short_links;
