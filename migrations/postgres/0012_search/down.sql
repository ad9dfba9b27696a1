DROP TRIGGER articles_to_read_new ON articles;
DROP TRIGGER articles_to_read_changed ON articles;
DROP TRIGGER quotes_to_read_new ON quotes;
DROP TRIGGER quotes_to_read_changed ON quotes;
DROP FUNCTION text_to_read;
DROP TABLE article_words;
DROP TABLE quote_words;
DROP TABLE texts_to_read;
