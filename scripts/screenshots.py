"""Makes the pictures of docs/screen: the page of `detente serve` on two real observatories, in headless Chromium.

    python scripts/screenshots.py [--state DIR] [--events DIR] [--only WORD] [--look DIR]

The articles are development data that lie beside the checkout, not in it: the State Department's releases of 2021, and the
current events of 2025 as Wikipedia told them. Where they are absent, or Chromium is, the script says so and changes nothing. --state
and --events name observatories that have been built already, or where they are to be kept; without them they are built in a folder that
is deleted at the end (some minutes each). --only makes the pictures whose name has the word in it. --look makes every view at either
width, light and dark, in a folder of your own, to be looked at.

It fails when a view is wider than its window, or when the browser reports an error: a picture of a broken page is none.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from detente import Observatory

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
NEWS = ROOT.parent / "shared/bench/data/news"
PICTURES = ROOT / "docs/screen"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDE, PHONE = (1440, 900), (390, 844)
LARGEST = 120_000  # bytes of one picture
COLOURS = (128, 64, 48, 32, 24, 16)  # tried in turn until it is small enough
PATIENCE = 60_000  # milliseconds for a view to be complete
START = 60  # seconds for the server


@dataclass(frozen=True, slots=True, kw_only=True)
class Data:
    """A file of articles, and to whom its words are owed."""

    file: str
    credit: str


DATA = {
    "state": Data(
        file="state_dept_2021.jsonl", credit="Text: U.S. Department of State, 2021, public domain. Cut and marked."
    ),
    "events": Data(
        file="current_events_2025.jsonl",
        credit="Text: Wikipedia contributors, Portal:Current events, 2025, CC BY-SA 4.0 "
        "(https://creativecommons.org/licenses/by-sa/4.0/). Cut and marked; this picture is under the same licence.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture. path: where the view is. click: what is clicked there, one after another."""

    name: str
    of: str
    path: str
    size: tuple[int, int] = WIDE
    dark: bool = False
    click: tuple[str, ...] = ()


SHERMAN = "https%3A%2F%2Fwww.state.gov%2F%3Fpage_id%3D247779"  # a release of 2021-06-01 on a visit to Cambodia
SHOTS = (
    Shot(name="board", of="events", path="/"),
    Shot(name="board-phone", of="events", path="/", size=PHONE, dark=True),
    Shot(name="dyad", of="events", path="/dyad/KHM/THA?by=week&from=2025-12-01&to=2025-12-31"),
    Shot(name="dyad-dark", of="events", path="/dyad/AFG/PAK?by=week&from=2025-10-06&to=2025-10-31", dark=True),
    Shot(name="dyad-phone", of="state", path="/dyad/RUS/USA?by=week&from=2021-06-14&to=2021-06-27", size=PHONE),
    Shot(name="article", of="state", path=f"/article/{SHERMAN}", click=(".entry button[aria-pressed] >> nth=4",)),
    Shot(
        name="verdict",
        of="state",
        path="/dyad/RUS/USA?by=week&from=2021-06-14&to=2021-06-27",
        click=(".entry button:has-text('Wrong?') >> nth=0",),
    ),
    Shot(name="compare", of="state", path="/compare?d=AFG-USA&d=RUS-USA&d=CHN-USA&by=week"),
    Shot(name="quotes", of="state", path="/quotes?speaker=Blinken&about=Afghanistan"),
    Shot(name="calendar", of="state", path="/calendar?a=USA&from=2021-07-01&to=2021-07-31"),
    Shot(name="network", of="events", path="/network"),
    Shot(name="map", of="events", path="/map", dark=True),
    Shot(name="sources", of="events", path="/sources"),
)


