"""Fetching from the web, safely and politely: the only part of détente that opens a connection.

`Fetcher.fetch` is the one way out. What it refuses, and why: SECURITY.md; what is polite: docs/guides/watch.md.
"""

from detente.sources.fetching.addresses import Resolve, resolved
from detente.sources.fetching.client import Answer, Client, Limits
from detente.sources.fetching.errors import FetchError, NotYet, Stopped
from detente.sources.fetching.fetcher import Fetcher
from detente.sources.fetching.pace import PACE, Clock, Host, SystemClock, back_off, left
from detente.sources.fetching.robots import Rules
from detente.sources.fetching.targets import Target, target_of

__all__ = [
    "PACE",
    "Answer",
    "Client",
    "Clock",
    "FetchError",
    "Fetcher",
    "Host",
    "Limits",
    "NotYet",
    "Resolve",
    "Rules",
    "Stopped",
    "SystemClock",
    "Target",
    "back_off",
    "left",
    "resolved",
    "target_of",
]
