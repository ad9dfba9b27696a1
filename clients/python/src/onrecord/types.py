"""What is sent and what is answered: made from openapi/openapi.json by clients/generate.py (`make client-types`)."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypeAlias, TypedDict


class Anchor(TypedDict):
    """Where a quote's words stand in `body_text` of its article."""

    status: AnchorStatus
    """Whether they stand there."""
    start: int | None
    """Where they begin, in Unicode code points; null unless `anchored`."""
    end: int | None
    """Where they end, in Unicode code points; null unless `anchored`."""
    prefix: str | None
    """Up to 32 code points before them, where they stand or last stood; null when they never stood at one place."""
    suffix: str | None
    """Up to 32 code points after them, where they stand or last stood; null when they never stood at one place."""
    sha256: str | None
    """SHA-256 of the words as they stand or last stood there (NFC, UTF-8), in hexadecimal; null when they
    never stood at one place.
    """
    article_version: int
    """The version of the article in which they were looked for."""
    proposals: list[Proposal]
    """Where words like these stand, the likeliest first: for an editor to choose from, never taken by
    itself. Empty when `anchored`.
    """


AnchorStatus: TypeAlias = Literal["anchored", "altered", "ambiguous", "orphaned"]
"""Whether a quote's words stand in its article.

- `anchored`: they stand there, at one place, from `start` to `end`.
- `altered`: they stood there, and the text was changed where they stood.
- `ambiguous`: they stand there at several places.
- `orphaned`: they do not stand there.
"""


class Article(TypedDict):
    """An article with everything that stands on its page."""

    id: str
    """The article's id."""
    slug: str
    """The article's name in URLs; unique among articles."""
    url: str
    """Where the article is: an absolute URL."""
    short_url: str
    """A few letters that lead to `url`, to be printed and said: an absolute URL."""
    status: Status
    """Whether readers see it."""
    title: str
    """The headline."""
    standfirst: str | None
    """The lead under the headline; null when there is none."""
    dateline: str | None
    """Where and when it was filed, as printed: `MOSCOW, May 30`; null when there is none."""
    language: str | None
    """The language it is written in (BCP 47); null when unknown."""
    authors: list[PersonRef]
    """Who wrote it, in the order of the byline."""
    source: Source | None
    """Where its content comes from; null when it is our own."""
    image: Image | None
    """The picture at its head; null when there is none."""
    body: str
    """The body as it was written, in `body_format`."""
    body_format: BodyFormat
    """How `body` is written."""
    body_html: str
    """The body as sanitised HTML, ready for a page: scripts, styles, ids and every address that is not a whole
    `http(s)` or `mailto` one are gone (a footnote keeps its number and not its jump). An image named by
    `image:` and its id has its address, size and renditions here.
    """
    body_text: str
    """The body as plain text: what quotes are anchored to and offsets count in. It has the characters of `body_html`'s
    text in their order, in NFC; the two differ in white space alone, so a page finds a quote by walking both.
    """
    word_count: int
    """How many words the body has."""
    audio: Audio | None
    """The article read aloud; null when it is not."""
    tags: list[TagRef]
    """What it is about, in the editor's order."""
    quotes: list[Quote]
    """Its confirmed quotes, in the editor's order."""
    links: list[Link]
    """Its links to other articles and pages, in the editor's order."""
    comments: ArticleComments
    """Its discussion: whether it takes comments, and how many there are."""
    published_at: str | None
    """The date of publication; null for what was never published."""
    first_published_at: str | None
    """When readers first saw it; stays when it is taken down and published again."""
    created_at: str
    """When it was made here."""
    updated_at: str
    """When it or one of its parts was last changed."""
    version: int
    """Counts its changes, from 1."""
    external_id: str | None
    """Its id in the system it was imported from; null when it was written here."""


class ArticleAlias(TypedDict):
    """A slug that an article has had: who asks for it is led to the one it has now."""

    slug: str
    """The slug."""
    is_public: bool
    """Whether readers could see the article under it; only then it leads them there."""
    created_at: str
    """Since when the article has another."""


class ArticleAliasPage(TypedDict):
    """A page of aliases."""

    items: list[ArticleAlias]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


class ArticleChange(TypedDict):
    """A change of an article."""

    type: Literal["article"]
    """What kind of thing this is."""
    seq: int
    """The number of the change; every later change has a higher one. Readers without a key that sees
    drafts have numbers of their own, in which nothing is missing.
    """
    kind: ChangeKind
    """What has happened."""
    id: str
    """What it has happened to."""
    article_id: str | None
    """The article it is, stands on or leads to; null when that is none."""
    deleted: bool
    """Whether it is gone for you: take it out of your copy."""
    fields: list[str]
    """The properties that say something else than before; empty when it has come or gone."""
    purge: list[str]
    """The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
    cache drops what it keeps under one of them. Empty when readers see nothing of it.
    """
    at: str
    """When it happened."""
    resource: NotRequired[Article]
    """It as it is now, as its own address shows it; there with `include=resource`, unless it is gone."""


class ArticleComments(TypedDict):
    """The discussion of an article."""

    policy: CommentsPolicy
    """Whether it takes comments."""
    is_default: bool
    """Whether that is the site's policy, because the article has none of its own."""
    count: int
    """How many comments readers see: the approved ones; 0 where the policy is `off`."""


class ArticleCommentsPatch(TypedDict):
    """What is to change about an article's discussion: absent stays, null clears."""

    policy: NotRequired[CommentsPolicy | None]
    """Whether it takes comments; null lets it follow the site again."""


class ArticleEvent(TypedDict):
    """A message that tells of a change: article."""

    type: ChangeKind
    """What has happened, as in `data`."""
    timestamp: str
    """When it happened."""
    data: ArticleChange
    """What is told."""


ArticleOrder: TypeAlias = Literal["-published_at", "published_at", "-updated_at", "updated_at", "title", "relevance"]
"""What a list of articles is ordered by; `-` is newest or last first.

- `-published_at`: newest publication first; what was never published stands at its creation.
- `published_at`: oldest publication first.
- `-updated_at`: last changed first.
- `updated_at`: longest unchanged first.
- `title`: by headline, without regard to case.
- `relevance`: what answers `q` best first; only with `q`.
"""


class ArticlePage(TypedDict):
    """A page of articles."""

    items: list[ArticleSummary]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


ArticlePart: TypeAlias = Literal["body", "quotes", "links", "authors"]
"""A part of an article that a list leaves out unless it is asked for.

- `body`: `body`, `body_format`, `body_html` and `body_text`.
- `quotes`: the quotes that readers see.
- `links`: the links.
- `authors`: who wrote it.
"""


class ArticlePatch(TypedDict):
    """What is to change about an article (RFC 7396): absent stays, null clears, arrays replace."""

    title: NotRequired[str]
    """The headline: one line."""
    slug: NotRequired[str]
    """The article's name in URLs; 409 when another article has it."""
    status: NotRequired[Status]
    """Whether readers see it."""
    standfirst: NotRequired[str | None]
    """The lead under the headline; null removes it."""
    dateline: NotRequired[str | None]
    """Where and when it was filed; null removes it."""
    language: NotRequired[str | None]
    """The language it is written in (BCP 47); null removes it."""
    authors: NotRequired[list[str]]
    """Who wrote it, all of them: ids, slugs or names."""
    source: NotRequired[SourcePatch | None]
    """Where its content comes from, each part by itself; null removes all of it."""
    image: NotRequired[str | None]
    """The picture at its head: the id of an image; null removes it."""
    body: NotRequired[str]
    """The body, in `body_format`."""
    body_format: NotRequired[BodyFormat]
    """How `body` is written."""
    audio: NotRequired[AudioPatch | None]
    """The article read aloud, each part by itself; null removes all of it."""
    tags: NotRequired[list[str]]
    """What it is about, all of it: ids, slugs or names."""
    quotes: NotRequired[list[NewQuote]]
    """Its quotes, all of them, in order. One of exactly the same `text` that is there stays itself, with
    its id, and takes what is sent; its `state` stays unless said. Those that are not sent go,
    suggested ones too.
    """
    quote_changes: NotRequired[list[QuoteEdit]]
    """What becomes of confirmed quotes whose words the new body changes; such a body is refused otherwise (409
    `quote-altered`).
    """
    links: NotRequired[list[NewLink]]
    """Its links, all of them, in order. One of the same `rel` and `target`, else `url`, else `title`
    that is there stays itself, with its id; those that are not sent go.
    """
    comments: NotRequired[ArticleCommentsPatch]
    """Its discussion, each part by itself."""
    published_at: NotRequired[str | None]
    """The date of publication. Not in the future; null only for what is not published."""
    external_id: NotRequired[str | None]
    """Its id in the system it comes from; null removes it."""


class ArticleRef(TypedDict):
    """An article as others point to it."""

    id: str
    """The article's id."""
    slug: str
    """The article's name in URLs."""
    url: str
    """Where the article is: an absolute URL."""
    title: str
    """The headline."""
    published_at: str | None
    """The date of publication; null for what was never published."""


class ArticleSummary(TypedDict):
    """An article as it stands in a list: without body, quotes and links unless they are asked for."""

    id: str
    """The article's id."""
    slug: str
    """The article's name in URLs."""
    url: str
    """Where the article is: an absolute URL."""
    short_url: str
    """A few letters that lead to `url`, to be printed and said: an absolute URL."""
    status: Status
    """Whether readers see it."""
    title: str
    """The headline."""
    standfirst: str | None
    """The lead under the headline; null when there is none."""
    dateline: str | None
    """Where and when it was filed, as printed; null when there is none."""
    language: str | None
    """The language it is written in (BCP 47); null when unknown."""
    source: Source | None
    """Where its content comes from; null when it is our own."""
    image: Image | None
    """The picture at its head; null when there is none."""
    word_count: int
    """How many words the body has."""
    tags: list[TagRef]
    """What it is about, in the editor's order."""
    comments: ArticleComments
    """Its discussion: whether it takes comments, and how many there are."""
    published_at: str | None
    """The date of publication; null for what was never published."""
    first_published_at: str | None
    """When readers first saw it; null for what was never published."""
    created_at: str
    """When it was made here."""
    updated_at: str
    """When it or one of its parts was last changed."""
    version: int
    """Counts its changes, from 1."""
    external_id: str | None
    """Its id in the system it was imported from; null when it was written here."""
    authors: NotRequired[list[PersonRef]]
    """Who wrote it; there with `include=authors`."""
    body: NotRequired[str]
    """The body as it was written; there with `include=body`."""
    body_format: NotRequired[BodyFormat]
    """How `body` is written; there with `include=body`."""
    body_html: NotRequired[str]
    """The body as sanitised HTML; there with `include=body`."""
    body_text: NotRequired[str]
    """The body as plain text; there with `include=body`."""
    quotes: NotRequired[list[Quote]]
    """Its confirmed quotes; there with `include=quotes`."""
    links: NotRequired[list[Link]]
    """Its links; there with `include=links`."""
    highlights: NotRequired[list[Highlight]]
    """Where `q` was found: one piece each of title, standfirst and body; there with `highlight=true`."""


