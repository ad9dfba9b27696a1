// Made from openapi/openapi.json by clients/generate.py: `make client-types`.

/** Where a quote's words stand in `body_text` of its article. */
export interface Anchor {
  /** Whether they stand there. */
  status: AnchorStatus;
  /** Where they begin, in Unicode code points; null unless `anchored`. */
  start: number | null;
  /** Where they end, in Unicode code points; null unless `anchored`. */
  end: number | null;
  /** Up to 32 code points before them, where they stand or last stood; null when they never stood at one place. */
  prefix: string | null;
  /** Up to 32 code points after them, where they stand or last stood; null when they never stood at one place. */
  suffix: string | null;
  /**
   * SHA-256 of the words as they stand or last stood there (NFC, UTF-8), in hexadecimal; null when they
   * never stood at one place.
   */
  sha256: string | null;
  /** The version of the article in which they were looked for. */
  article_version: number;
  /**
   * Where words like these stand, the likeliest first: for an editor to choose from, never taken by
   * itself. Empty when `anchored`.
   */
  proposals: Proposal[];
}

/**
 * Whether a quote's words stand in its article.
 *
 * - `anchored`: they stand there, at one place, from `start` to `end`.
 * - `altered`: they stood there, and the text was changed where they stood.
 * - `ambiguous`: they stand there at several places.
 * - `orphaned`: they do not stand there.
 */
export type AnchorStatus = "anchored" | "altered" | "ambiguous" | "orphaned";

/** An article with everything that stands on its page. */
export interface Article {
  /** The article's id. */
  id: string;
  /** The article's name in URLs; unique among articles. */
  slug: string;
  /** Where the article is: an absolute URL. */
  url: string;
  /** A few letters that lead to `url`, to be printed and said: an absolute URL. */
  short_url: string;
  /** Whether readers see it. */
  status: Status;
  /** The headline. */
  title: string;
  /** The lead under the headline; null when there is none. */
  standfirst: string | null;
  /** Where and when it was filed, as printed: `MOSCOW, May 30`; null when there is none. */
  dateline: string | null;
  /** The language it is written in (BCP 47); null when unknown. */
  language: string | null;
  /** Who wrote it, in the order of the byline. */
  authors: PersonRef[];
  /** Where its content comes from; null when it is our own. */
  source: Source | null;
  /** The picture at its head; null when there is none. */
  image: Image | null;
  /** The body as it was written, in `body_format`. */
  body: string;
  /** How `body` is written. */
  body_format: BodyFormat;
  /**
   * The body as sanitised HTML, ready for a page: scripts, styles, ids and every address that is not a whole
   * `http(s)` or `mailto` one are gone (a footnote keeps its number and not its jump). An image named by
   * `image:` and its id has its address, size and renditions here.
   */
  body_html: string;
  /**
   * The body as plain text: what quotes are anchored to and offsets count in. It has the characters of `body_html`'s
   * text in their order, in NFC; the two differ in white space alone, so a page finds a quote by walking both.
   */
  body_text: string;
  /** How many words the body has. */
  word_count: number;
  /** The article read aloud; null when it is not. */
  audio: Audio | null;
  /** What it is about, in the editor's order. */
  tags: TagRef[];
  /** Its confirmed quotes, in the editor's order. */
  quotes: Quote[];
  /** Its links to other articles and pages, in the editor's order. */
  links: Link[];
  /** Its discussion: whether it takes comments, and how many there are. */
  comments: ArticleComments;
  /** The date of publication; null for what was never published. */
  published_at: string | null;
  /** When readers first saw it; stays when it is taken down and published again. */
  first_published_at: string | null;
  /** When it was made here. */
  created_at: string;
  /** When it or one of its parts was last changed. */
  updated_at: string;
  /** Counts its changes, from 1. */
  version: number;
  /** Its id in the system it was imported from; null when it was written here. */
  external_id: string | null;
}

/** A slug that an article has had: who asks for it is led to the one it has now. */
export interface ArticleAlias {
  /** The slug. */
  slug: string;
  /** Whether readers could see the article under it; only then it leads them there. */
  is_public: boolean;
  /** Since when the article has another. */
  created_at: string;
}

