"""Known weaknesses of the libraries of the lock: `python -m tests.supply.audit`, `make audit`.

pip-audit asks PyPI. Of what it could not ask it says "not found" and leaves with 0: here that is 1, and said plainly.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import click

from tests.supply.lock import Locked, locked

_MOST_SHOWN = 500
"""Characters of what pip-audit says where it says no JSON."""


def requirements(libraries: Iterable[Locked]) -> str:
    """With hashes, as pip reads them."""
    lines = (" ".join([f"{one.name}=={one.version}", *(f"--hash=sha256:{h}" for h in one.hashes)]) for one in libraries)
    return "".join(f"{line}\n" for line in lines)


def rounds(libraries: Iterable[Locked]) -> list[list[Locked]]:
    """So that a name stands once in each: a file of pip's holds one version of a library."""
    found: list[list[Locked]] = []
    for one in libraries:
        free = next((group for group in found if all(other.name != one.name for other in group)), None)
        if free is None:
            found.append([one])
        else:
            free.append(one)
    return found


def verdict(libraries: Sequence[Locked], said: Iterable[str]) -> tuple[bool, list[str]]:
    """Whether every library was asked about and none is weak, and the sentences that say so. `said`: JSON, of each
    round.
    """
    told = [one for text in said for one in _told(text)]
    asked = {(one["name"], one.get("version")) for one in told if "vulns" in one}
    weak = [line for one in told for line in _weak(one)]
    unasked = [f"{one.name} {one.version}" for one in libraries if (one.name, one.version) not in asked]
    if not weak and not unasked:
        return True, [f"{len(libraries)} libraries of uv.lock, no known weakness."]
    lines = weak
    if unasked:
        lines = [*weak, f"Could not ask about {len(unasked)} of {len(libraries)} libraries: {', '.join(unasked)}."]
        lines.append("That says nothing about them. Is pypi.org reached from here?")
    return False, lines


def _told(text: str) -> list[dict[str, object]]:
    try:
        told = json.loads(text)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return []
    return [one for one in told if isinstance(one, dict) and "name" in one]


def _weak(told: Mapping[str, object]) -> Iterator[str]:
    found = told.get("vulns", [])
    for one in found if isinstance(found, list) else []:
        better = ", ".join(one["fix_versions"]) or "none yet"
        yield f"{told['name']} {told['version']}: {one['id']}, mended in: {better}"


def _asked(libraries: Iterable[Locked]) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text(requirements(libraries), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "-r", str(file), "--require-hashes", "--disable-pip"]
        quiet = ["--format", "json", "--progress-spinner", "off", "--desc", "off"]
        done = subprocess.run([*command, *quiet], capture_output=True, text=True, check=False)
    if not done.stdout:
        click.echo(done.stderr[-_MOST_SHOWN:], err=True)
    return done.stdout


@click.command()
def main() -> None:
    """Ask about every library of uv.lock, tools too; 1 where one is weak, or could not be asked about."""
    libraries = locked()
    is_good, lines = verdict(libraries, map(_asked, rounds(libraries)))
    for line in lines:
        click.echo(line)
    sys.exit(not is_good)


if __name__ == "__main__":
    main()