class Audio(TypedDict):
    """An article read aloud, or the recording it is about."""

    url: str
    """Where a player finds it."""
    type: str
    """Its media type, perhaps with codecs, as a player's `canPlayType` takes it."""
    duration_seconds: int | None
    """How many seconds it lasts; null when unknown."""
    language: str | None
    """The language spoken (BCP 47); null when it is the article's."""
    transcript: str | None
    """What is said, as plain text; null when it is the article's body, or nobody wrote it down."""


class AudioPatch(TypedDict):
    """What is to change about an article read aloud: absent stays, null clears."""

    url: NotRequired[str]
    """Where a player finds it: an `http(s)` URL; needed where there is no audio yet."""
    type: NotRequired[str]
    """Its media type, perhaps with codecs; needed where there is no audio yet."""
    duration_seconds: NotRequired[int | None]
    """How many seconds it lasts; null removes it."""
    language: NotRequired[str | None]
    """The language spoken (BCP 47); null means the article's."""
    transcript: NotRequired[str | None]
    """What is said, as plain text; null removes it."""


BodyFormat: TypeAlias = Literal["markdown", "html", "text"]
"""The format a body is written in.

- `markdown`: `CommonMark` with tables, strikethrough and footnotes; HTML in it is sanitised.
- `html`: HTML, which is sanitised.
- `text`: plain text: a blank line ends a paragraph, a single new line breaks a line.
"""


Change: TypeAlias = "ArticleChange | QuoteChange | LinkChange | TagChange | PersonChange | ImageChange | StreamChange | CommentChange | CommunityStandardsChange | ShortLinkChange"
"""A change: what has happened to what. A thing is another when what is shown of it is: an article also when a
tag on it has a new name, a tag also when an article that carries it is published.
"""


ChangeKind: TypeAlias = Literal["article.created", "article.published", "article.updated", "article.unpublished", "article.deleted", "quote.created", "quote.updated", "quote.deleted", "link.created", "link.updated", "link.deleted", "tag.created", "tag.updated", "tag.merged", "tag.deleted", "person.created", "person.updated", "person.merged", "person.deleted", "image.created", "image.updated", "image.deleted", "comment.created", "comment.approved", "comment.rejected", "comment.spam", "comment.withdrawn", "comment.updated", "comment.deleted", "community-standards.created", "stream.created", "stream.updated", "stream.deleted", "short-link.created", "short-link.updated", "short-link.deleted"]
"""What has happened to what. Kinds may be added.

- `article.created`: article is there now.
- `article.published`: article is seen by readers from now on.
- `article.updated`: article says something else.
- `article.unpublished`: article is there, and readers see it no more.
- `article.deleted`: article is gone.
- `quote.created`: quote is there now.
- `quote.updated`: quote says something else.
- `quote.deleted`: quote is gone.
- `link.created`: link is there now.
- `link.updated`: link says something else.
- `link.deleted`: link is gone.
- `tag.created`: tag is there now.
- `tag.updated`: tag says something else.
- `tag.merged`: tag has gone into another.
- `tag.deleted`: tag is gone.
- `person.created`: person is there now.
- `person.updated`: person says something else.
- `person.merged`: person has gone into another.
- `person.deleted`: person is gone.
- `image.created`: image is there now.
- `image.updated`: image says something else.
- `image.deleted`: image is gone.
- `comment.created`: comment is there now.
- `comment.approved`: comment was approved.
- `comment.rejected`: comment was rejected.
- `comment.spam`: comment was found to be spam.
- `comment.withdrawn`: comment was taken back by its author.
- `comment.updated`: comment says something else.
- `comment.deleted`: comment is gone.
- `community-standards.created`: community standards is there now.
- `stream.created`: stream is there now.
- `stream.updated`: stream says something else.
- `stream.deleted`: stream is gone.
- `short-link.created`: short link is there now.
- `short-link.updated`: short link says something else.
- `short-link.deleted`: short link is gone.
"""


class ChangePage(TypedDict):
    """A page of changes, in the order in which they happened."""

    items: list[Change]
    """The changes."""
    last_seq: int
    """How far this page reaches: send it back as `after`."""
    has_more: bool
    """Whether there is more now."""


ChangePart: TypeAlias = Literal["resource"]
"""What may be shown with changes.

- `resource`: the things themselves, as they are now.
"""


class Comment(TypedDict):
    """What a reader says about an article, or in reply to another."""

    id: str
    """The comment's id."""
    article: ArticleRef
    """The article it is about."""
    parent_id: str | None
    """The comment it replies to; null for one on the article itself."""
    depth: int
    """How deep in its thread it stands: 0 for a comment on the article itself."""
    author: CommentAuthor | None
    """Who wrote it; null for a removed one."""
    body: str | None
    """What they wrote, in Markdown; null for a removed one."""
    body_html: str | None
    """The same as sanitised HTML: paragraphs, emphasis, links (`rel="nofollow ugc noopener"`), lists, quotations and
    code, nothing else; null for a removed one.
    """
    state: CommentState | None
    """What has become of it; null for a removed one, of which no more is told."""
    is_removed: bool
    """Whether it was removed, and stands here only for the replies below it."""
    reply_count: int
    """How many approved comments reply to it."""
    created_at: str
    """When it was sent."""
    updated_at: str
    """When it was last changed."""
    version: int
    """Counts its changes, from 1."""
    moderation: CommentModeration | None
    """What moderators know of it; null for everybody else."""


class CommentAuthor(TypedDict):
    """Who wrote a comment, as the site knows them."""

    name: str
    """The name readers see."""
    user_id: str | None
    """Who they are to the site; null for somebody without an account."""


class CommentChange(TypedDict):
    """A change of a comment."""

    type: Literal["comment"]
    """What kind of thing this is."""
    seq: int
    """The number of the change; every later change has a higher one. Readers without a key that sees
    drafts have numbers of their own, in which nothing is missing.
    """
    kind: ChangeKind
    """What has happened."""
    id: str
    """What it has happened to."""
    article_id: str | None
    """The article it is, stands on or leads to; null when that is none."""
    deleted: bool
    """Whether it is gone for you: take it out of your copy."""
    fields: list[str]
    """The properties that say something else than before; empty when it has come or gone."""
    purge: list[str]
    """The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
    cache drops what it keeps under one of them. Empty when readers see nothing of it.
    """
    at: str
    """When it happened."""
    resource: NotRequired[Comment]
    """It as it is now, as its own address shows it; there with `include=resource`, unless it is gone."""


class CommentDecision(TypedDict):
    """A decision that was made on a comment."""

    id: str
    """The decision's id."""
    state: CommentState
    """What the comment became."""
    reason: CommentReason | None
    """Why; null when nobody said."""
    note: str | None
    """What the moderator noted; null when nothing."""
    standards_version: int | None
    """The version of the community standards that was cited; null when none was."""
    decided_by: KeyRef | None
    """The key that decided, or took the comment back for its author; null when the screening decided."""
    decided_at: str
    """When it was decided."""


CommentDecisionOutcome: TypeAlias = Literal["decided", "conflict", "not_found"]
"""What came of a decision for one of many comments.

- `decided`: it was decided.
- `conflict`: it was in another state, and stays in it.
- `not_found`: there is no such comment.
"""


class CommentDecisionPage(TypedDict):
    """A page of decisions."""

    items: list[CommentDecision]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


class CommentDecisionResult(TypedDict):
    """What came of a decision for one comment."""

    comment_id: str
    """The comment."""
    outcome: CommentDecisionOutcome
    """What came of it."""
    state: CommentState | None
    """The state the comment is in now; null when there is none."""
    detail: str | None
    """Why it was not decided; null when it was."""


class CommentDecisionResults(TypedDict):
    """What came of a decision for each of many comments."""

    items: list[CommentDecisionResult]
    """One for each comment, in the order in which they were sent."""


class CommentEvent(TypedDict):
    """A message that tells of a change: comment."""

    type: ChangeKind
    """What has happened, as in `data`."""
    timestamp: str
    """When it happened."""
    data: CommentChange
    """What is told."""


class CommentFlag(TypedDict):
    """A reader's flag on a comment."""

    id: str
    """The flag's id."""
    reason: CommentFlagReason
    """Why the reader flagged it."""
    user_id: str | None
    """Who flagged it, as the site knows them; null for somebody without an account."""
    note: str | None
    """What they added; null when nothing."""
    created_at: str
    """When they flagged it."""


class CommentFlagCount(TypedDict):
    """How many flags a comment has for one reason."""

    reason: CommentFlagReason
    """The reason."""
    count: int
    """How many readers gave it."""


class CommentFlagPage(TypedDict):
    """A page of flags."""

    items: list[CommentFlag]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


CommentFlagReason: TypeAlias = Literal["offensive", "abusive", "spam", "disagree", "other"]
"""Why a reader flags a comment.

- `offensive`: it offends.
- `abusive`: it attacks somebody.
- `spam`: it advertises.
- `disagree`: the reader does not share its opinion.
- `other`: something else, which the note may tell.
"""


class CommentMark(TypedDict):
    """A mark the screening left on a comment."""

    code: CommentMarkCode
    """What it noticed."""
    detail: str
    """The same in words, with what it was."""


CommentMarkCode: TypeAlias = Literal["too_short", "too_long", "links", "repeated_text", "shouting", "stacked_marks", "banned_word", "suspect_word", "new_name"]
"""What the screening noticed about a comment.

- `too_short`: it has fewer than 3 letters or digits.
- `too_long`: it has more than 2,000 characters.
- `links`: there are web addresses in it.
- `repeated_text`: the same words came within the last 24 hours, from the same author, or (20 letters and more) from another.
- `shouting`: of 20 letters or more, four of five are capitals.
- `stacked_marks`: letters carry stacks of combining marks.
- `banned_word`: a banned word is in it, or in the author's name: the comment is rejected at once.
- `suspect_word`: a suspect word is in it, or in the author's name.
- `new_name`: no comment of this author has been approved yet.
"""


