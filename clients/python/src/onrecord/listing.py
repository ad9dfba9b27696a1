"""Lists that are fetched page by page, when one comes to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, Generic, TypeVar

from .connection import AsyncConnection, Connection, Headers

Item = TypeVar("Item")
Page = TypeVar("Page")


class Listing(Generic[Item, Page]):
    """A list to go through with `for`. Nothing is asked for before the first item or page is."""

    def __init__(self, connection: Connection, where: str, query: dict[str, Any], headers: Headers = None) -> None:
        self._connection, self._where, self._query, self._headers = connection, where, query, headers

    def page(self) -> Page:
        """One page: the first, or the one that `cursor` stands for."""
        page: Page = self._connection.json("GET", self._where, self._query, None, self._headers)
        return page

    def pages(self) -> Iterator[Page]:
        """Page after page."""
        query = self._query
        while True:
            page: Any = self._connection.json("GET", self._where, query, None, self._headers)
            yield page
            if page["next_cursor"] is None:
                return
            query = {**self._query, "cursor": page["next_cursor"]}

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            items: list[Item] = page["items"]  # type: ignore[index]
            yield from items


class AsyncListing(Generic[Item, Page]):
    """A list to go through with `async for`. Nothing is asked for before the first item or page is."""

    def __init__(self, connection: AsyncConnection, where: str, query: dict[str, Any], headers: Headers = None) -> None:
        self._connection, self._where, self._query, self._headers = connection, where, query, headers

    async def page(self) -> Page:
        """One page: the first, or the one that `cursor` stands for."""
        page: Page = await self._connection.json("GET", self._where, self._query, None, self._headers)
        return page

    async def pages(self) -> AsyncIterator[Page]:
        """Page after page."""
        query = self._query
        while True:
            page: Any = await self._connection.json("GET", self._where, query, None, self._headers)
            yield page
            if page["next_cursor"] is None:
                return
            query = {**self._query, "cursor": page["next_cursor"]}

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            items: list[Item] = page["items"]  # type: ignore[index]
            for item in items:
                yield item
