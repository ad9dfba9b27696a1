-- Beside the article, whose row is long and would be written anew with every comment that is approved.
CREATE TABLE article_discussions (
  article_id uuid NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  -- NULL follows the site.
  policy text COLLATE "C" CHECK (policy IN ('open', 'closed', 'off')),
  comment_count integer NOT NULL
);

CREATE TABLE comments (
  id uuid NOT NULL PRIMARY KEY,
  article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  parent_id uuid REFERENCES comments (id) ON DELETE CASCADE,
  -- The ids from the root down to the comment, in hexadecimal: their order is that of the thread.
  path text COLLATE "C" NOT NULL,
  -- The same with the root's digits turned round: the newest thread first, its replies in their order.
  newest_path text COLLATE "C" NOT NULL,
  depth integer NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'spam', 'withdrawn')),
  -- Whether it stands in its thread: approved, or not any more and with approved ones below it.
  is_shown boolean NOT NULL,
  -- Whether readers have flagged it since somebody last decided on it.
  is_flagged boolean NOT NULL,
  reply_count integer NOT NULL,
  approved_below integer NOT NULL,
  decision_id uuid,
  marks text COLLATE "C" NOT NULL,
  user_id text COLLATE "C",
  author_name text COLLATE "C",
  author_key text COLLATE "C",
  text_sha256 bytea,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  version bigint NOT NULL,
  body text COLLATE "C",
  body_html text COLLATE "C"
);
CREATE INDEX comments_by_thread ON comments (article_id, is_shown, path);
CREATE INDEX comments_by_newest_thread ON comments (article_id, is_shown, newest_path);
CREATE INDEX comments_by_time ON comments (article_id, is_shown, id);
CREATE INDEX comments_by_parent ON comments (parent_id);
CREATE INDEX comments_by_state ON comments (state, id);
CREATE INDEX comments_by_flag ON comments (is_flagged, id);
CREATE INDEX comments_by_user ON comments (user_id, id);
CREATE INDEX comments_by_author ON comments (author_key, id);
CREATE INDEX comments_by_text ON comments (text_sha256, id);

CREATE TABLE comment_decisions (
  id uuid NOT NULL PRIMARY KEY,
  comment_id uuid NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  state text COLLATE "C" NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'spam', 'withdrawn')),
  reason text COLLATE "C",
  note text COLLATE "C",
  standards_version integer REFERENCES community_standards (version),
  -- NULL is the screening.
  key_id uuid REFERENCES keys (id),
  decided_at timestamptz NOT NULL
);
CREATE INDEX comment_decisions_by_comment ON comment_decisions (comment_id, id);

CREATE TABLE comment_flags (
  id uuid NOT NULL PRIMARY KEY,
  comment_id uuid NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  reason text COLLATE "C" NOT NULL,
  user_id text COLLATE "C",
  note text COLLATE "C",
  created_at timestamptz NOT NULL,
  UNIQUE (comment_id, user_id)
);
CREATE INDEX comment_flags_by_comment ON comment_flags (comment_id, id);

CREATE TABLE comment_words (
  id uuid NOT NULL PRIMARY KEY,
  word text COLLATE "C" NOT NULL,
  -- The word as it is compared: case and accents folded.
  word_key text COLLATE "C" NOT NULL UNIQUE,
  -- And as it looks: letters of other scripts and digits read as the Latin letters they pass for.
  look_key text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('banned', 'suspect')),
  created_at timestamptz NOT NULL
);
