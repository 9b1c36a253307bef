"""Which commune of today a person means: today's names, names before July 2025, and districts that are no more."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.catalog.communes import CommuneMatch, commune_by_name
from bot.catalog.model import Catalogue, Commune
from bot.catalog.titles import begin_lower
from bot.dialogue.turn import Turn
from bot.search.fold import canonical, fold, fold_canonical, spelling_of
from bot.texts import Texts

_MAX_CHARS = 80
_KIND = re.compile(r"(?:xa|phuong|thi tran|tt)[ .]")
_DISTRICT = re.compile(r"(?:^|[ ,(])(huyen|h\.|thi xa|tx|thanh pho|tp)\.? ?([^,)]+)")
_DISTRICT_KINDS = {"h.": "huyen", "tx": "thi xa", "tp": "thanh pho"}
_REST = re.compile(r"[,(].*$|(?:^| )tinh .*$")
_DISTRICTS = ("district", "city")
_KIND_BEHIND = re.compile(rf" (ward|commune|town|{'|'.join(_DISTRICTS)})$")
"""In English the kind stands behind the name."""
_NAMED_FORMER = 6
_PARTS = re.compile(r"[,.;]+(?:\s+|$)")
_PLACE = re.compile(r"(?:xa|phuong|thi tran|huyen|thi xa|thanh pho|tp|tinh|xom|thon) ")
_LONGEST_PLACE = 6
_FEWEST = 2
_HAMLET = re.compile(r"(?:xom|thon|to dan pho|tdp|khoi pho|khoi|ap) [^,]{1,20}?[, ]+(?=(?:xa|phuong|thi tran|tt) )")


@dataclass(frozen=True, slots=True)
class Place:
    """What a message names: communes that may be meant, or the communes of a former district. `name` as typed."""

    name: str
    matches: tuple[CommuneMatch, ...] = ()
    districts: tuple[str, ...] = ()
    of_district: tuple[Commune, ...] = ()


def place_named(turn: Turn, *, asked: bool) -> Place | None:
    """The place that the message says the person lives in.

    With `asked` a bare name will do; otherwise it must be said ("tôi ở …", "xã …"), so that a question that happens
    to hold a name stays a question.
    """
    if len(turn.text) > _MAX_CHARS:
        return None
    text = canonical(turn.text).strip(" .!?")
    # First as it stands: "Thị xã …" is no "thì", and a name that ends in "Anh" nobody's brother.
    return _named(turn, text, asked=asked) or _named(turn, _plain(turn, text), asked=asked)


def home_and_wish(turn: Turn) -> tuple[str, str] | None:
    """The part of a message that says where the person lives, and the part that says what they want."""
    parts = [part.strip() for part in _PARTS.split(turn.text) if part.strip()]
    home = [part for part in parts if _is_place(turn, part)]
    wish = [part for part in parts if part not in home]
    if not home or not wish or not states_home(replace(turn, text=home[0])) or len(" ".join(wish).split()) < _FEWEST:
        return None
    return ", ".join(home), ", ".join(wish)


def _is_place(turn: Turn, part: str) -> bool:
    """Whether a part of a message names a place: a home that is told, a commune, a district, the province."""
    folded = fold_canonical(canonical(part))
    return states_home(replace(turn, text=part)) or bool(_PLACE.match(folded) and len(folded.split()) <= _LONGEST_PLACE)


def _named(turn: Turn, text: str, *, asked: bool) -> Place | None:
    folded = fold_canonical(text)
    start = _after_statement(folded, turn.texts.words("commune.statements"))
    stated = start > 0
    text, folded = _without_hamlet(text[start:])
    behind = _KIND_BEHIND.search(folded)
    if not (asked or stated or behind or _KIND.match(folded) or _DISTRICT.match(folded)):
        return None
    districts = _named_districts(turn.catalogue, folded)
    if behind is not None:
        text, folded = text[: behind.start()], folded[: behind.start()]
        if behind[1] in _DISTRICTS:
            districts = districts or known_districts(turn.catalogue, text)
            text = "" if districts else text
    end = _end_of_name(folded)
    found = _read(turn.catalogue, text[:end].strip(" ,."), districts)
    if found is None or asked or stated:
        return found
    # "Phường" and a name alone; a longer message asks something.
    return found if len(text[end:].split()) <= 6 else None


def _plain(turn: Turn, text: str) -> str:
    """The text without polite words at its ends."""
    spelled = spelling_of(text)
    before = _spelled(turn.texts.words("commune.polite_before"), spelled)
    after = _spelled(turn.texts.words("commune.polite_after"), spelled)
    words = text.split()
    while words and words[0].strip(",") in before:
        words = words[1:]
    while words and words[-1] in after:
        words = words[:-1]
    return " ".join(words)


@lru_cache(maxsize=16)
def _spelled(words: tuple[str, ...], spelled: Callable[[str], str]) -> frozenset[str]:
    return frozenset(map(spelled, words))


def _without_hamlet(text: str) -> tuple[str, str]:
    """The text, and folded, from the commune on: a hamlet before it ("xóm 5 xã Cẩm Hưng") says nothing more."""
    folded = fold_canonical(text)
    hamlet = _HAMLET.match(folded)
    start = hamlet.end() if hamlet else 0
    return text[start:], folded[start:]


def states_home(turn: Turn) -> bool:
    """Whether the message begins like one that says where the person lives."""
    folded = fold_canonical(canonical(turn.text).strip(" .!?"))
    return len(turn.text) <= _MAX_CHARS and _after_statement(folded, turn.texts.words("commune.statements")) > 0


def asked_what_became(turn: Turn) -> str | None:
    """The place of which the message asks what it is today; None for any other message."""
    text = canonical(turn.text).strip(" .!?")
    folded = fold_canonical(text)
    endings = _spelled(turn.texts.words("commune.what_became"), fold)
    ending = max((ending for ending in endings if folded.endswith(f" {ending}")), key=len, default=None)
    return None if ending is None or len(text) > _MAX_CHARS else text[: -len(ending)].strip(" ,")


def former_name(turn: Turn, match: CommuneMatch) -> str | None:
    """A sentence that says to which commune of today a former unit belongs; None for a name of today."""
    if match.former is None:
        return None
    return turn.texts.get("commune.former", unit=match.former.name, commune=commune_name(turn.texts, match.commune))


def _after_statement(folded: str, statements: Sequence[str]) -> int:
    """Where the name begins behind "tôi ở" and its like; 0 where nothing of the kind is said."""
    match = _statement(tuple(statements)).match(folded)
    return match.end() if match else 0


@lru_cache(maxsize=8)
def _statement(statements: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(fold(said)) for said in sorted(statements, key=len, reverse=True))
    return re.compile(rf"(?:(?:{words})[ :,]+)+")


def _end_of_name(folded: str) -> int:
    district = _DISTRICT.search(folded)
    end = district.start() if district and district.start() > 0 else len(folded)
    rest = _REST.search(folded)
    return min(end, rest.start()) if rest and rest.start() > 0 else end


def _named_districts(catalogue: Catalogue, folded: str) -> tuple[str, ...]:
    """The former districts that the message names with the word for them."""
    match = _DISTRICT.search(folded)
    return () if match is None else known_districts(catalogue, match[2], _DISTRICT_KINDS.get(match[1], match[1]))


def known_districts(catalogue: Catalogue, name: str, kind: str = "") -> tuple[str, ...]:
    """The former districts and towns of that name, with or without the word for their kind; those of `kind` if any."""
    bare = fold(name)
    found = tuple(d for d in _districts(catalogue) if bare in _folded_names(d))
    return tuple(d for d in found if kind and _folded_names(d)[0].startswith(f"{kind} ")) or found


def _districts(catalogue: Catalogue) -> tuple[str, ...]:
    former = (unit for commune in catalogue.communes.values() for unit in commune.former_units)
    return tuple(dict.fromkeys(unit.district for unit in former))


@lru_cache(maxsize=256)
def _folded_names(district: str) -> tuple[str, str]:
    """A district's name with its kind, and without."""
    folded = fold(district)
    return folded, re.sub(r"^(?:huyen|thi xa|thanh pho) ", "", folded)