class CommentModeration(TypedDict):
    """What moderators know of a comment: the last decision, the screening's marks, the flags of readers."""

    reason: CommentReason | None
    """Why it was rejected, or is spam; null when nobody said."""
    note: str | None
    """What the moderator noted, for moderators only; null when nothing."""
    standards_version: int | None
    """The version of the community standards that was cited; null when none was."""
    decided_by: KeyRef | None
    """The key that decided; null when the screening did, and when nobody has."""
    decided_at: str | None
    """When it was decided; null when it was not."""
    marks: list[CommentMark]
    """What the screening noticed."""
    is_flagged: bool
    """Whether readers have flagged it since the last decision."""
    flag_count: int
    """How many flags it has in all."""
    flags: list[CommentFlagCount]
    """How many flags it has for each reason."""


CommentOrder: TypeAlias = Literal["created_at", "-created_at"]
"""What an article's comments are ordered by.

- `created_at`: the oldest first.
- `-created_at`: the newest first; in threads, the newest thread.
"""


class CommentPage(TypedDict):
    """A page of comments."""

    items: list[Comment]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


CommentReason: TypeAlias = Literal["offensive", "abusive", "spam", "banned_word", "ad", "illegal_content", "harassment_bullying", "misinformation", "hate_speech", "irrelevant_content", "other"]
"""Why a comment is rejected, or is spam.

- `offensive`: it offends.
- `abusive`: it attacks somebody.
- `spam`: it says nothing to the matter, many times.
- `banned_word`: a banned word is in it.
- `ad`: it advertises.
- `illegal_content`: it breaks a law, which the note may name.
- `harassment_bullying`: it pursues somebody.
- `misinformation`: it says what is not so.
- `hate_speech`: it calls for hatred.
- `irrelevant_content`: it is about something else.
- `other`: something else, which the note may tell.
"""


CommentState: TypeAlias = Literal["pending", "approved", "rejected", "spam", "withdrawn"]
"""What has become of a comment.

- `pending`: it waits for a moderator; readers do not see it.
- `approved`: readers see it.
- `rejected`: it breaks the community standards.
- `spam`: it advertises, or was made by a machine.
- `withdrawn`: its author took it back.
"""


CommentVerdict: TypeAlias = Literal["approved", "rejected", "spam", "pending"]
"""What a moderator can make of a comment.

- `approved`: readers see it.
- `rejected`: it breaks the community standards; needs a reason.
- `spam`: it advertises, or was made by a machine.
- `pending`: back to the queue.
"""


CommentView: TypeAlias = Literal["thread", "flat"]
"""How an article's comments are laid out.

- `thread`: each comment is followed by its replies, which are always in the order of time.
- `flat`: all in the order of time.
"""


class CommentWord(TypedDict):
    """A word, or words side by side, that the screening looks for."""

    id: str
    """The word's id."""
    word: str
    """The word as it was entered."""
    kind: CommentWordKind
    """What is done when it is found."""
    created_at: str
    """When it was entered."""


CommentWordKind: TypeAlias = Literal["banned", "suspect"]
"""What the screening does when it finds a word.

- `banned`: the comment is rejected at once.
- `suspect`: the comment is marked, and waits for a moderator.
"""


class CommentWordPage(TypedDict):
    """A page of words."""

    items: list[CommentWord]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


CommentsPolicy: TypeAlias = Literal["open", "closed", "off"]
"""Whether an article takes comments.

- `open`: comments are shown, and new ones are taken.
- `closed`: comments are shown, and no new ones are taken.
- `off`: comments are neither shown nor taken; those that are there are kept.
"""


class CommunityStandards(TypedDict):
    """The rules of the discussion, in one version."""

    version: int
    """The number of this version, from 1; rejections cite it."""
    body: str
    """The rules, in Markdown."""
    body_html: str
    """The same as sanitised HTML."""
    effective_at: str
    """From when on they hold."""
    created_at: str
    """When this version was made."""


class CommunityStandardsChange(TypedDict):
    """A new version of the community standards."""

    type: Literal["community-standards"]
    """What kind of thing this is."""
    seq: int
    """The number of the change; every later change has a higher one. Readers without a key that sees
    drafts have numbers of their own, in which nothing is missing.
    """
    kind: ChangeKind
    """What has happened."""
    id: int
    """What it has happened to."""
    article_id: str | None
    """The article it is, stands on or leads to; null when that is none."""
    deleted: bool
    """Whether it is gone for you: take it out of your copy."""
    fields: list[str]
    """The properties that say something else than before; empty when it has come or gone."""
    purge: list[str]
    """The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
    cache drops what it keeps under one of them. Empty when readers see nothing of it.
    """
    at: str
    """When it happened."""
    resource: NotRequired[CommunityStandards]
    """It as it is now, as its own address shows it; there with `include=resource`, unless it is gone."""


class CommunityStandardsEvent(TypedDict):
    """A message that tells of a change: community standards."""

    type: ChangeKind
    """What has happened, as in `data`."""
    timestamp: str
    """When it happened."""
    data: CommunityStandardsChange
    """What is told."""


class CommunityStandardsPage(TypedDict):
    """A page of versions of the community standards."""

    items: list[CommunityStandards]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


Count: TypeAlias = Literal["none", "exact"]
"""Whether a list says how many items there are in all.

- `none`: `total` is null; nothing is counted.
- `exact`: `total` is the exact number of items that match.
"""


class CreatedKey(TypedDict):
    """A key that has just been made, with its token: shown this once."""

    key: Key
    """The key."""
    token: str
    """What to send as `Authorization: Bearer …`. Keep it: it cannot be shown again."""


class CreatedWebhook(TypedDict):
    """A webhook with the secret that was made for it: shown this once."""

    webhook: Webhook
    """The webhook."""
    secret: str
    """What its messages are signed with, as libraries of Standard Webhooks take it. Keep it: it cannot be shown
    again.
    """


DateKind: TypeAlias = Literal["published", "updated", "created"]
"""Which of an article's dates `from` and `to` mean.

- `published`: the date of publication.
- `updated`: the last change.
- `created`: the creation here.
"""


class ExternalIds(TypedDict):
    """A person's ids in the registers of the world."""

    wikidata: str | None
    """The Wikidata item: `Q` and digits; null when unknown."""
    orcid: str | None
    """The ORCID iD: four groups of four; null when unknown."""


class ExternalIdsPatch(TypedDict):
    """What is to change about a person's ids: absent stays, null clears."""

    wikidata: NotRequired[str | None]
    """The Wikidata item: `Q` and digits; null removes it."""
    orcid: NotRequired[str | None]
    """The ORCID iD: four groups of four; null removes it."""


FacetBy: TypeAlias = Literal["speaker", "affiliation", "role", "tag", "month", "named"]
"""What quotes are counted by.

- `speaker`: the person who said it.
- `affiliation`: the organisation they stood for, without regard to case.
- `role`: the role they had, without regard to case.
- `tag`: the tags of the article; a quote counts once for each of them.
- `month`: the month in UTC in which it was said, else that of the article's publication.
- `named`: whether its source is named.
"""


class FocalPoint(TypedDict):
    """The point of a picture that must stay in sight however it is cropped."""

    x: float
    """How far from the left, as a part of the width."""
    y: float
    """How far from the top, as a part of the height."""


class Health(TypedDict):
    """How the server is."""

    status: str
    """`ok`: what is asked for is so. `reads-only`: the primary database does not answer, but a replica does."""
    version: str
    """The version of Onrecord that answers."""
    replicas: list[Replica]
    """The replicas of the database, in the order of the setting; empty without any, and at `/healthz`, which asks
    nobody.
    """


class Highlight(TypedDict):
    """A piece of text in which words were found."""

    field: HighlightField
    """What it is taken from."""
    snippet: str
    """The piece as HTML: what was found stands in `<mark>`, everything else is escaped; `…` where it was cut."""


HighlightField: TypeAlias = Literal["title", "standfirst", "body", "text"]
"""The part of a resource that a snippet is taken from.

- `title`: the headline of an article.
- `standfirst`: its lead.
- `body`: its text.
- `text`: the words of a quote.
"""


class Image(TypedDict):
    """A picture: kept here, or somewhere else on the web."""

    id: str
    """The image's id; in a body it is named by `image:` and the id."""
    url: str | None
    """Where the picture is: an absolute URL, which changes with the file; null while the file is waited for."""
    type: str | None
    """The file's media type, told by its content; null for a picture elsewhere."""
    width: int | None
    """How wide it is shown, in pixels; null when unknown."""
    height: int | None
    """How high it is shown, in pixels; null when unknown."""
    byte_size: int | None
    """How many bytes the file has, as it is kept; null for a picture elsewhere."""
    alt: str | None
    """What it shows, for who does not see it; null while nobody wrote it."""
    caption: str | None
    """What stands under it; null when there is nothing."""
    credit: str | None
    """Who made it, and whose it is; null when unknown."""
    focal_point: FocalPoint | None
    """The point that must stay in sight however it is cropped; null when any will do."""
    renditions: list[Rendition]
    """The same picture smaller, narrowest first, for `srcset`; empty for one elsewhere, for one that moves
    and for AVIF.
    """
    created_at: str
    """When it was made here."""
    updated_at: str
    """When it was last changed."""
    version: int
    """Counts the changes of the image, from 1."""


class ImageChange(TypedDict):
    """A change of an image."""

    type: Literal["image"]
    """What kind of thing this is."""
    seq: int
    """The number of the change; every later change has a higher one. Readers without a key that sees
    drafts have numbers of their own, in which nothing is missing.
    """
    kind: ChangeKind
    """What has happened."""
    id: str
    """What it has happened to."""
    article_id: str | None
    """The article it is, stands on or leads to; null when that is none."""
    deleted: bool
    """Whether it is gone for you: take it out of your copy."""
    fields: list[str]
    """The properties that say something else than before; empty when it has come or gone."""
    purge: list[str]
    """The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
    cache drops what it keeps under one of them. Empty when readers see nothing of it.
    """
    at: str
    """When it happened."""
    resource: NotRequired[Image]
    """It as it is now, as its own address shows it; there with `include=resource`, unless it is gone."""


class ImageEvent(TypedDict):
    """A message that tells of a change: image."""

    type: ChangeKind
    """What has happened, as in `data`."""
    timestamp: str
    """When it happened."""
    data: ImageChange
    """What is told."""


class ImagePage(TypedDict):
    """A page of images."""

    items: list[Image]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


class ImagePatch(TypedDict):
    """What is to change about a picture (RFC 7396): absent stays, null clears."""

    url: NotRequired[str]
    """Where the picture is: an `http(s)` URL. Not for one whose file is here."""
    width: NotRequired[int | None]
    """How wide the picture at `url` is, in pixels; null when unknown. Not for one whose file is here."""
    height: NotRequired[int | None]
    """How high the picture at `url` is, in pixels; null when unknown. Not for one whose file is here."""
    alt: NotRequired[str | None]
    """What it shows, for who does not see it; null removes it, 409 while published articles show it."""
    caption: NotRequired[str | None]
    """What stands under it; null removes it."""
    credit: NotRequired[str | None]
    """Who made it, and whose it is; null removes it."""
    focal_point: NotRequired[NewFocalPoint | None]
    """The point that must stay in sight however it is cropped, both numbers of it; null removes it."""


