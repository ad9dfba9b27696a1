DROP TRIGGER completions_of_article_gone;
DROP TRIGGER completions_of_tag_gone;
DROP TRIGGER completions_of_person_gone;
DROP TRIGGER tags_to_read_new;
DROP TRIGGER tags_to_read_changed;
DROP TRIGGER people_to_read_new;
DROP TRIGGER people_to_read_changed;
DROP TABLE completions;
DELETE FROM texts_to_read WHERE resource IN ('tag', 'person');
