CREATE TABLE keys (
  id uuid NOT NULL PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  scopes text COLLATE "C" NOT NULL,
  secret_sha256 bytea NOT NULL,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz NOT NULL
);
