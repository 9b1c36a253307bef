"""What stands above rows and holds for all of them: titles of tables, and rows across a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.catalog.codes import find_codes
from bot.catalog.imports.cells import tidy, tiers_in
from bot.catalog.imports.headings import Headings
from bot.catalog.imports.model import Column, ListTier
from bot.catalog.imports.words import (
    ABOLISHED,
    AFTER_THE_LIST,
    APPENDIX,
    APPENDIX_START,
    BARE_SECTION_NUMBER,
    FIELD_WORD,
    HOW_MANY,
    IN_FORCE,
    OLD_LEVELS,
    PLAIN_NUMBER,
    SECTION_AGENCIES,
    SECTION_NUMBER,
    TOTALS,
    plain,
)

_LINES_OF_A_TITLE = 8
"""Where no appendix begins: further up stands the decision itself, which speaks of all its lists."""
_BY_NUMBER = {"i": ListTier.PROVINCE, "ii": ListTier.DISTRICT, "iii": ListTier.COMMUNE}
_ARABIC = {"1": "i", "2": "ii", "3": "iii"}
_LEVELS = {"toan trinh": "Toàn trình", "mot phan": "Một phần"}


class Kind(StrEnum):
    TIER = "tier"
    LEVEL = "level"
    AGENCY = "agency"
    FIELD = "field"
    ABOLISHED = "abolished"


@dataclass(frozen=True, slots=True)
class Said:
    kind: Kind
    value: str


@dataclass(frozen=True, slots=True)
class Above:
    """What holds at a row, outermost first. A new word of a kind ends the one before, and what stood below that."""

    said: tuple[Said, ...] = ()

    def and_then(self, words: Sequence[Said]) -> Above:
        said = self.said
        for word in words:
            kinds = [one.kind for one in said]
            kept = said[: kinds.index(word.kind)] if word.kind in kinds else said
            said = (*kept, word)
        return Above(said)

    def value(self, kind: Kind) -> str:
        return next((one.value for one in self.said if one.kind is kind), "")

    @property
    def list_tier(self) -> ListTier:
        return ListTier(self.value(Kind.TIER) or ListTier.UNKNOWN)

    @property
    def is_abolished(self) -> bool:
        return bool(self.value(Kind.ABOLISHED))


def title_says(title: Sequence[str], *, by_tier: bool = True) -> tuple[Said, ...]:
    """What the words above a table say of all of it. `by_tier`: an appendix's number says whose list it is."""
    lines = _title_lines(title)
    said = _of_words(" ".join(map(plain, lines)), number=by_tier)
    for line in lines:
        section = without_number(line)
        if FIELD_WORD.match(section) or (section != line and _is_agency(section)):
            said = (*said, *section_says(line))
    return said


def are_by_tier(titles: Iterable[Sequence[str]]) -> bool:
    """Whether appendices may be counted by tier: not where one is of full-process services and another of partial."""
    named = {levels[0] for title in titles if len(levels := _levels(" ".join(map(plain, _title_lines(title))))) == 1}
    return len(named) < 2


def _title_lines(title: Sequence[str]) -> list[str]:
    lines = [line for line in map(tidy, title) if line]
    starts = [place for place, line in enumerate(lines) if plain(line).startswith(APPENDIX_START)]
    return lines[starts[-1] :] if starts else lines[-_LINES_OF_A_TITLE:]


def begins_anew(title: Sequence[str]) -> bool:
    """Whether another list begins: an appendix, or words about a tier or a level."""
    lines = [plain(line) for line in title]
    return any(line.startswith(APPENDIX_START) for line in lines) or bool(_of_words(" ".join(lines[-4:]), number=False))