class Key(TypedDict):
    """What lets a program in. The secret itself is never shown again."""

    id: str
    """The key's id: the first part of the token."""
    name: str
    """What the key is for, for people."""
    scopes: list[Scope]
    """What it allows."""
    expires_at: str | None
    """When it ceases to count; null when it does not expire."""
    last_used_at: str | None
    """When it was last used, to the minute; null when it never was."""
    revoked_at: str | None
    """When it was revoked; null while it counts."""
    created_at: str
    """When it was made."""


class KeyPage(TypedDict):
    """A page of keys."""

    items: list[Key]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


class KeyRef(TypedDict):
    """A key as others point to it."""

    id: str
    """The key's id."""
    name: str
    """What the key is for."""


class Link(TypedDict):
    """What an article points to: an article here, a page on the web, or a headline not yet found."""

    id: str
    """The link's id."""
    article_id: str
    """The article it stands on."""
    rel: LinkRel
    """What the target is to the article."""
    position: int
    """Its place among the article's links, from 0."""
    title: str | None
    """What readers see; the target's headline unless the link has words of its own. Null for a
    web page without any.
    """
    url: str | None
    """The web page it points to; null for an article here and for an unresolved link."""
    target: ArticleRef | None
    """The article here it points to; null for a web page and for an unresolved link."""


class LinkChange(TypedDict):
    """A change of a link."""

    type: Literal["link"]
    """What kind of thing this is."""
    seq: int
    """The number of the change; every later change has a higher one. Readers without a key that sees
    drafts have numbers of their own, in which nothing is missing.
    """
    kind: ChangeKind
    """What has happened."""
    id: str
    """What it has happened to."""
    article_id: str | None
    """The article it is, stands on or leads to; null when that is none."""
    deleted: bool
    """Whether it is gone for you: take it out of your copy."""
    fields: list[str]
    """The properties that say something else than before; empty when it has come or gone."""
    purge: list[str]
    """The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
    cache drops what it keeps under one of them. Empty when readers see nothing of it.
    """
    at: str
    """When it happened."""
    resource: NotRequired[Link]
    """It as it is now, as its own address shows it; there with `include=resource`, unless it is gone."""


class LinkEvent(TypedDict):
    """A message that tells of a change: link."""

    type: ChangeKind
    """What has happened, as in `data`."""
    timestamp: str
    """When it happened."""
    data: LinkChange
    """What is told."""


class LinkPage(TypedDict):
    """A page of links."""

    items: list[Link]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


class LinkPatch(TypedDict):
    """What is to change about a link (RFC 7396): absent stays, null clears."""

    rel: NotRequired[LinkRel]
    """What the target is to the article."""
    title: NotRequired[str | None]
    """What readers see; null takes the target's headline."""
    url: NotRequired[str | None]
    """A web page: an `http(s)` URL, takes the place of `target`; null removes it."""
    target: NotRequired[str | None]
    """An article here: its id or slug, takes the place of `url`; null removes it."""
    position: NotRequired[int]
    """Its place among the article's links, from 0: moves it there."""


LinkRel: TypeAlias = Literal["related", "background", "source", "follow_up"]
"""What a link's target is to the article.

- `related`: another story on the same subject.
- `background`: what one should know to understand it.
- `source`: what it is based on.
- `follow_up`: what happened next.
"""


class Merge(TypedDict):
    """Where to merge something into."""

    into: str
    """Id or slug of the one that stays."""


class NewArticle(TypedDict):
    """An article to be made with its parts, or what an article is to become."""

    title: str
    """The headline: one line."""
    slug: NotRequired[str]
    """The article's name in URLs; made from `title` when absent, 409 when another article has it."""
    status: NotRequired[Status]
    """Whether readers see it; `draft` when absent."""
    standfirst: NotRequired[str]
    """The lead under the headline."""
    dateline: NotRequired[str]
    """Where and when it was filed, as printed."""
    language: NotRequired[str]
    """The language it is written in (BCP 47)."""
    authors: NotRequired[list[str]]
    """Who wrote it: ids, slugs or names of people; a name nobody has makes a person."""
    source: NotRequired[NewSource]
    """Where its content comes from."""
    image: NotRequired[str]
    """The picture at its head: the id of an image. A published article's pictures need an alternative text."""
    body: NotRequired[str]
    """The body, in `body_format`; empty when absent. It shows an image of ours by its id:
    `![words](image:01890a5d-ac96-774b-bcce-b302099a8057)`.
    """
    body_format: NotRequired[BodyFormat]
    """How `body` is written; `markdown` when absent."""
    audio: NotRequired[NewAudio]
    """The article read aloud."""
    tags: NotRequired[list[str]]
    """What it is about: ids, slugs or names of tags; a name no tag has makes a tag."""
    quotes: NotRequired[list[NewQuote]]
    """Its quotes, in order. When an article is replaced, a quote of exactly the same `text` that is
    there (of several, one of the same speaker, else the first) stays itself, with its id, and
    takes what is sent; its `state` and the speaker of the same `speaker_name` stay unless said
    otherwise. Those nobody sends go, suggested ones too.
    """
    quote_changes: NotRequired[list[QuoteEdit]]
    """What becomes of confirmed quotes whose words the new body changes; such a body is refused otherwise (409
    `quote-altered`). Not for a new article.
    """
    links: NotRequired[list[NewLink]]
    """Its links, in order. When an article is replaced, a link of the same `rel` and `target`, else
    `url`, else `title` that is there stays itself, with its id, and takes what is sent.
    """
    comments: NotRequired[NewArticleComments]
    """What it says about its discussion; it follows the site when absent."""
    published_at: NotRequired[str]
    """The date of publication; the moment it becomes `published` when absent. Not in the future."""
    external_id: NotRequired[str]
    """Its id in the system it comes from; unique among articles."""


class NewArticleComments(TypedDict):
    """What an article says about its discussion."""

    policy: NotRequired[CommentsPolicy]
    """Whether it takes comments; as the site does when absent."""


class NewAudio(TypedDict):
    """An article read aloud, as it is sent."""

    url: str
    """Where a player finds it: an `http(s)` URL."""
    type: str
    """Its media type, perhaps with codecs: `audio/mpeg`, `audio/mp4; codecs="mp4a.40.2"`."""
    duration_seconds: NotRequired[int]
    """How many seconds it lasts."""
    language: NotRequired[str]
    """The language spoken (BCP 47), where it is not the article's."""
    transcript: NotRequired[str]
    """What is said, as plain text, where it is not the article's body."""


class NewComment(TypedDict):
    """A comment to be posted for a reader."""

    author: NewCommentAuthor
    """Who writes it."""
    body: str
    """What they write, in Markdown: paragraphs, emphasis, links, lists, quotations and code. HTML is shown as typed."""
    parent_id: NotRequired[str]
    """The comment it replies to: an approved one of the same article, at most 7 replies deep."""


class NewCommentAuthor(TypedDict):
    """Who writes a comment. No e-mail address belongs here, and there is no place for one."""

    name: str
    """The name readers see: one line, and no e-mail or IP address."""
    user_id: NotRequired[str]
    """Who they are to the site, if they have an account there: letters, digits and `. _ : | -`. It is shown with the
    comment, so it should say nothing about them.
    """


NewCommentDecision = TypedDict(
    "NewCommentDecision",
    {
        "state": "CommentVerdict",
        "reason": "NotRequired[CommentReason]",
        "note": "NotRequired[str]",
        "standards_version": "NotRequired[int]",
        "from": "NotRequired[CommentState]",
    },
)
"""A decision to be made on a comment."""


NewCommentDecisions = TypedDict(
    "NewCommentDecisions",
    {
        "comments": "list[str]",
        "state": "CommentVerdict",
        "reason": "NotRequired[CommentReason]",
        "note": "NotRequired[str]",
        "standards_version": "NotRequired[int]",
        "from": "NotRequired[CommentState]",
    },
)
"""One decision to be made on many comments."""


class NewCommentFlag(TypedDict):
    """A flag to be set for a reader."""

    reason: CommentFlagReason
    """Why the reader flags it."""
    user_id: NotRequired[str]
    """Who flags it, as the site knows them: flags a comment once, 409 the second time."""
    note: NotRequired[str]
    """What they add, for the moderators."""


class NewCommentWithdrawal(TypedDict):
    """That an author takes a comment back."""

    user_id: NotRequired[str]
    """Who asks for it, as the site knows them; 422 when the comment is somebody else's."""


class NewCommentWord(TypedDict):
    """A word to be looked for."""

    word: str
    """The word, or words side by side. Case, accents and hidden characters make no difference, and neither do letters of
    other scripts and digits that look alike. Found only whole: `ass` is not in `class`.
    """
    kind: CommentWordKind
    """What is done when it is found."""


class NewCommunityStandards(TypedDict):
    """What the rules of the discussion are to be."""

    body: str
    """The rules, in Markdown."""
    effective_at: NotRequired[str]
    """From when on they hold: now when absent. Not before the current ones began to."""


class NewExternalIds(TypedDict):
    """A person's ids in the registers of the world, as they are sent."""

    wikidata: NotRequired[str]
    """The Wikidata item: `Q` and digits."""
    orcid: NotRequired[str]
    """The ORCID iD: four groups of four."""


class NewFocalPoint(TypedDict):
    """The point of a picture that must stay in sight however it is cropped, as it is sent."""

    x: float
    """How far from the left, as a part of the width."""
    y: float
    """How far from the top, as a part of the height."""


class NewImage(TypedDict):
    """A picture to be made: one elsewhere on the web by its `url`, or one whose file is sent next."""

    url: NotRequired[str]
    """Where the picture is, if it is not to be kept here: an `http(s)` URL. It is never fetched by the
    server. Absent for a picture whose file is sent with `PUT /v1/images/{image_id}/file`.
    """
    width: NotRequired[int]
    """How wide the picture at `url` is, in pixels; of a file it is read."""
    height: NotRequired[int]
    """How high the picture at `url` is, in pixels; of a file it is read."""
    alt: NotRequired[str]
    """What it shows, for who does not see it: one line. A published article's pictures need it."""
    caption: NotRequired[str]
    """What stands under it."""
    credit: NotRequired[str]
    """Who made it, and whose it is: one line."""
    focal_point: NotRequired[NewFocalPoint]
    """The point that must stay in sight however it is cropped."""


