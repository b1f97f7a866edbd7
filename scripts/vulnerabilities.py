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
from collections.abc import Iterable, Iterator
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
            found[ECOSYSTEMS[kind[1]], plain(component["name"])].add(component["version"])
    return found


def plain(name: str) -> str:
    """A package's name as registries compare it; that of npm's has neither `_` nor capitals."""
    return name if name.startswith("@") else re.sub(r"[-_.]+", "-", name).lower()


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
            for version in wanted.get((package.get("ecosystem", ""), plain(package.get("name", ""))), ()):
                if concerns(affected, version):
                    aliases = ", ".join([advisory["id"], *advisory.get("aliases", ())])
                    found.add(f"{package['name']} {version}: {aliases}: {advisory.get('summary', '')}".rstrip(": "))
    return sorted(found), count


def concerns(affected: dict[str, Any], version: str) -> bool:
    """Whether a version is among those affected: named, or within a range. What cannot be compared counts as affected."""
    if version in affected.get("versions", ()):
        return True
    ranges = [one for one in affected.get("ranges", ()) if one["type"] in ("ECOSYSTEM", "SEMVER")]
    try:
        return any(_within(one["events"], Version(version)) for one in ranges)
    except InvalidVersion:
        return True


def _within(events: Iterable[dict[str, str]], version: Version) -> bool:
    """Events in the order of their versions: from `introduced` on, until before `fixed` or up to `last_affected`."""
    inside = False
    for event in sorted(events, key=lambda one: Version(next(iter(one.values())))):
        (kind, at), *_ = event.items()
        if kind == "introduced" and version >= Version(at):
            inside = True
        elif (kind == "fixed" and version >= Version(at)) or (kind == "last_affected" and version > Version(at)):
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
