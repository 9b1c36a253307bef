"""Secrets in what git keeps: `python -m tests.supply.secret_scan`, in `make lint`. 1 where something new looks so.

`.secrets.baseline` holds what was looked at and is none, by hash. After looking at what is told: `--write`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).parents[2]
BASELINE = ROOT / ".secrets.baseline"
SHAPES = Path(__file__).with_name("shapes.py")
_NOT_READ = (".png", ".pdf", ".woff2", ".xlsx", ".docx", ".age", ".lock", ".secrets.baseline")
_DATA = "catalog_data/"
"""Megabytes of what the State has published."""
_OF_WORDS, _NAMED_SO = "Secret Keyword", ("tests/", "bot/texts/")
"""Where the word "password" stands before a password of nobody, or before a sentence about one."""
_OUR_SHAPES = ("AgeKeyDetector", "BotTokenDetector", "ZaloTokenDetector")
_THEIR_SHAPES = (
    "AWSKeyDetector",
    "BasicAuthDetector",
    "GitHubTokenDetector",
    "GitLabTokenDetector",
    "JwtTokenDetector",
    "KeywordDetector",
    "PrivateKeyDetector",
    "PypiTokenDetector",
    "SlackDetector",
    "TelegramBotTokenDetector",
)
_RANDOM = {"Base64HighEntropyString": 4.5, "HexHighEntropyString": 3.0}
"""Bits a character, from which on a string counts as made by chance."""


def _plugins() -> list[dict[str, object]]:
    plugins: list[dict[str, object]] = [{"name": name, "path": f"file://{SHAPES}"} for name in _OUR_SHAPES]
    plugins += [{"name": name} for name in _THEIR_SHAPES]
    plugins += [{"name": name, "limit": limit} for name, limit in _RANDOM.items()]
    return plugins


_FILTERS = [
    {"path": f"detect_secrets.filters.{name}"}
    for name in (
        "allowlist.is_line_allowlisted",
        "heuristic.is_indirect_reference",
        "heuristic.is_lock_file",
        "heuristic.is_not_alphanumeric_string",
        "heuristic.is_potential_uuid",
        "heuristic.is_prefixed_with_dollar_sign",
        "heuristic.is_sequential_string",
        "heuristic.is_templated_secret",
    )
]


def scan(root: Path, files: Iterable[str]) -> SecretsCollection:
    """What looks like a secret in these files below `root`. Nothing is asked of any network whether it is one."""
    found = SecretsCollection(root=str(root))
    with transient_settings({"plugins_used": _plugins(), "filters_used": _FILTERS}):
        for name in files:
            if not name.endswith(_NOT_READ) and not name.startswith(_DATA):
                found.scan_file(name)
    for name in found.files:
        if name.startswith(_NAMED_SO):
            found.data[name] = {secret for secret in found[name] if secret.type != _OF_WORDS}
    return found


def known() -> SecretsCollection:
    """What was looked at and is no secret."""
    return SecretsCollection.load_from_baseline(json.loads(BASELINE.read_text(encoding="utf-8")))


def kept_by_git(root: Path) -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)  # noqa: S607
    return [name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


@click.command()
@click.option("--write", is_flag=True, help="Keep all that is found as looked at.")
def main(*, write: bool) -> None:
    """Tell what looks like a secret and was not looked at: file, line and kind, never the secret."""
    found = scan(ROOT, kept_by_git(ROOT))
    if write:
        for _, secret in found:
            secret.is_secret = False
        kept = {"version": "1", "results": found.json()}
        BASELINE.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return
    new = found - known()
    for name, secret in sorted(new, key=lambda pair: (pair[0], pair[1].line_number)):
        click.echo(f"{name}:{secret.line_number}: looks like a secret ({secret.type})")
    if new:
        click.echo("If it is one, it is known from now on: change it where it is used. If not: --write, and say why.")
    sys.exit(bool(new))


if __name__ == "__main__":
    main()