/** A page of aliases. */
export interface ArticleAliasPage {
  /** The items of this page, in the order asked for. */
  items: ArticleAlias[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/** A change of an article. */
export interface ArticleChange {
  /** What kind of thing this is. */
  type: "article";
  /**
   * The number of the change; every later change has a higher one. Readers without a key that sees
   * drafts have numbers of their own, in which nothing is missing.
   */
  seq: number;
  /** What has happened. */
  kind: ChangeKind;
  /** What it has happened to. */
  id: string;
  /** The article it is, stands on or leads to; null when that is none. */
  article_id: string | null;
  /** Whether it is gone for you: take it out of your copy. */
  deleted: boolean;
  /** The properties that say something else than before; empty when it has come or gone. */
  fields: string[];
  /**
   * The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
   * cache drops what it keeps under one of them. Empty when readers see nothing of it.
   */
  purge: string[];
  /** When it happened. */
  at: string;
  /** It as it is now, as its own address shows it; there with `include=resource`, unless it is gone. */
  resource?: Article;
}

/** The discussion of an article. */
export interface ArticleComments {
  /** Whether it takes comments. */
  policy: CommentsPolicy;
  /** Whether that is the site's policy, because the article has none of its own. */
  is_default: boolean;
  /** How many comments readers see: the approved ones; 0 where the policy is `off`. */
  count: number;
}

/** What is to change about an article's discussion: absent stays, null clears. */
export interface ArticleCommentsPatch {
  /** Whether it takes comments; null lets it follow the site again. */
  policy?: CommentsPolicy | null;
}

/** A message that tells of a change: article. */
export interface ArticleEvent {
  /** What has happened, as in `data`. */
  type: ChangeKind;
  /** When it happened. */
  timestamp: string;
  /** What is told. */
  data: ArticleChange;
}

/**
 * What a list of articles is ordered by; `-` is newest or last first.
 *
 * - `-published_at`: newest publication first; what was never published stands at its creation.
 * - `published_at`: oldest publication first.
 * - `-updated_at`: last changed first.
 * - `updated_at`: longest unchanged first.
 * - `title`: by headline, without regard to case.
 * - `relevance`: what answers `q` best first; only with `q`.
 */
export type ArticleOrder = "-published_at" | "published_at" | "-updated_at" | "updated_at" | "title" | "relevance";

/** A page of articles. */
export interface ArticlePage {
  /** The items of this page, in the order asked for. */
  items: ArticleSummary[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/**
 * A part of an article that a list leaves out unless it is asked for.
 *
 * - `body`: `body`, `body_format`, `body_html` and `body_text`.
 * - `quotes`: the quotes that readers see.
 * - `links`: the links.
 * - `authors`: who wrote it.
 */
export type ArticlePart = "body" | "quotes" | "links" | "authors";

/** What is to change about an article (RFC 7396): absent stays, null clears, arrays replace. */
export interface ArticlePatch {
  /** The headline: one line. */
  title?: string;
  /** The article's name in URLs; 409 when another article has it. */
  slug?: string;
  /** Whether readers see it. */
  status?: Status;
  /** The lead under the headline; null removes it. */
  standfirst?: string | null;
  /** Where and when it was filed; null removes it. */
  dateline?: string | null;
  /** The language it is written in (BCP 47); null removes it. */
  language?: string | null;
  /** Who wrote it, all of them: ids, slugs or names. */
  authors?: string[];
  /** Where its content comes from, each part by itself; null removes all of it. */
  source?: SourcePatch | null;
  /** The picture at its head: the id of an image; null removes it. */
  image?: string | null;
  /** The body, in `body_format`. */
  body?: string;
  /** How `body` is written. */
  body_format?: BodyFormat;
  /** The article read aloud, each part by itself; null removes all of it. */
  audio?: AudioPatch | null;
  /** What it is about, all of it: ids, slugs or names. */
  tags?: string[];
  /**
   * Its quotes, all of them, in order. One of exactly the same `text` that is there stays itself, with
   * its id, and takes what is sent; its `state` stays unless said. Those that are not sent go,
   * suggested ones too.
   */
  quotes?: NewQuote[];
  /**
   * What becomes of confirmed quotes whose words the new body changes; such a body is refused otherwise (409
   * `quote-altered`).
   */
  quote_changes?: QuoteEdit[];
  /**
   * Its links, all of them, in order. One of the same `rel` and `target`, else `url`, else `title`
   * that is there stays itself, with its id; those that are not sent go.
   */
  links?: NewLink[];
  /** Its discussion, each part by itself. */
  comments?: ArticleCommentsPatch;
  /** The date of publication. Not in the future; null only for what is not published. */
  published_at?: string | null;
  /** Its id in the system it comes from; null removes it. */
  external_id?: string | null;
}

/** An article as others point to it. */
export interface ArticleRef {
  /** The article's id. */
  id: string;
  /** The article's name in URLs. */
  slug: string;
  /** Where the article is: an absolute URL. */
  url: string;
  /** The headline. */
  title: string;
  /** The date of publication; null for what was never published. */
  published_at: string | null;
}

/** An article as it stands in a list: without body, quotes and links unless they are asked for. */
export interface ArticleSummary {
  /** The article's id. */
  id: string;
  /** The article's name in URLs. */
  slug: string;
  /** Where the article is: an absolute URL. */
  url: string;
  /** A few letters that lead to `url`, to be printed and said: an absolute URL. */
  short_url: string;
  /** Whether readers see it. */
  status: Status;
  /** The headline. */
  title: string;
  /** The lead under the headline; null when there is none. */
  standfirst: string | null;
  /** Where and when it was filed, as printed; null when there is none. */
  dateline: string | null;
  /** The language it is written in (BCP 47); null when unknown. */
  language: string | null;
  /** Where its content comes from; null when it is our own. */
  source: Source | null;
  /** The picture at its head; null when there is none. */
  image: Image | null;
  /** How many words the body has. */
  word_count: number;
  /** What it is about, in the editor's order. */
  tags: TagRef[];
  /** Its discussion: whether it takes comments, and how many there are. */
  comments: ArticleComments;
  /** The date of publication; null for what was never published. */
  published_at: string | null;
  /** When readers first saw it; null for what was never published. */
  first_published_at: string | null;
  /** When it was made here. */
  created_at: string;
  /** When it or one of its parts was last changed. */
  updated_at: string;
  /** Counts its changes, from 1. */
  version: number;
  /** Its id in the system it was imported from; null when it was written here. */
  external_id: string | null;
  /** Who wrote it; there with `include=authors`. */
  authors?: PersonRef[];
  /** The body as it was written; there with `include=body`. */
  body?: string;
  /** How `body` is written; there with `include=body`. */
  body_format?: BodyFormat;
  /** The body as sanitised HTML; there with `include=body`. */
  body_html?: string;
  /** The body as plain text; there with `include=body`. */
  body_text?: string;
  /** Its confirmed quotes; there with `include=quotes`. */
  quotes?: Quote[];
  /** Its links; there with `include=links`. */
  links?: Link[];
  /** Where `q` was found: one piece each of title, standfirst and body; there with `highlight=true`. */
  highlights?: Highlight[];
}

/** An article read aloud, or the recording it is about. */
export interface Audio {
  /** Where a player finds it. */
  url: string;
  /** Its media type, perhaps with codecs, as a player's `canPlayType` takes it. */
  type: string;
  /** How many seconds it lasts; null when unknown. */
  duration_seconds: number | null;
  /** The language spoken (BCP 47); null when it is the article's. */
  language: string | null;
  /** What is said, as plain text; null when it is the article's body, or nobody wrote it down. */
  transcript: string | null;
}

/** What is to change about an article read aloud: absent stays, null clears. */
export interface AudioPatch {
  /** Where a player finds it: an `http(s)` URL; needed where there is no audio yet. */
  url?: string;
  /** Its media type, perhaps with codecs; needed where there is no audio yet. */
  type?: string;
  /** How many seconds it lasts; null removes it. */
  duration_seconds?: number | null;
  /** The language spoken (BCP 47); null means the article's. */
  language?: string | null;
  /** What is said, as plain text; null removes it. */
  transcript?: string | null;
}

/**
 * The format a body is written in.
 *
 * - `markdown`: `CommonMark` with tables, strikethrough and footnotes; HTML in it is sanitised.
 * - `html`: HTML, which is sanitised.
 * - `text`: plain text: a blank line ends a paragraph, a single new line breaks a line.
 */
export type BodyFormat = "markdown" | "html" | "text";

/**
 * A change: what has happened to what. A thing is another when what is shown of it is: an article also when a
 * tag on it has a new name, a tag also when an article that carries it is published.
 */
export type Change = ArticleChange | QuoteChange | LinkChange | TagChange | PersonChange | ImageChange | StreamChange | CommentChange | CommunityStandardsChange | ShortLinkChange;

/**
 * What has happened to what. Kinds may be added.
 *
 * - `article.created`: article is there now.
 * - `article.published`: article is seen by readers from now on.
 * - `article.updated`: article says something else.
 * - `article.unpublished`: article is there, and readers see it no more.
 * - `article.deleted`: article is gone.
 * - `quote.created`: quote is there now.
 * - `quote.updated`: quote says something else.
 * - `quote.deleted`: quote is gone.
 * - `link.created`: link is there now.
 * - `link.updated`: link says something else.
 * - `link.deleted`: link is gone.
 * - `tag.created`: tag is there now.
 * - `tag.updated`: tag says something else.
 * - `tag.merged`: tag has gone into another.
 * - `tag.deleted`: tag is gone.
 * - `person.created`: person is there now.
 * - `person.updated`: person says something else.
 * - `person.merged`: person has gone into another.
 * - `person.deleted`: person is gone.
 * - `image.created`: image is there now.
 * - `image.updated`: image says something else.
 * - `image.deleted`: image is gone.
 * - `comment.created`: comment is there now.
 * - `comment.approved`: comment was approved.
 * - `comment.rejected`: comment was rejected.
 * - `comment.spam`: comment was found to be spam.
 * - `comment.withdrawn`: comment was taken back by its author.
 * - `comment.updated`: comment says something else.
 * - `comment.deleted`: comment is gone.
 * - `community-standards.created`: community standards is there now.
 * - `stream.created`: stream is there now.
 * - `stream.updated`: stream says something else.
 * - `stream.deleted`: stream is gone.
 * - `short-link.created`: short link is there now.
 * - `short-link.updated`: short link says something else.
 * - `short-link.deleted`: short link is gone.
 */
export type ChangeKind = "article.created" | "article.published" | "article.updated" | "article.unpublished" | "article.deleted" | "quote.created" | "quote.updated" | "quote.deleted" | "link.created" | "link.updated" | "link.deleted" | "tag.created" | "tag.updated" | "tag.merged" | "tag.deleted" | "person.created" | "person.updated" | "person.merged" | "person.deleted" | "image.created" | "image.updated" | "image.deleted" | "comment.created" | "comment.approved" | "comment.rejected" | "comment.spam" | "comment.withdrawn" | "comment.updated" | "comment.deleted" | "community-standards.created" | "stream.created" | "stream.updated" | "stream.deleted" | "short-link.created" | "short-link.updated" | "short-link.deleted";

/** A page of changes, in the order in which they happened. */
export interface ChangePage {
  /** The changes. */
  items: Change[];
  /** How far this page reaches: send it back as `after`. */
  last_seq: number;
  /** Whether there is more now. */
  has_more: boolean;
}

/**
 * What may be shown with changes.
 *
 * - `resource`: the things themselves, as they are now.
 */
export type ChangePart = "resource";

/** What a reader says about an article, or in reply to another. */
export interface Comment {
  /** The comment's id. */
  id: string;
  /** The article it is about. */
  article: ArticleRef;
  /** The comment it replies to; null for one on the article itself. */
  parent_id: string | null;
  /** How deep in its thread it stands: 0 for a comment on the article itself. */
  depth: number;
  /** Who wrote it; null for a removed one. */
  author: CommentAuthor | null;
  /** What they wrote, in Markdown; null for a removed one. */
  body: string | null;
  /**
   * The same as sanitised HTML: paragraphs, emphasis, links (`rel="nofollow ugc noopener"`), lists, quotations and
   * code, nothing else; null for a removed one.
   */
  body_html: string | null;
  /** What has become of it; null for a removed one, of which no more is told. */
  state: CommentState | null;
  /** Whether it was removed, and stands here only for the replies below it. */
  is_removed: boolean;
  /** How many approved comments reply to it. */
  reply_count: number;
  /** When it was sent. */
  created_at: string;
  /** When it was last changed. */
  updated_at: string;
  /** Counts its changes, from 1. */
  version: number;
  /** What moderators know of it; null for everybody else. */
  moderation: CommentModeration | null;
}

/** Who wrote a comment, as the site knows them. */
export interface CommentAuthor {
  /** The name readers see. */
  name: string;
  /** Who they are to the site; null for somebody without an account. */
  user_id: string | null;
}

/** A change of a comment. */
export interface CommentChange {
  /** What kind of thing this is. */
  type: "comment";
  /**
   * The number of the change; every later change has a higher one. Readers without a key that sees
   * drafts have numbers of their own, in which nothing is missing.
   */
  seq: number;
  /** What has happened. */
  kind: ChangeKind;
  /** What it has happened to. */
  id: string;
  /** The article it is, stands on or leads to; null when that is none. */
  article_id: string | null;
  /** Whether it is gone for you: take it out of your copy. */
  deleted: boolean;
  /** The properties that say something else than before; empty when it has come or gone. */
  fields: string[];
  /**
   * The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
   * cache drops what it keeps under one of them. Empty when readers see nothing of it.
   */
  purge: string[];
  /** When it happened. */
  at: string;
  /** It as it is now, as its own address shows it; there with `include=resource`, unless it is gone. */
  resource?: Comment;
}

/** A decision that was made on a comment. */
export interface CommentDecision {
  /** The decision's id. */
  id: string;
  /** What the comment became. */
  state: CommentState;
  /** Why; null when nobody said. */
  reason: CommentReason | null;
  /** What the moderator noted; null when nothing. */
  note: string | null;
  /** The version of the community standards that was cited; null when none was. */
  standards_version: number | null;
  /** The key that decided, or took the comment back for its author; null when the screening decided. */
  decided_by: KeyRef | null;
  /** When it was decided. */
  decided_at: string;
}

/**
 * What came of a decision for one of many comments.
 *
 * - `decided`: it was decided.
 * - `conflict`: it was in another state, and stays in it.
 * - `not_found`: there is no such comment.
 */
export type CommentDecisionOutcome = "decided" | "conflict" | "not_found";

/** A page of decisions. */
export interface CommentDecisionPage {
  /** The items of this page, in the order asked for. */
  items: CommentDecision[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/** What came of a decision for one comment. */
export interface CommentDecisionResult {
  /** The comment. */
  comment_id: string;
  /** What came of it. */
  outcome: CommentDecisionOutcome;
  /** The state the comment is in now; null when there is none. */
  state: CommentState | null;
  /** Why it was not decided; null when it was. */
  detail: string | null;
}

/** What came of a decision for each of many comments. */
export interface CommentDecisionResults {
  /** One for each comment, in the order in which they were sent. */
  items: CommentDecisionResult[];
}

/** A message that tells of a change: comment. */
export interface CommentEvent {
  /** What has happened, as in `data`. */
  type: ChangeKind;
  /** When it happened. */
  timestamp: string;
  /** What is told. */
  data: CommentChange;
}

/** A reader's flag on a comment. */
export interface CommentFlag {
  /** The flag's id. */
  id: string;
  /** Why the reader flagged it. */
  reason: CommentFlagReason;
  /** Who flagged it, as the site knows them; null for somebody without an account. */
  user_id: string | null;
  /** What they added; null when nothing. */
  note: string | null;
  /** When they flagged it. */
  created_at: string;
}

/** How many flags a comment has for one reason. */
export interface CommentFlagCount {
  /** The reason. */
  reason: CommentFlagReason;
  /** How many readers gave it. */
  count: number;
}

/** A page of flags. */
export interface CommentFlagPage {
  /** The items of this page, in the order asked for. */
  items: CommentFlag[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/**
 * Why a reader flags a comment.
 *
 * - `offensive`: it offends.
 * - `abusive`: it attacks somebody.
 * - `spam`: it advertises.
 * - `disagree`: the reader does not share its opinion.
 * - `other`: something else, which the note may tell.
 */
export type CommentFlagReason = "offensive" | "abusive" | "spam" | "disagree" | "other";

/** A mark the screening left on a comment. */
export interface CommentMark {
  /** What it noticed. */
  code: CommentMarkCode;
  /** The same in words, with what it was. */
  detail: string;
}

/**
 * What the screening noticed about a comment.
 *
 * - `too_short`: it has fewer than 3 letters or digits.
 * - `too_long`: it has more than 2,000 characters.
 * - `links`: there are web addresses in it.
 * - `repeated_text`: the same words came within the last 24 hours, from the same author, or (20 letters and more) from another.
 * - `shouting`: of 20 letters or more, four of five are capitals.
 * - `stacked_marks`: letters carry stacks of combining marks.
 * - `banned_word`: a banned word is in it, or in the author's name: the comment is rejected at once.
 * - `suspect_word`: a suspect word is in it, or in the author's name.
 * - `new_name`: no comment of this author has been approved yet.
 */
export type CommentMarkCode = "too_short" | "too_long" | "links" | "repeated_text" | "shouting" | "stacked_marks" | "banned_word" | "suspect_word" | "new_name";

/** What moderators know of a comment: the last decision, the screening's marks, the flags of readers. */
export interface CommentModeration {
  /** Why it was rejected, or is spam; null when nobody said. */
  reason: CommentReason | null;
  /** What the moderator noted, for moderators only; null when nothing. */
  note: string | null;
  /** The version of the community standards that was cited; null when none was. */
  standards_version: number | null;
  /** The key that decided; null when the screening did, and when nobody has. */
  decided_by: KeyRef | null;
  /** When it was decided; null when it was not. */
  decided_at: string | null;
  /** What the screening noticed. */
  marks: CommentMark[];
  /** Whether readers have flagged it since the last decision. */
  is_flagged: boolean;
  /** How many flags it has in all. */
  flag_count: number;
  /** How many flags it has for each reason. */
  flags: CommentFlagCount[];
}

/**
 * What an article's comments are ordered by.
 *
 * - `created_at`: the oldest first.
 * - `-created_at`: the newest first; in threads, the newest thread.
 */
export type CommentOrder = "created_at" | "-created_at";

/** A page of comments. */
export interface CommentPage {
  /** The items of this page, in the order asked for. */
  items: Comment[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/**
 * Why a comment is rejected, or is spam.
 *
 * - `offensive`: it offends.
 * - `abusive`: it attacks somebody.
 * - `spam`: it says nothing to the matter, many times.
 * - `banned_word`: a banned word is in it.
 * - `ad`: it advertises.
 * - `illegal_content`: it breaks a law, which the note may name.
 * - `harassment_bullying`: it pursues somebody.
 * - `misinformation`: it says what is not so.
 * - `hate_speech`: it calls for hatred.
 * - `irrelevant_content`: it is about something else.
 * - `other`: something else, which the note may tell.
 */
export type CommentReason = "offensive" | "abusive" | "spam" | "banned_word" | "ad" | "illegal_content" | "harassment_bullying" | "misinformation" | "hate_speech" | "irrelevant_content" | "other";

/**
 * What has become of a comment.
 *
 * - `pending`: it waits for a moderator; readers do not see it.
 * - `approved`: readers see it.
 * - `rejected`: it breaks the community standards.
 * - `spam`: it advertises, or was made by a machine.
 * - `withdrawn`: its author took it back.
 */
export type CommentState = "pending" | "approved" | "rejected" | "spam" | "withdrawn";

/**
 * What a moderator can make of a comment.
 *
 * - `approved`: readers see it.
 * - `rejected`: it breaks the community standards; needs a reason.
 * - `spam`: it advertises, or was made by a machine.
 * - `pending`: back to the queue.
 */
export type CommentVerdict = "approved" | "rejected" | "spam" | "pending";

/**
 * How an article's comments are laid out.
 *
 * - `thread`: each comment is followed by its replies, which are always in the order of time.
 * - `flat`: all in the order of time.
 */
export type CommentView = "thread" | "flat";

/** A word, or words side by side, that the screening looks for. */
export interface CommentWord {
  /** The word's id. */
  id: string;
  /** The word as it was entered. */
  word: string;
  /** What is done when it is found. */
  kind: CommentWordKind;
  /** When it was entered. */
  created_at: string;
}

/**
 * What the screening does when it finds a word.
 *
 * - `banned`: the comment is rejected at once.
 * - `suspect`: the comment is marked, and waits for a moderator.
 */
export type CommentWordKind = "banned" | "suspect";

/** A page of words. */
export interface CommentWordPage {
  /** The items of this page, in the order asked for. */
  items: CommentWord[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/**
 * Whether an article takes comments.
 *
 * - `open`: comments are shown, and new ones are taken.
 * - `closed`: comments are shown, and no new ones are taken.
 * - `off`: comments are neither shown nor taken; those that are there are kept.
 */
export type CommentsPolicy = "open" | "closed" | "off";

/** The rules of the discussion, in one version. */
export interface CommunityStandards {
  /** The number of this version, from 1; rejections cite it. */
  version: number;
  /** The rules, in Markdown. */
  body: string;
  /** The same as sanitised HTML. */
  body_html: string;
  /** From when on they hold. */
  effective_at: string;
  /** When this version was made. */
  created_at: string;
}

/** A new version of the community standards. */
export interface CommunityStandardsChange {
  /** What kind of thing this is. */
  type: "community-standards";
  /**
   * The number of the change; every later change has a higher one. Readers without a key that sees
   * drafts have numbers of their own, in which nothing is missing.
   */
  seq: number;
  /** What has happened. */
  kind: ChangeKind;
  /** What it has happened to. */
  id: number;
  /** The article it is, stands on or leads to; null when that is none. */
  article_id: string | null;
  /** Whether it is gone for you: take it out of your copy. */
  deleted: boolean;
  /** The properties that say something else than before; empty when it has come or gone. */
  fields: string[];
  /**
   * The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
   * cache drops what it keeps under one of them. Empty when readers see nothing of it.
   */
  purge: string[];
  /** When it happened. */
  at: string;
  /** It as it is now, as its own address shows it; there with `include=resource`, unless it is gone. */
  resource?: CommunityStandards;
}

/** A message that tells of a change: community standards. */
export interface CommunityStandardsEvent {
  /** What has happened, as in `data`. */
  type: ChangeKind;
  /** When it happened. */
  timestamp: string;
  /** What is told. */
  data: CommunityStandardsChange;
}

/** A page of versions of the community standards. */
export interface CommunityStandardsPage {
  /** The items of this page, in the order asked for. */
  items: CommunityStandards[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/**
 * Whether a list says how many items there are in all.
 *
 * - `none`: `total` is null; nothing is counted.
 * - `exact`: `total` is the exact number of items that match.
 */
export type Count = "none" | "exact";

/** A key that has just been made, with its token: shown this once. */
export interface CreatedKey {
  /** The key. */
  key: Key;
  /** What to send as `Authorization: Bearer …`. Keep it: it cannot be shown again. */
  token: string;
}

/** A webhook with the secret that was made for it: shown this once. */
export interface CreatedWebhook {
  /** The webhook. */
  webhook: Webhook;
  /** What its messages are signed with, as libraries of Standard Webhooks take it. Keep it: it cannot be shown again. */
  secret: string;
}

/**
 * Which of an article's dates `from` and `to` mean.
 *
 * - `published`: the date of publication.
 * - `updated`: the last change.
 * - `created`: the creation here.
 */
export type DateKind = "published" | "updated" | "created";

/** A person's ids in the registers of the world. */
export interface ExternalIds {
  /** The Wikidata item: `Q` and digits; null when unknown. */
  wikidata: string | null;
  /** The ORCID iD: four groups of four; null when unknown. */
  orcid: string | null;
}

/** What is to change about a person's ids: absent stays, null clears. */
export interface ExternalIdsPatch {
  /** The Wikidata item: `Q` and digits; null removes it. */
  wikidata?: string | null;
  /** The ORCID iD: four groups of four; null removes it. */
  orcid?: string | null;
}

/**
 * What quotes are counted by.
 *
 * - `speaker`: the person who said it.
 * - `affiliation`: the organisation they stood for, without regard to case.
 * - `role`: the role they had, without regard to case.
 * - `tag`: the tags of the article; a quote counts once for each of them.
 * - `month`: the month in UTC in which it was said, else that of the article's publication.
 * - `named`: whether its source is named.
 */
export type FacetBy = "speaker" | "affiliation" | "role" | "tag" | "month" | "named";

/** The point of a picture that must stay in sight however it is cropped. */
export interface FocalPoint {
  /** How far from the left, as a part of the width. */
  x: number;
  /** How far from the top, as a part of the height. */
  y: number;
}

/** How the server is. */
export interface Health {
  /** `ok`: what is asked for is so. `reads-only`: the primary database does not answer, but a replica does. */
  status: string;
  /** The version of Onrecord that answers. */
  version: string;
  /** The replicas of the database, in the order of the setting; empty without any, and at `/healthz`, which asks nobody. */
  replicas: Replica[];
}

/** A piece of text in which words were found. */
export interface Highlight {
  /** What it is taken from. */
  field: HighlightField;
  /** The piece as HTML: what was found stands in `<mark>`, everything else is escaped; `…` where it was cut. */
  snippet: string;
}

/**
 * The part of a resource that a snippet is taken from.
 *
 * - `title`: the headline of an article.
 * - `standfirst`: its lead.
 * - `body`: its text.
 * - `text`: the words of a quote.
 */
export type HighlightField = "title" | "standfirst" | "body" | "text";

/** A picture: kept here, or somewhere else on the web. */
export interface Image {
  /** The image's id; in a body it is named by `image:` and the id. */
  id: string;
  /** Where the picture is: an absolute URL, which changes with the file; null while the file is waited for. */
  url: string | null;
  /** The file's media type, told by its content; null for a picture elsewhere. */
  type: string | null;
  /** How wide it is shown, in pixels; null when unknown. */
  width: number | null;
  /** How high it is shown, in pixels; null when unknown. */
  height: number | null;
  /** How many bytes the file has, as it is kept; null for a picture elsewhere. */
  byte_size: number | null;
  /** What it shows, for who does not see it; null while nobody wrote it. */
  alt: string | null;
  /** What stands under it; null when there is nothing. */
  caption: string | null;
  /** Who made it, and whose it is; null when unknown. */
  credit: string | null;
  /** The point that must stay in sight however it is cropped; null when any will do. */
  focal_point: FocalPoint | null;
  /**
   * The same picture smaller, narrowest first, for `srcset`; empty for one elsewhere, for one that moves
   * and for AVIF.
   */
  renditions: Rendition[];
  /** When it was made here. */
  created_at: string;
  /** When it was last changed. */
  updated_at: string;
  /** Counts the changes of the image, from 1. */
  version: number;
}

/** A change of an image. */
export interface ImageChange {
  /** What kind of thing this is. */
  type: "image";
  /**
   * The number of the change; every later change has a higher one. Readers without a key that sees
   * drafts have numbers of their own, in which nothing is missing.
   */
  seq: number;
  /** What has happened. */
  kind: ChangeKind;
  /** What it has happened to. */
  id: string;
  /** The article it is, stands on or leads to; null when that is none. */
  article_id: string | null;
  /** Whether it is gone for you: take it out of your copy. */
  deleted: boolean;
  /** The properties that say something else than before; empty when it has come or gone. */
  fields: string[];
  /**
   * The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
   * cache drops what it keeps under one of them. Empty when readers see nothing of it.
   */
  purge: string[];
  /** When it happened. */
  at: string;
  /** It as it is now, as its own address shows it; there with `include=resource`, unless it is gone. */
  resource?: Image;
}

/** A message that tells of a change: image. */
export interface ImageEvent {
  /** What has happened, as in `data`. */
  type: ChangeKind;
  /** When it happened. */
  timestamp: string;
  /** What is told. */
  data: ImageChange;
}

/** A page of images. */
export interface ImagePage {
  /** The items of this page, in the order asked for. */
  items: Image[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/** What is to change about a picture (RFC 7396): absent stays, null clears. */
export interface ImagePatch {
  /** Where the picture is: an `http(s)` URL. Not for one whose file is here. */
  url?: string;
  /** How wide the picture at `url` is, in pixels; null when unknown. Not for one whose file is here. */
  width?: number | null;
  /** How high the picture at `url` is, in pixels; null when unknown. Not for one whose file is here. */
  height?: number | null;
  /** What it shows, for who does not see it; null removes it, 409 while published articles show it. */
  alt?: string | null;
  /** What stands under it; null removes it. */
  caption?: string | null;
  /** Who made it, and whose it is; null removes it. */
  credit?: string | null;
  /** The point that must stay in sight however it is cropped, both numbers of it; null removes it. */
  focal_point?: NewFocalPoint | null;
}

/** What lets a program in. The secret itself is never shown again. */
export interface Key {
  /** The key's id: the first part of the token. */
  id: string;
  /** What the key is for, for people. */
  name: string;
  /** What it allows. */
  scopes: Scope[];
  /** When it ceases to count; null when it does not expire. */
  expires_at: string | null;
  /** When it was last used, to the minute; null when it never was. */
  last_used_at: string | null;
  /** When it was revoked; null while it counts. */
  revoked_at: string | null;
  /** When it was made. */
  created_at: string;
}

/** A page of keys. */
export interface KeyPage {
  /** The items of this page, in the order asked for. */
  items: Key[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/** A key as others point to it. */
export interface KeyRef {
  /** The key's id. */
  id: string;
  /** What the key is for. */
  name: string;
}

/** What an article points to: an article here, a page on the web, or a headline not yet found. */
export interface Link {
  /** The link's id. */
  id: string;
  /** The article it stands on. */
  article_id: string;
  /** What the target is to the article. */
  rel: LinkRel;
  /** Its place among the article's links, from 0. */
  position: number;
  /**
   * What readers see; the target's headline unless the link has words of its own. Null for a
   * web page without any.
   */
  title: string | null;
  /** The web page it points to; null for an article here and for an unresolved link. */
  url: string | null;
  /** The article here it points to; null for a web page and for an unresolved link. */
  target: ArticleRef | null;
}

/** A change of a link. */
export interface LinkChange {
  /** What kind of thing this is. */
  type: "link";
  /**
   * The number of the change; every later change has a higher one. Readers without a key that sees
   * drafts have numbers of their own, in which nothing is missing.
   */
  seq: number;
  /** What has happened. */
  kind: ChangeKind;
  /** What it has happened to. */
  id: string;
  /** The article it is, stands on or leads to; null when that is none. */
  article_id: string | null;
  /** Whether it is gone for you: take it out of your copy. */
  deleted: boolean;
  /** The properties that say something else than before; empty when it has come or gone. */
  fields: string[];
  /**
   * The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
   * cache drops what it keeps under one of them. Empty when readers see nothing of it.
   */
  purge: string[];
  /** When it happened. */
  at: string;
  /** It as it is now, as its own address shows it; there with `include=resource`, unless it is gone. */
  resource?: Link;
}

/** A message that tells of a change: link. */
export interface LinkEvent {
  /** What has happened, as in `data`. */
  type: ChangeKind;
  /** When it happened. */
  timestamp: string;
  /** What is told. */
  data: LinkChange;
}

/** A page of links. */
export interface LinkPage {
  /** The items of this page, in the order asked for. */
  items: Link[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/** What is to change about a link (RFC 7396): absent stays, null clears. */
export interface LinkPatch {
  /** What the target is to the article. */
  rel?: LinkRel;
  /** What readers see; null takes the target's headline. */
  title?: string | null;
  /** A web page: an `http(s)` URL, takes the place of `target`; null removes it. */
  url?: string | null;
  /** An article here: its id or slug, takes the place of `url`; null removes it. */
  target?: string | null;
  /** Its place among the article's links, from 0: moves it there. */
  position?: number;
}

/**
 * What a link's target is to the article.
 *
 * - `related`: another story on the same subject.
 * - `background`: what one should know to understand it.
 * - `source`: what it is based on.
 * - `follow_up`: what happened next.
 */
export type LinkRel = "related" | "background" | "source" | "follow_up";

/** Where to merge something into. */
export interface Merge {
  /** Id or slug of the one that stays. */
  into: string;
}

/** An article to be made with its parts, or what an article is to become. */
export interface NewArticle {
  /** The headline: one line. */
  title: string;
  /** The article's name in URLs; made from `title` when absent, 409 when another article has it. */
  slug?: string;
  /** Whether readers see it; `draft` when absent. */
  status?: Status;
  /** The lead under the headline. */
  standfirst?: string;
  /** Where and when it was filed, as printed. */
  dateline?: string;
  /** The language it is written in (BCP 47). */
  language?: string;
  /** Who wrote it: ids, slugs or names of people; a name nobody has makes a person. */
  authors?: string[];
  /** Where its content comes from. */
  source?: NewSource;
  /** The picture at its head: the id of an image. A published article's pictures need an alternative text. */
  image?: string;
  /**
   * The body, in `body_format`; empty when absent. It shows an image of ours by its id:
   * `![words](image:01890a5d-ac96-774b-bcce-b302099a8057)`.
   */
  body?: string;
  /** How `body` is written; `markdown` when absent. */
  body_format?: BodyFormat;
  /** The article read aloud. */
  audio?: NewAudio;
  /** What it is about: ids, slugs or names of tags; a name no tag has makes a tag. */
  tags?: string[];
  /**
   * Its quotes, in order. When an article is replaced, a quote of exactly the same `text` that is
   * there (of several, one of the same speaker, else the first) stays itself, with its id, and
   * takes what is sent; its `state` and the speaker of the same `speaker_name` stay unless said
   * otherwise. Those nobody sends go, suggested ones too.
   */
  quotes?: NewQuote[];
  /**
   * What becomes of confirmed quotes whose words the new body changes; such a body is refused otherwise (409
   * `quote-altered`). Not for a new article.
   */
  quote_changes?: QuoteEdit[];
  /**
   * Its links, in order. When an article is replaced, a link of the same `rel` and `target`, else
   * `url`, else `title` that is there stays itself, with its id, and takes what is sent.
   */
  links?: NewLink[];
  /** What it says about its discussion; it follows the site when absent. */
  comments?: NewArticleComments;
  /** The date of publication; the moment it becomes `published` when absent. Not in the future. */
  published_at?: string;
  /** Its id in the system it comes from; unique among articles. */
  external_id?: string;
}

/** What an article says about its discussion. */
export interface NewArticleComments {
  /** Whether it takes comments; as the site does when absent. */
  policy?: CommentsPolicy;
}

/** An article read aloud, as it is sent. */
export interface NewAudio {
  /** Where a player finds it: an `http(s)` URL. */
  url: string;
  /** Its media type, perhaps with codecs: `audio/mpeg`, `audio/mp4; codecs="mp4a.40.2"`. */
  type: string;
  /** How many seconds it lasts. */
  duration_seconds?: number;
  /** The language spoken (BCP 47), where it is not the article's. */
  language?: string;
  /** What is said, as plain text, where it is not the article's body. */
  transcript?: string;
}

/** A comment to be posted for a reader. */
export interface NewComment {
  /** Who writes it. */
  author: NewCommentAuthor;
  /** What they write, in Markdown: paragraphs, emphasis, links, lists, quotations and code. HTML is shown as typed. */
  body: string;
  /** The comment it replies to: an approved one of the same article, at most 7 replies deep. */
  parent_id?: string;
}

/** Who writes a comment. No e-mail address belongs here, and there is no place for one. */
export interface NewCommentAuthor {
  /** The name readers see: one line, and no e-mail or IP address. */
  name: string;
  /**
   * Who they are to the site, if they have an account there: letters, digits and `. _ : | -`. It is shown with the
   * comment, so it should say nothing about them.
   */
  user_id?: string;
}

/** A decision to be made on a comment. */
export interface NewCommentDecision {
  /** What becomes of the comment. */
  state: CommentVerdict;
  /** Why: required for `rejected`, possible for `spam`. */
  reason?: CommentReason;
  /** A note for other moderators; readers never see it. */
  note?: string;
  /**
   * The version of the community standards that is cited for `rejected` or `spam`, one that is or was in effect; the
   * current one when absent for `rejected`.
   */
  standards_version?: number;
  /** The state the comment is believed to be in; `pending` when absent. 409 when it is in another. */
  from?: CommentState;
}

/** One decision to be made on many comments. */
export interface NewCommentDecisions {
  /** The comments, each once. */
  comments: string[];
  /** What becomes of the comments. */
  state: CommentVerdict;
  /** Why: required for `rejected`, possible for `spam`. */
  reason?: CommentReason;
  /** A note for other moderators; readers never see it. */
  note?: string;
  /**
   * The version of the community standards that is cited for `rejected` or `spam`, one that is or was in effect; the
   * current one when absent for `rejected`.
   */
  standards_version?: number;
  /** The state the comments are believed to be in; `pending` when absent. */
  from?: CommentState;
}

/** A flag to be set for a reader. */
export interface NewCommentFlag {
  /** Why the reader flags it. */
  reason: CommentFlagReason;
  /** Who flags it, as the site knows them: flags a comment once, 409 the second time. */
  user_id?: string;
  /** What they add, for the moderators. */
  note?: string;
}

/** That an author takes a comment back. */
export interface NewCommentWithdrawal {
  /** Who asks for it, as the site knows them; 422 when the comment is somebody else's. */
  user_id?: string;
}

/** A word to be looked for. */
export interface NewCommentWord {
  /**
   * The word, or words side by side. Case, accents and hidden characters make no difference, and neither do letters of
   * other scripts and digits that look alike. Found only whole: `ass` is not in `class`.
   */
  word: string;
  /** What is done when it is found. */
  kind: CommentWordKind;
}

/** What the rules of the discussion are to be. */
export interface NewCommunityStandards {
  /** The rules, in Markdown. */
  body: string;
  /** From when on they hold: now when absent. Not before the current ones began to. */
  effective_at?: string;
}

/** A person's ids in the registers of the world, as they are sent. */
export interface NewExternalIds {
  /** The Wikidata item: `Q` and digits. */
  wikidata?: string;
  /** The ORCID iD: four groups of four. */
  orcid?: string;
}

/** The point of a picture that must stay in sight however it is cropped, as it is sent. */
export interface NewFocalPoint {
  /** How far from the left, as a part of the width. */
  x: number;
  /** How far from the top, as a part of the height. */
  y: number;
}

/** A picture to be made: one elsewhere on the web by its `url`, or one whose file is sent next. */
export interface NewImage {
  /**
   * Where the picture is, if it is not to be kept here: an `http(s)` URL. It is never fetched by the
   * server. Absent for a picture whose file is sent with `PUT /v1/images/{image_id}/file`.
   */
  url?: string;
  /** How wide the picture at `url` is, in pixels; of a file it is read. */
  width?: number;
  /** How high the picture at `url` is, in pixels; of a file it is read. */
  height?: number;
  /** What it shows, for who does not see it: one line. A published article's pictures need it. */
  alt?: string;
  /** What stands under it. */
  caption?: string;
  /** Who made it, and whose it is: one line. */
  credit?: string;
  /** The point that must stay in sight however it is cropped. */
  focal_point?: NewFocalPoint;
}

/** A key to be made. */
export interface NewKey {
  /** What the key is for, for people. */
  name: string;
  /** What it allows: one scope at least. */
  scopes: Scope[];
  /** When it ceases to count: in the future; absent for a key that does not expire. */
  expires_at?: string;
}

/** A link to be made: `target`, or `url`, or `title` alone. */
export interface NewLink {
  /** What the target is to the article; `related` when absent. */
  rel?: LinkRel;
  /** What readers see. Alone it waits for an article of this headline. */
  title?: string;
  /** A web page: an `http(s)` URL. */
  url?: string;
  /** An article here: its id or slug. */
  target?: string;
  /** Its place among the article's links, from 0; the end when absent. Not inside an article. */
  position?: number;
}

/** A person to be entered. */
export interface NewPerson {
  /** The person's name as readers see it: one line. */
  name: string;
  /** The person's name in URLs; made from `name` when absent. */
  slug?: string;
  /** Who they are, in a few sentences. */
  bio?: string;
  /** Their ids in the registers of the world. */
  external_ids?: NewExternalIds;
}

/** A programme as it is sent. */
export interface NewProgramme {
  /** What it is called: one line. */
  title: string;
  /** A few sentences about it. */
  description?: string;
  /** When it begins. */
  starts_at: string;
  /** When it ends: after `starts_at`, at most 7 days. */
  ends_at: string;
  /** The article it goes with: its id or slug. */
  article?: string;
}

/** A quote to be entered. */
export interface NewQuote {
  /** The words, as they stand in the article; white space and typographic marks may differ. */
  text: string;
  /** Whether it is a whole statement; `full` when absent. */
  kind?: QuoteKind;
  /** Who said it: id or slug of a person who is there. */
  speaker?: string;
  /** The speaker's name; without `speaker` it finds the person of that name or makes one. */
  speaker_name?: string;
  /** The speaker's role when it was said. */
  role?: string;
  /**
   * The organisation the speaker stood for when it was said; without a speaker and `anonymity_reason`, the one that
   * said it.
   */
  affiliation?: string;
  /** The verb that introduces it. */
  cue?: string;
  /** On what occasion it was said. */
  context?: string;
  /** When it was said. */
  said_at?: string;
  /** The language of `text` (BCP 47). */
  language?: string;
  /** The words before they were translated. */
  original_text?: string;
  /** The language of `original_text` (BCP 47), required beside it. */
  original_language?: string;
  /**
   * Why the speaker is not named: required for a confirmed quote without `speaker`, `speaker_name` and
   * `affiliation`.
   */
  anonymity_reason?: string;
  /**
   * Whether an editor stands behind it; when absent a new one is `confirmed`, and one that is there
   * stays what it is.
   */
  state?: QuoteState;
  /** Its place among the article's quotes, from 0; the end when absent. Not inside an article. */
  position?: number;
}

/** Suggested quotes that are to be confirmed: all of the article's, or these. */
export interface NewQuoteConfirmation {
  /** `true` for all suggested quotes of the article. */
  all?: boolean;
  /** The quotes, each once; one that is confirmed already stays as it is. */
  quotes?: string[];
}

/** Suggested quotes that are to be turned down: all of the article's, or these. */
export interface NewQuoteRejection {
  /** `true` for all suggested quotes of the article. */
  all?: boolean;
  /** The quotes, each once. */
  quotes?: string[];
  /** Why, for their history. */
  reason: string;
}

/** From where a webhook is told again. */
export interface NewReplay {
  /** Everything after this change, by the `seq` that its messages have; 0 for all there is. */
  after: number;
}

/** A part of a schedule that takes the place of what was there. */
export interface NewSchedule {
  /** Where the part begins. */
  from: string;
  /** Where the part ends: at most 31 days after `from`. */
  to: string;
  /** What begins in it, in any order; the last may go on after `to`. */
  programmes: NewProgramme[];
}

/** Where a code is to lead. */
export interface NewShortLink {
  /** Id or slug of the article; readers are led to it once it is published. */
  article: string;
}

/** Where an article's content comes from, as it is sent. */
export interface NewSource {
  /** Who reported it first. */
  name: string;
  /** Where it was taken from: an `http(s)` URL. */
  url?: string;
  /** When it was taken from there. */
  retrieved_at?: string;
}

/** A stream to be made, or what a stream is to become. */
export interface NewStream {
  /** The stream's name as readers see it: one line. */
  name: string;
  /** The stream's name in URLs; made from `name` when absent, 409 when another stream has it. */
  slug?: string;
  /** A few sentences about it. */
  description?: string;
  /** The language spoken (BCP 47). */
  language?: string;
  /** What it carries; `audio` when absent. */
  kind?: StreamKind;
  /**
   * Whether it can be heard or seen now; `pending` when absent. What is `live` has a source; only what
   * was `live` has `ended`.
   */
  status?: StreamStatus;
  /** The forms it can be played in, the best first. */
  sources?: NewStreamSource[];
  /** When it begins. */
  starts_at?: string;
  /** When it ends: after `starts_at`. */
  ends_at?: string;
  /** The cover: the id of an image, which has an alternative text and its picture. */
  image?: string;
}

/** One form in which a stream can be played, as it is sent. */
export interface NewStreamSource {
  /** Where a player finds it: an `http(s)` URL. */
  url: string;
  /**
   * Its media type: `audio/…`, `video/…` or `application/…` (`application/vnd.apple.mpegurl`), perhaps
   * with codecs: `audio/mp4; codecs="mp4a.40.2"`.
   */
  type: string;
  /** How many bits a second it takes. */
  bit_rate?: number;
}

/** A tag to be made, or what a tag is to become. */
export interface NewTag {
  /** The tag's name as readers see it: one line; 409 when another tag has it. */
  name: string;
  /** The tag's name in URLs; made from `name` when absent. */
  slug?: string;
  /** What kind of thing it names; `topic` when absent. */
  kind?: TagKind;
  /** A few sentences for a tag page. */
  description?: string;
}

/** A webhook to be made. */
export interface NewWebhook {
  /** Where messages are sent: `https://`, without user and password, on the public internet. Redirects are not followed. */
  url: string;
  /** What it is for, for people. */
  description?: string;
  /** What it is told of; `public` when absent. It stays: each audience numbers its changes. */
  audience?: WebhookAudience;
  /** Only changes of these kinds; of all when absent or empty. */
  kinds?: ChangeKind[];
  /** Only changes of this tag (id or slug) and of what stands under it: its articles, their quotes, links and comments. */
  tag?: string;
  /** Of updates only those of these properties, of all when absent or empty; what is no update is told anyway. */
  fields?: string[];
}

/** Somebody who wrote or who spoke. */
export interface Person {
  /** The person's id. */
  id: string;
  /** The person's name in URLs; unique among people. */
  slug: string;
  /** The person's name as readers see it. */
  name: string;
  /** Who they are, in a few sentences; null when nobody wrote any. */
  bio: string | null;
  /** Their ids in the registers of the world. */
  external_ids: ExternalIds;
  /** How many published articles they wrote. */
  article_count: number;
  /** How many confirmed quotes of theirs stand in published articles. */
  quote_count: number;
  /** When the person was entered. */
  created_at: string;
  /** When the person was last changed. */
  updated_at: string;
  /** Counts the changes of the person, from 1. */
  version: number;
}

/** A change of a person. */
export interface PersonChange {
  /** What kind of thing this is. */
  type: "person";
  /**
   * The number of the change; every later change has a higher one. Readers without a key that sees
   * drafts have numbers of their own, in which nothing is missing.
   */
  seq: number;
  /** What has happened. */
  kind: ChangeKind;
  /** What it has happened to. */
  id: string;
  /** The article it is, stands on or leads to; null when that is none. */
  article_id: string | null;
  /** Whether it is gone for you: take it out of your copy. */
  deleted: boolean;
  /** The properties that say something else than before; empty when it has come or gone. */
  fields: string[];
  /**
   * The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
   * cache drops what it keeps under one of them. Empty when readers see nothing of it.
   */
  purge: string[];
  /** When it happened. */
  at: string;
  /** It as it is now, as its own address shows it; there with `include=resource`, unless it is gone. */
  resource?: Person;
}

/** A message that tells of a change: person. */
export interface PersonEvent {
  /** What has happened, as in `data`. */
  type: ChangeKind;
  /** When it happened. */
  timestamp: string;
  /** What is told. */
  data: PersonChange;
}

/** A page of people. */
export interface PersonPage {
  /** The items of this page, in the order asked for. */
  items: Person[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/** What is to change about a person (RFC 7396): absent stays, null clears. */
export interface PersonPatch {
  /** The person's name as readers see it: one line. */
  name?: string;
  /** The person's name in URLs; 409 when another person has it. */
  slug?: string;
  /** Who they are, in a few sentences; null removes them. */
  bio?: string | null;
  /** Their ids in the registers of the world, each by itself; null removes all. */
  external_ids?: ExternalIdsPatch | null;
}

/** A person as they stand on an article or a quote. */
export interface PersonRef {
  /** The person's id. */
  id: string;
  /** The person's name in URLs. */
  slug: string;
  /** The person's name as readers see it. */
  name: string;
}

/** Why a request was not carried out (RFC 9457). */
export interface Problem {
  /** The kind of problem, as a URI that never changes. */
  type: string;
  /** The kind of problem in a few words. */
  title: string;
  /** The HTTP status of this answer. */
  status: number;
  /** The kind of problem, for programs: the last part of `type`. */
  code: string;
  /** What happened this time and what to do about it. */
  detail: string;
  /** Each fault by itself; empty when there is nothing to point at. */
  errors: ProblemError[];
  /** The id of this request, as in the header `X-Request-Id` and in the server's log. */
  request_id: string;
}

/** One thing that was wrong with a request, and where. */
export interface ProblemError {
  /** JSON pointer (RFC 6901) into the body; null when the fault is not in the body. */
  pointer: string | null;
  /** Name of the query parameter or header; null when the fault is in the body. */
  parameter: string | null;
  /** The quote it is about; null when it is not about one that is there. */
  quote: ProblemQuote | null;
  /**
   * What kind of fault, for programs: `required`, `unknown` (in a body `unknown-property`), `wrong-type`,
   * `too-short`, `too-long`, `too-many-items`, `out-of-range`, `not-an-option`, `bad-format`,
   * `bad-pattern`, `taken`, `conflict`, `not-found` and others; take one you do not know for `invalid`.
   */
  code: string;
  /** What was wrong and what would be right, for people. */
  detail: string;
}

/** A quote that stands in the way of a request. */
export interface ProblemQuote {
  /** The quote's id; of one that is sent with what is refused, the id it would have had. */
  id: string;
  /** Its words, as far as 2,000 characters. */
  before: string;
  /** What would stand in their place, as far as 2,000 characters; null when that cannot be told, or nothing would change. */
  after: string | null;
  /** Where it stands in `body_text` as it is, in code points; null when it stands nowhere. */
  start: number | null;
  /** Where it ends there. */
  end: number | null;
}

/** What a stream carries for a while. */
export interface Programme {
  /** The programme's id. */
  id: string;
  /** The stream that carries it. */
  stream_id: string;
  /** What it is called: one line. */
  title: string;
  /** A few sentences about it; null when nobody wrote any. */
  description: string | null;
  /** When it begins: from this instant on it is `now`. */
  starts_at: string;
  /** When it ends: from this instant on it is over. */
  ends_at: string;
  /** The article it goes with; null when there is none that you may see. */
  article: ArticleRef | null;
  /** When it was entered. */
  created_at: string;
  /** When it was last changed. */
  updated_at: string;
  /** Counts its changes, from 1. */
  version: number;
}

/** What is to change about a programme (RFC 7396): absent stays, null clears. */
export interface ProgrammePatch {
  /** What it is called: one line. */
  title?: string;
  /** A few sentences about it; null removes them. */
  description?: string | null;
  /** When it begins. */
  starts_at?: string;
  /** When it ends: after `starts_at`, at most 7 days. */
  ends_at?: string;
  /** The article it goes with: its id or slug; null removes it. */
  article?: string | null;
}

/** A place where words like those of a quote stand. */
export interface Proposal {
  /** Where they begin, in Unicode code points of `body_text`. */
  start: number;
  /** Where they end. */
  end: number;
  /** How much of the words is the same, from 0 to 1. */
  similarity: number;
  /** The words that stand there, as far as 1,000 code points. */
  text: string;
}

/** Who said what, tied to the exact words of an article. */
export interface Quote {
  /** The quote's id. */
  id: string;
  /** The article it stands in. */
  article: ArticleRef;
  /**
   * The address of the article, and in it of the very words while they are `anchored` (a text fragment,
   * `#:~:text=`).
   */
  url: string;
  /** The words. */
  text: string;
  /** Whether it is a whole statement. */
  kind: QuoteKind;
  /** Whether a person said it, an organisation, or somebody who is not named. */
  speaker_kind: SpeakerKind;
  /** Who said it; null when the person is not known here. */
  speaker: PersonRef | null;
  /** The speaker's name when it was said; null for unnamed sources. */
  speaker_name: string | null;
  /** The speaker's role when it was said; null when unknown. */
  role: string | null;
  /** The organisation the speaker stood for when it was said; null when unknown. */
  affiliation: string | null;
  /** The verb that introduces it; null when there is none. */
  cue: string | null;
  /** On what occasion it was said; null when unknown. */
  context: string | null;
  /** When it was said; null when unknown. */
  said_at: string | null;
  /** The language of `text` (BCP 47); null when unknown. */
  language: string | null;
  /** The words before they were translated; null when they were not. */
  original_text: string | null;
  /** The language of `original_text` (BCP 47); null when not translated. */
  original_language: string | null;
  /** Why the speaker is not named; null when they are. */
  anonymity_reason: string | null;
  /** Whether an editor stands behind it. */
  state: QuoteState;
  /** Where the words stand in the article. */
  anchor: Anchor;
  /** How it came here; stays when it is confirmed. */
  origin: QuoteOrigin;
  /** Its place among the article's quotes, from 0. */
  position: number;
  /** Where `q` was found, in a list with `highlight=true`; else empty. */
  highlights: Highlight[];
  /** When it was entered. */
  created_at: string;
  /** When it was last changed. */
  updated_at: string;
  /** Counts its changes, from 1. */
  version: number;
}

/** A change of a quote. */
export interface QuoteChange {
  /** What kind of thing this is. */
  type: "quote";
  /**
   * The number of the change; every later change has a higher one. Readers without a key that sees
   * drafts have numbers of their own, in which nothing is missing.
   */
  seq: number;
  /** What has happened. */
  kind: ChangeKind;
  /** What it has happened to. */
  id: string;
  /** The article it is, stands on or leads to; null when that is none. */
  article_id: string | null;
  /** Whether it is gone for you: take it out of your copy. */
  deleted: boolean;
  /** The properties that say something else than before; empty when it has come or gone. */
  fields: string[];
  /**
   * The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
   * cache drops what it keeps under one of them. Empty when readers see nothing of it.
   */
  purge: string[];
  /** When it happened. */
  at: string;
  /** It as it is now, as its own address shows it; there with `include=resource`, unless it is gone. */
  resource?: Quote;
}

/**
 * Which date of a quote `from` and `to` mean.
 *
 * - `published`: the article's date of publication.
 * - `said`: when it was said, else the article's date of publication.
 * - `updated`: the quote's last change.
 * - `created`: when the quote was entered.
 */
export type QuoteDate = "published" | "said" | "updated" | "created";

/** What is meant to become of a quote whose words a new body changes. */
export interface QuoteEdit {
  /** The quote. */
  quote: string;
  /** What becomes of it. */
  action: QuoteEditAction;
  /** Why, for its history; required for `amend`. */
  reason?: string;
  /** The words it is amended to, as they stand in the new body; what stands in its place when absent. For `amend` only. */
  text?: string;
}

/**
 * What becomes of a quote whose words a new body changes.
 *
 * - `amend`: its text follows the body; needs a `reason`.
 * - `detach`: it stays as it is, `orphaned`: its words stand in the article no more.
 * - `remove`: it goes; its history stays.
 */
export type QuoteEditAction = "amend" | "detach" | "remove";

/** A message that tells of a change: quote. */
export interface QuoteEvent {
  /** What has happened, as in `data`. */
  type: ChangeKind;
  /** When it happened. */
  timestamp: string;
  /** What is told. */
  data: QuoteChange;
}

/** A value, and how many quotes have it. */
export interface QuoteFacet {
  /**
   * The value, as the filter of this name takes it: a slug for `speaker` and `tag`, a name for `affiliation`
   * and `role`; `2020-09` for `month`; `named` or `unnamed`.
   */
  value: string;
  /** How many quotes have it. */
  count: number;
  /** The person, by `speaker`; else null. */
  person: PersonRef | null;
  /** The tag, by `tag`; else null. */
  tag: TagRef | null;
}

/** The values that are not shown. */
export interface QuoteFacetOther {
  /** How many values they are. */
  values: number;
  /** The sum of their counts. */
  count: number;
}

/** Quotes, counted by one of their sides. */
export interface QuoteFacets {
  /** What they are counted by. */
  by: FacetBy;
  /** How many quotes there are in all: as many as the list with the same filters has. */
  total: number;
  /** The most frequent values, then in the order of the values. */
  items: QuoteFacet[];
  /** The values beyond these. */
  other: QuoteFacetOther;
  /** How many quotes have no value: no known speaker, no affiliation, no role, no tag. */
  without: number;
}

/**
 * What was done to a quote. More may come.
 *
 * - `created`: it was entered.
 * - `amended`: its words were changed.
 * - `attributed`: who said it, or what is told about that, was changed.
 * - `confirmed`: an editor stands behind it.
 * - `unconfirmed`: it was made a suggestion again.
 * - `detached`: its words were taken out of the article, and it stays.
 * - `rejected`: the suggestion was turned down.
 * - `removed`: it was deleted.
 */
export type QuoteHistoryAction = "created" | "amended" | "attributed" | "confirmed" | "unconfirmed" | "detached" | "rejected" | "removed";

/** A change of a quote. */
export interface QuoteHistoryEntry {
  /** The entry's id. */
  id: string;
  /** The quote. */
  quote_id: string;
  /** What was done. */
  action: QuoteHistoryAction;
  /** What the quote said before; null for `created`. */
  before: QuoteRecord | null;
  /** What it said then; null when it was taken away. */
  after: QuoteRecord | null;
  /** Why, in the words of who did it; null when nobody said. */
  reason: string | null;
  /** The key it was done with; null for an import, and for readers. */
  key: KeyRef | null;
  /** The version of the article with it. */
  article_version: number;
  /** When it was done. */
  at: string;
}

/** A page of a quote's history. */
export interface QuoteHistoryPage {
  /** The items of this page, in the order asked for. */
  items: QuoteHistoryEntry[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/**
 * Whether a quote is a whole statement.
 *
 * - `full`: one or more sentences.
 * - `partial`: a few words inside somebody else's sentence.
 */
export type QuoteKind = "full" | "partial";

/** The quotes that something was done with. */
export interface QuoteList {
  /** The quotes, in the editor's order. */
  items: Quote[];
}

/**
 * What a list of quotes is ordered by; `-` is newest or last first.
 *
 * - `-created_at`: last entered first.
 * - `created_at`: first entered first.
 * - `-said_at`: said last first; what does not say when stands at its article's publication.
 * - `said_at`: said first first.
 * - `-published_at`: by the article's publication, newest first.
 * - `published_at`: by the article's publication, oldest first.
 * - `relevance`: what answers `q` best first; only with `q`.
 */
export type QuoteOrder = "-created_at" | "created_at" | "-said_at" | "said_at" | "-published_at" | "published_at" | "relevance";

/**
 * How a quote came here.
 *
 * - `editor`: written on the record by whoever has a key.
 * - `import`: taken in from another system or a page.
 * - `suggestion`: proposed by a program, through the API.
 */
export type QuoteOrigin = "editor" | "import" | "suggestion";

/** A page of quotes. */
export interface QuotePage {
  /** The items of this page, in the order asked for. */
  items: Quote[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/** What is to change about a quote (RFC 7396): absent stays, null clears. */
export interface QuotePatch {
  /** The words; they are looked for in the article again. */
  text?: string;
  /** Whether it is a whole statement. */
  kind?: QuoteKind;
  /** Who said it: id or slug of a person who is there; null unlinks the person. */
  speaker?: string | null;
  /**
   * The speaker's name; without `speaker` it finds the person of that name or makes one.
   * Null removes name and person.
   */
  speaker_name?: string | null;
  /** The speaker's role when it was said; null removes it. */
  role?: string | null;
  /** The organisation the speaker stood for; null removes it. */
  affiliation?: string | null;
  /** The verb that introduces it; null removes it. */
  cue?: string | null;
  /** On what occasion it was said; null removes it. */
  context?: string | null;
  /** When it was said; null removes it. */
  said_at?: string | null;
  /** The language of `text` (BCP 47); null removes it. */
  language?: string | null;
  /** The words before they were translated; null removes them. */
  original_text?: string | null;
  /** The language of `original_text` (BCP 47); null removes it. */
  original_language?: string | null;
  /** Why the speaker is not named; null removes it. */
  anonymity_reason?: string | null;
  /** Whether an editor stands behind it. */
  state?: QuoteState;
  /** Why this is changed, for the quote's history. */
  reason?: string;
  /** Its place among the article's quotes, from 0: moves it there. */
  position?: number;
}

/** What a quote said at a time, and who was said to have said it. */
export interface QuoteRecord {
  /** The words. */
  text: string;
  /** The words before they were translated; null when they were not. */
  original_text: string | null;
  /** The language of `original_text` (BCP 47); null when not translated. */
  original_language: string | null;
  /** The person who said it; null when unknown here. One that was merged since leads on. */
  speaker_id: string | null;
  /** The speaker's name when it was said; null when it is not told. */
  speaker_name: string | null;
  /** The speaker's role when it was said; null when unknown. */
  role: string | null;
  /** The organisation; null when unknown. */
  affiliation: string | null;
  /** The verb that introduces it; null when there is none. */
  cue: string | null;
  /** On what occasion it was said; null when unknown. */
  context: string | null;
  /** When it was said; null when unknown. */
  said_at: string | null;
  /** Why the speaker is not named; null when they are. */
  anonymity_reason: string | null;
  /** Whether an editor stood behind it. */
  state: QuoteState;
}

/** One way to say where words stand. More ways may come. */
export type QuoteSelector = TextQuoteSelector | TextPositionSelector;

/**
 * Whether an editor stands behind a quote.
 *
 * - `suggested`: read out of the text by a program; seen only with `drafts:read`.
 * - `confirmed`: on the record: an editor stands behind it.
 */
export type QuoteState = "suggested" | "confirmed";

/** A quote that was read out of an article's text. */
export interface QuoteSuggestion {
  /** The stored quote that it is, or that shares words with it; null when there is none. */
  id: string | null;
  /** What that quote is; null when there is none. */
  state: QuoteState | null;
  /** The words, exactly as they stand in the article. */
  text: string;
  /** Whether it is a whole statement. */
  kind: QuoteKind;
  /**
   * The fullest name that the article gives of the speaker; null when it names nobody, or when more than
   * one may be meant.
   */
  speaker_name: string | null;
  /** The speaker's role, as the article says it; null when unknown. */
  role: string | null;
  /** The organisation the speaker stands for, as the article says it; null when unknown. */
  affiliation: string | null;
  /** The verb that introduces it; null when there is none. */
  cue: string | null;
  /** On what occasion it was said; null when unknown. */
  context: string | null;
  /** Where it begins in `body_text`, in Unicode code points. */
  start: number;
  /** Where it ends in `body_text`, in Unicode code points. */
  end: number;
}

/** The quotes that were read out of an article's text. */
export interface QuoteSuggestionList {
  /** The first thousand of them, in the order of the text. */
  items: QuoteSuggestion[];
}

/** Where a quote stands, as the Web Annotation Data Model of the W3C says it. */
export interface QuoteTarget {
  /** The article, as readers find it. */
  source: string;
  /**
   * The place in two ways, a `TextQuoteSelector` and a `TextPositionSelector`; empty when the quote is not
   * `anchored`.
   */
  selector: QuoteSelector[];
}

/** An article that goes with another one, and why. */
export interface RelatedArticle {
  /** The article. */
  article: ArticleRef;
  /** Why it is here. */
  reason: RelatedReason;
  /** What it is to the other one, as the editor's link says; null when no editor linked it. */
  rel: LinkRel | null;
  /** The tags of the other one that it carries too, in the order in which they stand there. */
  tags: TagRef[];
  /** Who wrote or speaks in the other one and in this one too. */
  people: PersonRef[];
}

/** Articles that go with another one, the nearest first. */
export interface RelatedArticleList {
  /** The editor's links in their order, then what shares most. */
  items: RelatedArticle[];
}

/**
 * Why an article is related to another.
 *
 * - `editor`: an editor linked it.
 * - `tags`: above all, they are about the same things.
 * - `people`: above all, the same people wrote or speak in both.
 */
export type RelatedReason = "editor" | "tags" | "people";

/** A picture made smaller. */
export interface Rendition {
  /** How wide it is, in pixels. */
  width: number;
  /** How high it is, in pixels. */
  height: number;
  /** Where it is: an absolute URL. */
  url: string;
}

/** How a replica of the database is. */
export interface Replica {
  /** Which one: its place in the setting, from 1. */
  number: number;
  /** Whether it takes reads. What it cannot answer yet, or not at all, the primary is asked. */
  up: boolean;
  /** How many changes it lacked when it was last heard of; null when it never was. */
  behind: number | null;
}

/** A part of a stream's schedule as it is after it was replaced. */
export interface Schedule {
  /** Where the part begins. */
  from: string;
  /** Where the part ends. */
  to: string;
  /** The programmes that begin in it, in the order in which they are on. */
  programmes: Programme[];
}

/** A page of a stream's schedule, with what is on at the moment of the answer. */
export interface SchedulePage {
  /** What is on now, whatever part of the schedule is asked for; null when nothing is. */
  now: Programme | null;
  /** What comes next after now, however far away; null when nothing does. */
  next: Programme | null;
  /** The programmes of this page, in the order in which they are on. */
  items: Programme[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many programmes match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/**
 * What a key allows.
 *
 * - `drafts:read`: to see drafts, archived articles, suggested quotes and all images.
 * - `content:write`: to create, change and delete content; sees drafts too.
 * - `comments:write`: to post, flag and take back comments on behalf of readers.
 * - `comments:moderate`: to see all comments, whatever their state and their article's, and to decide on them.
 * - `admin`: everything; keys, webhooks and community standards too.
 */
export type Scope = "drafts:read" | "content:write" | "comments:write" | "comments:moderate" | "admin";

/** A few letters that lead to an article. */
export interface ShortLink {
  /** What stands behind `/s/`. */
  code: string;
  /** The short URL itself. */
  url: string;
  /** Who chose the code. */
  kind: ShortLinkKind;
  /** The article it leads to, once that is published; null when the article was deleted. */
  article: ArticleRef | null;
  /**
   * How often readers followed it. Hits are counted in memory and written every 5 seconds: the last ones are not in it
   * yet, and a server that is killed loses those; one that is stopped does not.
   */
  hits: number;
  /** When it was last followed; null when nobody ever did. */
  last_hit_at: string | null;
  /** When the code was given. */
  created_at: string;
  /** When it was last pointed to another article. */
  updated_at: string;
}

/** A change of a short link. Its hits are none. */
export interface ShortLinkChange {
  /** What kind of thing this is. */
  type: "short-link";
  /**
   * The number of the change; every later change has a higher one. Readers without a key that sees
   * drafts have numbers of their own, in which nothing is missing.
   */
  seq: number;
  /** What has happened. */
  kind: ChangeKind;
  /** What it has happened to. */
  id: string;
  /** The article it is, stands on or leads to; null when that is none. */
  article_id: string | null;
  /** Whether it is gone for you: take it out of your copy. */
  deleted: boolean;
  /** The properties that say something else than before; empty when it has come or gone. */
  fields: string[];
  /**
   * The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
   * cache drops what it keeps under one of them. Empty when readers see nothing of it.
   */
  purge: string[];
  /** When it happened. */
  at: string;
  /** It as it is now, as its own address shows it; there with `include=resource`, unless it is gone. */
  resource?: ShortLink;
}

/** A message that tells of a change: short link. */
export interface ShortLinkEvent {
  /** What has happened, as in `data`. */
  type: ChangeKind;
  /** When it happened. */
  timestamp: string;
  /** What is told. */
  data: ShortLinkChange;
}

/**
 * Who chose a short link's code.
 *
 * - `generated`: made here, with its article: every article has one.
 * - `vanity`: chosen by an editor.
 */
export type ShortLinkKind = "generated" | "vanity";

/** A page of short links. */
export interface ShortLinkPage {
  /** The items of this page, in the order asked for. */
  items: ShortLink[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/** Where an article's content comes from. */
export interface Source {
  /** Who reported it first. */
  name: string;
  /** Where it was taken from; null when there is no address. */
  url: string | null;
  /** When it was taken from there; null when unknown. */
  retrieved_at: string | null;
}

/** What is to change about where an article's content comes from: absent stays, null clears. */
export interface SourcePatch {
  /** Who reported it first; needed where there is no source yet. */
  name?: string;
  /** Where it was taken from: an `http(s)` URL; null removes it. */
  url?: string | null;
  /** When it was taken from there; null removes it. */
  retrieved_at?: string | null;
}

/**
 * Who answers for a quote: what its other properties say of that, in one word.
 *
 * - `person`: there is a `speaker` or a `speaker_name`.
 * - `organisation`: there is none, but an `affiliation`: the organisation said it.
 * - `unnamed`: nobody is named; `anonymity_reason` says why.
 */
export type SpeakerKind = "person" | "organisation" | "unnamed";

/**
 * Whether readers see an article.
 *
 * - `draft`: being written; seen only with `drafts:read`.
 * - `published`: on the record; everybody sees it.
 * - `archived`: taken down and kept; seen only with `drafts:read`.
 */
export type Status = "draft" | "published" | "archived";

/** Something to hear or see live, with what is on. */
export interface Stream {
  /** The stream's id. */
  id: string;
  /** The stream's name in URLs; unique among streams. */
  slug: string;
  /** The stream's name as readers see it. */
  name: string;
  /** A few sentences about it; null when nobody wrote any. */
  description: string | null;
  /** The language spoken (BCP 47); null when unknown or several. */
  language: string | null;
  /** What it carries. */
  kind: StreamKind;
  /** Whether it can be heard or seen now. */
  status: StreamStatus;
  /** The forms it can be played in: a player takes the first it can play. */
  sources: StreamSource[];
  /** When it begins or began; null when that is not known or it always runs. */
  starts_at: string | null;
  /** When it ends or ended; null when that is not known or it always runs. */
  ends_at: string | null;
  /** The cover; null when there is none. */
  image: Image | null;
  /** What is on by the schedule at the moment of the answer; null when nothing is. */
  now: Programme | null;
  /** What comes next by the schedule, however far away; null when nothing does. */
  next: Programme | null;
  /** When it was made. */
  created_at: string;
  /** When it or its schedule was last changed. */
  updated_at: string;
  /** Counts its changes and those of its schedule, from 1. */
  version: number;
}

/** A change of a stream or of its schedule. What is on `now` and `next` changes by itself, too. */
export interface StreamChange {
  /** What kind of thing this is. */
  type: "stream";
  /**
   * The number of the change; every later change has a higher one. Readers without a key that sees
   * drafts have numbers of their own, in which nothing is missing.
   */
  seq: number;
  /** What has happened. */
  kind: ChangeKind;
  /** What it has happened to. */
  id: string;
  /** The article it is, stands on or leads to; null when that is none. */
  article_id: string | null;
  /** Whether it is gone for you: take it out of your copy. */
  deleted: boolean;
  /** The properties that say something else than before; empty when it has come or gone. */
  fields: string[];
  /**
   * The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
   * cache drops what it keeps under one of them. Empty when readers see nothing of it.
   */
  purge: string[];
  /** When it happened. */
  at: string;
  /** It as it is now, as its own address shows it; there with `include=resource`, unless it is gone. */
  resource?: Stream;
}

/** A message that tells of a change: stream. */
export interface StreamEvent {
  /** What has happened, as in `data`. */
  type: ChangeKind;
  /** When it happened. */
  timestamp: string;
  /** What is told. */
  data: StreamChange;
}

/**
 * What a stream carries.
 *
 * - `audio`: sound: a radio channel, a live report.
 * - `video`: pictures with sound.
 */
export type StreamKind = "audio" | "video";

/** A page of streams. */
export interface StreamPage {
  /** The items of this page, in the order asked for. */
  items: Stream[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/** What is to change about a stream (RFC 7396): absent stays, null clears, arrays replace. */
export interface StreamPatch {
  /** The stream's name as readers see it: one line. */
  name?: string;
  /** The stream's name in URLs; 409 when another stream has it. */
  slug?: string;
  /** A few sentences about it; null removes them. */
  description?: string | null;
  /** The language spoken (BCP 47); null removes it. */
  language?: string | null;
  /** What it carries. */
  kind?: StreamKind;
  /** Whether it can be heard or seen now. What is `live` has a source; only what was `live` has `ended`. */
  status?: StreamStatus;
  /** The forms it can be played in, all of them, the best first. */
  sources?: NewStreamSource[];
  /** When it begins; null removes it. */
  starts_at?: string | null;
  /** When it ends: after `starts_at`; null removes it. */
  ends_at?: string | null;
  /** The cover: the id of an image, which has an alternative text and its picture; null removes it. */
  image?: string | null;
}

/** One form in which a stream can be played. */
export interface StreamSource {
  /** Where a player finds it. */
  url: string;
  /** Its media type, perhaps with codecs, as a player's `canPlayType` takes it. */
  type: string;
  /** How many bits a second it takes; null when unknown or changing. */
  bit_rate: number | null;
}

/**
 * Whether a stream can be heard or seen now: people say so, not the clock.
 *
 * - `pending`: announced, not on air yet.
 * - `live`: on air: a player has something to play.
 * - `ended`: it was live and is over.
 */
export type StreamStatus = "pending" | "live" | "ended";

/** Something that what was typed can become. */
export interface Suggestion {
  /** What it is. */
  kind: SuggestionKind;
  /** Its id. */
  id: string;
  /** Its name in URLs and filters. */
  slug: string;
  /** Its name, or its headline. */
  name: string;
}

/**
 * What a suggestion is.
 *
 * - `tag`: a tag.
 * - `person`: somebody who wrote or spoke.
 * - `article`: an article, by its headline.
 */
export type SuggestionKind = "tag" | "person" | "article";

/** What was typed can become these. */
export interface SuggestionList {
  /** Tags, then people, then articles, each in the order of the alphabet. */
  items: Suggestion[];
}

/** What articles are about. */
export interface Tag {
  /** The tag's id. */
  id: string;
  /** The tag's name in URLs and tag expressions; unique among tags. */
  slug: string;
  /** The tag's name as readers see it. */
  name: string;
  /** What kind of thing it names. */
  kind: TagKind;
  /** A few sentences for a tag page; null when nobody wrote any. */
  description: string | null;
  /** How many published articles carry the tag. */
  article_count: number;
  /** When the tag was made. */
  created_at: string;
  /** When the tag was last changed. */
  updated_at: string;
  /** Counts the changes of the tag, from 1. */
  version: number;
}

/** A change of a tag. */
export interface TagChange {
  /** What kind of thing this is. */
  type: "tag";
  /**
   * The number of the change; every later change has a higher one. Readers without a key that sees
   * drafts have numbers of their own, in which nothing is missing.
   */
  seq: number;
  /** What has happened. */
  kind: ChangeKind;
  /** What it has happened to. */
  id: string;
  /** The article it is, stands on or leads to; null when that is none. */
  article_id: string | null;
  /** Whether it is gone for you: take it out of your copy. */
  deleted: boolean;
  /** The properties that say something else than before; empty when it has come or gone. */
  fields: string[];
  /**
   * The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
   * cache drops what it keeps under one of them. Empty when readers see nothing of it.
   */
  purge: string[];
  /** When it happened. */
  at: string;
  /** It as it is now, as its own address shows it; there with `include=resource`, unless it is gone. */
  resource?: Tag;
}

/** A message that tells of a change: tag. */
export interface TagEvent {
  /** What has happened, as in `data`. */
  type: ChangeKind;
  /** When it happened. */
  timestamp: string;
  /** What is told. */
  data: TagChange;
}

/**
 * What kind of thing a tag names.
 *
 * - `topic`: a subject: economy, security cooperation.
 * - `place`: a country, a city, a region.
 * - `organisation`: a company, a party, an authority.
 * - `person`: somebody an article is about.
 * - `series`: a running series of articles.
 */
export type TagKind = "topic" | "place" | "organisation" | "person" | "series";

/** A page of tags. */
export interface TagPage {
  /** The items of this page, in the order asked for. */
  items: Tag[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/** What is to change about a tag (RFC 7396): absent stays, null clears. */
export interface TagPatch {
  /** The tag's name as readers see it: one line; 409 when another tag has it. */
  name?: string;
  /** The tag's name in URLs; 409 when another tag has it. */
  slug?: string;
  /** What kind of thing it names. */
  kind?: TagKind;
  /** A few sentences for a tag page; null removes them. */
  description?: string | null;
}

/** A tag as it stands on an article. */
export interface TagRef {
  /** The tag's id. */
  id: string;
  /** The tag's name in URLs and tag expressions. */
  slug: string;
  /** The tag's name as readers see it. */
  name: string;
  /** What kind of thing it names. */
  kind: TagKind;
}

/** A place named by the code points before it. */
export interface TextPositionSelector {
  /** What kind of thing this is. */
  type: "TextPositionSelector";
  /** The first code point, from 0. */
  start: number;
  /** The code point behind the last. */
  end: number;
}

/** A place named by the words that stand there and around them. */
export interface TextQuoteSelector {
  /** What kind of thing this is. */
  type: "TextQuoteSelector";
  /** The words exactly as they stand in `body_text`. */
  exact: string;
  /** The text right before. */
  prefix: string;
  /** The text right behind. */
  suffix: string;
}

/** Somebody who is told of changes: where, and of which. The secret itself is never shown again. */
export interface Webhook {
  /** The webhook's id. */
  id: string;
  /** Where messages are sent. */
  url: string;
  /** What it is for, for people; null when nobody said. */
  description: string | null;
  /** What it is told of. */
  audience: WebhookAudience;
  /** Only changes of these kinds; of all when empty. */
  kinds: ChangeKind[];
  /** Only changes of this tag and of what stands under it; null for all. */
  tag_id: string | null;
  /** Of updates only those of these properties, of all when empty; what is no update is told anyway. */
  fields: string[];
  /** Whether it is sent to. */
  state: WebhookState;
  /** Why the server has disabled it; null when it has not. */
  state_reason: string | null;
  /** Since when it is in that state. */
  state_at: string;
  /** Since when nothing sent to it was taken; null while the last was. */
  failing_since: string | null;
  /** Until when messages are signed with the secret before the last rotation, too; null when they are not. */
  previous_secret_until: string | null;
  /** When it was made. */
  created_at: string;
  /** When it was last changed, by somebody or by what became of its messages. */
  updated_at: string;
  /** Counts its changes, from 1. */
  version: number;
}

/**
 * What a webhook is told of.
 *
 * - `public`: what readers see: the changes that `/v1/changes` shows without a key, with their numbers.
 * - `everything`: all changes, of drafts and of what moderators see too.
 */
export type WebhookAudience = "public" | "everything";

/** A message to a webhook, and what has become of it. Those that are decided are kept for seven days. */
export interface WebhookDelivery {
  /** The delivery's id. */
  id: string;
  /** The webhook it is for. */
  webhook_id: string;
  /** Its `webhook-id` header: the same whenever it is sent. */
  message_id: string;
  /** The kind of change it tells of; null for a ping. */
  kind: ChangeKind | null;
  /** The number of the change, as the audience has them; null for a ping. */
  seq: number | null;
  /** What has become of it. */
  state: WebhookDeliveryState;
  /** How often it was sent. */
  attempts: number;
  /** When it is sent next; null when it is decided. */
  next_attempt_at: string | null;
  /** When it was last sent; null before it was. */
  last_attempt_at: string | null;
  /** The status it was last answered with; null when there was no answer. */
  last_status: number | null;
  /** Why it was not taken, the last time; null when it was. */
  last_error: string | null;
  /** How many milliseconds the last attempt took. */
  last_duration_ms: number | null;
  /** When the change came to be told. */
  created_at: string;
  /** When something last became of it. */
  updated_at: string;
}

/** A page of deliveries. */
export interface WebhookDeliveryPage {
  /** The items of this page, in the order asked for. */
  items: WebhookDelivery[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/**
 * What has become of a delivery.
 *
 * - `pending`: it is sent as soon as it can be, or again when `next_attempt_at` comes.
 * - `delivered`: it was answered with a status from 200 to 299.
 * - `failed`: it is not sent again by itself.
 */
export type WebhookDeliveryState = "pending" | "delivered" | "failed";

/** A page of webhooks. */
export interface WebhookPage {
  /** The items of this page, in the order asked for. */
  items: Webhook[];
  /** Send it back as `cursor` for the next page; null on the last page. */
  next_cursor: string | null;
  /** How many items match in all; null unless `count=exact` was asked for. */
  total: number | null;
}

/** What is to change about a webhook (RFC 7396): absent stays, null clears. */
export interface WebhookPatch {
  /** Where messages are sent. */
  url?: string;
  /** What it is for; null removes it. */
  description?: string | null;
  /** Only changes of these kinds; of all when empty. */
  kinds?: ChangeKind[];
  /** Only changes of this tag (id or slug); null for all. */
  tag?: string | null;
  /** Of updates only those of these properties; all when empty. */
  fields?: string[];
  /** Whether it is sent to. */
  state?: WebhookState;
}

/** A message that says nothing, sent to see whether somebody is there. */
export interface WebhookPing {
  /** That it is a ping. */
  type: "webhook.ping";
  /** When it happened. */
  timestamp: string;
  /** What is told. */
  data: WebhookPingData;
}

/** What a ping is for. */
export interface WebhookPingData {
  /** The webhook it was sent to. */
  webhook_id: string;
}

/**
 * Whether a webhook is sent to.
 *
 * - `enabled`: it is told of changes.
 * - `disabled`: nothing is sent; changes wait in the log until it is enabled again.
 */
export type WebhookState = "enabled" | "disabled";

/** What may be asked of `GET /v1/articles`. */
export interface ListArticlesQuery {
  /** A tag expression over slugs or ids: `,` and, `|` or, `-` not, `( )` groups. */
  tag?: string | undefined;
  /**
   * Full text over title, standfirst and body: words (all of them), `"phrases"`, `OR` between alternatives,
   * `-not`, `pre*` (three letters or more), `title:word`. Case and accents do not count. `-not` alone finds
   * all that lack it; without a word nothing is found. Nothing typed is an error: what was not looked for
   * as it stands is told in `Search-Notes`.
   */
  q?: string | undefined;
  /** Whether each item shows in `highlights` where `q` was found. */
  highlight?: boolean | undefined;
  /** Articles in which this person (id or slug) is quoted. */
  speaker?: string | undefined;
  /** Articles in which somebody of this organisation is quoted: its name, without regard to case. */
  affiliation?: string | undefined;
  /** Articles by this person (id or slug). */
  author?: string | undefined;
  /** Not before this RFC 3339 instant or date. */
  from?: string | undefined;
  /** Before this RFC 3339 instant or date. */
  to?: string | undefined;
  /** Which date `from` and `to` mean; `published` when absent. */
  date?: DateKind | undefined;
  /** Only this language (BCP 47); `en` finds `en-GB` too. */
  language?: string | undefined;
  /** Exactly these articles (ids or slugs, up to 100), in this order. */
  ids?: string[] | undefined;
  /** Only these statuses; `published` when absent. Others are seen only with `drafts:read`. */
  status?: Status[] | undefined;
  /**
   * What the list is ordered by; `-published_at` when absent. `relevance` ranks the 500 last entered of
   * what is found and the 500 last entered of those found by their headlines; other orders list all.
   */
  order?: ArticleOrder | undefined;
  /** Which parts each item carries beside its tags. */
  include?: ArticlePart[] | undefined;
  /**
   * Exactly these properties of each item; a dot reaches one level inside: `title,slug,tags.name`. What
   * is not asked for is absent, whatever the schema requires.
   */
  fields?: string[] | undefined;
  /**
   * How many at most: 1 to 100, 20 when absent (with `ids`: all of them). A page with bodies ends before
   * they are more than 8,388,608 characters.
   */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before, with the same filter and order. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/articles/{article}/related`. */
export interface ListRelatedArticlesQuery {
  /** How many at most: 1 to 20, 5 when absent. */
  limit?: number | undefined;
}

/** What may be asked of `GET /v1/articles/{article}/aliases`. */
export interface ListArticleAliasesQuery {
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/quotes`. */
export interface ListQuotesQuery {
  /**
   * Only quotes in articles with these tags, an expression over slugs or ids: `,` and, `|` or, `-`
   * not, `( )` groups.
   */
  tag?: string | undefined;
  /**
   * Full text over the quote's words: words (all of them), `"phrases"`, `OR` between alternatives,
   * `-not`, `pre*` (three letters or more). Case and accents do not count. `-not` alone finds all
   * that lack it; without a word nothing is found. Nothing typed is an error: what was not looked
   * for as it stands is told in `Search-Notes`.
   */
  q?: string | undefined;
  /** Only quotes in this article (id or slug). */
  article?: string | undefined;
  /** Only quotes of this person (id or slug). */
  speaker?: string | undefined;
  /** Only quotes of somebody of this organisation: its name, without regard to case. */
  affiliation?: string | undefined;
  /** Only quotes of somebody in this role, without regard to case. */
  role?: string | undefined;
  /** Only quotes in articles by this person (id or slug). */
  author?: string | undefined;
  /** Only quotes of this kind. */
  kind?: QuoteKind | undefined;
  /** Only quotes in this state; `confirmed` when absent. `suggested` needs `drafts:read`. */
  state?: QuoteState | undefined;
  /** Only quotes whose anchor is like this. */
  anchor?: AnchorStatus | undefined;
  /**
   * Only quotes in articles of these statuses. Without `drafts:read` only those of published
   * articles are seen; with it, when absent, all.
   */
  status?: Status[] | undefined;
  /** Not before this RFC 3339 instant or date. */
  from?: string | undefined;
  /** Before this RFC 3339 instant or date. */
  to?: string | undefined;
  /** Which date `from` and `to` mean; `published` when absent. */
  date?: QuoteDate | undefined;
  /** Only quotes in this language (BCP 47), their own or else the article's; `en` finds `en-GB` too. */
  language?: string | undefined;
  /** Exactly these quotes (ids, up to 100), in this order. */
  ids?: string[] | undefined;
  /** Whether each item shows in `highlights` where `q` was found. */
  highlight?: boolean | undefined;
  /**
   * What the list is ordered by; `-created_at` when absent. `relevance` ranks the 500 last entered of
   * what is found; other orders list all.
   */
  order?: QuoteOrder | undefined;
  /** How many at most: 1 to 100, 20 when absent (with `ids`: all of them). */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before, with the same filter and order. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/quotes/facets`. */
export interface ListQuoteFacetsQuery {
  /**
   * Only quotes in articles with these tags, an expression over slugs or ids: `,` and, `|` or, `-`
   * not, `( )` groups.
   */
  tag?: string | undefined;
  /**
   * Full text over the quote's words: words (all of them), `"phrases"`, `OR` between alternatives,
   * `-not`, `pre*` (three letters or more). Case and accents do not count. `-not` alone finds all
   * that lack it; without a word nothing is found. Nothing typed is an error: what was not looked
   * for as it stands is told in `Search-Notes`.
   */
  q?: string | undefined;
  /** Only quotes in this article (id or slug). */
  article?: string | undefined;
  /** Only quotes of this person (id or slug). */
  speaker?: string | undefined;
  /** Only quotes of somebody of this organisation: its name, without regard to case. */
  affiliation?: string | undefined;
  /** Only quotes of somebody in this role, without regard to case. */
  role?: string | undefined;
  /** Only quotes in articles by this person (id or slug). */
  author?: string | undefined;
  /** Only quotes of this kind. */
  kind?: QuoteKind | undefined;
  /** Only quotes in this state; `confirmed` when absent. `suggested` needs `drafts:read`. */
  state?: QuoteState | undefined;
  /** Only quotes whose anchor is like this. */
  anchor?: AnchorStatus | undefined;
  /**
   * Only quotes in articles of these statuses. Without `drafts:read` only those of published
   * articles are seen; with it, when absent, all.
   */
  status?: Status[] | undefined;
  /** Not before this RFC 3339 instant or date. */
  from?: string | undefined;
  /** Before this RFC 3339 instant or date. */
  to?: string | undefined;
  /** Which date `from` and `to` mean; `published` when absent. */
  date?: QuoteDate | undefined;
  /** Only quotes in this language (BCP 47), their own or else the article's; `en` finds `en-GB` too. */
  language?: string | undefined;
  /** What they are counted by; `speaker` when absent. */
  by?: FacetBy | undefined;
  /** How many values at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
}

/** What may be asked of `GET /v1/articles/{article}/quotes`. */
export interface ListArticleQuotesQuery {
  /** Only quotes in this state; `confirmed` when absent. `suggested` needs `drafts:read`. */
  state?: QuoteState | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `POST /v1/articles/{article}/quotes/suggest`. */
export interface SuggestQuotesQuery {
  /** Whether those that are new are stored as `suggested`; `false` when absent. */
  save?: boolean | undefined;
}

/** What may be asked of `GET /v1/quotes/{quote_id}/history`. */
export interface ListQuoteHistoryQuery {
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/links`. */
export interface ListLinksQuery {
  /** Only links to this article (id or slug). */
  target?: string | undefined;
  /** Only links with this relation. */
  rel?: LinkRel | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before, with the same filter. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/articles/{article}/links`. */
export interface ListArticleLinksQuery {
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/short-links`. */
export interface ListShortLinksQuery {
  /** Only those that lead to this article (id or slug). */
  article?: string | undefined;
  /** Only those whose code was chosen so. */
  kind?: ShortLinkKind | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before, with the same filter. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/images`. */
export interface ListImagesQuery {
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /media/{file}`. */
export interface GetMediaQuery {
  /**
   * How wide, in pixels: 160, 320, 640, 960, 1280 or 1920. A picture that is no wider, that moves or
   * is an AVIF is given as it is.
   */
  w?: number | undefined;
}

/** What may be asked of `GET /v1/articles/{article}/comments`. */
export interface ListArticleCommentsQuery {
  /** How they are laid out: in threads when absent. */
  view?: CommentView | undefined;
  /** What they are ordered by: the oldest first when absent. */
  order?: CommentOrder | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before, with the same view and order. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/comments`. */
export interface ListCommentsQuery {
  /** Only comments in this state. */
  state?: CommentState | undefined;
  /** Only comments on this article (id or slug). */
  article?: string | undefined;
  /** Only comments of this user of the site. */
  user_id?: string | undefined;
  /** Only comments under this name, whatever its case. */
  author?: string | undefined;
  /** Only comments that readers have flagged (or have not) since the last decision. */
  flagged?: boolean | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before, with the same filter. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/comments/{comment_id}/flags`. */
export interface ListCommentFlagsQuery {
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/comments/{comment_id}/decisions`. */
export interface ListCommentDecisionsQuery {
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/comment-words`. */
export interface ListCommentWordsQuery {
  /** Only words of this kind. */
  kind?: CommentWordKind | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before, with the same filter. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/community-standards/versions`. */
export interface ListCommunityStandardsVersionsQuery {
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/tags`. */
export interface ListTagsQuery {
  /** Only tags of this kind. */
  kind?: TagKind | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/people`. */
export interface ListPeopleQuery {
  /** Only people of exactly this name, without regard to case. */
  name?: string | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/streams`. */
export interface ListStreamsQuery {
  /** Only these statuses; `live` is what a *Listen live* button asks for. */
  status?: StreamStatus[] | undefined;
  /** Only streams of this kind. */
  kind?: StreamKind | undefined;
  /** Only this language (BCP 47); `en` finds `en-GB` too. */
  language?: string | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before, with the same filter. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/streams/{stream}/schedule`. */
export interface GetScheduleQuery {
  /** What is on at this RFC 3339 instant (or date) or later; the present when absent. */
  from?: string | undefined;
  /**
   * What begins before this RFC 3339 instant (or date), at most 31 days after `from`; 24 hours after it
   * when absent.
   */
  to?: string | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before, with the same `from` and `to`. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/suggest`. */
export interface ListSuggestionsQuery {
  /** What was typed so far. Case and accents do not count; without a letter or digit nothing is suggested. */
  q?: string | undefined;
  /** How many of each kind at most: 1 to 20, 5 when absent. */
  limit?: number | undefined;
}

/** What may be asked of `GET /v1/changes`. */
export interface ListChangesQuery {
  /** Only changes after this one: `last_seq` of the page before; from the beginning when absent. */
  after?: number | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Only changes of these kinds, separated by commas. */
  kind?: ChangeKind[] | undefined;
  /** Only changes of this tag (id or slug) and of what stands under it: its articles, their quotes, links and comments. */
  tag?: string | undefined;
  /** How many seconds to wait for a change when there is none. */
  wait?: number | undefined;
  /** `resource` shows the things themselves, as they are now. */
  include?: ChangePart[] | undefined;
}

/** What may be asked of `GET /v1/changes/stream`. */
export interface StreamChangesQuery {
  /** Begin after this change; with what comes next when absent. `Last-Event-ID` goes before it. */
  after?: number | undefined;
  /** Only changes of these kinds, separated by commas. */
  kind?: ChangeKind[] | undefined;
  /** Only changes of this tag (id or slug) and of what stands under it. */
  tag?: string | undefined;
  /** `resource` shows the things themselves, as they are now. */
  include?: ChangePart[] | undefined;
}

/** What may be asked of `GET /v1/webhooks`. */
export interface ListWebhooksQuery {
  /** Only webhooks in this state. */
  state?: WebhookState | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before, with the same filter. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/webhooks/{webhook_id}/deliveries`. */
export interface ListWebhookDeliveriesQuery {
  /** Only deliveries of which this has become. */
  state?: WebhookDeliveryState | undefined;
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before, with the same filter. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}

/** What may be asked of `GET /v1/keys`. */
export interface ListKeysQuery {
  /** How many at most: 1 to 100, 20 when absent. */
  limit?: number | undefined;
  /** Where to go on: `next_cursor` of the page before. */
  cursor?: string | undefined;
  /** `exact` fills `total`. */
  count?: Count | undefined;
}
