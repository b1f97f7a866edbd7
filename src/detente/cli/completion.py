"""`detente completion`: the script that teaches a shell our commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from detente.cli.options import common


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@common
def command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    bash: detente completion bash > ~/.local/share/bash-completion/completions/detente
    zsh:  detente completion zsh > ~/.zfunc/_detente   (with `fpath+=~/.zfunc` before compinit)
    fish: detente completion fish > ~/.config/fish/completions/detente.fish
    """
    root = click.get_current_context().find_root().command
    maker = get_completion_class(shell)
    if maker is None:  # the three are click's own
        raise click.UsageError(f"click knows no completion for {shell}")
    click.echo(maker(root, {}, "detente", "_DETENTE_COMPLETE").source())