class NewKey(TypedDict):
    """A key to be made."""

    name: str
    """What the key is for, for people."""
    scopes: list[Scope]
    """What it allows: one scope at least."""
    expires_at: NotRequired[str]
    """When it ceases to count: in the future; absent for a key that does not expire."""


class NewLink(TypedDict):
    """A link to be made: `target`, or `url`, or `title` alone."""

    rel: NotRequired[LinkRel]
    """What the target is to the article; `related` when absent."""
    title: NotRequired[str]
    """What readers see. Alone it waits for an article of this headline."""
    url: NotRequired[str]
    """A web page: an `http(s)` URL."""
    target: NotRequired[str]
    """An article here: its id or slug."""
    position: NotRequired[int]
    """Its place among the article's links, from 0; the end when absent. Not inside an article."""


class NewPerson(TypedDict):
    """A person to be entered."""

    name: str
    """The person's name as readers see it: one line."""
    slug: NotRequired[str]
    """The person's name in URLs; made from `name` when absent."""
    bio: NotRequired[str]
    """Who they are, in a few sentences."""
    external_ids: NotRequired[NewExternalIds]
    """Their ids in the registers of the world."""


class NewProgramme(TypedDict):
    """A programme as it is sent."""

    title: str
    """What it is called: one line."""
    description: NotRequired[str]
    """A few sentences about it."""
    starts_at: str
    """When it begins."""
    ends_at: str
    """When it ends: after `starts_at`, at most 7 days."""
    article: NotRequired[str]
    """The article it goes with: its id or slug."""


class NewQuote(TypedDict):
    """A quote to be entered."""

    text: str
    """The words, as they stand in the article; white space and typographic marks may differ."""
    kind: NotRequired[QuoteKind]
    """Whether it is a whole statement; `full` when absent."""
    speaker: NotRequired[str]
    """Who said it: id or slug of a person who is there."""
    speaker_name: NotRequired[str]
    """The speaker's name; without `speaker` it finds the person of that name or makes one."""
    role: NotRequired[str]
    """The speaker's role when it was said."""
    affiliation: NotRequired[str]
    """The organisation the speaker stood for when it was said; without a speaker and `anonymity_reason`, the one that
    said it.
    """
    cue: NotRequired[str]
    """The verb that introduces it."""
    context: NotRequired[str]
    """On what occasion it was said."""
    said_at: NotRequired[str]
    """When it was said."""
    language: NotRequired[str]
    """The language of `text` (BCP 47)."""
    original_text: NotRequired[str]
    """The words before they were translated."""
    original_language: NotRequired[str]
    """The language of `original_text` (BCP 47), required beside it."""
    anonymity_reason: NotRequired[str]
    """Why the speaker is not named: required for a confirmed quote without `speaker`, `speaker_name` and
    `affiliation`.
    """
    state: NotRequired[QuoteState]
    """Whether an editor stands behind it; when absent a new one is `confirmed`, and one that is there
    stays what it is.
    """
    position: NotRequired[int]
    """Its place among the article's quotes, from 0; the end when absent. Not inside an article."""


class NewQuoteConfirmation(TypedDict):
    """Suggested quotes that are to be confirmed: all of the article's, or these."""

    all: NotRequired[bool]
    """`true` for all suggested quotes of the article."""
    quotes: NotRequired[list[str]]
    """The quotes, each once; one that is confirmed already stays as it is."""


class NewQuoteRejection(TypedDict):
    """Suggested quotes that are to be turned down: all of the article's, or these."""

    all: NotRequired[bool]
    """`true` for all suggested quotes of the article."""
    quotes: NotRequired[list[str]]
    """The quotes, each once."""
    reason: str
    """Why, for their history."""


class NewReplay(TypedDict):
    """From where a webhook is told again."""

    after: int
    """Everything after this change, by the `seq` that its messages have; 0 for all there is."""


NewSchedule = TypedDict(
    "NewSchedule",
    {
        "from": "str",
        "to": "str",
        "programmes": "list[NewProgramme]",
    },
)
"""A part of a schedule that takes the place of what was there."""


class NewShortLink(TypedDict):
    """Where a code is to lead."""

    article: str
    """Id or slug of the article; readers are led to it once it is published."""


class NewSource(TypedDict):
    """Where an article's content comes from, as it is sent."""

    name: str
    """Who reported it first."""
    url: NotRequired[str]
    """Where it was taken from: an `http(s)` URL."""
    retrieved_at: NotRequired[str]
    """When it was taken from there."""


class NewStream(TypedDict):
    """A stream to be made, or what a stream is to become."""

    name: str
    """The stream's name as readers see it: one line."""
    slug: NotRequired[str]
    """The stream's name in URLs; made from `name` when absent, 409 when another stream has it."""
    description: NotRequired[str]
    """A few sentences about it."""
    language: NotRequired[str]
    """The language spoken (BCP 47)."""
    kind: NotRequired[StreamKind]
    """What it carries; `audio` when absent."""
    status: NotRequired[StreamStatus]
    """Whether it can be heard or seen now; `pending` when absent. What is `live` has a source; only what
    was `live` has `ended`.
    """
    sources: NotRequired[list[NewStreamSource]]
    """The forms it can be played in, the best first."""
    starts_at: NotRequired[str]
    """When it begins."""
    ends_at: NotRequired[str]
    """When it ends: after `starts_at`."""
    image: NotRequired[str]
    """The cover: the id of an image, which has an alternative text and its picture."""


class NewStreamSource(TypedDict):
    """One form in which a stream can be played, as it is sent."""

    url: str
    """Where a player finds it: an `http(s)` URL."""
    type: str
    """Its media type: `audio/…`, `video/…` or `application/…` (`application/vnd.apple.mpegurl`), perhaps
    with codecs: `audio/mp4; codecs="mp4a.40.2"`.
    """
    bit_rate: NotRequired[int]
    """How many bits a second it takes."""


class NewTag(TypedDict):
    """A tag to be made, or what a tag is to become."""

    name: str
    """The tag's name as readers see it: one line; 409 when another tag has it."""
    slug: NotRequired[str]
    """The tag's name in URLs; made from `name` when absent."""
    kind: NotRequired[TagKind]
    """What kind of thing it names; `topic` when absent."""
    description: NotRequired[str]
    """A few sentences for a tag page."""


class NewWebhook(TypedDict):
    """A webhook to be made."""

    url: str
    """Where messages are sent: `https://`, without user and password, on the public internet. Redirects are not
    followed.
    """
    description: NotRequired[str]
    """What it is for, for people."""
    audience: NotRequired[WebhookAudience]
    """What it is told of; `public` when absent. It stays: each audience numbers its changes."""
    kinds: NotRequired[list[ChangeKind]]
    """Only changes of these kinds; of all when absent or empty."""
    tag: NotRequired[str]
    """Only changes of this tag (id or slug) and of what stands under it: its articles, their quotes, links and
    comments.
    """
    fields: NotRequired[list[str]]
    """Of updates only those of these properties, of all when absent or empty; what is no update is told anyway."""


class Person(TypedDict):
    """Somebody who wrote or who spoke."""

    id: str
    """The person's id."""
    slug: str
    """The person's name in URLs; unique among people."""
    name: str
    """The person's name as readers see it."""
    bio: str | None
    """Who they are, in a few sentences; null when nobody wrote any."""
    external_ids: ExternalIds
    """Their ids in the registers of the world."""
    article_count: int
    """How many published articles they wrote."""
    quote_count: int
    """How many confirmed quotes of theirs stand in published articles."""
    created_at: str
    """When the person was entered."""
    updated_at: str
    """When the person was last changed."""
    version: int
    """Counts the changes of the person, from 1."""


class PersonChange(TypedDict):
    """A change of a person."""

    type: Literal["person"]
    """What kind of thing this is."""
    seq: int
    """The number of the change; every later change has a higher one. Readers without a key that sees
    drafts have numbers of their own, in which nothing is missing.
    """
    kind: ChangeKind
    """What has happened."""
    id: str
    """What it has happened to."""
    article_id: str | None
    """The article it is, stands on or leads to; null when that is none."""
    deleted: bool
    """Whether it is gone for you: take it out of your copy."""
    fields: list[str]
    """The properties that say something else than before; empty when it has come or gone."""
    purge: list[str]
    """The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
    cache drops what it keeps under one of them. Empty when readers see nothing of it.
    """
    at: str
    """When it happened."""
    resource: NotRequired[Person]
    """It as it is now, as its own address shows it; there with `include=resource`, unless it is gone."""


class PersonEvent(TypedDict):
    """A message that tells of a change: person."""

    type: ChangeKind
    """What has happened, as in `data`."""
    timestamp: str
    """When it happened."""
    data: PersonChange
    """What is told."""


class PersonPage(TypedDict):
    """A page of people."""

    items: list[Person]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


class PersonPatch(TypedDict):
    """What is to change about a person (RFC 7396): absent stays, null clears."""

    name: NotRequired[str]
    """The person's name as readers see it: one line."""
    slug: NotRequired[str]
    """The person's name in URLs; 409 when another person has it."""
    bio: NotRequired[str | None]
    """Who they are, in a few sentences; null removes them."""
    external_ids: NotRequired[ExternalIdsPatch | None]
    """Their ids in the registers of the world, each by itself; null removes all."""


class PersonRef(TypedDict):
    """A person as they stand on an article or a quote."""

    id: str
    """The person's id."""
    slug: str
    """The person's name in URLs."""
    name: str
    """The person's name as readers see it."""


class Problem(TypedDict):
    """Why a request was not carried out (RFC 9457)."""

    type: str
    """The kind of problem, as a URI that never changes."""
    title: str
    """The kind of problem in a few words."""
    status: int
    """The HTTP status of this answer."""
    code: str
    """The kind of problem, for programs: the last part of `type`."""
    detail: str
    """What happened this time and what to do about it."""
    errors: list[ProblemError]
    """Each fault by itself; empty when there is nothing to point at."""
    request_id: str
    """The id of this request, as in the header `X-Request-Id` and in the server's log."""


class ProblemError(TypedDict):
    """One thing that was wrong with a request, and where."""

    pointer: str | None
    """JSON pointer (RFC 6901) into the body; null when the fault is not in the body."""
    parameter: str | None
    """Name of the query parameter or header; null when the fault is in the body."""
    quote: ProblemQuote | None
    """The quote it is about; null when it is not about one that is there."""
    code: str
    """What kind of fault, for programs: `required`, `unknown` (in a body `unknown-property`), `wrong-type`,
    `too-short`, `too-long`, `too-many-items`, `out-of-range`, `not-an-option`, `bad-format`,
    `bad-pattern`, `taken`, `conflict`, `not-found` and others; take one you do not know for `invalid`.
    """
    detail: str
    """What was wrong and what would be right, for people."""


