"""Compares a bill of materials with published vulnerabilities, without a network: what pip-audit and npm audit do with one.

    python scripts/vulnerabilities.py SBOM DUMP...      (`make audit OSV="pypi.zip npm.zip"`)

DUMP: all advisories of an ecosystem as one zip of OSV files (https://osv.dev: PyPI/all.zip and npm/all.zip), fetched whenever there
is a network. Prints what is known of the versions in the bill; the exit status is 1 when that is anything, 2 when there is nothing
to compare with. Advisories that were withdrawn, and packages of other ecosystems, are passed over.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

ECOSYSTEMS = {"pypi": "PyPI", "npm": "npm"}
type Package = tuple[str, str]  # ecosystem, name


def packages(bill: Path) -> dict[Package, set[str]]:
    """The versions of each package in a bill."""
    found: dict[Package, set[str]] = defaultdict(set)
    for component in json.loads(bill.read_text("utf8"))["components"]:
        kind = re.match(r"pkg:(\w+)/", component.get("purl", ""))
        if kind and kind[1] in ECOSYSTEMS:
            ecosystem = ECOSYSTEMS[kind[1]]
            found[ecosystem, plain(component["name"], ecosystem)].add(component["version"])
    return found


def plain(name: str, ecosystem: str) -> str:
    """A package's name as its registry compares it: PyPI takes no heed of capitals, nor of which of `-`, `_` and `.` it is."""
    return re.sub(r"[-_.]+", "-", name).lower() if ecosystem == "PyPI" else name


def advisories(dumps: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """Every advisory of the dumps."""
    for dump in dumps:
        with zipfile.ZipFile(dump) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    advisory = json.loads(archive.read(name))
                    if not advisory.get("withdrawn"):
                        yield advisory


def hits(bill: Path, dumps: Iterable[Path]) -> tuple[list[str], int]:
    """A line for each vulnerable version in the bill, and how many advisories there were."""
    wanted = packages(bill)
    found, count = set(), 0
    for advisory in advisories(dumps):
        count += 1
        for affected in advisory.get("affected", ()):
            package = affected.get("package", {})
            ecosystem = package.get("ecosystem", "")
            for version in wanted.get((ecosystem, plain(package.get("name", ""), ecosystem)), ()):
                if concerns(affected, version):
                    aliases = ", ".join([advisory["id"], *advisory.get("aliases", ())])
                    found.add(f"{package['name']} {version}: {aliases}: {advisory.get('summary', '')}".rstrip(": "))
    return sorted(found), count


def concerns(affected: dict[str, Any], version: str) -> bool:
    """Whether a version is among those affected: named, or within a range. What cannot be compared counts as affected."""
    if version in affected.get("versions", ()):
        return True
    ranges = [one for one in affected.get("ranges", ()) if one.get("type") in ("ECOSYSTEM", "SEMVER")]
    order = semantic if affected.get("package", {}).get("ecosystem") == "npm" else Version
    try:
        return any(_within(one.get("events", ()), version, order) for one in ranges)
    except InvalidVersion:
        return True


def semantic(version: str) -> tuple[Any, ...]:
    """What npm's versions are ordered by (Semantic Versioning 2.0.0, 11). Raises InvalidVersion for what is none."""
    parts = re.fullmatch(r"v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?", version.strip())
    if parts is None:
        raise InvalidVersion(version)
    numbers = tuple(int(part or 0) for part in parts.groups()[:3])
    if not parts[4]:
        return (*numbers, 1, ())
    before = tuple((0, int(one), "") if one.isdigit() else (1, 0, one) for one in parts[4].split("."))
    return (*numbers, 0, before)


def _within(events: Iterable[dict[str, str]], version: str, order: Callable[[str], Any]) -> bool:
    """Events in the order of their versions: from `introduced` on, until before `fixed` or `limit`, or up to `last_affected`."""
    inside, asked = False, order(version)
    for kind, at in sorted((next(iter(one.items())) for one in events), key=lambda one: order(one[1])):
        if kind == "introduced" and asked >= order(at):
            inside = True
        elif (kind in ("fixed", "limit") and asked >= order(at)) or (kind == "last_affected" and asked > order(at)):
            inside = False
    return inside


def main(arguments: list[str]) -> int:
    if len(arguments) < 2 or not all(Path(name).is_file() for name in arguments):
        print("expected a bill of materials and dumps of advisories that are there: " + __doc__.split("\n")[2].strip())
        return 2
    bill, *dumps = map(Path, arguments)
    found, count = hits(bill, dumps)
    total = sum(map(len, packages(bill).values()))
    if not count:
        print(f"audit: no advisory in {', '.join(map(str, dumps))}: fetch the dumps anew")
        return 2
    for line in found:
        print(line)
    print(f"audit: {total} packages against {count:,} advisories: {len(found) or 'nothing'} found")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
