"""What no real server does when it is asked to: the network fails, answers are late, caches stand between."""

import asyncio
import time
import unittest
from typing import Any

import httpx

from onrecord import AsyncOnrecord, Onrecord, Problem, StartOver, etag_of

Answer = httpx.Response | Exception


class Server:
    """Answers from a list, and keeps the requests."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        assert self.answers, f"nobody expected {request.method} {request.url}"
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, **options: Any) -> Onrecord:
        http = httpx.Client(transport=httpx.MockTransport(self))
        return Onrecord("https://api.example/base/", "onr_x", http=http, **options)

    def tags(self) -> list[str | None]:
        return [request.headers.get("if-none-match") for request in self.requests]


def json(body: object, status: int = 200, **headers: str) -> httpx.Response:
    return httpx.Response(status, json=body, headers=headers)


def problem(status: int, code: str, after: str | None = None) -> httpx.Response:
    body = {"type": "about:blank", "title": code, "status": status, "code": code, "detail": code, "errors": [], "request_id": "r"}
    return httpx.Response(status, json=body, headers={"retry-after": after} if after else {})


def lost() -> httpx.TransportError:
    return httpx.ConnectError("refused")


class Lists(unittest.TestCase):
    def test_is_asked_for_page_by_page_and_only_when_one_comes_to_it(self) -> None:
        server = Server(
            json({"items": [{"slug": "a"}, {"slug": "b"}], "next_cursor": "c1", "total": None}),
            json({"items": [{"slug": "c"}], "next_cursor": None, "total": None}),
        )
        articles = server.client().articles.list(tag="russia|china", include=["quotes", "body"], from_="2020-01-01", highlight=True)
        self.assertEqual(server.requests, [])
        self.assertEqual([article["slug"] for article in articles], ["a", "b", "c"])
        first, second = (request.url for request in server.requests)
        self.assertEqual(first.path, "/base/v1/articles")
        asked = {"tag": "russia|china", "include": "quotes,body", "from": "2020-01-01", "highlight": "true"}
        self.assertEqual(dict(first.params), asked)
        self.assertEqual(dict(second.params), {**asked, "cursor": "c1"})
        self.assertEqual(server.requests[0].headers["authorization"], "Bearer onr_x")

    def test_what_is_in_a_path_stays_in_its_place(self) -> None:
        server = Server(json({}))
        server.client().articles.get("a/b?c#d")
        self.assertEqual(server.requests[0].url.raw_path, b"/base/v1/articles/a%2Fb%3Fc%23d")


class Tries(unittest.TestCase):
    def test_a_read_is_tried_again(self) -> None:
        server = Server(problem(503, "overloaded", "0"), lost(), json({"slug": "a"}))
        self.assertEqual(server.client().articles.get("a")["slug"], "a")
        self.assertEqual(len(server.requests), 3)

    def test_a_write_only_with_a_key_that_makes_it_safe(self) -> None:
        with self.assertRaises(Problem) as caught:
            Server(problem(503, "overloaded", "0")).client().articles.create({"title": "T"})
        self.assertEqual((caught.exception.status, caught.exception.code), (503, "overloaded"))
        with self.assertRaises(httpx.ConnectError):
            Server(lost()).client().articles.update("a", {"title": "T"})
        server = Server(problem(409, "request-in-flight"), json({"slug": "a"}, 201))
        server.client().articles.create({"title": "T"}, idempotency_key="k")
        self.assertEqual([request.headers["idempotency-key"] for request in server.requests], ["k", "k"])

    def test_trying_again_has_an_end(self) -> None:
        server = Server(lost(), lost(), lost())
        with self.assertRaises(httpx.ConnectError):
            server.client().articles.get("a")
        self.assertEqual(len(server.requests), 3)
        with self.assertRaises(httpx.ConnectError):
            Server(lost()).client(retries=0).articles.get("a")
        with self.assertRaises(Problem):
            Server(problem(404, "not-found")).client().articles.get("a")

    def test_retry_after_is_waited_for_but_not_for_long(self) -> None:
        begun = time.monotonic()
        Server(problem(429, "rate-limited", "1"), json({})).client().articles.get("a")
        self.assertGreaterEqual(time.monotonic() - begun, 0.99)
        with self.assertRaises(Problem) as caught:
            Server(problem(503, "read-only", "31")).client().articles.get("a")
        self.assertEqual(caught.exception.retry_after, 31)
        date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 120))
        with self.assertRaises(Problem) as caught:
            Server(problem(503, "read-only", date)).client().articles.get("a")
        self.assertGreater(caught.exception.retry_after or 0, 100)

    def test_what_stands_between_and_answers_in_html_is_a_problem_too(self) -> None:
        with self.assertRaises(Problem) as caught:
            Server(httpx.Response(502, html="<h1>Bad Gateway</h1>")).client(retries=0).articles.get("a")
        self.assertEqual((caught.exception.status, caught.exception.code), (502, "unknown"))


class Answers(unittest.TestCase):
    def test_what_has_not_changed_is_not_sent_again(self) -> None:
        server = Server(json({"slug": "a"}, etag='"1"'), httpx.Response(304, headers={"etag": '"1"'}), json({"slug": "b"}, etag='"2"'))
        articles = server.client().articles
        first = articles.get("a")
        first["slug"] = "spoiled by its holder"
        second = articles.get("a")
        self.assertEqual((second["slug"], etag_of(second)), ("a", '"1"'))
        self.assertEqual(articles.get("a")["slug"], "b")
        self.assertEqual(server.tags(), [None, '"1"', '"1"'])

    def test_only_the_newest_are_remembered(self) -> None:
        server = Server(*(json({"slug": slug}, etag=f'"{slug}"') for slug in "aba"))
        client = server.client(cache=1)
        for slug in "aba":
            client.articles.get(slug)
        self.assertEqual(server.tags(), [None, None, None])


def changes() -> list[Answer]:
    return [
        json({"items": [{"seq": 6}], "last_seq": 6, "has_more": False}),
        problem(503, "unavailable"),
        json({"items": [], "last_seq": 8, "has_more": False}),
        json({"items": [{"seq": 9}, {"seq": 10}], "last_seq": 10, "has_more": False}),
        problem(410, "gone"),
    ]


class Following(unittest.TestCase):
    def test_goes_on_where_it_was_through_failures_and_says_when_to_start_over(self) -> None:
        server = Server(*changes())
        seen = []
        with self.assertRaises(StartOver):
            for change in server.client(retries=0).changes.follow(after=5):
                seen.append(change["seq"])
        self.assertEqual(seen, [6, 9, 10])
        self.assertEqual([request.url.params["after"] for request in server.requests], ["5", "6", "6", "8", "10"])
        self.assertEqual({request.url.params["wait"] for request in server.requests}, {"30"})

    def test_from_now_on_begins_with_the_end_of_the_log(self) -> None:
        stream = httpx.Response(200, text="retry: 2000\nid: 41\n\n", headers={"content-type": "text/event-stream"})
        server = Server(stream, json({"items": [{"seq": 42}], "last_seq": 42, "has_more": False}))
        self.assertEqual(next(iter(server.client().changes.follow()))["seq"], 42)
        self.assertEqual(server.requests[1].url.params["after"], "41")


class Asynchronous(unittest.TestCase):
    def test_has_the_same(self) -> None:
        server = Server(
            lost(),
            json({"items": [{"slug": "a"}], "next_cursor": "c1", "total": None}, etag='"1"'),
            json({"items": [{"slug": "b"}], "next_cursor": None, "total": None}),
            httpx.Response(304, headers={"etag": '"1"'}),
            problem(503, "read-only", "31"),
            *changes(),
        )

        async def story() -> None:
            http = httpx.AsyncClient(transport=httpx.MockTransport(server))
            async with AsyncOnrecord("https://api.example", http=http, retries=1) as client:
                tags = client.tags.list()
                self.assertEqual([tag["slug"] async for tag in tags], ["a", "b"])
                self.assertEqual((await tags.page())["items"][0]["slug"], "a")
                with self.assertRaises(Problem):
                    await client.tags.get("a")
                seen = []
                with self.assertRaises(StartOver):
                    async for change in client.changes.follow(after=5):
                        seen.append(change["seq"])
                self.assertEqual(seen, [6, 9, 10])

        asyncio.run(story())


if __name__ == "__main__":
    unittest.main()