class ProblemQuote(TypedDict):
    """A quote that stands in the way of a request."""

    id: str
    """The quote's id; of one that is sent with what is refused, the id it would have had."""
    before: str
    """Its words, as far as 2,000 characters."""
    after: str | None
    """What would stand in their place, as far as 2,000 characters; null when that cannot be told, or nothing would
    change.
    """
    start: int | None
    """Where it stands in `body_text` as it is, in code points; null when it stands nowhere."""
    end: int | None
    """Where it ends there."""


class Programme(TypedDict):
    """What a stream carries for a while."""

    id: str
    """The programme's id."""
    stream_id: str
    """The stream that carries it."""
    title: str
    """What it is called: one line."""
    description: str | None
    """A few sentences about it; null when nobody wrote any."""
    starts_at: str
    """When it begins: from this instant on it is `now`."""
    ends_at: str
    """When it ends: from this instant on it is over."""
    article: ArticleRef | None
    """The article it goes with; null when there is none that you may see."""
    created_at: str
    """When it was entered."""
    updated_at: str
    """When it was last changed."""
    version: int
    """Counts its changes, from 1."""


class ProgrammePatch(TypedDict):
    """What is to change about a programme (RFC 7396): absent stays, null clears."""

    title: NotRequired[str]
    """What it is called: one line."""
    description: NotRequired[str | None]
    """A few sentences about it; null removes them."""
    starts_at: NotRequired[str]
    """When it begins."""
    ends_at: NotRequired[str]
    """When it ends: after `starts_at`, at most 7 days."""
    article: NotRequired[str | None]
    """The article it goes with: its id or slug; null removes it."""


class Proposal(TypedDict):
    """A place where words like those of a quote stand."""

    start: int
    """Where they begin, in Unicode code points of `body_text`."""
    end: int
    """Where they end."""
    similarity: float
    """How much of the words is the same, from 0 to 1."""
    text: str
    """The words that stand there, as far as 1,000 code points."""


class Quote(TypedDict):
    """Who said what, tied to the exact words of an article."""

    id: str
    """The quote's id."""
    article: ArticleRef
    """The article it stands in."""
    url: str
    """The address of the article, and in it of the very words while they are `anchored` (a text fragment,
    `#:~:text=`).
    """
    text: str
    """The words."""
    kind: QuoteKind
    """Whether it is a whole statement."""
    speaker_kind: SpeakerKind
    """Whether a person said it, an organisation, or somebody who is not named."""
    speaker: PersonRef | None
    """Who said it; null when the person is not known here."""
    speaker_name: str | None
    """The speaker's name when it was said; null for unnamed sources."""
    role: str | None
    """The speaker's role when it was said; null when unknown."""
    affiliation: str | None
    """The organisation the speaker stood for when it was said; null when unknown."""
    cue: str | None
    """The verb that introduces it; null when there is none."""
    context: str | None
    """On what occasion it was said; null when unknown."""
    said_at: str | None
    """When it was said; null when unknown."""
    language: str | None
    """The language of `text` (BCP 47); null when unknown."""
    original_text: str | None
    """The words before they were translated; null when they were not."""
    original_language: str | None
    """The language of `original_text` (BCP 47); null when not translated."""
    anonymity_reason: str | None
    """Why the speaker is not named; null when they are."""
    state: QuoteState
    """Whether an editor stands behind it."""
    anchor: Anchor
    """Where the words stand in the article."""
    origin: QuoteOrigin
    """How it came here; stays when it is confirmed."""
    position: int
    """Its place among the article's quotes, from 0."""
    highlights: list[Highlight]
    """Where `q` was found, in a list with `highlight=true`; else empty."""
    created_at: str
    """When it was entered."""
    updated_at: str
    """When it was last changed."""
    version: int
    """Counts its changes, from 1."""


class QuoteChange(TypedDict):
    """A change of a quote."""

    type: Literal["quote"]
    """What kind of thing this is."""
    seq: int
    """The number of the change; every later change has a higher one. Readers without a key that sees
    drafts have numbers of their own, in which nothing is missing.
    """
    kind: ChangeKind
    """What has happened."""
    id: str
    """What it has happened to."""
    article_id: str | None
    """The article it is, stands on or leads to; null when that is none."""
    deleted: bool
    """Whether it is gone for you: take it out of your copy."""
    fields: list[str]
    """The properties that say something else than before; empty when it has come or gone."""
    purge: list[str]
    """The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
    cache drops what it keeps under one of them. Empty when readers see nothing of it.
    """
    at: str
    """When it happened."""
    resource: NotRequired[Quote]
    """It as it is now, as its own address shows it; there with `include=resource`, unless it is gone."""


QuoteDate: TypeAlias = Literal["published", "said", "updated", "created"]
"""Which date of a quote `from` and `to` mean.

- `published`: the article's date of publication.
- `said`: when it was said, else the article's date of publication.
- `updated`: the quote's last change.
- `created`: when the quote was entered.
"""


class QuoteEdit(TypedDict):
    """What is meant to become of a quote whose words a new body changes."""

    quote: str
    """The quote."""
    action: QuoteEditAction
    """What becomes of it."""
    reason: NotRequired[str]
    """Why, for its history; required for `amend`."""
    text: NotRequired[str]
    """The words it is amended to, as they stand in the new body; what stands in its place when absent. For `amend`
    only.
    """


QuoteEditAction: TypeAlias = Literal["amend", "detach", "remove"]
"""What becomes of a quote whose words a new body changes.

- `amend`: its text follows the body; needs a `reason`.
- `detach`: it stays as it is, `orphaned`: its words stand in the article no more.
- `remove`: it goes; its history stays.
"""


class QuoteEvent(TypedDict):
    """A message that tells of a change: quote."""

    type: ChangeKind
    """What has happened, as in `data`."""
    timestamp: str
    """When it happened."""
    data: QuoteChange
    """What is told."""


class QuoteFacet(TypedDict):
    """A value, and how many quotes have it."""

    value: str
    """The value, as the filter of this name takes it: a slug for `speaker` and `tag`, a name for `affiliation`
    and `role`; `2020-09` for `month`; `named` or `unnamed`.
    """
    count: int
    """How many quotes have it."""
    person: PersonRef | None
    """The person, by `speaker`; else null."""
    tag: TagRef | None
    """The tag, by `tag`; else null."""


class QuoteFacetOther(TypedDict):
    """The values that are not shown."""

    values: int
    """How many values they are."""
    count: int
    """The sum of their counts."""


class QuoteFacets(TypedDict):
    """Quotes, counted by one of their sides."""

    by: FacetBy
    """What they are counted by."""
    total: int
    """How many quotes there are in all: as many as the list with the same filters has."""
    items: list[QuoteFacet]
    """The most frequent values, then in the order of the values."""
    other: QuoteFacetOther
    """The values beyond these."""
    without: int
    """How many quotes have no value: no known speaker, no affiliation, no role, no tag."""


QuoteHistoryAction: TypeAlias = Literal["created", "amended", "attributed", "confirmed", "unconfirmed", "detached", "rejected", "removed"]
"""What was done to a quote. More may come.

- `created`: it was entered.
- `amended`: its words were changed.
- `attributed`: who said it, or what is told about that, was changed.
- `confirmed`: an editor stands behind it.
- `unconfirmed`: it was made a suggestion again.
- `detached`: its words were taken out of the article, and it stays.
- `rejected`: the suggestion was turned down.
- `removed`: it was deleted.
"""


class QuoteHistoryEntry(TypedDict):
    """A change of a quote."""

    id: str
    """The entry's id."""
    quote_id: str
    """The quote."""
    action: QuoteHistoryAction
    """What was done."""
    before: QuoteRecord | None
    """What the quote said before; null for `created`."""
    after: QuoteRecord | None
    """What it said then; null when it was taken away."""
    reason: str | None
    """Why, in the words of who did it; null when nobody said."""
    key: KeyRef | None
    """The key it was done with; null for an import, and for readers."""
    article_version: int
    """The version of the article with it."""
    at: str
    """When it was done."""


class QuoteHistoryPage(TypedDict):
    """A page of a quote's history."""

    items: list[QuoteHistoryEntry]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


QuoteKind: TypeAlias = Literal["full", "partial"]
"""Whether a quote is a whole statement.

- `full`: one or more sentences.
- `partial`: a few words inside somebody else's sentence.
"""


class QuoteList(TypedDict):
    """The quotes that something was done with."""

    items: list[Quote]
    """The quotes, in the editor's order."""


QuoteOrder: TypeAlias = Literal["-created_at", "created_at", "-said_at", "said_at", "-published_at", "published_at", "relevance"]
"""What a list of quotes is ordered by; `-` is newest or last first.

- `-created_at`: last entered first.
- `created_at`: first entered first.
- `-said_at`: said last first; what does not say when stands at its article's publication.
- `said_at`: said first first.
- `-published_at`: by the article's publication, newest first.
- `published_at`: by the article's publication, oldest first.
- `relevance`: what answers `q` best first; only with `q`.
"""


QuoteOrigin: TypeAlias = Literal["editor", "import", "suggestion"]
"""How a quote came here.

- `editor`: written on the record by whoever has a key.
- `import`: taken in from another system or a page.
- `suggestion`: proposed by a program, through the API.
"""


class QuotePage(TypedDict):
    """A page of quotes."""

    items: list[Quote]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


class QuotePatch(TypedDict):
    """What is to change about a quote (RFC 7396): absent stays, null clears."""

    text: NotRequired[str]
    """The words; they are looked for in the article again."""
    kind: NotRequired[QuoteKind]
    """Whether it is a whole statement."""
    speaker: NotRequired[str | None]
    """Who said it: id or slug of a person who is there; null unlinks the person."""
    speaker_name: NotRequired[str | None]
    """The speaker's name; without `speaker` it finds the person of that name or makes one.
    Null removes name and person.
    """
    role: NotRequired[str | None]
    """The speaker's role when it was said; null removes it."""
    affiliation: NotRequired[str | None]
    """The organisation the speaker stood for; null removes it."""
    cue: NotRequired[str | None]
    """The verb that introduces it; null removes it."""
    context: NotRequired[str | None]
    """On what occasion it was said; null removes it."""
    said_at: NotRequired[str | None]
    """When it was said; null removes it."""
    language: NotRequired[str | None]
    """The language of `text` (BCP 47); null removes it."""
    original_text: NotRequired[str | None]
    """The words before they were translated; null removes them."""
    original_language: NotRequired[str | None]
    """The language of `original_text` (BCP 47); null removes it."""
    anonymity_reason: NotRequired[str | None]
    """Why the speaker is not named; null removes it."""
    state: NotRequired[QuoteState]
    """Whether an editor stands behind it."""
    reason: NotRequired[str]
    """Why this is changed, for the quote's history."""
    position: NotRequired[int]
    """Its place among the article's quotes, from 0: moves it there."""


