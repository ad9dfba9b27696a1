DROP TABLE community_standards;
