"""Where one begins: a server with everything it offers."""

from __future__ import annotations

from types import TracebackType

import httpx

from .connection import AsyncConnection, Connection
from .resources import AsyncResources, Resources


class Onrecord(Resources):
    """Everything a server offers, for programs that wait for each answer.

    `url` is where it is, `key` a key (`onr_…`). A request that may be repeated is tried `retries` times more, after what
    `Retry-After` says if that is no longer than `patience` seconds. The newest `cache` answers are remembered: they are asked
    for by their ETag, and need not be sent again.
    """

    def __init__(
        self, url: str, key: str | None = None, *, retries: int = 2, patience: float = 30, cache: int = 100, http: httpx.Client | None = None
    ) -> None:
        self.connection = Connection(url, key, retries=retries, patience=patience, cache=cache, http=http)
        super().__init__(self.connection)

    def __enter__(self) -> Onrecord:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.connection.http.close()


class AsyncOnrecord(AsyncResources):
    """The same for asyncio."""

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
        self.connection = AsyncConnection(url, key, retries=retries, patience=patience, cache=cache, http=http)
        super().__init__(self.connection)

    async def __aenter__(self) -> AsyncOnrecord:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.connection.http.aclose()
