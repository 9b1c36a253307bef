"""What one cell says: tidied of blanks, never repaired."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.catalog.imports.model import ListTier
from bot.catalog.imports.words import (
    AFTER_A_LEVEL,
    AGENCY_STARTS,
    BEFORE_A_LEVEL,
    CELL_TIERS,
    COMMUNE_WORDS,
    DISTRICT_WORDS,
    DITTO_MARKS,
    LEVELS,
    MARK_SIGNS,
    MARKS,
    NO_MARKS,
    OTHER_WORDS,
    PROVINCE_WORDS,
    SAME_AS_ABOVE,
    plain,
)
from bot.catalog.model import OnlineLevel

_CERTAIN_CODE = re.compile(r"([1-6]\.[0-9]{6})(?:(\.[0-9]{2})|(?:\.000\.00\.00)?\.[A-Z][0-9]{2})?", re.ASCII)
_UNSEEN = frozenset({"Cc", "Cf"})
_AGENCY_CODE = r"(?:[A-Z][0-9]{2}|[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)+|local\.[0-9a-z-]+)"
_AGENCY_CODES = re.compile(
    rf"{_AGENCY_CODE}(?:-{_AGENCY_CODE})?(?:[\s;,]+{_AGENCY_CODE}(?:-{_AGENCY_CODE})?)*", re.ASCII
)
_BULLET = re.compile(r"[-–+•*·]\s*")
_TIER_ENDS = re.compile(r"[;,/\n&+]|\bvà\b")
_TIERS = (
    (ListTier.PROVINCE, PROVINCE_WORDS),
    (ListTier.DISTRICT, DISTRICT_WORDS),
    (ListTier.COMMUNE, COMMUNE_WORDS),
    (ListTier.OTHER, OTHER_WORDS),
)


def tidy(text: str) -> str:
    """NFC, on one line, single blanks, nothing that cannot be seen."""
    if not text.isprintable():
        text = "".join(char for char in text if char.isspace() or not _is_unseen(char))
    return " ".join(unicodedata.normalize("NFC", text).split())


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in _UNSEEN


def lines(text: str) -> tuple[str, ...]:
    """The lines of a cell, each tidied, without those that are empty."""
    return tuple(line for part in text.splitlines() if (line := tidy(part)))


def code_written(text: str, *, wrapped: bool) -> str:
    """The code as it stands. Of a code that the page broke in two the parts are put together, if that is a code."""
    found = lines(text)
    if wrapped and len(found) > 1 and certain_code("".join(found)) is not None:
        return "".join(found)
    return " ".join(found)


def certain_code(written: str) -> tuple[str, str] | None:
    """The canonical code, and the service code where it is one, if that is written and nothing else."""
    match = _CERTAIN_CODE.fullmatch(written)
    if match is None:
        return None
    return match[1], written if match[2] else ""


def is_same_as_above(text: str) -> bool:
    short = text.strip()
    return len(short) < 20 and (short in DITTO_MARKS or plain(short) in SAME_AS_ABOVE)


def is_marked(text: str) -> bool | None:
    """Whether a cell is marked ("X"); None: it says something else."""
    short = tidy(text)
    words = plain(short)
    if words in MARKS or short in MARK_SIGNS:
        return True
    return False if words in NO_MARKS else None


@lru_cache(maxsize=512)
def level_of(text: str) -> OnlineLevel | None:
    """A level in today's words and nothing else; None: anything else, levels 3 and 4 too."""
    words = plain(text)
    if words in LEVELS:
        return LEVELS[words]
    for before in BEFORE_A_LEVEL:
        words = words.removeprefix(f"{before} ")
    for after in AFTER_A_LEVEL:
        words = words.removesuffix(after)
    return LEVELS.get(words)


@lru_cache(maxsize=512)
def agencies(text: str, *, wrapped: bool) -> tuple[str, ...]:
    """The bodies that a cell names, in order, each once: one on a line, or between semicolons; or by their codes."""
    if _AGENCY_CODES.fullmatch(text.strip()):
        return tuple(dict.fromkeys(re.split(r"[\s;,]+", text.strip())))
    found: list[str] = []
    for line in lines(text):
        if wrapped and found and not _begins_an_agency(line):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    parts = (
        _BULLET.sub("", part.strip(), count=1) if _BULLET.match(part.strip()) else part
        for f in found
        for part in f.split(";")
    )
    return tuple(dict.fromkeys(name for part in parts if (name := part.strip(" ,.;"))))


def _begins_an_agency(line: str) -> bool:
    if _BULLET.match(line) or _AGENCY_CODES.fullmatch(line):
        return True
    words = plain(line)
    return line[0].isupper() and any(words == start or words.startswith(f"{start} ") for start in AGENCY_STARTS)


@lru_cache(maxsize=512)
def tiers_of_cell(text: str) -> frozenset[ListTier] | None:
    """The tiers that a cell of a column of tiers names; None where it says something else as well."""
    found: set[ListTier] = set()
    for part in _TIER_ENDS.split(text):
        words = plain(part)
        named = tiers_in(CELL_TIERS.get(words, words))
        if words and not named:
            return None
        found |= named
    return frozenset(found)


def tiers_in(words: str) -> frozenset[ListTier]:
    """The tiers that folded words speak of."""
    text = f" {words} "
    return frozenset(tier for tier, said in _TIERS if any(f" {phrase} " in text for phrase in said))
