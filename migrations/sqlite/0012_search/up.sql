-- What is to be divided into words before the transaction that wrote it ends.
CREATE TABLE texts_to_read (
  id BLOB NOT NULL PRIMARY KEY,
  resource TEXT NOT NULL CHECK (resource IN ('article', 'quote', 'tag', 'person'))
) STRICT, WITHOUT ROWID;

-- The words of texts between single blanks, as the server divides them. Numbers grow with each new text.
CREATE TABLE article_words (
  number INTEGER NOT NULL PRIMARY KEY,
  article_id BLOB NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
  title TEXT NOT NULL,
  standfirst TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE quote_words (
  number INTEGER NOT NULL PRIMARY KEY,
  quote_id BLOB NOT NULL UNIQUE REFERENCES quotes (id) ON DELETE CASCADE,
  role_key TEXT,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX quote_words_by_role ON quote_words (role_key, quote_id);

-- The tokenizer divides at blanks and changes nothing: the words are words already.
CREATE VIRTUAL TABLE article_index USING fts5(
  title, standfirst, body,
  content = 'article_words', content_rowid = 'number', tokenize = 'ascii', prefix = '3', columnsize = 0
);
CREATE VIRTUAL TABLE quote_index USING fts5(
  body,
  content = 'quote_words', content_rowid = 'number', tokenize = 'ascii', columnsize = 0
);

CREATE TRIGGER article_words_new AFTER INSERT ON article_words BEGIN
  INSERT INTO article_index (rowid, title, standfirst, body)
    VALUES (NEW.number, NEW.title, NEW.standfirst, NEW.body);
END;
CREATE TRIGGER article_words_changed AFTER UPDATE ON article_words
WHEN (OLD.title, OLD.standfirst, OLD.body) IS NOT (NEW.title, NEW.standfirst, NEW.body) BEGIN
  INSERT INTO article_index (article_index, rowid, title, standfirst, body)
    VALUES ('delete', OLD.number, OLD.title, OLD.standfirst, OLD.body);
  INSERT INTO article_index (rowid, title, standfirst, body)
    VALUES (NEW.number, NEW.title, NEW.standfirst, NEW.body);
END;
CREATE TRIGGER article_words_gone AFTER DELETE ON article_words BEGIN
  INSERT INTO article_index (article_index, rowid, title, standfirst, body)
    VALUES ('delete', OLD.number, OLD.title, OLD.standfirst, OLD.body);
END;
CREATE TRIGGER quote_words_new AFTER INSERT ON quote_words BEGIN
  INSERT INTO quote_index (rowid, body) VALUES (NEW.number, NEW.body);
END;
CREATE TRIGGER quote_words_changed AFTER UPDATE ON quote_words WHEN OLD.body <> NEW.body BEGIN
  INSERT INTO quote_index (quote_index, rowid, body) VALUES ('delete', OLD.number, OLD.body);
  INSERT INTO quote_index (rowid, body) VALUES (NEW.number, NEW.body);
END;
CREATE TRIGGER quote_words_gone AFTER DELETE ON quote_words BEGIN
  INSERT INTO quote_index (quote_index, rowid, body) VALUES ('delete', OLD.number, OLD.body);
END;

CREATE TRIGGER articles_to_read_new AFTER INSERT ON articles BEGIN
  INSERT OR IGNORE INTO texts_to_read (id, resource) VALUES (NEW.id, 'article');
END;
CREATE TRIGGER articles_to_read_changed AFTER UPDATE OF title, standfirst, body_text ON articles
WHEN (OLD.title, OLD.standfirst, OLD.body_text) IS NOT (NEW.title, NEW.standfirst, NEW.body_text) BEGIN
  INSERT OR IGNORE INTO texts_to_read (id, resource) VALUES (NEW.id, 'article');
END;
CREATE TRIGGER quotes_to_read_new AFTER INSERT ON quotes BEGIN
  INSERT OR IGNORE INTO texts_to_read (id, resource) VALUES (NEW.id, 'quote');
END;
CREATE TRIGGER quotes_to_read_changed AFTER UPDATE OF text, speaker_id, role ON quotes
WHEN (OLD.text, OLD.speaker_id, OLD.role) IS NOT (NEW.text, NEW.speaker_id, NEW.role) BEGIN
  INSERT OR IGNORE INTO texts_to_read (id, resource) VALUES (NEW.id, 'quote');
END;

-- What is there already is read when the server next starts.
INSERT INTO texts_to_read (id, resource) SELECT id, 'article' FROM articles;
INSERT INTO texts_to_read (id, resource) SELECT id, 'quote' FROM quotes;
