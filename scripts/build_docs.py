"""Writes the generated parts of the documentation; with --check, says what is out of date and changes nothing.

In every page, a ```console block is a session: each `$ command` is run and its real output put below it. A ```python
block is run in the page's own namespace; a ```text block right below it becomes what it prints. Pages run in a scratch
folder that sees the checkout's `src`.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "docs/reference/reading.schema.json"
FIGURE = ROOT / "docs/aegean.svg"
_BLOCK = re.compile(
    r"^```(?P<kind>console|python)\n(?P<body>.*?)^```$(?P<printed>\n\n```text\n.*?^```$)?", re.DOTALL | re.MULTILINE
)
_WIDTH = "100"


def pages() -> list[Path]:
    """Every page whose examples run."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def schema_text() -> str:
    """The published JSON Schema."""
    from detente.records.schema import reading_schema

    return json.dumps(reading_schema(), indent=1, ensure_ascii=False) + "\n"


def draw() -> None:
    """The README's figure: Greece and Turkey in the example dispatches."""
    from detente import Observatory
    from detente.relations.plot import plot

    with scratch():
        aegean = Observatory.create("aegean")
        aegean.add(["src/detente/examples"])
        plot(aegean.relations("GRC", "TUR", by="quarter"), FIGURE)


def rebuilt(text: str) -> str:
    """The page with the output of every session as it is now. Raises what a Python block raises."""
    namespace: dict[str, object] = {"__name__": "docs"}
    with scratch():
        return _BLOCK.sub(
            lambda block: _session(block) if block["kind"] == "console" else _python(block, namespace), text
        )


@contextlib.contextmanager
def scratch() -> Iterator[None]:
    """A fresh working directory in which `src/detente/examples` is the checkout's."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="detente-docs-") as folder:
        (Path(folder) / "src").symlink_to(ROOT / "src")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def _python(block: re.Match[str], namespace: dict[str, object]) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(block["body"], "<docs>", "exec"), namespace)
    if not block["printed"]:
        return block[0]
    lines = [line.rstrip() for line in printed.getvalue().rstrip().splitlines()]
    return f"```python\n{block['body']}```\n\n```text\n" + "\n".join([*lines, "```"])


def _session(block: re.Match[str]) -> str:
    lines = []
    for line in block["body"].splitlines():
        if line.startswith("$ "):
            lines += [line, *_output(line.removeprefix("$ "))]
    return "```console\n" + "\n".join(lines) + "\n```"


def _output(command: str) -> list[str]:
    """What the command prints; a leading `detente` is run in this process, so that the model is loaded once."""
    from click.testing import CliRunner

    from detente.cli.app import app as cli

    words = shlex.split(command)
    if words[0] != "detente":
        raise ValueError(f"a console block runs detente only, not {words[0]!r}")
    environment = {
        "COLUMNS": _WIDTH,
        "NO_COLOR": "1",
        "XDG_CONFIG_HOME": str(Path.cwd()),
        "DETENTE_CONFIG": "",
    }
    result = CliRunner().invoke(cli, words[1:], env=environment, prog_name="detente")
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return [line.rstrip() for line in result.output.rstrip().splitlines()]


def main() -> int:
    """Rewrites every page and the schema, or with --check compares them. Gives the exit status."""
    wanted = {path: rebuilt(path.read_text("utf8")) for path in pages()} | {SCHEMA: schema_text()}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text("utf8") != text]
    for path in stale:
        print("out of date:" if "--check" in sys.argv else "written:", path.relative_to(ROOT))
        if "--check" not in sys.argv:
            path.write_text(wanted[path], "utf8")
    if "--check" not in sys.argv:
        draw()
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
