"""Settings, and where each came from: flag, environment, observatory, user's file, default, in this order."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_config_path

from detente.errors import UsageError

FILE = "detente.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One setting there is. choices: what it may be, empty for any text."""

    help: str
    default: str | None = None
    choices: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    "model": Kind(help="spaCy pipeline that reads (name or folder); unset: the bundled one"),
    "color": Kind(help="colours in the output", default="auto", choices=("auto", "always", "never")),
    "by": Kind(help="period of `detente relations`", default="month", choices=("week", "month", "quarter")),
    "log_file": Kind(help="file to which a log is appended"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A value and its origin: "flag", the variable, the file with its line, or "default"."""

    name: str
    value: str | None
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of a run. warnings: what the files hold that nothing reads."""

    values: Mapping[str, Setting]
    warnings: tuple[str, ...] = ()

    def text(self, name: str) -> str | None:
        """The value of one setting."""
        return self.values[name].value


def user_file() -> Path:
    """Where the user's own settings lie (the file need not exist)."""
    return user_config_path("detente", appauthor=False) / FILE


def resolve(
    flags: Mapping[str, object], *, folder: Path | None = None, environ: Mapping[str, str] = os.environ
) -> Settings:
    """Every setting with where it came from. Raises UsageError when a value or a file is wrong."""
    warnings: list[str] = []
    files = [folder / FILE] if folder else []
    layers = [
        {name: (str(flags[name]), "flag") for name in KINDS if name in flags},
        {name: (environ[v], v) for name in KINDS if (v := f"DETENTE_{name.upper()}") in environ},
        *(_file(path, warnings) for path in [*files, user_file()] if path.is_file()),
    ]
    values = {}
    for name, kind in KINDS.items():
        text, origin = next((layer[name] for layer in layers if name in layer), (kind.default, "default"))
        if kind.choices and text not in kind.choices:
            raise UsageError(f"{origin}: {name} is {text!r}; it may be {', '.join(kind.choices)}")
        values[name] = Setting(name=name, value=text, origin=origin)
    return Settings(values=values, warnings=tuple(warnings))


def _file(path: Path, warnings: list[str]) -> dict[str, tuple[str, str]]:
    """The settings of one file with their places in it; keys that nobody knows go to `warnings`."""
    try:
        source = path.read_text("utf8")
        table = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: this is not TOML: {error}; correct the file or move it away") from error
    found: dict[str, tuple[str, str]] = {}
    for name, value in table.items():
        place = f"{path}:{_line(source, name)}"
        if name not in KINDS:
            warnings.append(f"{place}: there is no setting {name!r}; there are {', '.join(KINDS)}")
        elif not isinstance(value, str):
            raise UsageError(f"{place}: {name} must be text in quotation marks, found {value!r}")
        else:
            found[name] = (value, place)
    return found


def _line(source: str, name: str) -> int:
    """The line on which a key of the top level stands (tomllib does not tell)."""
    for number, line in enumerate(source.splitlines(), 1):
        key = line.split("=")[0].strip().strip("[]\"'")
        if key == name or key.startswith(f"{name}."):
            return number
    return 1
