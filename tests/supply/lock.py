"""What `uv.lock` says: which libraries, in which versions, with which hashes, and which of them a release runs with."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LOCK = Path(__file__).parents[2] / "uv.lock"
PROJECT = "mot-cua"


@dataclass(frozen=True, slots=True)
class Locked:
    """`hashes`: SHA-256, hexadecimal, of each file of it that may be installed."""

    name: str
    version: str
    hashes: tuple[str, ...]


def locked(path: Path = LOCK) -> tuple[Locked, ...]:
    """Every library of the lock, by name and version: another Python may want another version of the same."""
    found = []
    for package in _packages(path):
        files = [*_tables(package.get("wheels", [])), *_tables([package["sdist"]] if "sdist" in package else [])]
        hashes = tuple(sorted(str(file["hash"]).removeprefix("sha256:") for file in files))
        if package["name"] != PROJECT:
            found.append(Locked(str(package["name"]), str(package["version"]), hashes))
    return tuple(sorted(found, key=lambda one: (one.name, one.version)))


def of_a_release(path: Path = LOCK) -> tuple[Locked, ...]:
    """Those that run: what the project needs, and what that needs; no tools. Extras count as needed."""
    needs: dict[str, set[str]] = {}
    for package in _packages(path):
        name = str(package["name"])
        extras = package.get("optional-dependencies", {})
        groups = list(extras.values()) if isinstance(extras, Mapping) else []
        for group in (package.get("dependencies", []), *groups):
            needs.setdefault(name, set()).update(str(one["name"]) for one in _tables(group))
    wanted, seen = [PROJECT], set[str]()
    while wanted:
        name = wanted.pop()
        if name not in seen:
            seen.add(name)
            wanted += needs.get(name, ())
    return tuple(one for one in locked(path) if one.name in seen)


def _packages(path: Path) -> list[Mapping[str, object]]:
    return _tables(tomllib.loads(path.read_text(encoding="utf-8"))["package"])


def _tables(value: object) -> list[Mapping[str, object]]:
    assert isinstance(value, list), value
    return value
