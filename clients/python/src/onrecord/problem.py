"""A request that the server did not carry out."""

from __future__ import annotations

import email.utils
import time
from typing import Any

import httpx

from . import types as t


class Problem(Exception):
    """What was wrong, as the server says it (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    """The kind of problem, for programs: `not-found`, `invalid-field`, …"""
    detail: str
    errors: list[t.ProblemError]
    """Each fault by itself: a JSON pointer into the body, or the name of a parameter."""
    request_id: str
    retry_after: float | None
    """After how many seconds to ask again, if the server said so."""

    def __init__(self, response: httpx.Response) -> None:
        # What stands between may answer too, in a form of its own.
        body: dict[str, Any] = {}
        if "json" in response.headers.get("content-type", ""):
            try:
                said = response.json()
                body = said if isinstance(said, dict) else {}
            except ValueError:
                pass
        self.status = response.status_code
        self.type = body.get("type", "about:blank")
        self.title = body.get("title") or response.reason_phrase or f"HTTP {self.status}"
        self.code = body.get("code", "unknown")
        self.detail = body.get("detail", self.title)
        self.errors = body.get("errors", [])
        self.request_id = body.get("request_id") or response.headers.get("x-request-id", "")
        self.retry_after = seconds(response.headers.get("retry-after"))
        super().__init__(self.detail)

    @property
    def is_passing(self) -> bool:
        """Whether the same request may well be carried out a little later."""
        return self.status in (429, 502, 503, 504) or self.code == "request-in-flight"


def seconds(header: str | None) -> float | None:
    """What `Retry-After` says, a number of seconds or a date, as seconds from now."""
    if header is None:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        date = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    return max(0.0, date.timestamp() - time.time())
