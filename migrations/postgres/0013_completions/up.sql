-- What the beginning of a word can become: names of tags and people from each of their words, headlines from
-- the first.
CREATE TABLE completions (
  resource text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  id uuid NOT NULL,
  PRIMARY KEY (resource, key, id)
);
CREATE INDEX completions_by_id ON completions (id);

CREATE FUNCTION completions_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM completions WHERE id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER completions_of_article_gone AFTER DELETE ON articles
  FOR EACH ROW EXECUTE FUNCTION completions_gone();
CREATE TRIGGER completions_of_tag_gone AFTER DELETE ON tags
  FOR EACH ROW EXECUTE FUNCTION completions_gone();
CREATE TRIGGER completions_of_person_gone AFTER DELETE ON people
  FOR EACH ROW EXECUTE FUNCTION completions_gone();
CREATE TRIGGER tags_to_read_new AFTER INSERT ON tags
  FOR EACH ROW EXECUTE FUNCTION text_to_read('tag');
CREATE TRIGGER tags_to_read_changed AFTER UPDATE OF name ON tags
  FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION text_to_read('tag');
CREATE TRIGGER people_to_read_new AFTER INSERT ON people
  FOR EACH ROW EXECUTE FUNCTION text_to_read('person');
CREATE TRIGGER people_to_read_changed AFTER UPDATE OF name ON people
  FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION text_to_read('person');

INSERT INTO texts_to_read (id, resource) SELECT id, 'article' FROM articles ON CONFLICT DO NOTHING;
INSERT INTO texts_to_read (id, resource) SELECT id, 'tag' FROM tags;
INSERT INTO texts_to_read (id, resource) SELECT id, 'person' FROM people;
