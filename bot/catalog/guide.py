"""What is worked out of a catalogue once, so that no message has to: families, and the ways to browse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from bot.catalog.browse import Shelf, by_need, shelves_by_agency, shelves_by_field
from bot.catalog.families import families, near_those_gone
from bot.catalog.list_names import ListName, list_names, words_of
from bot.catalog.model import Catalogue, Procedure
from bot.catalog.online_list import OnlineList, Row, Selection, build_list, select
from bot.catalog.phrases import folded

_PARTS = 100


class Parts:
    """The rows that fit a selection. Those asked for last are kept; what is pickled begins with none."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        self._rows = rows
        self._selected = lru_cache(maxsize=_PARTS)(partial(select, rows))

    def __call__(self, selection: Selection) -> tuple[Row, ...]:
        return self._selected(selection)

    def __reduce__(self) -> tuple[type[Parts], tuple[tuple[Row, ...]]]:
        return Parts, (self._rows,)


@dataclass(frozen=True, slots=True)
class Guide:
    """`near`: by the code of each procedure that is gone, those in force that are most like it, likest first. `kin`: by
    code, the other members of a procedure's family, nearest first. Shelves are in the order shown.

    `rank`: by code, the place in the order of what people need, 0 first. `words`: by code, the folded words of all its
    names; `names`: the names themselves, each in one spelling. `same_title`: by code, the others in force that
    bear the very same title. `list_names`: see `bot.catalog.list_names`. `part`: the rows of the online list that fit
    a selection; see `Parts`.
    """

    catalogue: Catalogue
    near: Mapping[str, tuple[str, ...]]
    kin: Mapping[str, tuple[str, ...]]
    rank: Mapping[str, int]
    words: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]
    same_title: Mapping[str, tuple[str, ...]]
    fields: tuple[Shelf, ...]
    agencies: tuple[Shelf, ...]
    list_names: Mapping[str, tuple[ListName, ...]]
    online: OnlineList
    part: Parts

    @classmethod
    def of(cls, catalogue: Catalogue) -> Guide:
        """The guide to a catalogue; takes about a tenth of a second for 2,800 procedures."""
        online = build_list(catalogue)
        fields, agencies = shelves_by_field(catalogue), shelves_by_agency(catalogue)
        same_title = _same_title(catalogue)
        names = {code: _names(procedure) for code, procedure in catalogue.procedures.items()}
        return cls(
            catalogue=catalogue,
            near=near_those_gone(catalogue, same_title),
            kin=families(catalogue),
            rank={code: place for place, code in enumerate(by_need(catalogue))},
            words={code: _words(of_it) for code, of_it in names.items()},
            names=names,
            same_title=same_title,
            fields=fields,
            agencies=agencies,
            list_names=list_names(catalogue, fields, agencies),
            online=online,
            part=Parts(online.rows),
        )


def _same_title(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Of each code; one that was replaced or left the list is nobody's other, but has others."""
    by_title: dict[str, list[str]] = {}
    for code, procedure in catalogue.procedures.items():
        if procedure.in_force and not procedure.maybe_superseded:
            by_title.setdefault(procedure.title.casefold(), []).append(code)
    return {
        code: tuple(other for other in by_title.get(procedure.title.casefold(), ()) if other != code)
        for code, procedure in catalogue.procedures.items()
    }


def _names(procedure: Procedure) -> tuple[str, ...]:
    english = procedure.english
    names = [
        procedure.title,
        procedure.short_name,
        procedure.label,
        english and english.title,
        english and english.label,
    ]
    return tuple(dict.fromkeys(words_of(name) for name in names if name))


def _words(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for name in names for word in folded(name).split()))