def _read(catalogue: Catalogue, name: str, districts: tuple[str, ...]) -> Place | None:
    matches = commune_by_name(catalogue, name)
    if districts and matches:
        of_it = tuple(m for m in matches if m.former is not None and m.former.district in districts)
        matches = of_it or matches
    if matches:
        same_name = () if districts or _KIND.match(fold(name) + " ") else known_districts(catalogue, name)
        return Place(name, matches, same_name, communes_of(catalogue, same_name))
    districts = districts or known_districts(catalogue, name)
    return Place(name, (), districts, communes_of(catalogue, districts)) if districts else None


def communes_of(catalogue: Catalogue, districts: Sequence[str]) -> tuple[Commune, ...]:
    """The communes that have land of these former districts."""
    communes = catalogue.communes.values()
    return tuple(c for c in communes if any(unit.district in districts for unit in c.former_units))


def commune_name(texts: Texts, commune: Commune) -> str:
    """The name with its kind, for the middle of a sentence."""
    if commune.kind == "ward":
        return texts.get("commune.ward", name=commune.name)
    return texts.get("commune.commune", name=commune.name)


def formed_from(texts: Texts, commune: Commune) -> str:
    """The units of before 2025 that it was formed from, at most six of them named."""
    names = [
        begin_lower(unit.name) if unit.whole else texts.get("commune.part", name=begin_lower(unit.name))
        for unit in commune.former_units
    ]
    if len(names) > _NAMED_FORMER:
        return texts.get("commune.and_others", names=", ".join(names[:_NAMED_FORMER]))
    return ", ".join(names)
