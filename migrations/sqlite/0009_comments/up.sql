-- Beside the article, whose row is long and would be written anew with every comment that is approved.
CREATE TABLE article_discussions (
  article_id BLOB NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
  -- NULL follows the site.
  policy TEXT CHECK (policy IN ('open', 'closed', 'off')),
  comment_count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE comments (
  id BLOB NOT NULL PRIMARY KEY,
  article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  parent_id BLOB REFERENCES comments (id) ON DELETE CASCADE,
  -- The ids from the root down to the comment, in hexadecimal: their order is that of the thread.
  path TEXT NOT NULL,
  -- The same with the root's digits turned round: the newest thread first, its replies in their order.
  newest_path TEXT NOT NULL,
  depth INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'spam', 'withdrawn')),
  -- Whether it stands in its thread: approved, or not any more and with approved ones below it.
  is_shown INTEGER NOT NULL,
  -- Whether readers have flagged it since somebody last decided on it.
  is_flagged INTEGER NOT NULL,
  reply_count INTEGER NOT NULL,
  approved_below INTEGER NOT NULL,
  decision_id BLOB,
  marks TEXT NOT NULL,
  user_id TEXT,
  author_name TEXT,
  author_key TEXT,
  text_sha256 BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  body TEXT,
  body_html TEXT
) STRICT;
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
  id BLOB NOT NULL PRIMARY KEY,
  comment_id BLOB NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'spam', 'withdrawn')),
  reason TEXT,
  note TEXT,
  standards_version INTEGER REFERENCES community_standards (version),
  -- NULL is the screening.
  key_id BLOB REFERENCES keys (id),
  decided_at INTEGER NOT NULL
) STRICT;
CREATE INDEX comment_decisions_by_comment ON comment_decisions (comment_id, id);

CREATE TABLE comment_flags (
  id BLOB NOT NULL PRIMARY KEY,
  comment_id BLOB NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
  reason TEXT NOT NULL,
  user_id TEXT,
  note TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (comment_id, user_id)
) STRICT;
CREATE INDEX comment_flags_by_comment ON comment_flags (comment_id, id);

CREATE TABLE comment_words (
  id BLOB NOT NULL PRIMARY KEY,
  word TEXT NOT NULL,
  -- The word as it is compared: case and accents folded.
  word_key TEXT NOT NULL UNIQUE,
  -- And as it looks: letters of other scripts and digits read as the Latin letters they pass for.
  look_key TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('banned', 'suspect')),
  created_at INTEGER NOT NULL
) STRICT;
