-- What the beginning of a word can become: names of tags and people from each of their words, headlines from
-- the first.
CREATE TABLE completions (
  resource TEXT NOT NULL,
  key TEXT NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (resource, key, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX completions_by_id ON completions (id);

CREATE TRIGGER completions_of_article_gone AFTER DELETE ON articles BEGIN
  DELETE FROM completions WHERE id = OLD.id;
END;
CREATE TRIGGER completions_of_tag_gone AFTER DELETE ON tags BEGIN
  DELETE FROM completions WHERE id = OLD.id;
END;
CREATE TRIGGER completions_of_person_gone AFTER DELETE ON people BEGIN
  DELETE FROM completions WHERE id = OLD.id;
END;
CREATE TRIGGER tags_to_read_new AFTER INSERT ON tags BEGIN
  INSERT OR IGNORE INTO texts_to_read (id, resource) VALUES (NEW.id, 'tag');
END;
CREATE TRIGGER tags_to_read_changed AFTER UPDATE OF name ON tags WHEN OLD.name <> NEW.name BEGIN
  INSERT OR IGNORE INTO texts_to_read (id, resource) VALUES (NEW.id, 'tag');
END;
CREATE TRIGGER people_to_read_new AFTER INSERT ON people BEGIN
  INSERT OR IGNORE INTO texts_to_read (id, resource) VALUES (NEW.id, 'person');
END;
CREATE TRIGGER people_to_read_changed AFTER UPDATE OF name ON people WHEN OLD.name <> NEW.name BEGIN
  INSERT OR IGNORE INTO texts_to_read (id, resource) VALUES (NEW.id, 'person');
END;

INSERT OR IGNORE INTO texts_to_read (id, resource) SELECT id, 'article' FROM articles;
INSERT OR IGNORE INTO texts_to_read (id, resource) SELECT id, 'tag' FROM tags;
INSERT OR IGNORE INTO texts_to_read (id, resource) SELECT id, 'person' FROM people;
