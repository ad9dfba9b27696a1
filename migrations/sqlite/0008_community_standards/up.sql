CREATE TABLE community_standards (
  version INTEGER NOT NULL PRIMARY KEY,
  body TEXT NOT NULL,
  body_html TEXT NOT NULL,
  effective_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
