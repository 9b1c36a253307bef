"""The handbooks for staff, editors and teams, and what of them can be compared with the code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXTS = DOCS.parent / "bot" / "texts"
STAFF, EDITORS, TEAMS = "so-tay-can-bo.md", "so-tay-bien-tap.md", "so-tay-to-cong-dong.md"
HANDBOOKS: Mapping[str, str] = MappingProxyType(
    {name: (DOCS / name).read_text(encoding="utf-8") for name in (STAFF, EDITORS, TEAMS)}
)
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_GIVEN = re.compile(r"\\\{\w+\\\}")


def tables(name: str) -> dict[str, list[list[str]]]:
    """The rows below the headings of a handbook's tables, by the first line of each."""
    found: dict[str, list[list[str]]] = {}
    for block in re.findall(r"(?:^\|.*\n?)+", HANDBOOKS[name], re.MULTILINE):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.strip().split("\n")]
        found[" | ".join(cell.strip() for cell in lines[0])] = lines[2:]
    return found


def bold(text: str) -> list[str]:
    """What staff see on a page or a button."""
    return _BOLD.findall(text)


def first_bold(name: str, table: str) -> list[str]:
    """What is in bold in the first cells of a table, from above."""
    return [each for row in tables(name)[table] for each in bold(row[0])]


def not_on_pages(name: str) -> list[str]:
    """What a handbook shows in bold, and no text of ours says: whole, with what is given put in ("bản nháp số 3").

    On a button a text may begin with a capital.
    """
    texts = set(_texts())
    whole = texts | {text[:1].upper() + text[1:] for text in texts}
    given = [re.compile(_GIVEN.sub(r"\\S+", re.escape(text))) for text in whole if "{" in text]
    return [
        text
        for text in bold(HANDBOOKS[name])
        if text not in whole and not any(pattern.fullmatch(text) for pattern in given)
    ]


def _texts() -> Iterator[str]:
    for path in TEXTS.glob("*.vi.toml"):
        yield from _texts_of(tomllib.loads(path.read_text(encoding="utf-8")))


def _texts_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts_of(each)
    elif isinstance(value, str):
        yield value
