-- What is to be divided into words before the transaction that wrote it ends.
CREATE TABLE texts_to_read (
  id uuid NOT NULL PRIMARY KEY,
  resource text COLLATE "C" NOT NULL CHECK (resource IN ('article', 'quote', 'tag', 'person'))
);

-- The words of texts between single blanks, as the server divides them. Numbers grow with each new text.
-- The index knows which words a text has; where they stand, the text of its words says: a tsvector forgets
-- what comes late or often.
CREATE TABLE article_words (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  article_id uuid NOT NULL UNIQUE REFERENCES articles (id) ON DELETE CASCADE,
  title text COLLATE "C" NOT NULL,
  standfirst text COLLATE "C" NOT NULL,
  body text COLLATE "C" NOT NULL,
  words tsvector NOT NULL GENERATED ALWAYS AS (
    array_to_tsvector(array_remove(string_to_array(title || standfirst || body, ' '), ''))
  ) STORED
);
CREATE INDEX article_words_by_word ON article_words USING gin (words) WITH (gin_pending_list_limit = 512);
CREATE TABLE quote_words (
  number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  quote_id uuid NOT NULL UNIQUE REFERENCES quotes (id) ON DELETE CASCADE,
  role_key text COLLATE "C",
  body text COLLATE "C" NOT NULL,
  words tsvector NOT NULL GENERATED ALWAYS AS (
    array_to_tsvector(array_remove(string_to_array(body, ' '), ''))
  ) STORED
);
CREATE INDEX quote_words_by_word ON quote_words USING gin (words) WITH (gin_pending_list_limit = 512);
CREATE INDEX quote_words_by_role ON quote_words (role_key, quote_id);

CREATE FUNCTION text_to_read() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO texts_to_read (id, resource) VALUES (NEW.id, TG_ARGV[0]) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER articles_to_read_new AFTER INSERT ON articles
  FOR EACH ROW EXECUTE FUNCTION text_to_read('article');
CREATE TRIGGER articles_to_read_changed AFTER UPDATE OF title, standfirst, body_text ON articles
  FOR EACH ROW WHEN ((OLD.title, OLD.standfirst, OLD.body_text) IS DISTINCT FROM (NEW.title, NEW.standfirst, NEW.body_text))
  EXECUTE FUNCTION text_to_read('article');
CREATE TRIGGER quotes_to_read_new AFTER INSERT ON quotes
  FOR EACH ROW EXECUTE FUNCTION text_to_read('quote');
CREATE TRIGGER quotes_to_read_changed AFTER UPDATE OF text, speaker_id, role ON quotes
  FOR EACH ROW WHEN ((OLD.text, OLD.speaker_id, OLD.role) IS DISTINCT FROM (NEW.text, NEW.speaker_id, NEW.role))
  EXECUTE FUNCTION text_to_read('quote');

-- What is there already is read when the server next starts.
INSERT INTO texts_to_read (id, resource) SELECT id, 'article' FROM articles;
INSERT INTO texts_to_read (id, resource) SELECT id, 'quote' FROM quotes;
