"""Work ahead: the next item is made in a thread of its own while the last one is used."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread

_PATIENCE = 0.1  # seconds between two looks whether anybody still wants the next item


class _End:
    """What comes after the last item: the error that made it the last, if any."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def ahead[T](items: Iterable[T]) -> Generator[T]:
    """The same items in the same order, one of them made ahead. An error comes where its item would have come.

    Whoever does not run through to the end closes it.
    """
    made: Queue[T | _End] = Queue(maxsize=1)
    left = Event()

    def make() -> None:
        end = _End()
        try:
            for item in items:
                if not _put(made, item, left):
                    return
        except BaseException as error:
            end = _End(error)
        _put(made, end, left)

    maker = Thread(target=make, name="detente-ahead", daemon=True)
    maker.start()
    try:
        while not isinstance(item := made.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        left.set()
        with suppress(Empty):
            made.get_nowait()
        maker.join()


def _put[T](made: Queue[T], item: T, left: Event) -> bool:
    """Waits for room; False when nobody wants it any more."""
    while not left.is_set():
        with suppress(Full):
            made.put(item, timeout=_PATIENCE)
            return True
    return False