def section_says(text: str, *, by_tier: bool = True) -> tuple[Said, ...]:
    """What a row across the table, or a line above it, says of the rows that follow."""
    section = HOW_MANY.sub("", without_number(tidy(text)))
    field = FIELD_WORD.match(section)
    if field is not None:
        return (Said(Kind.FIELD, section[field.end() :].strip(" .:;")),)
    said = _of_words(plain(section), number=by_tier and plain(section).startswith(APPENDIX_START))
    if said:
        return said
    if _is_agency(section):
        return (Said(Kind.AGENCY, section.strip(" .:;")),)
    return (Said(Kind.FIELD, section.strip(" .:;")),)


def section_text(cells: Sequence[str], headings: Headings) -> str | None:
    """The words of a row that heads the rows below it; None for every other row.

    Such a row says one thing: across merged cells, behind a Roman number or a letter, or after the word "Lĩnh vực".
    """
    texts = [tidy(cell) for cell in cells]
    number = headings.places.get(Column.NUMBER)
    count = texts[number] if number is not None and number < len(texts) else ""
    rest = dict.fromkeys(text for place, text in enumerate(texts) if text and place != number)
    if not rest and count:
        rest = {count: None}
    if len(rest) != 1:
        return None
    text = next(iter(rest))
    if find_codes(text) or not any(char.isalpha() for char in text) or BARE_SECTION_NUMBER.fullmatch(text):
        return None
    # Behind "3" a few merged cells are more likely a row whose code is missing.
    others = len(texts) - 1 if count and count != text else len(texts)
    is_merged = texts.count(text) > 1 and (not count.isdigit() or texts.count(text) == others)
    is_outlined = bool(BARE_SECTION_NUMBER.fullmatch(count)) or bool(SECTION_NUMBER.match(text))
    named = bool(FIELD_WORD.match(without_number(text))) or plain(text).startswith(APPENDIX_START)
    return text if is_merged or is_outlined or named else None


def is_after_the_list(cells: Sequence[str]) -> bool:
    """A total, a signature, a remark: a row of one or two different cells that begins so."""
    found = list(dict.fromkeys(plain(cell) for cell in cells if cell.strip()))
    found = [words for words in found if words]
    if not found:
        return True
    if any(words in TOTALS or words.startswith(("tong cong ", "tong so ")) for words in found[:2]):
        return True
    return len(found) <= 2 and any(found[0] == start or found[0].startswith(f"{start} ") for start in AFTER_THE_LIST)


def without_number(text: str) -> str:
    """A section's words without "I." or "1." before them."""
    for pattern in (SECTION_NUMBER, PLAIN_NUMBER):
        match = pattern.match(text)
        if match is not None and match.end() < len(text):
            return text[match.end() :]
    return text


def _is_agency(section: str) -> bool:
    words = plain(section)
    return any(words == start or words.startswith(f"{start} ") for start in SECTION_AGENCIES)


def _of_words(words: str, *, number: bool) -> tuple[Said, ...]:
    """Tier, level and whether it is a list of what was abolished. `number`: an appendix's number says its tier."""
    said: list[Said] = []
    tiers = tiers_in(words)
    levels = _levels(words)
    appendix = APPENDIX.search(words)
    if len(tiers) == 1:
        said.append(Said(Kind.TIER, next(iter(tiers))))
    elif appendix is not None:
        roman = _ARABIC.get(appendix[1].lstrip("0"), appendix[1])
        said.append(Said(Kind.TIER, _BY_NUMBER[roman] if number and not tiers else ListTier.UNKNOWN))
    if len(levels) == 1:
        said.append(Said(Kind.LEVEL, levels[0]))
    if any(word in words for word in ABOLISHED) and not any(word in words for word in IN_FORCE):
        said.append(Said(Kind.ABOLISHED, "yes"))
    return tuple(said)


def _levels(words: str) -> list[str]:
    """The levels that folded words speak of, old ones too."""
    levels = [name for phrase, name in _LEVELS.items() if phrase in words]
    return levels + [f"Mức độ {phrase[-1]}" for phrase in OLD_LEVELS.values() if phrase in words]
