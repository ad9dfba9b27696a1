"""A round trip with the client that openapi-python-client makes, against the server at ONRECORD_URL."""

import os

from onrecord_client import AuthenticatedClient
from onrecord_client.api.articles import (
    create_article,
    delete_article,
    get_article,
    list_articles,
    update_article,
)
from onrecord_client.models import (
    AnchorStatus,
    Article,
    ArticleOrder,
    ArticlePage,
    ArticlePatch,
    LinkRel,
    NewArticle,
    NewLink,
    NewQuote,
    Problem,
    QuoteKind,
    Status,
)
from onrecord_client.types import UNSET, Unset

ARTICLES = 5
TAG = "round-trip-python"


def create(client: AuthenticatedClient, number: int) -> str:
    body = NewArticle(
        title=f"Round trip {number} in Python",
        body="“We see a clear trend.”",
        standfirst="A lead.",
        status=Status.PUBLISHED,
        tags=[TAG, "Öffentlich"],
        quotes=[NewQuote(text="We see a clear trend.", speaker_name="Zhang Xin", kind=QuoteKind.FULL)],
        links=[NewLink(rel=LinkRel.BACKGROUND, title="Elsewhere", url="https://news.example/elsewhere")],
    )
    answer = create_article.sync_detailed(client=client, body=body, idempotency_key=f"{TAG}-{number}")
    article = answer.parsed
    assert isinstance(article, Article), article
    assert answer.status_code == 201 and "location" in answer.headers
    assert article.tags[0].slug == TAG
    assert article.quotes[0].speaker is not None and article.quotes[0].speaker.name == "Zhang Xin"
    assert article.quotes[0].anchor.status == AnchorStatus.ANCHORED
    assert article.links[0].rel == LinkRel.BACKGROUND
    return str(article.id)


def listed(client: AuthenticatedClient) -> list[str]:
    found: list[str] = []
    cursor: str | Unset = UNSET
    while True:
        page = list_articles.sync(client=client, tag=TAG, limit=2, order=ArticleOrder.PUBLISHED_AT, cursor=cursor)
        assert isinstance(page, ArticlePage) and len(page.items) <= 2, page
        found += [str(article.id) for article in page.items]
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


def main() -> None:
    client = AuthenticatedClient(base_url=os.environ["ONRECORD_URL"], token=os.environ["ONRECORD_KEY"])
    made = [create(client, number) for number in range(ARTICLES)]
    assert listed(client) == made, "each article is on some page, once, in order"

    for lead in (None, "A lead again."):
        patched = update_article.sync(made[0], client=client, body=ArticlePatch(standfirst=lead))
        assert isinstance(patched, Article) and patched.standfirst == lead, patched
        assert patched.title == "Round trip 0 in Python"

    refused = create_article.sync(client=client, body=NewArticle(title="Refused", language="no language"))
    assert isinstance(refused, Problem) and refused.status == 422 and refused.code == "invalid-field", refused
    assert [fault.pointer for fault in refused.errors] == ["/language"]

    answer = get_article.sync_detailed(made[0], client=client)
    again = get_article.sync_detailed(made[0], client=client, if_none_match=answer.headers["etag"])
    assert again.status_code == 304 and again.content == b""

    for article in made:
        assert delete_article.sync_detailed(article, client=client).status_code == 204
    gone = get_article.sync(made[0], client=client)
    assert isinstance(gone, Problem) and gone.code == "not-found"
    print("python (openapi-python-client): created, listed, patched, refused, revalidated, deleted")


if __name__ == "__main__":
    main()