def main() -> int:
    """Makes the pictures anew. Gives the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name in DATA:
        parser.add_argument(f"--{name}", type=Path, metavar="DIR")
    parser.add_argument("--only", default="", metavar="WORD")
    parser.add_argument("--look", type=Path, metavar="DIR")
    given = parser.parse_args()
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    shots = [shot for shot in (looked_at() if given.look else SHOTS) if given.only in shot.name]
    out = given.look or PICTURES
    lacking = [f"{NEWS / DATA[name].file}" for name in DATA if not is_there(name, getattr(given, name))]
    if program is None or lacking:
        print(
            f"no picture was made: {'no Chromium on the path' if program is None else 'not there: ' + ', '.join(lacking)}"
        )
        return 0
    out.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="detente-screen-") as folder:
        for name in sorted({shot.of for shot in shots}):
            path = built(name, getattr(given, name) or Path(folder) / name)
            faults += shoot(program, path, [shot for shot in shots if shot.of == name], out)
    print("\n".join(faults) or f"{len(shots)} pictures in {out}, without a fault")
    return int(bool(faults))


def looked_at() -> list[Shot]:
    """Every view at either width, light and dark: for the eye, not for the documentation."""
    return [
        replace(shot, name=f"{shot.name}-{size[0]}-{'dark' if dark else 'light'}", size=size, dark=dark)
        for shot in SHOTS
        for size in (WIDE, PHONE)
        for dark in (False, True)
        if not re.search("-(phone|dark)$", shot.name)
    ]


def is_there(name: str, folder: Path | None) -> bool:
    """Whether the observatory stands already, or the articles that it is built of."""
    return (folder is not None and (folder / "manifest.json").exists()) or (NEWS / DATA[name].file).exists()


def built(name: str, folder: Path) -> Path:
    """The observatory in the folder, made of the articles where it does not stand yet."""
    if not (folder / "manifest.json").exists():
        print(f"reading {DATA[name].file}, some minutes", flush=True)
        Observatory.create(folder).add([NEWS / DATA[name].file])
    return folder


def shoot(program: str, folder: Path, shots: list[Shot], out: Path) -> Iterator[str]:
    """Makes the pictures of one observatory. Gives what is wrong with them."""
    from playwright.sync_api import sync_playwright

    with served(folder) as home, sync_playwright() as play:
        # the sandbox needs rights that a container's root has not; only our own page is opened
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for shot in shots:
            yield from taken(browser, home, shot, out)
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which `detente serve` shows the observatory while the context lasts."""
    command = [sys.executable, "-m", "detente.cli", "serve", str(folder), "--port", "0"]
    with tempfile.TemporaryFile("w+") as said, subprocess.Popen(command, stderr=said) as server:
        try:
            yield address(server, said)
        finally:
            server.terminate()


def address(server: subprocess.Popen[bytes], said: TextIO) -> str:
    """Where the server says it is. Stops the script when it says nothing of it."""
    until = time.monotonic() + START
    while time.monotonic() < until and server.poll() is None:
        said.seek(0)
        if told := re.search(r"http://\S+?:\d+", said.read()):
            return told[0]
        time.sleep(0.1)
    said.seek(0)
    raise SystemExit(f"expected the server to say where it is, got {said.read()!r}")


def taken(browser: Browser, home: str, shot: Shot, out: Path) -> Iterator[str]:
    """Makes one picture. Gives what is wrong with it."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
        device_scale_factor=2 if width < 600 else 1,
        reduced_motion="reduce",
    )
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda told: said.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(home + shot.path)
    complete(page)
    for selector in shot.click:
        page.click(selector)
        page.mouse.move(0, 0)  # nothing under the pointer stands out
        complete(page)
    size = keep(page.screenshot(), out / f"{shot.name}.png", shot)
    print(f"{shot.name}: {size / 1000:.0f} kB", flush=True)
    yield from (f"{shot.name}: the browser says {words}" for words in said)
    if (beyond := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
        yield f"{shot.name}: {beyond} pixels wider than its window"
    if size > LARGEST:
        yield f"{shot.name}: {size} bytes, more than {LARGEST}"
    context.close()


def complete(page: Page) -> None:
    """Waits until nothing is being asked, drawn or weighed any more."""
    page.wait_for_load_state("networkidle", timeout=PATIENCE)
    page.wait_for_function(
        "!document.querySelector('.waiting, .stale') && !document.body.innerText.includes('being weighed')",
        timeout=PATIENCE,
    )
    page.wait_for_timeout(300)


def keep(taken: bytes, path: Path, shot: Shot) -> int:
    """Writes the picture with as many colours as fit, and with its credit. Gives its size in bytes."""
    whole = Image.open(io.BytesIO(taken)).convert("RGB")
    told = PngInfo()
    told.add_text("Description", f"The page of détente at {shot.path}")
    told.add_text("Copyright", DATA[shot.of].credit)
    for number in COLOURS:
        few = whole.quantize(number, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        stream = io.BytesIO()
        few.save(stream, "png", optimize=True, pnginfo=told)
        if stream.tell() <= LARGEST:
            break
    path.write_bytes(stream.getvalue())
    return stream.tell()


if __name__ == "__main__":
    sys.exit(main())
