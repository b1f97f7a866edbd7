"""What strangers wrote, shown on a terminal: without the characters that command it, or that turn the direction of reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

# C0 but for tab and line end, DEL, C1, and the embeddings, overrides and isolates of bidirectional text. Records and files keep them.
_COMMANDS = dict.fromkeys(
    [*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def harmless(text: str) -> str:
    """The text without them."""
    return text.translate(_COMMANDS)


def harmless_console(**options: Any) -> Console:
    """A console of rich's that prints everything so, but for the commands that are rich's own."""
    from rich.console import Console
    from rich.segment import Segment

    class Harmless(Console):
        def render(self, *arguments: Any, **named: Any) -> Iterator[Segment]:
            for segment in super().render(*arguments, **named):
                yield segment if segment.control else Segment(harmless(segment.text), segment.style)

    return Harmless(**options)


class Terminal:
    """A stream of bytes that are text, on their way to a terminal."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        """Writes; what is not UTF-8 is shown as such."""
        self._stream.write(harmless(data.decode("utf8", "replace")).encode("utf8"))
        return len(data)

    def flush(self) -> None:
        """Sends what is held."""
        self._stream.flush()
