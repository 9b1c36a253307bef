"""Secrets in what git keeps: `python -m tests.supply.secret_scan`, in `make lint`. 1 where something new looks so.

`.secrets.baseline` holds what was looked at and is none, by hash. After looking at what is told: `--write`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import cast

import click
from detect_secrets.core.potential_secret import PotentialSecret
from detect_secrets.filters import allowlist, heuristic
from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.plugins.base import BasePlugin, RegexBasedDetector
from detect_secrets.plugins.basic_auth import BasicAuthDetector
from detect_secrets.plugins.github_token import GitHubTokenDetector
from detect_secrets.plugins.gitlab_token import GitLabTokenDetector
from detect_secrets.plugins.high_entropy_strings import Base64HighEntropyString, HexHighEntropyString
from detect_secrets.plugins.jwt import JwtTokenDetector
from detect_secrets.plugins.keyword import DENYLIST, KeywordDetector
from detect_secrets.plugins.private_key import PrivateKeyDetector
from detect_secrets.plugins.pypi_token import PypiTokenDetector
from detect_secrets.plugins.slack import SlackDetector
from detect_secrets.plugins.telegram_token import TelegramBotTokenDetector
from detect_secrets.settings import transient_settings
from detect_secrets.transformers import get_transformed_file
from detect_secrets.types import NamedIO
from detect_secrets.util.code_snippet import get_code_snippet

from tests.supply.shapes import AgeKeyDetector, BotTokenDetector, ZaloTokenDetector

ROOT = Path(__file__).parents[2]
BASELINE = ROOT / ".secrets.baseline"
_NOT_READ = (".png", ".pdf", ".woff2", ".xlsx", ".docx", ".age", ".lock", ".secrets.baseline")
_DATA = "catalog_data/"
"""Megabytes of what the State has published."""
_OF_WORDS, _NAMED_SO = KeywordDetector.secret_type, ("tests/", "bot/texts/")
"""Where the word "password" stands before a password of nobody, or before a sentence about one."""
_OF_NONE = (
    heuristic.is_not_alphanumeric_string,
    heuristic.is_potential_uuid,
    heuristic.is_prefixed_with_dollar_sign,
    heuristic.is_sequential_string,
    heuristic.is_templated_secret,
)
"""By what is found it is told that it is no secret."""


@dataclass(frozen=True, slots=True)
class Look:
    """Where none of the `signs` is in a text, there is nothing for the `detector`, which takes many times as long."""

    detector: BasePlugin
    signs: tuple[re.Pattern[str], ...]

    def may_find(self, text: str) -> bool:
        return any(sign.search(text) for sign in self.signs)


def _by_shape(detector: RegexBasedDetector) -> Look:
    # A shape that begins or ends with its line does so with any line of a text.
    return Look(detector, tuple(re.compile(one.pattern, one.flags | re.MULTILINE) for one in detector.denylist))


LOOKS = (
    _by_shape(AgeKeyDetector()),
    _by_shape(BotTokenDetector()),
    _by_shape(ZaloTokenDetector()),
    _by_shape(AWSKeyDetector()),
    _by_shape(BasicAuthDetector()),
    _by_shape(GitHubTokenDetector()),
    _by_shape(GitLabTokenDetector()),
    _by_shape(JwtTokenDetector()),
    _by_shape(PrivateKeyDetector()),
    _by_shape(PypiTokenDetector()),
    _by_shape(SlackDetector()),
    _by_shape(TelegramBotTokenDetector()),
    Look(KeywordDetector(), (re.compile("|".join(DENYLIST), re.IGNORECASE),)),
    # Bits a character, from which on a string counts as made by chance: shorter ones cannot have as many.
    Look(Base64HighEntropyString(4.5), (re.compile(r"""["'][\w+/\\=-]{23,}["']""", re.ASCII),)),
    Look(HexHighEntropyString(3.0), (re.compile("""["'][0-9A-Fa-f]{9,}["']"""),)),
)


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """`file`: as git names it. `digest`: of the secret, which is told nowhere."""

    file: str
    line: int
    kind: str
    digest: str

    @property
    def what(self) -> tuple[str, str, str]:
        """The same wherever in its file it stands."""
        return self.file, self.kind, self.digest


def scan(root: Path, files: Iterable[str]) -> list[Found]:
    """What looks like a secret in these files below `root`. Nothing is asked of any network whether it is one."""
    found: set[Found] = set()
    with transient_settings({"plugins_used": [], "filters_used": []}):
        for name in files:
            if not name.endswith(_NOT_READ) and not name.startswith(_DATA):
                found |= set(_in_file(root, name))
    return sorted(one for one in found if one.kind != _OF_WORDS or not one.file.startswith(_NAMED_SO))


def _in_file(root: Path, name: str) -> Iterator[Found]:
    for lines in _readings(root / name):
        text = "\n".join(lines)
        if looks := [look for look in LOOKS if look.may_find(text)]:
            found = [one for number in range(1, len(lines) + 1) for one in _in_line(name, lines, number, looks)]
            yield from found
            if found:
                return


def _readings(path: Path) -> Iterator[list[str]]:
    """The lines of a file; then, where nothing was found, as of a list of settings, whose values have no quotes."""
    with path.open(encoding="utf-8") as opened:
        file = cast(NamedIO, opened)
        try:
            yield [line.rstrip() for line in get_transformed_file(file) or file.readlines()]
        except UnicodeDecodeError:
            return
        file.seek(0)
        if lines := get_transformed_file(file, use_eager_transformers=True):
            yield [line.rstrip() for line in lines]


def _in_line(name: str, lines: list[str], number: int, looks: Sequence[Look]) -> Iterator[Found]:
    line = lines[number - 1]
    secrets = [secret for look in looks if look.may_find(line) for secret in _told(look.detector, name, line)]
    if not secrets or heuristic.is_indirect_reference(line):
        return
    if allowlist.is_line_allowlisted(name, line, get_code_snippet(lines, number)):
        return
    for secret in secrets:
        if not any(is_none(secret.secret_value or "") for is_none in _OF_NONE):
            yield Found(name, number, secret.type, secret.secret_hash)


def _told(detector: BasePlugin, name: str, line: str) -> set[PotentialSecret]:
    return detector.analyze_line(filename=name, line=line)


def known() -> set[tuple[str, str, str]]:
    """What was looked at and is no secret."""
    kept: dict[str, list[dict[str, str]]] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return {(file, one["kind"], one["digest"]) for file, listed in kept.items() for one in listed}


def kept_by_git(root: Path) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)  # noqa: S607
    return [name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


def _write(found: Iterable[Found]) -> None:
    """Without lines and folders: it holds in every checkout, and stays as it is where a secret is moved."""
    each = sorted({one.what for one in found})
    kept = {
        file: [{"digest": digest, "kind": kind} for _, kind, digest in listed]
        for file, listed in groupby(each, key=lambda what: what[0])
    }
    BASELINE.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


@click.command()
@click.option("--write", is_flag=True, help="Keep all that is found as looked at.")
def main(*, write: bool) -> None:
    """Tell what looks like a secret and was not looked at: file, line and kind, never the secret."""
    found = scan(ROOT, kept_by_git(ROOT))
    if write:
        _write(found)
        return
    looked_at = known()
    new = [one for one in found if one.what not in looked_at]
    for one in new:
        click.echo(f"{one.file}:{one.line}: looks like a secret ({one.kind})")
    if new:
        click.echo("If it is one, it is known from now on: change it where it is used. If not: --write, and say why.")
    sys.exit(bool(new))


if __name__ == "__main__":
    main()
