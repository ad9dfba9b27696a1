DROP TABLE merged_people;
DROP TABLE merged_tags;
DROP TABLE people;
DROP TABLE tags;
