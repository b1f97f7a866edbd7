"""What strangers wrote, shown on a terminal: without the characters that command it, or that turn the direction of reading."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

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


class Terminal(io.RawIOBase):
    """A stream of bytes that are text, on their way to a terminal. Closing it leaves the terminal open."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf8")("replace").decode

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Writes; what is not UTF-8 is shown as such, a letter that comes in two pieces once it is whole."""
        self._stream.write(harmless(self._decode(bytes(data))).encode("utf8"))
        return len(data)

    def flush(self) -> None:
        """Sends what is held."""
        self._stream.flush()
