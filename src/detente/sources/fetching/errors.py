"""Why an address could not be fetched, and whether to try again."""

from __future__ import annotations

from detente.errors import InputError


class FetchError(InputError):
    """An address could not be fetched.

    again: whether a later try may succeed. after: seconds that the server asks to wait. host: whether the whole host is in
    trouble, and not only this address. status: the HTTP status, when there was one.
    """

    def __init__(
        self,
        reason: str,
        *,
        again: bool = False,
        after: float | None = None,
        host: bool = False,
        status: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.again, self.after, self.host, self.status = again, after, host, status


class NotYet(Exception):
    """A host must be left alone for so many seconds. No failure: whoever asks comes again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


class Stopped(Exception):
    """The run was asked to end while it waited."""
