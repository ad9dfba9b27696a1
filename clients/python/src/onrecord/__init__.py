"""The client of Onrecord, the content API for newsrooms."""

from .client import AsyncOnrecord, Onrecord
from .connection import AsyncConnection, Connection, etag_of
from .follow import StartOver
from .listing import AsyncListing, Listing
from .problem import Problem

__all__ = [
    "AsyncConnection",
    "AsyncListing",
    "AsyncOnrecord",
    "Connection",
    "Listing",
    "Onrecord",
    "Problem",
    "StartOver",
    "etag_of",
]
