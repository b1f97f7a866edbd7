"""`detente serve`: the observatory in a browser, and over HTTP."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from detente.cli.options import common, folder_argument
from detente.cli.session import Session


@click.command()
@folder_argument
@click.option("--port", type=click.IntRange(0, 65_535), default=8765, show_default=True, help="0: any free one.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
    help="Where to listen; other machines reach any but this, so that it needs a token.",
)  # fmt: skip
@click.option(
    "--token-file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Only who sends the token in this file may ask.",
)  # fmt: skip
@click.option("--name", "names", multiple=True, metavar="HOST", help="Another name under which it may be asked.")
@click.option("--allow-add", is_flag=True, help="Take articles in by POST /api/v1/articles; needs --token-file.")
@click.option("--open", "shows", is_flag=True, help="Open it in the browser.")
@common
def command(
    folder: Path, port: int, host: str, token_file: Path | None, names: tuple[str, ...], allow_add: bool, shows: bool
) -> None:
    """Show an observatory in the browser, and over HTTP.

    The page and the API are on this machine alone, unless --host says otherwise. Ctrl-C ends it.
    """
    session = Session.start(folder)
    from detente.observatory import Observatory
    from detente.web.access import access
    from detente.web.serving import bound, serve

    observatory = Observatory.open(folder)
    granted = access(host, token_file=token_file, names=names, allow_add=allow_add)
    listening = bound(host, port)
    at = listening.getsockname()
    shown = f"[{at[0]}]" if ":" in host else at[0]
    address = f"http://{shown}:{at[1]}/"
    session.say(f"{folder} is at {address} (API: {address}api/v1/openapi.json). Ctrl-C ends it.")
    if shows:
        webbrowser.open(address)
    with listening:
        serve(observatory, granted, listening)