class QuoteRecord(TypedDict):
    """What a quote said at a time, and who was said to have said it."""

    text: str
    """The words."""
    original_text: str | None
    """The words before they were translated; null when they were not."""
    original_language: str | None
    """The language of `original_text` (BCP 47); null when not translated."""
    speaker_id: str | None
    """The person who said it; null when unknown here. One that was merged since leads on."""
    speaker_name: str | None
    """The speaker's name when it was said; null when it is not told."""
    role: str | None
    """The speaker's role when it was said; null when unknown."""
    affiliation: str | None
    """The organisation; null when unknown."""
    cue: str | None
    """The verb that introduces it; null when there is none."""
    context: str | None
    """On what occasion it was said; null when unknown."""
    said_at: str | None
    """When it was said; null when unknown."""
    anonymity_reason: str | None
    """Why the speaker is not named; null when they are."""
    state: QuoteState
    """Whether an editor stood behind it."""


QuoteSelector: TypeAlias = "TextQuoteSelector | TextPositionSelector"
"""One way to say where words stand. More ways may come."""


QuoteState: TypeAlias = Literal["suggested", "confirmed"]
"""Whether an editor stands behind a quote.

- `suggested`: read out of the text by a program; seen only with `drafts:read`.
- `confirmed`: on the record: an editor stands behind it.
"""


class QuoteSuggestion(TypedDict):
    """A quote that was read out of an article's text."""

    id: str | None
    """The stored quote that it is, or that shares words with it; null when there is none."""
    state: QuoteState | None
    """What that quote is; null when there is none."""
    text: str
    """The words, exactly as they stand in the article."""
    kind: QuoteKind
    """Whether it is a whole statement."""
    speaker_name: str | None
    """The fullest name that the article gives of the speaker; null when it names nobody, or when more than
    one may be meant.
    """
    role: str | None
    """The speaker's role, as the article says it; null when unknown."""
    affiliation: str | None
    """The organisation the speaker stands for, as the article says it; null when unknown."""
    cue: str | None
    """The verb that introduces it; null when there is none."""
    context: str | None
    """On what occasion it was said; null when unknown."""
    start: int
    """Where it begins in `body_text`, in Unicode code points."""
    end: int
    """Where it ends in `body_text`, in Unicode code points."""


class QuoteSuggestionList(TypedDict):
    """The quotes that were read out of an article's text."""

    items: list[QuoteSuggestion]
    """The first thousand of them, in the order of the text."""


class QuoteTarget(TypedDict):
    """Where a quote stands, as the Web Annotation Data Model of the W3C says it."""

    source: str
    """The article, as readers find it."""
    selector: list[QuoteSelector]
    """The place in two ways, a `TextQuoteSelector` and a `TextPositionSelector`; empty when the quote is not
    `anchored`.
    """


class RelatedArticle(TypedDict):
    """An article that goes with another one, and why."""

    article: ArticleRef
    """The article."""
    reason: RelatedReason
    """Why it is here."""
    rel: LinkRel | None
    """What it is to the other one, as the editor's link says; null when no editor linked it."""
    tags: list[TagRef]
    """The tags of the other one that it carries too, in the order in which they stand there."""
    people: list[PersonRef]
    """Who wrote or speaks in the other one and in this one too."""


class RelatedArticleList(TypedDict):
    """Articles that go with another one, the nearest first."""

    items: list[RelatedArticle]
    """The editor's links in their order, then what shares most."""


RelatedReason: TypeAlias = Literal["editor", "tags", "people"]
"""Why an article is related to another.

- `editor`: an editor linked it.
- `tags`: above all, they are about the same things.
- `people`: above all, the same people wrote or speak in both.
"""


class Rendition(TypedDict):
    """A picture made smaller."""

    width: int
    """How wide it is, in pixels."""
    height: int
    """How high it is, in pixels."""
    url: str
    """Where it is: an absolute URL."""


class Replica(TypedDict):
    """How a replica of the database is."""

    number: int
    """Which one: its place in the setting, from 1."""
    up: bool
    """Whether it takes reads. What it cannot answer yet, or not at all, the primary is asked."""
    behind: int | None
    """How many changes it lacked when it was last heard of; null when it never was."""


Schedule = TypedDict(
    "Schedule",
    {
        "from": "str",
        "to": "str",
        "programmes": "list[Programme]",
    },
)
"""A part of a stream's schedule as it is after it was replaced."""


class SchedulePage(TypedDict):
    """A page of a stream's schedule, with what is on at the moment of the answer."""

    now: Programme | None
    """What is on now, whatever part of the schedule is asked for; null when nothing is."""
    next: Programme | None
    """What comes next after now, however far away; null when nothing does."""
    items: list[Programme]
    """The programmes of this page, in the order in which they are on."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many programmes match in all; null unless `count=exact` was asked for."""


Scope: TypeAlias = Literal["drafts:read", "content:write", "comments:write", "comments:moderate", "admin"]
"""What a key allows.

- `drafts:read`: to see drafts, archived articles, suggested quotes and all images.
- `content:write`: to create, change and delete content; sees drafts too.
- `comments:write`: to post, flag and take back comments on behalf of readers.
- `comments:moderate`: to see all comments, whatever their state and their article's, and to decide on them.
- `admin`: everything; keys, webhooks and community standards too.
"""


class ShortLink(TypedDict):
    """A few letters that lead to an article."""

    code: str
    """What stands behind `/s/`."""
    url: str
    """The short URL itself."""
    kind: ShortLinkKind
    """Who chose the code."""
    article: ArticleRef | None
    """The article it leads to, once that is published; null when the article was deleted."""
    hits: int
    """How often readers followed it. Hits are counted in memory and written every 5 seconds: the last ones are not in it
    yet, and a server that is killed loses those; one that is stopped does not.
    """
    last_hit_at: str | None
    """When it was last followed; null when nobody ever did."""
    created_at: str
    """When the code was given."""
    updated_at: str
    """When it was last pointed to another article."""


class ShortLinkChange(TypedDict):
    """A change of a short link. Its hits are none."""

    type: Literal["short-link"]
    """What kind of thing this is."""
    seq: int
    """The number of the change; every later change has a higher one. Readers without a key that sees
    drafts have numbers of their own, in which nothing is missing.
    """
    kind: ChangeKind
    """What has happened."""
    id: str
    """What it has happened to."""
    article_id: str | None
    """The article it is, stands on or leads to; null when that is none."""
    deleted: bool
    """Whether it is gone for you: take it out of your copy."""
    fields: list[str]
    """The properties that say something else than before; empty when it has come or gone."""
    purge: list[str]
    """The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
    cache drops what it keeps under one of them. Empty when readers see nothing of it.
    """
    at: str
    """When it happened."""
    resource: NotRequired[ShortLink]
    """It as it is now, as its own address shows it; there with `include=resource`, unless it is gone."""


class ShortLinkEvent(TypedDict):
    """A message that tells of a change: short link."""

    type: ChangeKind
    """What has happened, as in `data`."""
    timestamp: str
    """When it happened."""
    data: ShortLinkChange
    """What is told."""


ShortLinkKind: TypeAlias = Literal["generated", "vanity"]
"""Who chose a short link's code.

- `generated`: made here, with its article: every article has one.
- `vanity`: chosen by an editor.
"""


class ShortLinkPage(TypedDict):
    """A page of short links."""

    items: list[ShortLink]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


class Source(TypedDict):
    """Where an article's content comes from."""

    name: str
    """Who reported it first."""
    url: str | None
    """Where it was taken from; null when there is no address."""
    retrieved_at: str | None
    """When it was taken from there; null when unknown."""


class SourcePatch(TypedDict):
    """What is to change about where an article's content comes from: absent stays, null clears."""

    name: NotRequired[str]
    """Who reported it first; needed where there is no source yet."""
    url: NotRequired[str | None]
    """Where it was taken from: an `http(s)` URL; null removes it."""
    retrieved_at: NotRequired[str | None]
    """When it was taken from there; null removes it."""


SpeakerKind: TypeAlias = Literal["person", "organisation", "unnamed"]
"""Who answers for a quote: what its other properties say of that, in one word.

- `person`: there is a `speaker` or a `speaker_name`.
- `organisation`: there is none, but an `affiliation`: the organisation said it.
- `unnamed`: nobody is named; `anonymity_reason` says why.
"""


Status: TypeAlias = Literal["draft", "published", "archived"]
"""Whether readers see an article.

- `draft`: being written; seen only with `drafts:read`.
- `published`: on the record; everybody sees it.
- `archived`: taken down and kept; seen only with `drafts:read`.
"""


class Stream(TypedDict):
    """Something to hear or see live, with what is on."""

    id: str
    """The stream's id."""
    slug: str
    """The stream's name in URLs; unique among streams."""
    name: str
    """The stream's name as readers see it."""
    description: str | None
    """A few sentences about it; null when nobody wrote any."""
    language: str | None
    """The language spoken (BCP 47); null when unknown or several."""
    kind: StreamKind
    """What it carries."""
    status: StreamStatus
    """Whether it can be heard or seen now."""
    sources: list[StreamSource]
    """The forms it can be played in: a player takes the first it can play."""
    starts_at: str | None
    """When it begins or began; null when that is not known or it always runs."""
    ends_at: str | None
    """When it ends or ended; null when that is not known or it always runs."""
    image: Image | None
    """The cover; null when there is none."""
    now: Programme | None
    """What is on by the schedule at the moment of the answer; null when nothing is."""
    next: Programme | None
    """What comes next by the schedule, however far away; null when nothing does."""
    created_at: str
    """When it was made."""
    updated_at: str
    """When it or its schedule was last changed."""
    version: int
    """Counts its changes and those of its schedule, from 1."""


class StreamChange(TypedDict):
    """A change of a stream or of its schedule. What is on `now` and `next` changes by itself, too."""

    type: Literal["stream"]
    """What kind of thing this is."""
    seq: int
    """The number of the change; every later change has a higher one. Readers without a key that sees
    drafts have numbers of their own, in which nothing is missing.
    """
    kind: ChangeKind
    """What has happened."""
    id: str
    """What it has happened to."""
    article_id: str | None
    """The article it is, stands on or leads to; null when that is none."""
    deleted: bool
    """Whether it is gone for you: take it out of your copy."""
    fields: list[str]
    """The properties that say something else than before; empty when it has come or gone."""
    purge: list[str]
    """The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
    cache drops what it keeps under one of them. Empty when readers see nothing of it.
    """
    at: str
    """When it happened."""
    resource: NotRequired[Stream]
    """It as it is now, as its own address shows it; there with `include=resource`, unless it is gone."""


