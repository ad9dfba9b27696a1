CREATE TABLE community_standards (
  version integer NOT NULL PRIMARY KEY,
  body text COLLATE "C" NOT NULL,
  body_html text COLLATE "C" NOT NULL,
  effective_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL
);
