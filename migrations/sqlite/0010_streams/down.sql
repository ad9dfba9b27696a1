DROP TABLE article_audio;
DROP TABLE programmes;
DROP TABLE stream_sources;
DROP TABLE streams;