class StreamEvent(TypedDict):
    """A message that tells of a change: stream."""

    type: ChangeKind
    """What has happened, as in `data`."""
    timestamp: str
    """When it happened."""
    data: StreamChange
    """What is told."""


StreamKind: TypeAlias = Literal["audio", "video"]
"""What a stream carries.

- `audio`: sound: a radio channel, a live report.
- `video`: pictures with sound.
"""


class StreamPage(TypedDict):
    """A page of streams."""

    items: list[Stream]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


class StreamPatch(TypedDict):
    """What is to change about a stream (RFC 7396): absent stays, null clears, arrays replace."""

    name: NotRequired[str]
    """The stream's name as readers see it: one line."""
    slug: NotRequired[str]
    """The stream's name in URLs; 409 when another stream has it."""
    description: NotRequired[str | None]
    """A few sentences about it; null removes them."""
    language: NotRequired[str | None]
    """The language spoken (BCP 47); null removes it."""
    kind: NotRequired[StreamKind]
    """What it carries."""
    status: NotRequired[StreamStatus]
    """Whether it can be heard or seen now. What is `live` has a source; only what was `live` has `ended`."""
    sources: NotRequired[list[NewStreamSource]]
    """The forms it can be played in, all of them, the best first."""
    starts_at: NotRequired[str | None]
    """When it begins; null removes it."""
    ends_at: NotRequired[str | None]
    """When it ends: after `starts_at`; null removes it."""
    image: NotRequired[str | None]
    """The cover: the id of an image, which has an alternative text and its picture; null removes it."""


class StreamSource(TypedDict):
    """One form in which a stream can be played."""

    url: str
    """Where a player finds it."""
    type: str
    """Its media type, perhaps with codecs, as a player's `canPlayType` takes it."""
    bit_rate: int | None
    """How many bits a second it takes; null when unknown or changing."""


StreamStatus: TypeAlias = Literal["pending", "live", "ended"]
"""Whether a stream can be heard or seen now: people say so, not the clock.

- `pending`: announced, not on air yet.
- `live`: on air: a player has something to play.
- `ended`: it was live and is over.
"""


class Suggestion(TypedDict):
    """Something that what was typed can become."""

    kind: SuggestionKind
    """What it is."""
    id: str
    """Its id."""
    slug: str
    """Its name in URLs and filters."""
    name: str
    """Its name, or its headline."""


SuggestionKind: TypeAlias = Literal["tag", "person", "article"]
"""What a suggestion is.

- `tag`: a tag.
- `person`: somebody who wrote or spoke.
- `article`: an article, by its headline.
"""


class SuggestionList(TypedDict):
    """What was typed can become these."""

    items: list[Suggestion]
    """Tags, then people, then articles, each in the order of the alphabet."""


class Tag(TypedDict):
    """What articles are about."""

    id: str
    """The tag's id."""
    slug: str
    """The tag's name in URLs and tag expressions; unique among tags."""
    name: str
    """The tag's name as readers see it."""
    kind: TagKind
    """What kind of thing it names."""
    description: str | None
    """A few sentences for a tag page; null when nobody wrote any."""
    article_count: int
    """How many published articles carry the tag."""
    created_at: str
    """When the tag was made."""
    updated_at: str
    """When the tag was last changed."""
    version: int
    """Counts the changes of the tag, from 1."""


class TagChange(TypedDict):
    """A change of a tag."""

    type: Literal["tag"]
    """What kind of thing this is."""
    seq: int
    """The number of the change; every later change has a higher one. Readers without a key that sees
    drafts have numbers of their own, in which nothing is missing.
    """
    kind: ChangeKind
    """What has happened."""
    id: str
    """What it has happened to."""
    article_id: str | None
    """The article it is, stands on or leads to; null when that is none."""
    deleted: bool
    """Whether it is gone for you: take it out of your copy."""
    fields: list[str]
    """The properties that say something else than before; empty when it has come or gone."""
    purge: list[str]
    """The names of all that was made from it, as answers have them in `Cache-Tag` and `Surrogate-Key`: a
    cache drops what it keeps under one of them. Empty when readers see nothing of it.
    """
    at: str
    """When it happened."""
    resource: NotRequired[Tag]
    """It as it is now, as its own address shows it; there with `include=resource`, unless it is gone."""


class TagEvent(TypedDict):
    """A message that tells of a change: tag."""

    type: ChangeKind
    """What has happened, as in `data`."""
    timestamp: str
    """When it happened."""
    data: TagChange
    """What is told."""


TagKind: TypeAlias = Literal["topic", "place", "organisation", "person", "series"]
"""What kind of thing a tag names.

- `topic`: a subject: economy, security cooperation.
- `place`: a country, a city, a region.
- `organisation`: a company, a party, an authority.
- `person`: somebody an article is about.
- `series`: a running series of articles.
"""


class TagPage(TypedDict):
    """A page of tags."""

    items: list[Tag]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


class TagPatch(TypedDict):
    """What is to change about a tag (RFC 7396): absent stays, null clears."""

    name: NotRequired[str]
    """The tag's name as readers see it: one line; 409 when another tag has it."""
    slug: NotRequired[str]
    """The tag's name in URLs; 409 when another tag has it."""
    kind: NotRequired[TagKind]
    """What kind of thing it names."""
    description: NotRequired[str | None]
    """A few sentences for a tag page; null removes them."""


class TagRef(TypedDict):
    """A tag as it stands on an article."""

    id: str
    """The tag's id."""
    slug: str
    """The tag's name in URLs and tag expressions."""
    name: str
    """The tag's name as readers see it."""
    kind: TagKind
    """What kind of thing it names."""


class TextPositionSelector(TypedDict):
    """A place named by the code points before it."""

    type: Literal["TextPositionSelector"]
    """What kind of thing this is."""
    start: int
    """The first code point, from 0."""
    end: int
    """The code point behind the last."""


class TextQuoteSelector(TypedDict):
    """A place named by the words that stand there and around them."""

    type: Literal["TextQuoteSelector"]
    """What kind of thing this is."""
    exact: str
    """The words exactly as they stand in `body_text`."""
    prefix: str
    """The text right before."""
    suffix: str
    """The text right behind."""


class Webhook(TypedDict):
    """Somebody who is told of changes: where, and of which. The secret itself is never shown again."""

    id: str
    """The webhook's id."""
    url: str
    """Where messages are sent."""
    description: str | None
    """What it is for, for people; null when nobody said."""
    audience: WebhookAudience
    """What it is told of."""
    kinds: list[ChangeKind]
    """Only changes of these kinds; of all when empty."""
    tag_id: str | None
    """Only changes of this tag and of what stands under it; null for all."""
    fields: list[str]
    """Of updates only those of these properties, of all when empty; what is no update is told anyway."""
    state: WebhookState
    """Whether it is sent to."""
    state_reason: str | None
    """Why the server has disabled it; null when it has not."""
    state_at: str
    """Since when it is in that state."""
    failing_since: str | None
    """Since when nothing sent to it was taken; null while the last was."""
    previous_secret_until: str | None
    """Until when messages are signed with the secret before the last rotation, too; null when they are not."""
    created_at: str
    """When it was made."""
    updated_at: str
    """When it was last changed, by somebody or by what became of its messages."""
    version: int
    """Counts its changes, from 1."""


WebhookAudience: TypeAlias = Literal["public", "everything"]
"""What a webhook is told of.

- `public`: what readers see: the changes that `/v1/changes` shows without a key, with their numbers.
- `everything`: all changes, of drafts and of what moderators see too.
"""


class WebhookDelivery(TypedDict):
    """A message to a webhook, and what has become of it. Those that are decided are kept for seven days."""

    id: str
    """The delivery's id."""
    webhook_id: str
    """The webhook it is for."""
    message_id: str
    """Its `webhook-id` header: the same whenever it is sent."""
    kind: ChangeKind | None
    """The kind of change it tells of; null for a ping."""
    seq: int | None
    """The number of the change, as the audience has them; null for a ping."""
    state: WebhookDeliveryState
    """What has become of it."""
    attempts: int
    """How often it was sent."""
    next_attempt_at: str | None
    """When it is sent next; null when it is decided."""
    last_attempt_at: str | None
    """When it was last sent; null before it was."""
    last_status: int | None
    """The status it was last answered with; null when there was no answer."""
    last_error: str | None
    """Why it was not taken, the last time; null when it was."""
    last_duration_ms: int | None
    """How many milliseconds the last attempt took."""
    created_at: str
    """When the change came to be told."""
    updated_at: str
    """When something last became of it."""


class WebhookDeliveryPage(TypedDict):
    """A page of deliveries."""

    items: list[WebhookDelivery]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


WebhookDeliveryState: TypeAlias = Literal["pending", "delivered", "failed"]
"""What has become of a delivery.

- `pending`: it is sent as soon as it can be, or again when `next_attempt_at` comes.
- `delivered`: it was answered with a status from 200 to 299.
- `failed`: it is not sent again by itself.
"""


class WebhookPage(TypedDict):
    """A page of webhooks."""

    items: list[Webhook]
    """The items of this page, in the order asked for."""
    next_cursor: str | None
    """Send it back as `cursor` for the next page; null on the last page."""
    total: int | None
    """How many items match in all; null unless `count=exact` was asked for."""


class WebhookPatch(TypedDict):
    """What is to change about a webhook (RFC 7396): absent stays, null clears."""

    url: NotRequired[str]
    """Where messages are sent."""
    description: NotRequired[str | None]
    """What it is for; null removes it."""
    kinds: NotRequired[list[ChangeKind]]
    """Only changes of these kinds; of all when empty."""
    tag: NotRequired[str | None]
    """Only changes of this tag (id or slug); null for all."""
    fields: NotRequired[list[str]]
    """Of updates only those of these properties; all when empty."""
    state: NotRequired[WebhookState]
    """Whether it is sent to."""


class WebhookPing(TypedDict):
    """A message that says nothing, sent to see whether somebody is there."""

    type: Literal["webhook.ping"]
    """That it is a ping."""
    timestamp: str
    """When it happened."""
    data: WebhookPingData
    """What is told."""


class WebhookPingData(TypedDict):
    """What a ping is for."""

    webhook_id: str
    """The webhook it was sent to."""


WebhookState: TypeAlias = Literal["enabled", "disabled"]
"""Whether a webhook is sent to.

- `enabled`: it is told of changes.
- `disabled`: nothing is sent; changes wait in the log until it is enabled again.
"""
