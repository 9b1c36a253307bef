"""Names by which people ask for a list: of a field, of an agency of today, and of one that was merged in 2025."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.catalog.browse import Shelf
from bot.catalog.model import AgencyKind, Catalogue
from bot.catalog.phrases import canonical, folded

_WORD = re.compile(r"[^\W_]+")
_REMARK = re.compile(r"^(.*?)\s*(?:\(([^)]*)\))?$")
_FORMER_NAME = "former_name"
_FEWEST_WORDS = 3
"""Of the beginning of a department's name ("Sở Văn hóa" for "Sở Văn hóa, Thể thao và Du lịch")."""


class Shelved(StrEnum):
    FIELD = "field"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class ListName:
    """`words`: the name in one spelling, with its accents. `id`: a field's id or an agency's code.

    `former`: the name before 2025 as it stands in the catalogue, None for a name of today; `remark`: what of that body
    this agency took over, where there is more than one that did.
    """

    words: str
    by: Shelved
    id: str
    former: str | None = None
    remark: str | None = None


def words_of(text: str) -> str:
    """The words of a text in one spelling, one space between them; accents stay."""
    return " ".join(_WORD.findall(canonical(text)))


def list_names(
    catalogue: Catalogue, fields: Iterable[Shelf], agencies: Iterable[Shelf]
) -> Mapping[str, tuple[ListName, ...]]:
    """By the name's words without accents, all that bear it and have a shelf.

    A whole name wins over the beginning of a longer one, a name of today over a former one, and all of these over what
    people say for them. An agency's code is a name as well. Communes are not here: see `bot.catalog.communes`.
    """
    agencies = [shelf for shelf in agencies if shelf.id not in catalogue.communes]
    named: dict[str, dict[tuple[Shelved, str], ListName]] = {}
    for names in (
        _of_fields(catalogue, fields),
        _of_agencies(catalogue, agencies),
        _of_former(catalogue, agencies),
        _beginnings(catalogue, agencies, _of_agencies(catalogue, agencies)),
        _beginnings(catalogue, agencies, _of_former(catalogue, agencies)),
        _as_people_say(catalogue, agencies),
    ):
        found: dict[str, dict[tuple[Shelved, str], ListName]] = {}
        for name in names:
            found.setdefault(folded(name.words), {}).setdefault((name.by, name.id), name)
        for words, bearers in found.items():
            named.setdefault(words, bearers)
    return {words: tuple(bearers.values()) for words, bearers in named.items()}


def _of_fields(catalogue: Catalogue, fields: Iterable[Shelf]) -> Iterator[ListName]:
    for shelf in fields:
        field = catalogue.fields[shelf.id]
        for name in (field.name, field.name_en):
            if name:
                yield ListName(words_of(name), Shelved.FIELD, shelf.id)


def _of_agencies(catalogue: Catalogue, agencies: Iterable[Shelf]) -> Iterator[ListName]:
    for shelf in agencies:
        yield ListName(words_of(catalogue.agencies[shelf.id].name), Shelved.AGENCY, shelf.id)
        yield ListName(words_of(shelf.id), Shelved.AGENCY, shelf.id)


def _of_former(catalogue: Catalogue, agencies: Iterable[Shelf]) -> Iterator[ListName]:
    for shelf in agencies:
        agency = catalogue.agencies[shelf.id]
        for entry in agency.names_before_2025:
            name, remark = _former_name(entry)
            if name != agency.name:
                yield ListName(words_of(name), Shelved.AGENCY, shelf.id, name, remark)


def former_names(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Each name that a body of today bore before 2025, without remarks, and its code today."""
    for agency in catalogue.agencies.values():
        for entry in agency.names_before_2025:
            name, _ = _former_name(entry)
            if name != agency.name:
                yield name, agency.code


def _former_name(entry: str) -> tuple[str, str | None]:
    """The name, and what of that body was taken over."""
    match = _REMARK.match(entry)
    return (match[1], match[2]) if match else (entry, None)


def _beginnings(catalogue: Catalogue, agencies: Iterable[Shelf], names: Iterable[ListName]) -> Iterator[ListName]:
    departments = {shelf.id for shelf in agencies if catalogue.agencies[shelf.id].kind is AgencyKind.DEPARTMENT}
    for name in names:
        words = name.words.split()
        for count in range(_FEWEST_WORDS, len(words)):
            if name.id in departments:
                yield ListName(" ".join(words[:count]), name.by, name.id, name.former, name.remark)


def _as_people_say(catalogue: Catalogue, agencies: Iterable[Shelf]) -> Iterator[ListName]:
    """Short and former names of agencies from the lexicon ("sở gtvt")."""
    named = {words_of(catalogue.agencies[shelf.id].name): shelf.id for shelf in agencies}
    for rewrite in catalogue.lexicon.rewrites:
        agency = named.get(words_of(rewrite.meanings[0]))
        if rewrite.kind == _FORMER_NAME and agency is not None:
            yield ListName(words_of(rewrite.phrase), Shelved.AGENCY, agency)
