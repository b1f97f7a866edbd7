"""The root: help, errors as messages, exit statuses, and nothing heavy loaded before it is needed."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from detente.cli.app import COMMANDS, app
from detente.errors import StoreError, UnknownNameError, UsageError

HEAVY = ("spacy", "duckdb", "pyarrow", "matplotlib", "trafilatura", "numpy", "rich.table")


def python(code: str, *args: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, **more)  # type: ignore[call-overload,no-any-return]


def test_help_lists_every_command(runner: CliRunner) -> None:
    shown = runner.invoke(app, ["-h"])
    assert shown.exit_code == 0
    assert all(f"  {name} " in shown.output for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_helps(runner: CliRunner, name: str) -> None:
    shown = runner.invoke(app, [name, "--help"])
    assert shown.exit_code == 0, shown.output
    assert COMMANDS[name] in shown.output


def test_version(runner: CliRunner) -> None:
    assert runner.invoke(app, ["--version"]).output.startswith("detente 0.")


def test_a_misspelt_command_gets_a_suggestion(runner: CliRunner) -> None:
    shown = runner.invoke(app, ["raed"])
    assert shown.exit_code == 2
    assert "Did you mean read" in shown.output


@pytest.mark.parametrize("arguments", [["--help"], ["read", "--help"], ["relations", "--help"], ["nothing"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom detente.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    shown = python(f"import sys; sys.argv[1:] = {arguments!r}\n{code}")
    assert shown.stderr.splitlines()[-1] == "[]"


def test_init_loads_no_model(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom detente.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    print(end.code)\n"
        "print([name for name in ('spacy', 'trafilatura', 'matplotlib') if name in sys.modules])"
    )
    shown = python(f"import sys; sys.argv[1:] = ['init', {str(tmp_path / 'news')!r}]\n{code}")
    assert shown.stdout.splitlines()[-2:] == ["0", "[]"]


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (StoreError("the disk is full"), 1, "Error: the disk is full"),
        (UsageError("one country twice"), 2, "Error: one country twice"),
        (UnknownNameError("no such country", ("Iraq", "Iran")), 2, "Did you mean Iraq, Iran?"),
        (PermissionError(13, "Permission denied", "news.txt"), 1, "Error: news.txt: Permission denied"),
        (KeyboardInterrupt(), 130, "Interrupted."),
    ],
)
def test_errors_are_messages(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int, words: str
) -> None:
    @click.command()
    def failing() -> None:
        raise error

    monkeypatch.setattr("detente.cli.schema.command", failing)
    shown = runner.invoke(app, ["schema"])
    assert shown.exit_code == status
    assert words in shown.output
    assert "Traceback" not in shown.output


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m detente.cli schema | head -c 10; echo; echo ${{PIPESTATUS[0]}}"
    shown = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert shown.stderr == ""
    assert shown.stdout.splitlines()[-1] in ("0", "141")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send")
def test_interrupted_while_it_waits_for_input() -> None:
    for seconds in (2, 8, 30):  # a busy machine is still starting Python after two: then the signal ends that
        running = subprocess.Popen(
            [sys.executable, "-m", "detente.cli", "read", "-"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        time.sleep(seconds)
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=20)
        if running.returncode == 130:
            break
    assert running.returncode == 130
    assert b"Traceback" not in told


@pytest.mark.parametrize(
    ("words", "at", "offered"),
    [("detente rel", 1, "relations"), ("detente read --input-format ht", 3, "html"), ("detente init ", 2, "dir")],
)
def test_a_shell_is_offered_commands_choices_and_files(words: str, at: int, offered: str) -> None:
    environ = os.environ | {"_DETENTE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(at)}
    shown = subprocess.run(
        [sys.executable, "-c", "from detente.cli import main; main()"], env=environ, capture_output=True, text=True
    )
    assert offered in shown.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(runner: CliRunner, shell: str) -> None:
    assert "_DETENTE_COMPLETE" in runner.invoke(app, ["completion", shell]).stdout


@pytest.mark.parametrize("arguments", [["--log-file", "LOG", "schema"], ["schema", "--log-file", "LOG"]])
def test_the_log_takes_down_settings_and_ends_with_the_command(
    runner: CliRunner, tmp_path: Path, arguments: list[str]
) -> None:
    log = tmp_path / "detente.log"
    for _ in range(2):
        shown = runner.invoke(app, [str(log) if word == "LOG" else word for word in arguments])
        assert shown.exit_code == 0
    assert log.read_text("utf8").count("setting log_file") == 2
    assert not logging.getLogger("detente").handlers


def test_verbose_is_said_aside(runner: CliRunner) -> None:
    shown = runner.invoke(app, ["schema", "-v"])
    assert "setting model" in shown.stderr
    assert "setting model" not in shown.stdout
