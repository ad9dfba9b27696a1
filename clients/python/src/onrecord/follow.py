"""Following what changes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import httpx

from . import types as t
from .connection import AsyncConnection, Connection
from .problem import Problem

CHANGES = "/v1/changes"
STREAM = "/v1/changes/stream"


class StartOver(Exception):
    """The log does not go back to where you were: fetch everything anew, then follow from there."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def pause(failure: Exception, tried: int) -> float:
    """How long to wait for a server that is away; raises what waiting does not help."""
    asked = 0.0
    if isinstance(failure, Problem):
        if failure.code == "gone":
            raise StartOver(failure) from failure
        if failure.status < 500 and failure.status != 429:
            raise failure
        asked = failure.retry_after or 0
    return max(asked, 30.0 if tried > 5 else 0.5 * 2.0**tried)


def number(line: str) -> int | None:
    """The number of an event, if this line tells it."""
    return int(line.removeprefix("id:")) if line.startswith("id:") else None


class Following:
    """What `changes` can do beside asking for a page."""

    _connection: Connection

    def follow(
        self,
        *,
        after: int | None = None,
        kind: Sequence[t.ChangeKind] | None = None,
        tag: str | None = None,
        include: Sequence[t.ChangePart] | None = None,
    ) -> Iterator[t.Change]:
        """Every change as it happens, since the change `after` or from now on; a server that is away is asked again.

        Remember the `seq` of the last one you have dealt with. Raises `StartOver` when the log does not go back so far.
        """
        asked: dict[str, Any] = {"kind": kind, "tag": tag, "include": include, "wait": 30}
        asked["after"] = self._newest() if after is None else after
        while True:
            page = self._page(asked)
            yield from page["items"]
            asked["after"] = page["last_seq"]

    def _page(self, asked: dict[str, Any]) -> t.ChangePage:
        tried = 0
        while True:
            try:
                page: t.ChangePage = self._connection.json("GET", CHANGES, asked)
                return page
            except (Problem, httpx.TransportError) as failure:
                time.sleep(pause(failure, tried))
                tried += 1

    def _newest(self) -> int:
        """How far the log goes now: the stream of changes begins with it."""
        request = self._connection._request("GET", STREAM, None, None, None)
        response = self._connection.http.send(request, stream=True)
        try:
            if not response.is_success:
                response.read()
                raise Problem(response)
            for line in response.iter_lines():
                if (found := number(line)) is not None:
                    return found
        finally:
            response.close()
        raise httpx.RemoteProtocolError("the stream of changes ended before it began")


class AsyncFollowing:
    """What `changes` can do beside asking for a page."""

    _connection: AsyncConnection

    async def follow(
        self,
        *,
        after: int | None = None,
        kind: Sequence[t.ChangeKind] | None = None,
        tag: str | None = None,
        include: Sequence[t.ChangePart] | None = None,
    ) -> AsyncIterator[t.Change]:
        """Every change as it happens, since the change `after` or from now on; a server that is away is asked again.

        Remember the `seq` of the last one you have dealt with. Raises `StartOver` when the log does not go back so far.
        """
        asked: dict[str, Any] = {"kind": kind, "tag": tag, "include": include, "wait": 30}
        asked["after"] = await self._newest() if after is None else after
        while True:
            page = await self._page(asked)
            for change in page["items"]:
                yield change
            asked["after"] = page["last_seq"]

    async def _page(self, asked: dict[str, Any]) -> t.ChangePage:
        tried = 0
        while True:
            try:
                page: t.ChangePage = await self._connection.json("GET", CHANGES, asked)
                return page
            except (Problem, httpx.TransportError) as failure:
                await asyncio.sleep(pause(failure, tried))
                tried += 1

    async def _newest(self) -> int:
        """How far the log goes now: the stream of changes begins with it."""
        request = self._connection._request("GET", STREAM, None, None, None)
        response = await self._connection.http.send(request, stream=True)
        try:
            if not response.is_success:
                await response.aread()
                raise Problem(response)
            async for line in response.aiter_lines():
                if (found := number(line)) is not None:
                    return found
        finally:
            await response.aclose()
        raise httpx.RemoteProtocolError("the stream of changes ended before it began")
