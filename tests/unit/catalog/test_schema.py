"""The README beside the data describes the files as the code reads them."""

from __future__ import annotations

import re

import pytest

from bot.catalog.lexicon import FILLER_KINDS, REWRITE_KINDS
from bot.catalog.model import AgencyKind
from bot.catalog.schema import ALIASES_COLUMNS, ALIASES_FOLDER, COLUMNS, HELP_TOPICS, PROVINCE, SOURCES
from tests.unit.catalog.conftest import SHIPPED

ALIASES = f"{ALIASES_FOLDER}/*.csv"
README = (SHIPPED / "README.md").read_text(encoding="utf-8")
DOCUMENTED = {match[1]: match[0] for match in re.finditer(r"^\| `([^`]+)` \|.*$", README, re.MULTILINE)}
FILES = {**COLUMNS, ALIASES: ALIASES_COLUMNS}


def test_every_file_and_no_other_is_documented() -> None:
    assert set(DOCUMENTED) == {path.removeprefix("lexicon/") for path in FILES} | {PROVINCE, SOURCES, HELP_TOPICS}


@pytest.mark.parametrize(("path", "columns"), FILES.items())
def test_every_column_is_documented(path: str, columns: tuple[str, ...]) -> None:
    line = DOCUMENTED[path.removeprefix("lexicon/")]

    assert [column for column in columns if f"`{column}`" not in line] == []


@pytest.mark.parametrize(
    ("path", "words"),
    [("agencies.csv", tuple(AgencyKind)), ("rewrites.csv", REWRITE_KINDS), ("fillers.csv", FILLER_KINDS)],
)
def test_every_kind_is_documented(path: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if not re.search(rf"\b{word}\b", DOCUMENTED[path])] == []
