"""Every operation, by resource: made from openapi/openapi.json by clients/generate.py (`make client-types`)."""

from __future__ import annotations

from collections.abc import Sequence

import httpx

from . import types as t
from .connection import AsyncConnection, Connection, path
from .follow import AsyncFollowing, Following
from .listing import AsyncListing, Listing


class Articles(object):
    """What a newsroom publishes, with everything that stands on its page."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        tag: str | None = None,
        q: str | None = None,
        highlight: bool | None = None,
        speaker: str | None = None,
        affiliation: str | None = None,
        author: str | None = None,
        from_: str | None = None,
        to: str | None = None,
        date: t.DateKind | None = None,
        language: str | None = None,
        ids: Sequence[str] | None = None,
        status: Sequence[t.Status] | None = None,
        order: t.ArticleOrder | None = None,
        include: Sequence[t.ArticlePart] | None = None,
        fields: Sequence[str] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.ArticleSummary, t.ArticlePage]:
        """List articles: `GET /v1/articles`"""
        return Listing(self._connection, "/v1/articles", {"tag": tag, "q": q, "highlight": highlight, "speaker": speaker, "affiliation": affiliation, "author": author, "from": from_, "to": to, "date": date, "language": language, "ids": ids, "status": status, "order": order, "include": include, "fields": fields, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def create(
        self,
        body: t.NewArticle,
        *,
        idempotency_key: str | None = None,
    ) -> t.Article:
        """Create an article: `POST /v1/articles`"""
        answer: t.Article = self._connection.json("POST", "/v1/articles", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def get(
        self,
        article: str,
        *,
        min_seq: int | None = None,
    ) -> t.Article:
        """Get an article: `GET /v1/articles/{article}`"""
        answer: t.Article = self._connection.json("GET", path("/v1/articles/{article}", article), None, None, {"Min-Seq": min_seq})
        return answer

    def put(
        self,
        article: str,
        body: t.NewArticle,
        *,
        if_match: str | None = None,
    ) -> t.Article:
        """Create or replace an article: `PUT /v1/articles/{article}`"""
        answer: t.Article = self._connection.json("PUT", path("/v1/articles/{article}", article), None, body, {"If-Match": if_match})
        return answer

    def update(
        self,
        article: str,
        body: t.ArticlePatch,
        *,
        if_match: str | None = None,
    ) -> t.Article:
        """Change an article: `PATCH /v1/articles/{article}`"""
        answer: t.Article = self._connection.json("PATCH", path("/v1/articles/{article}", article), None, body, {"If-Match": if_match})
        return answer

    def delete(
        self,
        article: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete an article: `DELETE /v1/articles/{article}`"""
        self._connection.nothing("DELETE", path("/v1/articles/{article}", article), None, None, {"If-Match": if_match})

    def list_related(
        self,
        article: str,
        *,
        limit: int | None = None,
        min_seq: int | None = None,
    ) -> t.RelatedArticleList:
        """Suggest related articles: `GET /v1/articles/{article}/related`"""
        answer: t.RelatedArticleList = self._connection.json("GET", path("/v1/articles/{article}/related", article), {"limit": limit}, None, {"Min-Seq": min_seq})
        return answer

    def list_aliases(
        self,
        article: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.ArticleAlias, t.ArticleAliasPage]:
        """List an article's aliases: `GET /v1/articles/{article}/aliases`"""
        return Listing(self._connection, path("/v1/articles/{article}/aliases", article), {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def delete_alias(
        self,
        article: str,
        slug: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Release an article's alias: `DELETE /v1/articles/{article}/aliases/{slug}`"""
        self._connection.nothing("DELETE", path("/v1/articles/{article}/aliases/{slug}", article, slug), None, None, {"If-Match": if_match})


class Quotes(object):
    """Who said what, tied to the exact words of an article."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        tag: str | None = None,
        q: str | None = None,
        article: str | None = None,
        speaker: str | None = None,
        affiliation: str | None = None,
        role: str | None = None,
        author: str | None = None,
        kind: t.QuoteKind | None = None,
        state: t.QuoteState | None = None,
        anchor: t.AnchorStatus | None = None,
        status: Sequence[t.Status] | None = None,
        from_: str | None = None,
        to: str | None = None,
        date: t.QuoteDate | None = None,
        language: str | None = None,
        ids: Sequence[str] | None = None,
        highlight: bool | None = None,
        order: t.QuoteOrder | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Quote, t.QuotePage]:
        """List quotes: `GET /v1/quotes`"""
        return Listing(self._connection, "/v1/quotes", {"tag": tag, "q": q, "article": article, "speaker": speaker, "affiliation": affiliation, "role": role, "author": author, "kind": kind, "state": state, "anchor": anchor, "status": status, "from": from_, "to": to, "date": date, "language": language, "ids": ids, "highlight": highlight, "order": order, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def list_facets(
        self,
        *,
        tag: str | None = None,
        q: str | None = None,
        article: str | None = None,
        speaker: str | None = None,
        affiliation: str | None = None,
        role: str | None = None,
        author: str | None = None,
        kind: t.QuoteKind | None = None,
        state: t.QuoteState | None = None,
        anchor: t.AnchorStatus | None = None,
        status: Sequence[t.Status] | None = None,
        from_: str | None = None,
        to: str | None = None,
        date: t.QuoteDate | None = None,
        language: str | None = None,
        by: t.FacetBy | None = None,
        limit: int | None = None,
        min_seq: int | None = None,
    ) -> t.QuoteFacets:
        """Count quotes: `GET /v1/quotes/facets`"""
        answer: t.QuoteFacets = self._connection.json("GET", "/v1/quotes/facets", {"tag": tag, "q": q, "article": article, "speaker": speaker, "affiliation": affiliation, "role": role, "author": author, "kind": kind, "state": state, "anchor": anchor, "status": status, "from": from_, "to": to, "date": date, "language": language, "by": by, "limit": limit}, None, {"Min-Seq": min_seq})
        return answer

    def get(
        self,
        quote_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Quote:
        """Get a quote: `GET /v1/quotes/{quote_id}`"""
        answer: t.Quote = self._connection.json("GET", path("/v1/quotes/{quote_id}", quote_id), None, None, {"Min-Seq": min_seq})
        return answer

    def update(
        self,
        quote_id: str,
        body: t.QuotePatch,
        *,
        if_match: str | None = None,
    ) -> t.Quote:
        """Change a quote: `PATCH /v1/quotes/{quote_id}`"""
        answer: t.Quote = self._connection.json("PATCH", path("/v1/quotes/{quote_id}", quote_id), None, body, {"If-Match": if_match})
        return answer

    def delete(
        self,
        quote_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a quote: `DELETE /v1/quotes/{quote_id}`"""
        self._connection.nothing("DELETE", path("/v1/quotes/{quote_id}", quote_id), None, None, {"If-Match": if_match})

    def list_article_quotes(
        self,
        article: str,
        *,
        state: t.QuoteState | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Quote, t.QuotePage]:
        """List an article's quotes: `GET /v1/articles/{article}/quotes`"""
        return Listing(self._connection, path("/v1/articles/{article}/quotes", article), {"state": state, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def create(
        self,
        article: str,
        body: t.NewQuote,
        *,
        idempotency_key: str | None = None,
    ) -> t.Quote:
        """Add a quote to an article: `POST /v1/articles/{article}/quotes`"""
        answer: t.Quote = self._connection.json("POST", path("/v1/articles/{article}/quotes", article), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def suggest(
        self,
        article: str,
        *,
        save: bool | None = None,
        idempotency_key: str | None = None,
    ) -> t.QuoteSuggestionList:
        """Suggest an article's quotes: `POST /v1/articles/{article}/quotes/suggest`"""
        answer: t.QuoteSuggestionList = self._connection.json("POST", path("/v1/articles/{article}/quotes/suggest", article), {"save": save}, None, {"Idempotency-Key": idempotency_key})
        return answer

    def get_selector(
        self,
        quote_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.QuoteTarget:
        """Get a quote's selectors: `GET /v1/quotes/{quote_id}/selector`"""
        answer: t.QuoteTarget = self._connection.json("GET", path("/v1/quotes/{quote_id}/selector", quote_id), None, None, {"Min-Seq": min_seq})
        return answer

    def list_history(
        self,
        quote_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.QuoteHistoryEntry, t.QuoteHistoryPage]:
        """List the history of a quote: `GET /v1/quotes/{quote_id}/history`"""
        return Listing(self._connection, path("/v1/quotes/{quote_id}/history", quote_id), {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def confirm(
        self,
        article: str,
        body: t.NewQuoteConfirmation,
        *,
        idempotency_key: str | None = None,
    ) -> t.QuoteList:
        """Confirm suggested quotes: `POST /v1/articles/{article}/quotes/confirm`"""
        answer: t.QuoteList = self._connection.json("POST", path("/v1/articles/{article}/quotes/confirm", article), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def reject(
        self,
        article: str,
        body: t.NewQuoteRejection,
        *,
        idempotency_key: str | None = None,
    ) -> t.QuoteList:
        """Reject suggested quotes: `POST /v1/articles/{article}/quotes/reject`"""
        answer: t.QuoteList = self._connection.json("POST", path("/v1/articles/{article}/quotes/reject", article), None, body, {"Idempotency-Key": idempotency_key})
        return answer


class Links(object):
    """What an article points to, here or on the web, and who points to it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        target: str | None = None,
        rel: t.LinkRel | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Link, t.LinkPage]:
        """List links: `GET /v1/links`"""
        return Listing(self._connection, "/v1/links", {"target": target, "rel": rel, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def get(
        self,
        link_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Link:
        """Get a link: `GET /v1/links/{link_id}`"""
        answer: t.Link = self._connection.json("GET", path("/v1/links/{link_id}", link_id), None, None, {"Min-Seq": min_seq})
        return answer

    def update(
        self,
        link_id: str,
        body: t.LinkPatch,
        *,
        if_match: str | None = None,
    ) -> t.Link:
        """Change a link: `PATCH /v1/links/{link_id}`"""
        answer: t.Link = self._connection.json("PATCH", path("/v1/links/{link_id}", link_id), None, body, {"If-Match": if_match})
        return answer

    def delete(
        self,
        link_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a link: `DELETE /v1/links/{link_id}`"""
        self._connection.nothing("DELETE", path("/v1/links/{link_id}", link_id), None, None, {"If-Match": if_match})

    def list_article_links(
        self,
        article: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Link, t.LinkPage]:
        """List an article's links: `GET /v1/articles/{article}/links`"""
        return Listing(self._connection, path("/v1/articles/{article}/links", article), {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def create(
        self,
        article: str,
        body: t.NewLink,
        *,
        idempotency_key: str | None = None,
    ) -> t.Link:
        """Add a link to an article: `POST /v1/articles/{article}/links`"""
        answer: t.Link = self._connection.json("POST", path("/v1/articles/{article}/links", article), None, body, {"Idempotency-Key": idempotency_key})
        return answer


class ShortLinks(object):
    """A few letters that lead to an article, made with it or chosen by an editor, and how often they were followed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def follow(
        self,
        code: str,
    ) -> t.ArticleRef:
        """Follow a short link: `GET /s/{code}`"""
        answer: t.ArticleRef = self._connection.json("GET", path("/s/{code}", code), None, None, None)
        return answer

    def list(
        self,
        *,
        article: str | None = None,
        kind: t.ShortLinkKind | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.ShortLink, t.ShortLinkPage]:
        """List short links: `GET /v1/short-links`"""
        return Listing(self._connection, "/v1/short-links", {"article": article, "kind": kind, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def get(
        self,
        code: str,
        *,
        min_seq: int | None = None,
    ) -> t.ShortLink:
        """Get a short link: `GET /v1/short-links/{code}`"""
        answer: t.ShortLink = self._connection.json("GET", path("/v1/short-links/{code}", code), None, None, {"Min-Seq": min_seq})
        return answer

    def put(
        self,
        code: str,
        body: t.NewShortLink,
        *,
        if_match: str | None = None,
    ) -> t.ShortLink:
        """Choose a code for an article: `PUT /v1/short-links/{code}`"""
        answer: t.ShortLink = self._connection.json("PUT", path("/v1/short-links/{code}", code), None, body, {"If-Match": if_match})
        return answer

    def delete(
        self,
        code: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Retire a short link: `DELETE /v1/short-links/{code}`"""
        self._connection.nothing("DELETE", path("/v1/short-links/{code}", code), None, None, {"If-Match": if_match})


class Images(object):
    """Pictures, at the head of articles and in their bodies."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Image, t.ImagePage]:
        """List images: `GET /v1/images`"""
        return Listing(self._connection, "/v1/images", {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def create(
        self,
        body: t.NewImage,
        *,
        idempotency_key: str | None = None,
    ) -> t.Image:
        """Create an image: `POST /v1/images`"""
        answer: t.Image = self._connection.json("POST", "/v1/images", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def upload(
        self,
        body: bytes,
        *,
        idempotency_key: str | None = None,
    ) -> t.Image:
        """Upload a new image: `POST /v1/uploads`"""
        answer: t.Image = self._connection.json("POST", "/v1/uploads", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def get(
        self,
        image_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Image:
        """Get an image: `GET /v1/images/{image_id}`"""
        answer: t.Image = self._connection.json("GET", path("/v1/images/{image_id}", image_id), None, None, {"Min-Seq": min_seq})
        return answer

    def update(
        self,
        image_id: str,
        body: t.ImagePatch,
        *,
        if_match: str | None = None,
    ) -> t.Image:
        """Change an image: `PATCH /v1/images/{image_id}`"""
        answer: t.Image = self._connection.json("PATCH", path("/v1/images/{image_id}", image_id), None, body, {"If-Match": if_match})
        return answer

    def delete(
        self,
        image_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete an image: `DELETE /v1/images/{image_id}`"""
        self._connection.nothing("DELETE", path("/v1/images/{image_id}", image_id), None, None, {"If-Match": if_match})

    def put_file(
        self,
        image_id: str,
        body: bytes,
        *,
        if_match: str | None = None,
    ) -> t.Image:
        """Put an image's file: `PUT /v1/images/{image_id}/file`"""
        answer: t.Image = self._connection.json("PUT", path("/v1/images/{image_id}/file", image_id), None, body, {"If-Match": if_match})
        return answer

    def get_media(
        self,
        file: str,
        *,
        w: int | None = None,
    ) -> httpx.Response:
        """Get a picture's file: `GET /media/{file}`"""
        return self._connection.raw("GET", path("/media/{file}", file), {"w": w}, None, None)


class Comments(object):
    """What readers say about an article, and what moderators decide about that."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_article_comments(
        self,
        article: str,
        *,
        view: t.CommentView | None = None,
        order: t.CommentOrder | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Comment, t.CommentPage]:
        """List an article's comments: `GET /v1/articles/{article}/comments`"""
        return Listing(self._connection, path("/v1/articles/{article}/comments", article), {"view": view, "order": order, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def create(
        self,
        article: str,
        body: t.NewComment,
        *,
        idempotency_key: str | None = None,
    ) -> t.Comment:
        """Post a comment: `POST /v1/articles/{article}/comments`"""
        answer: t.Comment = self._connection.json("POST", path("/v1/articles/{article}/comments", article), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def list(
        self,
        *,
        state: t.CommentState | None = None,
        article: str | None = None,
        user_id: str | None = None,
        author: str | None = None,
        flagged: bool | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Comment, t.CommentPage]:
        """List comments of all articles: `GET /v1/comments`"""
        return Listing(self._connection, "/v1/comments", {"state": state, "article": article, "user_id": user_id, "author": author, "flagged": flagged, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def get(
        self,
        comment_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Comment:
        """Get a comment: `GET /v1/comments/{comment_id}`"""
        answer: t.Comment = self._connection.json("GET", path("/v1/comments/{comment_id}", comment_id), None, None, {"Min-Seq": min_seq})
        return answer

    def delete(
        self,
        comment_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a comment: `DELETE /v1/comments/{comment_id}`"""
        self._connection.nothing("DELETE", path("/v1/comments/{comment_id}", comment_id), None, None, {"If-Match": if_match})

    def withdraw(
        self,
        comment_id: str,
        body: t.NewCommentWithdrawal,
        *,
        idempotency_key: str | None = None,
    ) -> t.Comment:
        """Take a comment back: `POST /v1/comments/{comment_id}/withdrawal`"""
        answer: t.Comment = self._connection.json("POST", path("/v1/comments/{comment_id}/withdrawal", comment_id), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def list_flags(
        self,
        comment_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.CommentFlag, t.CommentFlagPage]:
        """List a comment's flags: `GET /v1/comments/{comment_id}/flags`"""
        return Listing(self._connection, path("/v1/comments/{comment_id}/flags", comment_id), {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def flag(
        self,
        comment_id: str,
        body: t.NewCommentFlag,
        *,
        idempotency_key: str | None = None,
    ) -> t.CommentFlag:
        """Flag a comment: `POST /v1/comments/{comment_id}/flags`"""
        answer: t.CommentFlag = self._connection.json("POST", path("/v1/comments/{comment_id}/flags", comment_id), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def decide(
        self,
        comment_id: str,
        body: t.NewCommentDecision,
        *,
        idempotency_key: str | None = None,
    ) -> t.Comment:
        """Decide on a comment: `POST /v1/comments/{comment_id}/decision`"""
        answer: t.Comment = self._connection.json("POST", path("/v1/comments/{comment_id}/decision", comment_id), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def decide_comments(
        self,
        body: t.NewCommentDecisions,
        *,
        idempotency_key: str | None = None,
    ) -> t.CommentDecisionResults:
        """Decide on many comments: `POST /v1/comment-decisions`"""
        answer: t.CommentDecisionResults = self._connection.json("POST", "/v1/comment-decisions", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def list_decisions(
        self,
        comment_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.CommentDecision, t.CommentDecisionPage]:
        """List the decisions on a comment: `GET /v1/comments/{comment_id}/decisions`"""
        return Listing(self._connection, path("/v1/comments/{comment_id}/decisions", comment_id), {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def list_words(
        self,
        *,
        kind: t.CommentWordKind | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.CommentWord, t.CommentWordPage]:
        """List the words the screening looks for: `GET /v1/comment-words`"""
        return Listing(self._connection, "/v1/comment-words", {"kind": kind, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def create_word(
        self,
        body: t.NewCommentWord,
        *,
        idempotency_key: str | None = None,
    ) -> t.CommentWord:
        """Enter a word the screening looks for: `POST /v1/comment-words`"""
        answer: t.CommentWord = self._connection.json("POST", "/v1/comment-words", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def get_word(
        self,
        word_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.CommentWord:
        """Get a word the screening looks for: `GET /v1/comment-words/{word_id}`"""
        answer: t.CommentWord = self._connection.json("GET", path("/v1/comment-words/{word_id}", word_id), None, None, {"Min-Seq": min_seq})
        return answer

    def delete_word(
        self,
        word_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Take a word off the list: `DELETE /v1/comment-words/{word_id}`"""
        self._connection.nothing("DELETE", path("/v1/comment-words/{word_id}", word_id), None, None, {"If-Match": if_match})


class CommunityStandards(object):
    """The rules of the discussion, in their versions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(
        self,
        *,
        min_seq: int | None = None,
    ) -> t.CommunityStandards:
        """Get the community standards: `GET /v1/community-standards`"""
        answer: t.CommunityStandards = self._connection.json("GET", "/v1/community-standards", None, None, {"Min-Seq": min_seq})
        return answer

    def put(
        self,
        body: t.NewCommunityStandards,
        *,
        if_match: str | None = None,
    ) -> t.CommunityStandards:
        """Replace the community standards: `PUT /v1/community-standards`"""
        answer: t.CommunityStandards = self._connection.json("PUT", "/v1/community-standards", None, body, {"If-Match": if_match})
        return answer

    def list_versions(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.CommunityStandards, t.CommunityStandardsPage]:
        """List versions of the community standards: `GET /v1/community-standards/versions`"""
        return Listing(self._connection, "/v1/community-standards/versions", {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def get_version(
        self,
        version: int,
        *,
        min_seq: int | None = None,
    ) -> t.CommunityStandards:
        """Get a version of the community standards: `GET /v1/community-standards/versions/{version}`"""
        answer: t.CommunityStandards = self._connection.json("GET", path("/v1/community-standards/versions/{version}", version), None, None, {"Min-Seq": min_seq})
        return answer


class Tags(object):
    """What articles are about."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        kind: t.TagKind | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Tag, t.TagPage]:
        """List tags: `GET /v1/tags`"""
        return Listing(self._connection, "/v1/tags", {"kind": kind, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def create(
        self,
        body: t.NewTag,
        *,
        idempotency_key: str | None = None,
    ) -> t.Tag:
        """Create a tag: `POST /v1/tags`"""
        answer: t.Tag = self._connection.json("POST", "/v1/tags", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def get(
        self,
        tag: str,
        *,
        min_seq: int | None = None,
    ) -> t.Tag:
        """Get a tag: `GET /v1/tags/{tag}`"""
        answer: t.Tag = self._connection.json("GET", path("/v1/tags/{tag}", tag), None, None, {"Min-Seq": min_seq})
        return answer

    def put(
        self,
        tag: str,
        body: t.NewTag,
        *,
        if_match: str | None = None,
    ) -> t.Tag:
        """Create or replace a tag: `PUT /v1/tags/{tag}`"""
        answer: t.Tag = self._connection.json("PUT", path("/v1/tags/{tag}", tag), None, body, {"If-Match": if_match})
        return answer

    def update(
        self,
        tag: str,
        body: t.TagPatch,
        *,
        if_match: str | None = None,
    ) -> t.Tag:
        """Change a tag: `PATCH /v1/tags/{tag}`"""
        answer: t.Tag = self._connection.json("PATCH", path("/v1/tags/{tag}", tag), None, body, {"If-Match": if_match})
        return answer

    def delete(
        self,
        tag: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a tag: `DELETE /v1/tags/{tag}`"""
        self._connection.nothing("DELETE", path("/v1/tags/{tag}", tag), None, None, {"If-Match": if_match})

    def merge(
        self,
        tag: str,
        body: t.Merge,
        *,
        idempotency_key: str | None = None,
    ) -> t.Tag:
        """Merge a tag into another: `POST /v1/tags/{tag}/merge`"""
        answer: t.Tag = self._connection.json("POST", path("/v1/tags/{tag}/merge", tag), None, body, {"Idempotency-Key": idempotency_key})
        return answer


class People(object):
    """Who wrote, and who spoke."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        name: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Person, t.PersonPage]:
        """List people: `GET /v1/people`"""
        return Listing(self._connection, "/v1/people", {"name": name, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def create(
        self,
        body: t.NewPerson,
        *,
        idempotency_key: str | None = None,
    ) -> t.Person:
        """Enter a person: `POST /v1/people`"""
        answer: t.Person = self._connection.json("POST", "/v1/people", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def get(
        self,
        person: str,
        *,
        min_seq: int | None = None,
    ) -> t.Person:
        """Get a person: `GET /v1/people/{person}`"""
        answer: t.Person = self._connection.json("GET", path("/v1/people/{person}", person), None, None, {"Min-Seq": min_seq})
        return answer

    def update(
        self,
        person: str,
        body: t.PersonPatch,
        *,
        if_match: str | None = None,
    ) -> t.Person:
        """Change a person: `PATCH /v1/people/{person}`"""
        answer: t.Person = self._connection.json("PATCH", path("/v1/people/{person}", person), None, body, {"If-Match": if_match})
        return answer

    def delete(
        self,
        person: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a person: `DELETE /v1/people/{person}`"""
        self._connection.nothing("DELETE", path("/v1/people/{person}", person), None, None, {"If-Match": if_match})

    def merge(
        self,
        person: str,
        body: t.Merge,
        *,
        idempotency_key: str | None = None,
    ) -> t.Person:
        """Merge a person into another: `POST /v1/people/{person}/merge`"""
        answer: t.Person = self._connection.json("POST", path("/v1/people/{person}/merge", person), None, body, {"Idempotency-Key": idempotency_key})
        return answer


class Search(object):
    """What a few typed letters can become. Full text is asked of articles and quotes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_suggestions(
        self,
        *,
        q: str | None = None,
        limit: int | None = None,
        min_seq: int | None = None,
    ) -> t.SuggestionList:
        """Complete what is typed: `GET /v1/suggest`"""
        answer: t.SuggestionList = self._connection.json("GET", "/v1/suggest", {"q": q, "limit": limit}, None, {"Min-Seq": min_seq})
        return answer


class Streams(object):
    """What can be heard or seen live, and what is on when."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        status: Sequence[t.StreamStatus] | None = None,
        kind: t.StreamKind | None = None,
        language: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Stream, t.StreamPage]:
        """List streams: `GET /v1/streams`"""
        return Listing(self._connection, "/v1/streams", {"status": status, "kind": kind, "language": language, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def create(
        self,
        body: t.NewStream,
        *,
        idempotency_key: str | None = None,
    ) -> t.Stream:
        """Create a stream: `POST /v1/streams`"""
        answer: t.Stream = self._connection.json("POST", "/v1/streams", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def get(
        self,
        stream: str,
        *,
        min_seq: int | None = None,
    ) -> t.Stream:
        """Get a stream: `GET /v1/streams/{stream}`"""
        answer: t.Stream = self._connection.json("GET", path("/v1/streams/{stream}", stream), None, None, {"Min-Seq": min_seq})
        return answer

    def put(
        self,
        stream: str,
        body: t.NewStream,
        *,
        if_match: str | None = None,
    ) -> t.Stream:
        """Create or replace a stream: `PUT /v1/streams/{stream}`"""
        answer: t.Stream = self._connection.json("PUT", path("/v1/streams/{stream}", stream), None, body, {"If-Match": if_match})
        return answer

    def update(
        self,
        stream: str,
        body: t.StreamPatch,
        *,
        if_match: str | None = None,
    ) -> t.Stream:
        """Change a stream: `PATCH /v1/streams/{stream}`"""
        answer: t.Stream = self._connection.json("PATCH", path("/v1/streams/{stream}", stream), None, body, {"If-Match": if_match})
        return answer

    def delete(
        self,
        stream: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a stream: `DELETE /v1/streams/{stream}`"""
        self._connection.nothing("DELETE", path("/v1/streams/{stream}", stream), None, None, {"If-Match": if_match})

    def get_schedule(
        self,
        stream: str,
        *,
        from_: str | None = None,
        to: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Programme, t.SchedulePage]:
        """Get a stream's schedule: `GET /v1/streams/{stream}/schedule`"""
        return Listing(self._connection, path("/v1/streams/{stream}/schedule", stream), {"from": from_, "to": to, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def put_schedule(
        self,
        stream: str,
        body: t.NewSchedule,
        *,
        if_match: str | None = None,
    ) -> t.Schedule:
        """Replace a part of a stream's schedule: `PUT /v1/streams/{stream}/schedule`"""
        answer: t.Schedule = self._connection.json("PUT", path("/v1/streams/{stream}/schedule", stream), None, body, {"If-Match": if_match})
        return answer

    def get_programme(
        self,
        programme_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Programme:
        """Get a programme: `GET /v1/programmes/{programme_id}`"""
        answer: t.Programme = self._connection.json("GET", path("/v1/programmes/{programme_id}", programme_id), None, None, {"Min-Seq": min_seq})
        return answer

    def update_programme(
        self,
        programme_id: str,
        body: t.ProgrammePatch,
        *,
        if_match: str | None = None,
    ) -> t.Programme:
        """Change a programme: `PATCH /v1/programmes/{programme_id}`"""
        answer: t.Programme = self._connection.json("PATCH", path("/v1/programmes/{programme_id}", programme_id), None, body, {"If-Match": if_match})
        return answer

    def delete_programme(
        self,
        programme_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a programme: `DELETE /v1/programmes/{programme_id}`"""
        self._connection.nothing("DELETE", path("/v1/programmes/{programme_id}", programme_id), None, None, {"If-Match": if_match})


class Changes(Following):
    """What has changed since: to be read, waited for or listened to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        kind: Sequence[t.ChangeKind] | None = None,
        tag: str | None = None,
        wait: int | None = None,
        include: Sequence[t.ChangePart] | None = None,
        min_seq: int | None = None,
    ) -> t.ChangePage:
        """List changes: `GET /v1/changes`"""
        answer: t.ChangePage = self._connection.json("GET", "/v1/changes", {"after": after, "limit": limit, "kind": kind, "tag": tag, "wait": wait, "include": include}, None, {"Min-Seq": min_seq})
        return answer

    def stream(
        self,
        *,
        after: int | None = None,
        kind: Sequence[t.ChangeKind] | None = None,
        tag: str | None = None,
        include: Sequence[t.ChangePart] | None = None,
        min_seq: int | None = None,
    ) -> httpx.Response:
        """Stream changes: `GET /v1/changes/stream`"""
        return self._connection.raw("GET", "/v1/changes/stream", {"after": after, "kind": kind, "tag": tag, "include": include}, None, {"Min-Seq": min_seq})


class Webhooks(object):
    """Who is told of changes, by signed messages as Standard Webhooks has them. Needs the scope `admin`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        state: t.WebhookState | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Webhook, t.WebhookPage]:
        """List webhooks: `GET /v1/webhooks`"""
        return Listing(self._connection, "/v1/webhooks", {"state": state, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def create(
        self,
        body: t.NewWebhook,
    ) -> t.CreatedWebhook:
        """Make a webhook: `POST /v1/webhooks`"""
        answer: t.CreatedWebhook = self._connection.json("POST", "/v1/webhooks", None, body, None)
        return answer

    def get(
        self,
        webhook_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Webhook:
        """Get a webhook: `GET /v1/webhooks/{webhook_id}`"""
        answer: t.Webhook = self._connection.json("GET", path("/v1/webhooks/{webhook_id}", webhook_id), None, None, {"Min-Seq": min_seq})
        return answer

    def update(
        self,
        webhook_id: str,
        body: t.WebhookPatch,
        *,
        if_match: str | None = None,
    ) -> t.Webhook:
        """Change a webhook: `PATCH /v1/webhooks/{webhook_id}`"""
        answer: t.Webhook = self._connection.json("PATCH", path("/v1/webhooks/{webhook_id}", webhook_id), None, body, {"If-Match": if_match})
        return answer

    def delete(
        self,
        webhook_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a webhook: `DELETE /v1/webhooks/{webhook_id}`"""
        self._connection.nothing("DELETE", path("/v1/webhooks/{webhook_id}", webhook_id), None, None, {"If-Match": if_match})

    def rotate(
        self,
        webhook_id: str,
    ) -> t.CreatedWebhook:
        """Give a webhook a new secret: `POST /v1/webhooks/{webhook_id}/rotate`"""
        answer: t.CreatedWebhook = self._connection.json("POST", path("/v1/webhooks/{webhook_id}/rotate", webhook_id), None, None, None)
        return answer

    def replay(
        self,
        webhook_id: str,
        body: t.NewReplay,
        *,
        idempotency_key: str | None = None,
    ) -> t.Webhook:
        """Send a webhook changes again: `POST /v1/webhooks/{webhook_id}/replay`"""
        answer: t.Webhook = self._connection.json("POST", path("/v1/webhooks/{webhook_id}/replay", webhook_id), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def list_deliveries(
        self,
        webhook_id: str,
        *,
        state: t.WebhookDeliveryState | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.WebhookDelivery, t.WebhookDeliveryPage]:
        """List a webhook's deliveries: `GET /v1/webhooks/{webhook_id}/deliveries`"""
        return Listing(self._connection, path("/v1/webhooks/{webhook_id}/deliveries", webhook_id), {"state": state, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def get_delivery(
        self,
        delivery_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.WebhookDelivery:
        """Get a delivery: `GET /v1/webhook-deliveries/{delivery_id}`"""
        answer: t.WebhookDelivery = self._connection.json("GET", path("/v1/webhook-deliveries/{delivery_id}", delivery_id), None, None, {"Min-Seq": min_seq})
        return answer

    def ping(
        self,
        webhook_id: str,
        *,
        idempotency_key: str | None = None,
    ) -> t.WebhookDelivery:
        """Send a webhook a ping: `POST /v1/webhooks/{webhook_id}/ping`"""
        answer: t.WebhookDelivery = self._connection.json("POST", path("/v1/webhooks/{webhook_id}/ping", webhook_id), None, None, {"Idempotency-Key": idempotency_key})
        return answer

    def redeliver_delivery(
        self,
        delivery_id: str,
        *,
        idempotency_key: str | None = None,
    ) -> t.WebhookDelivery:
        """Send a delivery again: `POST /v1/webhook-deliveries/{delivery_id}/redeliver`"""
        answer: t.WebhookDelivery = self._connection.json("POST", path("/v1/webhook-deliveries/{delivery_id}/redeliver", delivery_id), None, None, {"Idempotency-Key": idempotency_key})
        return answer


class Keys(object):
    """What lets programs in. Needs the scope `admin`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> Listing[t.Key, t.KeyPage]:
        """List keys: `GET /v1/keys`"""
        return Listing(self._connection, "/v1/keys", {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def create(
        self,
        body: t.NewKey,
    ) -> t.CreatedKey:
        """Make a key: `POST /v1/keys`"""
        answer: t.CreatedKey = self._connection.json("POST", "/v1/keys", None, body, None)
        return answer

    def get(
        self,
        key_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Key:
        """Get a key: `GET /v1/keys/{key_id}`"""
        answer: t.Key = self._connection.json("GET", path("/v1/keys/{key_id}", key_id), None, None, {"Min-Seq": min_seq})
        return answer

    def revoke(
        self,
        key_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Revoke a key: `DELETE /v1/keys/{key_id}`"""
        self._connection.nothing("DELETE", path("/v1/keys/{key_id}", key_id), None, None, {"If-Match": if_match})


class Health(object):
    """Whether the server lives and can serve."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(
        self,
    ) -> t.Health:
        """Ask whether the server lives: `GET /healthz`"""
        answer: t.Health = self._connection.json("GET", "/healthz", None, None, None)
        return answer

    def get_readiness(
        self,
    ) -> t.Health:
        """Ask whether the server can serve: `GET /readyz`"""
        answer: t.Health = self._connection.json("GET", "/readyz", None, None, None)
        return answer


class Resources:
    """Every resource of one connection."""

    def __init__(self, connection: Connection) -> None:
        self.articles = Articles(connection)
        self.quotes = Quotes(connection)
        self.links = Links(connection)
        self.short_links = ShortLinks(connection)
        self.images = Images(connection)
        self.comments = Comments(connection)
        self.community_standards = CommunityStandards(connection)
        self.tags = Tags(connection)
        self.people = People(connection)
        self.search = Search(connection)
        self.streams = Streams(connection)
        self.changes = Changes(connection)
        self.webhooks = Webhooks(connection)
        self.keys = Keys(connection)
        self.health = Health(connection)


class AsyncArticles(object):
    """What a newsroom publishes, with everything that stands on its page."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        tag: str | None = None,
        q: str | None = None,
        highlight: bool | None = None,
        speaker: str | None = None,
        affiliation: str | None = None,
        author: str | None = None,
        from_: str | None = None,
        to: str | None = None,
        date: t.DateKind | None = None,
        language: str | None = None,
        ids: Sequence[str] | None = None,
        status: Sequence[t.Status] | None = None,
        order: t.ArticleOrder | None = None,
        include: Sequence[t.ArticlePart] | None = None,
        fields: Sequence[str] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.ArticleSummary, t.ArticlePage]:
        """List articles: `GET /v1/articles`"""
        return AsyncListing(self._connection, "/v1/articles", {"tag": tag, "q": q, "highlight": highlight, "speaker": speaker, "affiliation": affiliation, "author": author, "from": from_, "to": to, "date": date, "language": language, "ids": ids, "status": status, "order": order, "include": include, "fields": fields, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def create(
        self,
        body: t.NewArticle,
        *,
        idempotency_key: str | None = None,
    ) -> t.Article:
        """Create an article: `POST /v1/articles`"""
        answer: t.Article = await self._connection.json("POST", "/v1/articles", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    async def get(
        self,
        article: str,
        *,
        min_seq: int | None = None,
    ) -> t.Article:
        """Get an article: `GET /v1/articles/{article}`"""
        answer: t.Article = await self._connection.json("GET", path("/v1/articles/{article}", article), None, None, {"Min-Seq": min_seq})
        return answer

    async def put(
        self,
        article: str,
        body: t.NewArticle,
        *,
        if_match: str | None = None,
    ) -> t.Article:
        """Create or replace an article: `PUT /v1/articles/{article}`"""
        answer: t.Article = await self._connection.json("PUT", path("/v1/articles/{article}", article), None, body, {"If-Match": if_match})
        return answer

    async def update(
        self,
        article: str,
        body: t.ArticlePatch,
        *,
        if_match: str | None = None,
    ) -> t.Article:
        """Change an article: `PATCH /v1/articles/{article}`"""
        answer: t.Article = await self._connection.json("PATCH", path("/v1/articles/{article}", article), None, body, {"If-Match": if_match})
        return answer

    async def delete(
        self,
        article: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete an article: `DELETE /v1/articles/{article}`"""
        await self._connection.nothing("DELETE", path("/v1/articles/{article}", article), None, None, {"If-Match": if_match})

    async def list_related(
        self,
        article: str,
        *,
        limit: int | None = None,
        min_seq: int | None = None,
    ) -> t.RelatedArticleList:
        """Suggest related articles: `GET /v1/articles/{article}/related`"""
        answer: t.RelatedArticleList = await self._connection.json("GET", path("/v1/articles/{article}/related", article), {"limit": limit}, None, {"Min-Seq": min_seq})
        return answer

    def list_aliases(
        self,
        article: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.ArticleAlias, t.ArticleAliasPage]:
        """List an article's aliases: `GET /v1/articles/{article}/aliases`"""
        return AsyncListing(self._connection, path("/v1/articles/{article}/aliases", article), {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def delete_alias(
        self,
        article: str,
        slug: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Release an article's alias: `DELETE /v1/articles/{article}/aliases/{slug}`"""
        await self._connection.nothing("DELETE", path("/v1/articles/{article}/aliases/{slug}", article, slug), None, None, {"If-Match": if_match})


class AsyncQuotes(object):
    """Who said what, tied to the exact words of an article."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        tag: str | None = None,
        q: str | None = None,
        article: str | None = None,
        speaker: str | None = None,
        affiliation: str | None = None,
        role: str | None = None,
        author: str | None = None,
        kind: t.QuoteKind | None = None,
        state: t.QuoteState | None = None,
        anchor: t.AnchorStatus | None = None,
        status: Sequence[t.Status] | None = None,
        from_: str | None = None,
        to: str | None = None,
        date: t.QuoteDate | None = None,
        language: str | None = None,
        ids: Sequence[str] | None = None,
        highlight: bool | None = None,
        order: t.QuoteOrder | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Quote, t.QuotePage]:
        """List quotes: `GET /v1/quotes`"""
        return AsyncListing(self._connection, "/v1/quotes", {"tag": tag, "q": q, "article": article, "speaker": speaker, "affiliation": affiliation, "role": role, "author": author, "kind": kind, "state": state, "anchor": anchor, "status": status, "from": from_, "to": to, "date": date, "language": language, "ids": ids, "highlight": highlight, "order": order, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def list_facets(
        self,
        *,
        tag: str | None = None,
        q: str | None = None,
        article: str | None = None,
        speaker: str | None = None,
        affiliation: str | None = None,
        role: str | None = None,
        author: str | None = None,
        kind: t.QuoteKind | None = None,
        state: t.QuoteState | None = None,
        anchor: t.AnchorStatus | None = None,
        status: Sequence[t.Status] | None = None,
        from_: str | None = None,
        to: str | None = None,
        date: t.QuoteDate | None = None,
        language: str | None = None,
        by: t.FacetBy | None = None,
        limit: int | None = None,
        min_seq: int | None = None,
    ) -> t.QuoteFacets:
        """Count quotes: `GET /v1/quotes/facets`"""
        answer: t.QuoteFacets = await self._connection.json("GET", "/v1/quotes/facets", {"tag": tag, "q": q, "article": article, "speaker": speaker, "affiliation": affiliation, "role": role, "author": author, "kind": kind, "state": state, "anchor": anchor, "status": status, "from": from_, "to": to, "date": date, "language": language, "by": by, "limit": limit}, None, {"Min-Seq": min_seq})
        return answer

    async def get(
        self,
        quote_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Quote:
        """Get a quote: `GET /v1/quotes/{quote_id}`"""
        answer: t.Quote = await self._connection.json("GET", path("/v1/quotes/{quote_id}", quote_id), None, None, {"Min-Seq": min_seq})
        return answer

    async def update(
        self,
        quote_id: str,
        body: t.QuotePatch,
        *,
        if_match: str | None = None,
    ) -> t.Quote:
        """Change a quote: `PATCH /v1/quotes/{quote_id}`"""
        answer: t.Quote = await self._connection.json("PATCH", path("/v1/quotes/{quote_id}", quote_id), None, body, {"If-Match": if_match})
        return answer

    async def delete(
        self,
        quote_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a quote: `DELETE /v1/quotes/{quote_id}`"""
        await self._connection.nothing("DELETE", path("/v1/quotes/{quote_id}", quote_id), None, None, {"If-Match": if_match})

    def list_article_quotes(
        self,
        article: str,
        *,
        state: t.QuoteState | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Quote, t.QuotePage]:
        """List an article's quotes: `GET /v1/articles/{article}/quotes`"""
        return AsyncListing(self._connection, path("/v1/articles/{article}/quotes", article), {"state": state, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def create(
        self,
        article: str,
        body: t.NewQuote,
        *,
        idempotency_key: str | None = None,
    ) -> t.Quote:
        """Add a quote to an article: `POST /v1/articles/{article}/quotes`"""
        answer: t.Quote = await self._connection.json("POST", path("/v1/articles/{article}/quotes", article), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    async def suggest(
        self,
        article: str,
        *,
        save: bool | None = None,
        idempotency_key: str | None = None,
    ) -> t.QuoteSuggestionList:
        """Suggest an article's quotes: `POST /v1/articles/{article}/quotes/suggest`"""
        answer: t.QuoteSuggestionList = await self._connection.json("POST", path("/v1/articles/{article}/quotes/suggest", article), {"save": save}, None, {"Idempotency-Key": idempotency_key})
        return answer

    async def get_selector(
        self,
        quote_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.QuoteTarget:
        """Get a quote's selectors: `GET /v1/quotes/{quote_id}/selector`"""
        answer: t.QuoteTarget = await self._connection.json("GET", path("/v1/quotes/{quote_id}/selector", quote_id), None, None, {"Min-Seq": min_seq})
        return answer

    def list_history(
        self,
        quote_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.QuoteHistoryEntry, t.QuoteHistoryPage]:
        """List the history of a quote: `GET /v1/quotes/{quote_id}/history`"""
        return AsyncListing(self._connection, path("/v1/quotes/{quote_id}/history", quote_id), {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def confirm(
        self,
        article: str,
        body: t.NewQuoteConfirmation,
        *,
        idempotency_key: str | None = None,
    ) -> t.QuoteList:
        """Confirm suggested quotes: `POST /v1/articles/{article}/quotes/confirm`"""
        answer: t.QuoteList = await self._connection.json("POST", path("/v1/articles/{article}/quotes/confirm", article), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    async def reject(
        self,
        article: str,
        body: t.NewQuoteRejection,
        *,
        idempotency_key: str | None = None,
    ) -> t.QuoteList:
        """Reject suggested quotes: `POST /v1/articles/{article}/quotes/reject`"""
        answer: t.QuoteList = await self._connection.json("POST", path("/v1/articles/{article}/quotes/reject", article), None, body, {"Idempotency-Key": idempotency_key})
        return answer


class AsyncLinks(object):
    """What an article points to, here or on the web, and who points to it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        target: str | None = None,
        rel: t.LinkRel | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Link, t.LinkPage]:
        """List links: `GET /v1/links`"""
        return AsyncListing(self._connection, "/v1/links", {"target": target, "rel": rel, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def get(
        self,
        link_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Link:
        """Get a link: `GET /v1/links/{link_id}`"""
        answer: t.Link = await self._connection.json("GET", path("/v1/links/{link_id}", link_id), None, None, {"Min-Seq": min_seq})
        return answer

    async def update(
        self,
        link_id: str,
        body: t.LinkPatch,
        *,
        if_match: str | None = None,
    ) -> t.Link:
        """Change a link: `PATCH /v1/links/{link_id}`"""
        answer: t.Link = await self._connection.json("PATCH", path("/v1/links/{link_id}", link_id), None, body, {"If-Match": if_match})
        return answer

    async def delete(
        self,
        link_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a link: `DELETE /v1/links/{link_id}`"""
        await self._connection.nothing("DELETE", path("/v1/links/{link_id}", link_id), None, None, {"If-Match": if_match})

    def list_article_links(
        self,
        article: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Link, t.LinkPage]:
        """List an article's links: `GET /v1/articles/{article}/links`"""
        return AsyncListing(self._connection, path("/v1/articles/{article}/links", article), {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def create(
        self,
        article: str,
        body: t.NewLink,
        *,
        idempotency_key: str | None = None,
    ) -> t.Link:
        """Add a link to an article: `POST /v1/articles/{article}/links`"""
        answer: t.Link = await self._connection.json("POST", path("/v1/articles/{article}/links", article), None, body, {"Idempotency-Key": idempotency_key})
        return answer


class AsyncShortLinks(object):
    """A few letters that lead to an article, made with it or chosen by an editor, and how often they were followed."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def follow(
        self,
        code: str,
    ) -> t.ArticleRef:
        """Follow a short link: `GET /s/{code}`"""
        answer: t.ArticleRef = await self._connection.json("GET", path("/s/{code}", code), None, None, None)
        return answer

    def list(
        self,
        *,
        article: str | None = None,
        kind: t.ShortLinkKind | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.ShortLink, t.ShortLinkPage]:
        """List short links: `GET /v1/short-links`"""
        return AsyncListing(self._connection, "/v1/short-links", {"article": article, "kind": kind, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def get(
        self,
        code: str,
        *,
        min_seq: int | None = None,
    ) -> t.ShortLink:
        """Get a short link: `GET /v1/short-links/{code}`"""
        answer: t.ShortLink = await self._connection.json("GET", path("/v1/short-links/{code}", code), None, None, {"Min-Seq": min_seq})
        return answer

    async def put(
        self,
        code: str,
        body: t.NewShortLink,
        *,
        if_match: str | None = None,
    ) -> t.ShortLink:
        """Choose a code for an article: `PUT /v1/short-links/{code}`"""
        answer: t.ShortLink = await self._connection.json("PUT", path("/v1/short-links/{code}", code), None, body, {"If-Match": if_match})
        return answer

    async def delete(
        self,
        code: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Retire a short link: `DELETE /v1/short-links/{code}`"""
        await self._connection.nothing("DELETE", path("/v1/short-links/{code}", code), None, None, {"If-Match": if_match})


class AsyncImages(object):
    """Pictures, at the head of articles and in their bodies."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Image, t.ImagePage]:
        """List images: `GET /v1/images`"""
        return AsyncListing(self._connection, "/v1/images", {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def create(
        self,
        body: t.NewImage,
        *,
        idempotency_key: str | None = None,
    ) -> t.Image:
        """Create an image: `POST /v1/images`"""
        answer: t.Image = await self._connection.json("POST", "/v1/images", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    async def upload(
        self,
        body: bytes,
        *,
        idempotency_key: str | None = None,
    ) -> t.Image:
        """Upload a new image: `POST /v1/uploads`"""
        answer: t.Image = await self._connection.json("POST", "/v1/uploads", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    async def get(
        self,
        image_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Image:
        """Get an image: `GET /v1/images/{image_id}`"""
        answer: t.Image = await self._connection.json("GET", path("/v1/images/{image_id}", image_id), None, None, {"Min-Seq": min_seq})
        return answer

    async def update(
        self,
        image_id: str,
        body: t.ImagePatch,
        *,
        if_match: str | None = None,
    ) -> t.Image:
        """Change an image: `PATCH /v1/images/{image_id}`"""
        answer: t.Image = await self._connection.json("PATCH", path("/v1/images/{image_id}", image_id), None, body, {"If-Match": if_match})
        return answer

    async def delete(
        self,
        image_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete an image: `DELETE /v1/images/{image_id}`"""
        await self._connection.nothing("DELETE", path("/v1/images/{image_id}", image_id), None, None, {"If-Match": if_match})

    async def put_file(
        self,
        image_id: str,
        body: bytes,
        *,
        if_match: str | None = None,
    ) -> t.Image:
        """Put an image's file: `PUT /v1/images/{image_id}/file`"""
        answer: t.Image = await self._connection.json("PUT", path("/v1/images/{image_id}/file", image_id), None, body, {"If-Match": if_match})
        return answer

    async def get_media(
        self,
        file: str,
        *,
        w: int | None = None,
    ) -> httpx.Response:
        """Get a picture's file: `GET /media/{file}`"""
        return await self._connection.raw("GET", path("/media/{file}", file), {"w": w}, None, None)


class AsyncComments(object):
    """What readers say about an article, and what moderators decide about that."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list_article_comments(
        self,
        article: str,
        *,
        view: t.CommentView | None = None,
        order: t.CommentOrder | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Comment, t.CommentPage]:
        """List an article's comments: `GET /v1/articles/{article}/comments`"""
        return AsyncListing(self._connection, path("/v1/articles/{article}/comments", article), {"view": view, "order": order, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def create(
        self,
        article: str,
        body: t.NewComment,
        *,
        idempotency_key: str | None = None,
    ) -> t.Comment:
        """Post a comment: `POST /v1/articles/{article}/comments`"""
        answer: t.Comment = await self._connection.json("POST", path("/v1/articles/{article}/comments", article), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def list(
        self,
        *,
        state: t.CommentState | None = None,
        article: str | None = None,
        user_id: str | None = None,
        author: str | None = None,
        flagged: bool | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Comment, t.CommentPage]:
        """List comments of all articles: `GET /v1/comments`"""
        return AsyncListing(self._connection, "/v1/comments", {"state": state, "article": article, "user_id": user_id, "author": author, "flagged": flagged, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def get(
        self,
        comment_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Comment:
        """Get a comment: `GET /v1/comments/{comment_id}`"""
        answer: t.Comment = await self._connection.json("GET", path("/v1/comments/{comment_id}", comment_id), None, None, {"Min-Seq": min_seq})
        return answer

    async def delete(
        self,
        comment_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a comment: `DELETE /v1/comments/{comment_id}`"""
        await self._connection.nothing("DELETE", path("/v1/comments/{comment_id}", comment_id), None, None, {"If-Match": if_match})

    async def withdraw(
        self,
        comment_id: str,
        body: t.NewCommentWithdrawal,
        *,
        idempotency_key: str | None = None,
    ) -> t.Comment:
        """Take a comment back: `POST /v1/comments/{comment_id}/withdrawal`"""
        answer: t.Comment = await self._connection.json("POST", path("/v1/comments/{comment_id}/withdrawal", comment_id), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def list_flags(
        self,
        comment_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.CommentFlag, t.CommentFlagPage]:
        """List a comment's flags: `GET /v1/comments/{comment_id}/flags`"""
        return AsyncListing(self._connection, path("/v1/comments/{comment_id}/flags", comment_id), {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def flag(
        self,
        comment_id: str,
        body: t.NewCommentFlag,
        *,
        idempotency_key: str | None = None,
    ) -> t.CommentFlag:
        """Flag a comment: `POST /v1/comments/{comment_id}/flags`"""
        answer: t.CommentFlag = await self._connection.json("POST", path("/v1/comments/{comment_id}/flags", comment_id), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    async def decide(
        self,
        comment_id: str,
        body: t.NewCommentDecision,
        *,
        idempotency_key: str | None = None,
    ) -> t.Comment:
        """Decide on a comment: `POST /v1/comments/{comment_id}/decision`"""
        answer: t.Comment = await self._connection.json("POST", path("/v1/comments/{comment_id}/decision", comment_id), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    async def decide_comments(
        self,
        body: t.NewCommentDecisions,
        *,
        idempotency_key: str | None = None,
    ) -> t.CommentDecisionResults:
        """Decide on many comments: `POST /v1/comment-decisions`"""
        answer: t.CommentDecisionResults = await self._connection.json("POST", "/v1/comment-decisions", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def list_decisions(
        self,
        comment_id: str,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.CommentDecision, t.CommentDecisionPage]:
        """List the decisions on a comment: `GET /v1/comments/{comment_id}/decisions`"""
        return AsyncListing(self._connection, path("/v1/comments/{comment_id}/decisions", comment_id), {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    def list_words(
        self,
        *,
        kind: t.CommentWordKind | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.CommentWord, t.CommentWordPage]:
        """List the words the screening looks for: `GET /v1/comment-words`"""
        return AsyncListing(self._connection, "/v1/comment-words", {"kind": kind, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def create_word(
        self,
        body: t.NewCommentWord,
        *,
        idempotency_key: str | None = None,
    ) -> t.CommentWord:
        """Enter a word the screening looks for: `POST /v1/comment-words`"""
        answer: t.CommentWord = await self._connection.json("POST", "/v1/comment-words", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    async def get_word(
        self,
        word_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.CommentWord:
        """Get a word the screening looks for: `GET /v1/comment-words/{word_id}`"""
        answer: t.CommentWord = await self._connection.json("GET", path("/v1/comment-words/{word_id}", word_id), None, None, {"Min-Seq": min_seq})
        return answer

    async def delete_word(
        self,
        word_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Take a word off the list: `DELETE /v1/comment-words/{word_id}`"""
        await self._connection.nothing("DELETE", path("/v1/comment-words/{word_id}", word_id), None, None, {"If-Match": if_match})


class AsyncCommunityStandards(object):
    """The rules of the discussion, in their versions."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(
        self,
        *,
        min_seq: int | None = None,
    ) -> t.CommunityStandards:
        """Get the community standards: `GET /v1/community-standards`"""
        answer: t.CommunityStandards = await self._connection.json("GET", "/v1/community-standards", None, None, {"Min-Seq": min_seq})
        return answer

    async def put(
        self,
        body: t.NewCommunityStandards,
        *,
        if_match: str | None = None,
    ) -> t.CommunityStandards:
        """Replace the community standards: `PUT /v1/community-standards`"""
        answer: t.CommunityStandards = await self._connection.json("PUT", "/v1/community-standards", None, body, {"If-Match": if_match})
        return answer

    def list_versions(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.CommunityStandards, t.CommunityStandardsPage]:
        """List versions of the community standards: `GET /v1/community-standards/versions`"""
        return AsyncListing(self._connection, "/v1/community-standards/versions", {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def get_version(
        self,
        version: int,
        *,
        min_seq: int | None = None,
    ) -> t.CommunityStandards:
        """Get a version of the community standards: `GET /v1/community-standards/versions/{version}`"""
        answer: t.CommunityStandards = await self._connection.json("GET", path("/v1/community-standards/versions/{version}", version), None, None, {"Min-Seq": min_seq})
        return answer


class AsyncTags(object):
    """What articles are about."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        kind: t.TagKind | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Tag, t.TagPage]:
        """List tags: `GET /v1/tags`"""
        return AsyncListing(self._connection, "/v1/tags", {"kind": kind, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def create(
        self,
        body: t.NewTag,
        *,
        idempotency_key: str | None = None,
    ) -> t.Tag:
        """Create a tag: `POST /v1/tags`"""
        answer: t.Tag = await self._connection.json("POST", "/v1/tags", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    async def get(
        self,
        tag: str,
        *,
        min_seq: int | None = None,
    ) -> t.Tag:
        """Get a tag: `GET /v1/tags/{tag}`"""
        answer: t.Tag = await self._connection.json("GET", path("/v1/tags/{tag}", tag), None, None, {"Min-Seq": min_seq})
        return answer

    async def put(
        self,
        tag: str,
        body: t.NewTag,
        *,
        if_match: str | None = None,
    ) -> t.Tag:
        """Create or replace a tag: `PUT /v1/tags/{tag}`"""
        answer: t.Tag = await self._connection.json("PUT", path("/v1/tags/{tag}", tag), None, body, {"If-Match": if_match})
        return answer

    async def update(
        self,
        tag: str,
        body: t.TagPatch,
        *,
        if_match: str | None = None,
    ) -> t.Tag:
        """Change a tag: `PATCH /v1/tags/{tag}`"""
        answer: t.Tag = await self._connection.json("PATCH", path("/v1/tags/{tag}", tag), None, body, {"If-Match": if_match})
        return answer

    async def delete(
        self,
        tag: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a tag: `DELETE /v1/tags/{tag}`"""
        await self._connection.nothing("DELETE", path("/v1/tags/{tag}", tag), None, None, {"If-Match": if_match})

    async def merge(
        self,
        tag: str,
        body: t.Merge,
        *,
        idempotency_key: str | None = None,
    ) -> t.Tag:
        """Merge a tag into another: `POST /v1/tags/{tag}/merge`"""
        answer: t.Tag = await self._connection.json("POST", path("/v1/tags/{tag}/merge", tag), None, body, {"Idempotency-Key": idempotency_key})
        return answer


class AsyncPeople(object):
    """Who wrote, and who spoke."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        name: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Person, t.PersonPage]:
        """List people: `GET /v1/people`"""
        return AsyncListing(self._connection, "/v1/people", {"name": name, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def create(
        self,
        body: t.NewPerson,
        *,
        idempotency_key: str | None = None,
    ) -> t.Person:
        """Enter a person: `POST /v1/people`"""
        answer: t.Person = await self._connection.json("POST", "/v1/people", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    async def get(
        self,
        person: str,
        *,
        min_seq: int | None = None,
    ) -> t.Person:
        """Get a person: `GET /v1/people/{person}`"""
        answer: t.Person = await self._connection.json("GET", path("/v1/people/{person}", person), None, None, {"Min-Seq": min_seq})
        return answer

    async def update(
        self,
        person: str,
        body: t.PersonPatch,
        *,
        if_match: str | None = None,
    ) -> t.Person:
        """Change a person: `PATCH /v1/people/{person}`"""
        answer: t.Person = await self._connection.json("PATCH", path("/v1/people/{person}", person), None, body, {"If-Match": if_match})
        return answer

    async def delete(
        self,
        person: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a person: `DELETE /v1/people/{person}`"""
        await self._connection.nothing("DELETE", path("/v1/people/{person}", person), None, None, {"If-Match": if_match})

    async def merge(
        self,
        person: str,
        body: t.Merge,
        *,
        idempotency_key: str | None = None,
    ) -> t.Person:
        """Merge a person into another: `POST /v1/people/{person}/merge`"""
        answer: t.Person = await self._connection.json("POST", path("/v1/people/{person}/merge", person), None, body, {"Idempotency-Key": idempotency_key})
        return answer


class AsyncSearch(object):
    """What a few typed letters can become. Full text is asked of articles and quotes."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_suggestions(
        self,
        *,
        q: str | None = None,
        limit: int | None = None,
        min_seq: int | None = None,
    ) -> t.SuggestionList:
        """Complete what is typed: `GET /v1/suggest`"""
        answer: t.SuggestionList = await self._connection.json("GET", "/v1/suggest", {"q": q, "limit": limit}, None, {"Min-Seq": min_seq})
        return answer


class AsyncStreams(object):
    """What can be heard or seen live, and what is on when."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        status: Sequence[t.StreamStatus] | None = None,
        kind: t.StreamKind | None = None,
        language: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Stream, t.StreamPage]:
        """List streams: `GET /v1/streams`"""
        return AsyncListing(self._connection, "/v1/streams", {"status": status, "kind": kind, "language": language, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def create(
        self,
        body: t.NewStream,
        *,
        idempotency_key: str | None = None,
    ) -> t.Stream:
        """Create a stream: `POST /v1/streams`"""
        answer: t.Stream = await self._connection.json("POST", "/v1/streams", None, body, {"Idempotency-Key": idempotency_key})
        return answer

    async def get(
        self,
        stream: str,
        *,
        min_seq: int | None = None,
    ) -> t.Stream:
        """Get a stream: `GET /v1/streams/{stream}`"""
        answer: t.Stream = await self._connection.json("GET", path("/v1/streams/{stream}", stream), None, None, {"Min-Seq": min_seq})
        return answer

    async def put(
        self,
        stream: str,
        body: t.NewStream,
        *,
        if_match: str | None = None,
    ) -> t.Stream:
        """Create or replace a stream: `PUT /v1/streams/{stream}`"""
        answer: t.Stream = await self._connection.json("PUT", path("/v1/streams/{stream}", stream), None, body, {"If-Match": if_match})
        return answer

    async def update(
        self,
        stream: str,
        body: t.StreamPatch,
        *,
        if_match: str | None = None,
    ) -> t.Stream:
        """Change a stream: `PATCH /v1/streams/{stream}`"""
        answer: t.Stream = await self._connection.json("PATCH", path("/v1/streams/{stream}", stream), None, body, {"If-Match": if_match})
        return answer

    async def delete(
        self,
        stream: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a stream: `DELETE /v1/streams/{stream}`"""
        await self._connection.nothing("DELETE", path("/v1/streams/{stream}", stream), None, None, {"If-Match": if_match})

    def get_schedule(
        self,
        stream: str,
        *,
        from_: str | None = None,
        to: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Programme, t.SchedulePage]:
        """Get a stream's schedule: `GET /v1/streams/{stream}/schedule`"""
        return AsyncListing(self._connection, path("/v1/streams/{stream}/schedule", stream), {"from": from_, "to": to, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def put_schedule(
        self,
        stream: str,
        body: t.NewSchedule,
        *,
        if_match: str | None = None,
    ) -> t.Schedule:
        """Replace a part of a stream's schedule: `PUT /v1/streams/{stream}/schedule`"""
        answer: t.Schedule = await self._connection.json("PUT", path("/v1/streams/{stream}/schedule", stream), None, body, {"If-Match": if_match})
        return answer

    async def get_programme(
        self,
        programme_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Programme:
        """Get a programme: `GET /v1/programmes/{programme_id}`"""
        answer: t.Programme = await self._connection.json("GET", path("/v1/programmes/{programme_id}", programme_id), None, None, {"Min-Seq": min_seq})
        return answer

    async def update_programme(
        self,
        programme_id: str,
        body: t.ProgrammePatch,
        *,
        if_match: str | None = None,
    ) -> t.Programme:
        """Change a programme: `PATCH /v1/programmes/{programme_id}`"""
        answer: t.Programme = await self._connection.json("PATCH", path("/v1/programmes/{programme_id}", programme_id), None, body, {"If-Match": if_match})
        return answer

    async def delete_programme(
        self,
        programme_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a programme: `DELETE /v1/programmes/{programme_id}`"""
        await self._connection.nothing("DELETE", path("/v1/programmes/{programme_id}", programme_id), None, None, {"If-Match": if_match})


class AsyncChanges(AsyncFollowing):
    """What has changed since: to be read, waited for or listened to."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list(
        self,
        *,
        after: int | None = None,
        limit: int | None = None,
        kind: Sequence[t.ChangeKind] | None = None,
        tag: str | None = None,
        wait: int | None = None,
        include: Sequence[t.ChangePart] | None = None,
        min_seq: int | None = None,
    ) -> t.ChangePage:
        """List changes: `GET /v1/changes`"""
        answer: t.ChangePage = await self._connection.json("GET", "/v1/changes", {"after": after, "limit": limit, "kind": kind, "tag": tag, "wait": wait, "include": include}, None, {"Min-Seq": min_seq})
        return answer

    async def stream(
        self,
        *,
        after: int | None = None,
        kind: Sequence[t.ChangeKind] | None = None,
        tag: str | None = None,
        include: Sequence[t.ChangePart] | None = None,
        min_seq: int | None = None,
    ) -> httpx.Response:
        """Stream changes: `GET /v1/changes/stream`"""
        return await self._connection.raw("GET", "/v1/changes/stream", {"after": after, "kind": kind, "tag": tag, "include": include}, None, {"Min-Seq": min_seq})


class AsyncWebhooks(object):
    """Who is told of changes, by signed messages as Standard Webhooks has them. Needs the scope `admin`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        state: t.WebhookState | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Webhook, t.WebhookPage]:
        """List webhooks: `GET /v1/webhooks`"""
        return AsyncListing(self._connection, "/v1/webhooks", {"state": state, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def create(
        self,
        body: t.NewWebhook,
    ) -> t.CreatedWebhook:
        """Make a webhook: `POST /v1/webhooks`"""
        answer: t.CreatedWebhook = await self._connection.json("POST", "/v1/webhooks", None, body, None)
        return answer

    async def get(
        self,
        webhook_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Webhook:
        """Get a webhook: `GET /v1/webhooks/{webhook_id}`"""
        answer: t.Webhook = await self._connection.json("GET", path("/v1/webhooks/{webhook_id}", webhook_id), None, None, {"Min-Seq": min_seq})
        return answer

    async def update(
        self,
        webhook_id: str,
        body: t.WebhookPatch,
        *,
        if_match: str | None = None,
    ) -> t.Webhook:
        """Change a webhook: `PATCH /v1/webhooks/{webhook_id}`"""
        answer: t.Webhook = await self._connection.json("PATCH", path("/v1/webhooks/{webhook_id}", webhook_id), None, body, {"If-Match": if_match})
        return answer

    async def delete(
        self,
        webhook_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Delete a webhook: `DELETE /v1/webhooks/{webhook_id}`"""
        await self._connection.nothing("DELETE", path("/v1/webhooks/{webhook_id}", webhook_id), None, None, {"If-Match": if_match})

    async def rotate(
        self,
        webhook_id: str,
    ) -> t.CreatedWebhook:
        """Give a webhook a new secret: `POST /v1/webhooks/{webhook_id}/rotate`"""
        answer: t.CreatedWebhook = await self._connection.json("POST", path("/v1/webhooks/{webhook_id}/rotate", webhook_id), None, None, None)
        return answer

    async def replay(
        self,
        webhook_id: str,
        body: t.NewReplay,
        *,
        idempotency_key: str | None = None,
    ) -> t.Webhook:
        """Send a webhook changes again: `POST /v1/webhooks/{webhook_id}/replay`"""
        answer: t.Webhook = await self._connection.json("POST", path("/v1/webhooks/{webhook_id}/replay", webhook_id), None, body, {"Idempotency-Key": idempotency_key})
        return answer

    def list_deliveries(
        self,
        webhook_id: str,
        *,
        state: t.WebhookDeliveryState | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.WebhookDelivery, t.WebhookDeliveryPage]:
        """List a webhook's deliveries: `GET /v1/webhooks/{webhook_id}/deliveries`"""
        return AsyncListing(self._connection, path("/v1/webhooks/{webhook_id}/deliveries", webhook_id), {"state": state, "limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def get_delivery(
        self,
        delivery_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.WebhookDelivery:
        """Get a delivery: `GET /v1/webhook-deliveries/{delivery_id}`"""
        answer: t.WebhookDelivery = await self._connection.json("GET", path("/v1/webhook-deliveries/{delivery_id}", delivery_id), None, None, {"Min-Seq": min_seq})
        return answer

    async def ping(
        self,
        webhook_id: str,
        *,
        idempotency_key: str | None = None,
    ) -> t.WebhookDelivery:
        """Send a webhook a ping: `POST /v1/webhooks/{webhook_id}/ping`"""
        answer: t.WebhookDelivery = await self._connection.json("POST", path("/v1/webhooks/{webhook_id}/ping", webhook_id), None, None, {"Idempotency-Key": idempotency_key})
        return answer

    async def redeliver_delivery(
        self,
        delivery_id: str,
        *,
        idempotency_key: str | None = None,
    ) -> t.WebhookDelivery:
        """Send a delivery again: `POST /v1/webhook-deliveries/{delivery_id}/redeliver`"""
        answer: t.WebhookDelivery = await self._connection.json("POST", path("/v1/webhook-deliveries/{delivery_id}/redeliver", delivery_id), None, None, {"Idempotency-Key": idempotency_key})
        return answer


class AsyncKeys(object):
    """What lets programs in. Needs the scope `admin`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def list(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        count: t.Count | None = None,
        min_seq: int | None = None,
    ) -> AsyncListing[t.Key, t.KeyPage]:
        """List keys: `GET /v1/keys`"""
        return AsyncListing(self._connection, "/v1/keys", {"limit": limit, "cursor": cursor, "count": count}, {"Min-Seq": min_seq})

    async def create(
        self,
        body: t.NewKey,
    ) -> t.CreatedKey:
        """Make a key: `POST /v1/keys`"""
        answer: t.CreatedKey = await self._connection.json("POST", "/v1/keys", None, body, None)
        return answer

    async def get(
        self,
        key_id: str,
        *,
        min_seq: int | None = None,
    ) -> t.Key:
        """Get a key: `GET /v1/keys/{key_id}`"""
        answer: t.Key = await self._connection.json("GET", path("/v1/keys/{key_id}", key_id), None, None, {"Min-Seq": min_seq})
        return answer

    async def revoke(
        self,
        key_id: str,
        *,
        if_match: str | None = None,
    ) -> None:
        """Revoke a key: `DELETE /v1/keys/{key_id}`"""
        await self._connection.nothing("DELETE", path("/v1/keys/{key_id}", key_id), None, None, {"If-Match": if_match})


class AsyncHealth(object):
    """Whether the server lives and can serve."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(
        self,
    ) -> t.Health:
        """Ask whether the server lives: `GET /healthz`"""
        answer: t.Health = await self._connection.json("GET", "/healthz", None, None, None)
        return answer

    async def get_readiness(
        self,
    ) -> t.Health:
        """Ask whether the server can serve: `GET /readyz`"""
        answer: t.Health = await self._connection.json("GET", "/readyz", None, None, None)
        return answer


class AsyncResources:
    """Every resource of one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.articles = AsyncArticles(connection)
        self.quotes = AsyncQuotes(connection)
        self.links = AsyncLinks(connection)
        self.short_links = AsyncShortLinks(connection)
        self.images = AsyncImages(connection)
        self.comments = AsyncComments(connection)
        self.community_standards = AsyncCommunityStandards(connection)
        self.tags = AsyncTags(connection)
        self.people = AsyncPeople(connection)
        self.search = AsyncSearch(connection)
        self.streams = AsyncStreams(connection)
        self.changes = AsyncChanges(connection)
        self.webhooks = AsyncWebhooks(connection)
        self.keys = AsyncKeys(connection)
        self.health = AsyncHealth(connection)
