DROP TABLE comment_words;
DROP TABLE comment_flags;
DROP TABLE comment_decisions;
DROP TABLE comments;
DROP TABLE article_discussions;
