"""Settings: which one holds, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from detente.cli import settings
from detente.cli.app import app
from detente.cli.settings import resolve
from detente.errors import UsageError


@pytest.fixture(autouse=True)
def _no_user_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "user_file", lambda: tmp_path / "user" / "detente.toml")


def write(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "detente.toml").write_text(text, "utf8")
    return folder


def test_flag_before_environment_before_observatory_before_user_before_default(tmp_path: Path) -> None:
    write(tmp_path / "user", 'by = "week"\ncolor = "never"\n')
    folder = write(tmp_path / "news", '# ours\nby = "quarter"\n')

    def held(flags: dict[str, object], environ: dict[str, str], where: Path | None) -> tuple[str | None, str]:
        setting = resolve(flags, folder=where, environ=environ).values["by"]
        return setting.value, setting.origin

    assert held({"by": "month"}, {"DETENTE_BY": "week"}, folder) == ("month", "flag")
    assert held({}, {"DETENTE_BY": "week"}, folder) == ("week", "DETENTE_BY")
    assert held({}, {}, folder) == ("quarter", f"{folder / 'detente.toml'}:2")
    assert held({}, {}, None) == ("week", f"{tmp_path / 'user' / 'detente.toml'}:1")
    (tmp_path / "user" / "detente.toml").unlink()
    assert held({}, {}, None) == ("month", "default")


def test_an_unknown_key_is_named_with_file_and_line(tmp_path: Path) -> None:
    folder = write(tmp_path / "news", 'by = "week"\n\ncolour = "never"\n')
    (warning,) = resolve({}, folder=folder, environ={}).warnings
    assert warning.startswith(f"{folder / 'detente.toml'}:3: there is no setting 'colour'")


@pytest.mark.parametrize(
    ("text", "words"),
    [("by = 3\n", "must be text"), ('by = "year"\n', "it may be week, month, quarter"), ("by = \n", "not TOML")],
)
def test_a_wrong_file_says_what_is_wrong(tmp_path: Path, text: str, words: str) -> None:
    folder = write(tmp_path / "news", text)
    with pytest.raises(UsageError, match=words):
        resolve({}, folder=folder, environ={})


def test_a_wrong_environment_is_a_usage_error(runner: CliRunner) -> None:
    shown = runner.invoke(app, ["doctor", "--json"], env={"DETENTE_COLOR": "blue"})
    assert shown.exit_code == 2
    assert "DETENTE_COLOR: color is 'blue'" in shown.output
