"""Which agencies the words of a list mean. What is not certain is only proposed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.catalog.agency_words import read_agency_words
from bot.catalog.communes import commune_by_name
from bot.catalog.imports.spelling import letters
from bot.catalog.imports.written_agencies import written as as_written
from bot.catalog.list_names import former_names, words_of
from bot.catalog.model import AgencyKind, Catalogue, Tier
from bot.catalog.phrases import folded
from bot.catalog.ranges import RangeError, expand

MOST_NEAR = 3
_PROVINCE_COMMITTEES = frozenset({"ủy ban nhân dân tỉnh"})
_OF_DISTRICTS = re.compile(r"(?:(?:chu tich )?(?:uy ban nhan dan|ubnd) )?(?:cac |cap )?(?:huyen|thi xa|thanh pho)\b")
"""How a body of the level that ended begins; none of today's took all of its work."""
_BETWEEN = (re.compile(r"[,/+&]"), re.compile(r"\b(?:và|hoặc)\b", re.IGNORECASE))
"""What stands between bodies that one line names; the words also inside the name of one."""
_NEAR = 0.75
"""Likeness (1: the same) from which a name is offered to choose from."""
_MOST_SLIPS, _LETTERS_A_SLIP = 2, 8
"""With so few letters other, one name is taken for the other written wrongly, and proposed."""
_COMMITTEE = "uy ban nhan dan"
_SHORT_COMMITTEE = "ubnd"
_ALL_COMMUNES = frozenset({"cap xa", "xa", "xa phuong", "cac xa phuong", "cac xa", "cac phuong xa", "phuong xa"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """`codes`: what is certain; none: not known, and then `near` is what it may mean, the likeliest first: the code of
    an agency, or codes and ranges with blanks between where many bear the name.

    `is_likely`: the first of `near` may be proposed; else a person has to say which is meant.
    """

    codes: tuple[str, ...]
    near: tuple[str, ...] = ()
    is_likely: bool = True


class AgencyNames:
    """Remembers what it has resolved: a list names few agencies in many rows."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._names: dict[str, list[str]] = {}
        for agency in catalogue.agencies.values():
            self._names.setdefault(words_of(agency.name), []).append(agency.code)
        self._former: dict[str, list[str]] = {}
        for name, code in former_names(catalogue):
            self._former.setdefault(words_of(name), []).append(code)
        self._folded = {code: letters(agency.name) for code, agency in catalogue.agencies.items()}
        self._known: dict[str, Resolved] = {}
        province = catalogue.agencies.get(catalogue.province.code)
        self._committee = province.code if province and province.kind is AgencyKind.PEOPLES_COMMITTEE else ""
        self.communes = tuple(code for code, a in catalogue.agencies.items() if a.kind is AgencyKind.COMMUNE)

    def resolve(self, written: str) -> Resolved:
        resolved = self._known.get(written)
        if resolved is None:
            resolved = self._known[written] = self._resolve(written)
        return resolved

    def _resolve(self, written: str) -> Resolved:
        with suppress(RangeError):
            return Resolved(agencies_in(written, self._catalogue.agencies))
        printed = read_agency_words(self._catalogue, written)
        if printed is not None:
            return Resolved(printed)
        name = words_of(written)
        short = f"{_SHORT_COMMITTEE} "
        if name.startswith(short):
            name = f"ủy ban nhân dân {name.removeprefix(short)}"
        found = self._names.get(name, [])
        if not found and name in _PROVINCE_COMMITTEES and self._committee:
            found = [self._committee]
        if len(found) == 1:
            return Resolved((found[0],))
        plain = folded(name).removeprefix(_COMMITTEE).strip()
        if plain in _ALL_COMMUNES and self.communes:
            return Resolved(self.communes)
        today = {m.commune.agency_code for m in commune_by_name(self._catalogue, written) if m.former is None}
        if len(today) == 1:
            return Resolved((today.pop(),))
        return self._proposed(written, name, found)

    def _proposed(self, written: str, name: str, found: list[str]) -> Resolved:
        if found:
            return Resolved((), (as_written(found, self._catalogue.agencies),))
        if _OF_DISTRICTS.match(letters(written)):
            # Ten communes bear the name of a district, and are not what it was.
            return Resolved((), near(letters(name), self._folded), is_likely=False)
        former = tuple(dict.fromkeys(self._former.get(name, ())))
        units = [match.commune.agency_code for match in commune_by_name(self._catalogue, written)]
        became = former or tuple(dict.fromkeys(units))
        if became:
            # Several that took over the work of one of former times: nobody but a person can say which.
            return Resolved((), became, is_likely=len(became) == 1)
        together = self._together(written)
        if together:
            return Resolved((), (as_written(together, self._catalogue.agencies),))
        spelled = words_of(written.replace("&", " và ")) if "&" in written else name
        alike = near(letters(name), self._folded)
        return Resolved((), alike, is_likely=bool(alike) and is_slip(spelled, self._folded[alike[0]]))

    def _together(self, written: str) -> tuple[str, ...]:
        """All bodies of a line that names several, if each of them is certain."""
        for between in _BETWEEN:
            parts = [part.strip() for part in between.split(written)]
            if len(parts) < 2 or not all(parts):
                continue
            each = [self.resolve(part).codes or self._together(part) for part in parts]
            if all(each):
                return tuple(dict.fromkeys(code for codes in each for code in codes))
        return ()


def agencies_in(value: str, known: Collection[str]) -> tuple[str, ...]:
    """Codes and ranges with blanks between. Raises RangeError."""
    return tuple(code for item in value.split() for code in expand(item, known))


def near(name: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of the names that look most like `name`, the likest first; in the order of `known` where alike."""
    if not name:
        return ()
    found = process.extract(
        name, known, scorer=OSA.normalized_similarity, processor=None, limit=MOST_NEAR, score_cutoff=_NEAR
    )
    return tuple(key for _, _, key in found)


def is_slip(written: str, known: str) -> bool:
    """Whether `written` looks like `known` (folded) with a slip of the pen. Names that differ in a number never do."""
    plain = letters(written)
    if [part for part in plain.split() if part.isdigit()] != [part for part in known.split() if part.isdigit()]:
        return False
    most = min(_MOST_SLIPS, len(known) // _LETTERS_A_SLIP)
    return OSA.distance(plain, known, score_cutoff=most) <= most


def tier_of(catalogue: Catalogue, code: str) -> Tier:
    """Whose appendix an agency stands in."""
    agency = catalogue.agencies[code]
    is_commune = agency.kind is AgencyKind.COMMUNE or (agency.kind is AgencyKind.MILITARY and bool(agency.parent))
    return Tier.COMMUNE if is_commune else Tier.PROVINCE
