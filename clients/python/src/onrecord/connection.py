"""The way to one server: every resource sends its requests here."""

from __future__ import annotations

import asyncio
import json as jsons
import random
import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx

from .problem import Problem

Query = Mapping[str, Any] | None
Headers = Mapping[str, str | int | None] | None

# What may be sent twice without anything happening twice.
IDEMPOTENT = ("GET", "HEAD", "PUT", "DELETE")


class Thing(dict[str, Any]):
    """What was answered, and the ETag it came with."""

    etag: str | None = None


def etag_of(thing: Any) -> str | None:
    """The ETag that a thing came with, to be sent as `if_match` when it is changed."""
    return thing.etag if isinstance(thing, Thing) else None


def path(template: str, *places: str | int) -> str:
    """A path with its places filled, whatever is in them."""
    parts = iter(places)
    return "/".join(quote(str(next(parts)), safe="") if part.startswith("{") else part for part in template.split("/"))


class Waiting:
    """What both connections know: how a request is put, what of it is remembered, when it is tried again."""

    def __init__(self, url: str, key: str | None, retries: int, patience: float, cache: int) -> None:
        self.url = url.rstrip("/")
        self.retries = retries
        self.patience = patience
        self.cache = cache
        self.seq: int | None = None
        """How far the log of changes goes with what was written here: send it as `min_seq` to read one's own writes."""
        self._own = {"Authorization": f"Bearer {key}"} if key else {}
        self._remembered: OrderedDict[str, tuple[str, str]] = OrderedDict()

    def _request(self, method: str, where: str, query: Query, body: Any, headers: Headers) -> httpx.Request:
        # A list is one value with commas; what is not given is not sent.
        asked = {name: text(value) for name, value in (query or {}).items() if value is not None}
        sent = {**self._own, **{name: str(value) for name, value in (headers or {}).items() if value is not None}}
        content: bytes | None = None
        if isinstance(body, (bytes, bytearray)):
            content, sent["Content-Type"] = bytes(body), "application/octet-stream"
        elif body is not None:
            content, sent["Content-Type"] = jsons.dumps(body).encode(), "application/json"
        return httpx.Request(method, self.url + where, params=asked or None, content=content, headers=sent)

    def _asks(self, request: httpx.Request) -> tuple[str, str] | None:
        """What is remembered of an answer, which the request then asks to be spared."""
        known = self._remembered.get(str(request.url)) if request.method == "GET" else None
        if known:
            request.headers["If-None-Match"] = known[0]
        return known

    def _read(self, request: httpx.Request, response: httpx.Response, known: tuple[str, str] | None) -> Any:
        if response.status_code == 304 and known:
            etag, body = known
        else:
            etag, body = response.headers.get("etag", ""), response.text
        if request.method == "GET" and etag:
            url = str(request.url)
            self._remembered[url] = (etag, body)
            self._remembered.move_to_end(url)
            while len(self._remembered) > self.cache:
                self._remembered.popitem(last=False)
        if not body:
            return None
        answer = jsons.loads(body)
        if isinstance(answer, dict):
            answer = Thing(answer)
            answer.etag = etag or None
        return answer

    def _wrote(self, response: httpx.Response) -> None:
        seq = response.headers.get("onrecord-seq")
        if seq is not None:
            self.seq = max(self.seq or 0, int(seq))

    def _tries(self, request: httpx.Request) -> int:
        repeatable = request.method in IDEMPOTENT or "idempotency-key" in request.headers
        return 1 + (self.retries if repeatable else 0)

    def _pause(self, failure: Exception, tried: int) -> float | None:
        """How many seconds to wait before the next try; None where there is none to be made."""
        # Twice as long each time, and never all at once.
        own = float(0.25 * 2**tried * random.uniform(0.5, 1.5))
        if not isinstance(failure, Problem):
            return own
        asked = failure.retry_after or 0
        return max(own, asked) if failure.is_passing and asked <= self.patience else None


def text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ",".join(text(part) for part in value)
    return str(value)


class Connection(Waiting):
    """The way to one server, for programs that wait for each answer."""

    def __init__(
        self, url: str, key: str | None = None, *, retries: int = 2, patience: float = 30, cache: int = 100, http: httpx.Client | None = None
    ) -> None:
        super().__init__(url, key, retries, patience, cache)
        # A change may be waited for as long as the server does, and a little longer.
        self.http = http or httpx.Client(timeout=40)

    def raw(self, method: str, where: str, query: Query = None, body: Any = None, headers: Headers = None) -> httpx.Response:
        """The answer to a request as it comes."""
        return self._send(self._request(method, where, query, body, headers))

    def json(self, method: str, where: str, query: Query = None, body: Any = None, headers: Headers = None) -> Any:
        """The JSON that answers a request."""
        request = self._request(method, where, query, body, headers)
        known = self._asks(request)
        return self._read(request, self._send(request, known is not None), known)

    def nothing(self, method: str, where: str, query: Query = None, body: Any = None, headers: Headers = None) -> None:
        """Sends a request that is answered with nothing."""
        self.raw(method, where, query, body, headers)

    def _send(self, request: httpx.Request, asked: bool = False) -> httpx.Response:
        tries = self._tries(request)
        for tried in range(tries):
            failure: Exception
            try:
                response = self.http.send(request)
                self._wrote(response)
                if response.is_success or (asked and response.status_code == 304):
                    return response
                failure = Problem(response)
            except httpx.TransportError as error:
                failure = error
            pause = self._pause(failure, tried)
            if tried + 1 == tries or pause is None:
                raise failure
            time.sleep(pause)
        raise AssertionError("a request is tried at least once")


class AsyncConnection(Waiting):
    """The way to one server, for asyncio."""

    def __init__(
        self,
        url: str,
        key: str | None = None,
        *,
        retries: int = 2,
        patience: float = 30,
        cache: int = 100,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        super().__init__(url, key, retries, patience, cache)
        self.http = http or httpx.AsyncClient(timeout=40)

    async def raw(self, method: str, where: str, query: Query = None, body: Any = None, headers: Headers = None) -> httpx.Response:
        """The answer to a request as it comes."""
        return await self._send(self._request(method, where, query, body, headers))

    async def json(self, method: str, where: str, query: Query = None, body: Any = None, headers: Headers = None) -> Any:
        """The JSON that answers a request."""
        request = self._request(method, where, query, body, headers)
        known = self._asks(request)
        return self._read(request, await self._send(request, known is not None), known)

    async def nothing(self, method: str, where: str, query: Query = None, body: Any = None, headers: Headers = None) -> None:
        """Sends a request that is answered with nothing."""
        await self.raw(method, where, query, body, headers)

    async def _send(self, request: httpx.Request, asked: bool = False) -> httpx.Response:
        tries = self._tries(request)
        for tried in range(tries):
            failure: Exception
            try:
                response = await self.http.send(request)
                self._wrote(response)
                if response.is_success or (asked and response.status_code == 304):
                    return response
                failure = Problem(response)
            except httpx.TransportError as error:
                failure = error
            pause = self._pause(failure, tried)
            if tried + 1 == tries or pause is None:
                raise failure
            await asyncio.sleep(pause)
        raise AssertionError("a request is tried at least once")
