"""The privacy register: of each column of each table, why it is kept, how long, who sees it, how it goes.

It is data, in the files beside this one. Tests hold it to the tables of both engines, to the daily round, to erasing,
and to what citizens are told; `docs/privacy.md` is made from it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

_FOLDER = Path(__file__).parent
_PARTS = ("citizens", "counts", "staff", "catalogue", "running")
ROW = "row"
"""Instead of columns: the whole row."""


class Nature(StrEnum):
    """What a column is of a person."""

    ADDRESS = "address"
    """By which they can be written to: an id on a platform."""
    HASH = "hash"
    """A keyed hash: the same person has the same one, and without the key nobody knows who."""
    WORDS = "words"
    """What somebody wrote, private numbers masked."""
    USE = "use"
    """What a person did or chose; of nobody once the row has no hash."""
    STAFF = "staff"
    """Staff's own data."""
    SECRET = "secret"  # noqa: S105 - the name of a kind
    """By which somebody could pretend to be us, or staff."""
    NONE = "none"
    """Nothing of a person."""


GIVEN = frozenset({Nature.ADDRESS, Nature.WORDS, Nature.USE})
"""What people are given of their own when they ask."""


@dataclass(frozen=True, slots=True)
class Term:
    """How long something is kept. `is_daily`: the daily round applies it, under the same name in `Cutoffs`.

    `setting`: which setting says how long; else it is always `fixed`. `since`: counted from when, where it is not the
    day of the row. `by`: what applies it, where it is not the daily round.
    """

    name: str
    is_daily: bool
    setting: str
    fixed: str
    since: str
    by: str


@dataclass(frozen=True, slots=True)
class End:
    """What goes when a term is over: columns that are emptied, or ROW."""

    term: Term
    takes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    nature: Nature
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One table, or several of one shape. `rows`: what a row is. `otherwise`: how long what no end takes is kept.

    `on_request`: what goes when the person asks for it: columns, or ROW; empty: there is nothing of a citizen in it,
    or nobody knows of whom (`note`). `only_on`: the one engine that has the table. `told_as`: the
    sentences by which people are told of it. `dated_by`: the column with the day of a row, where it has one. `stays`:
    why it stays although somebody's hash is in it. `left_out`: what people are not given when they ask what is held of
    them, by column or ROW, and why; keyed hashes are given to nobody.
    """

    part: str
    tables: tuple[str, ...]
    rows: str
    why: str
    seen_by: str
    columns: tuple[Column, ...]
    ends: tuple[End, ...] = ()
    otherwise: str = ""
    on_request: tuple[str, ...] = ()
    note: str = ""
    only_on: str = ""
    told_as: tuple[str, ...] = ()
    dated_by: str = ""
    stays: str = ""
    left_out: Mapping[str, str] = field(default_factory=dict)

    def ends_of(self, column: str) -> tuple[End, ...]:
        """What takes the column, alone or with its row."""
        return tuple(end for end in self.ends if ROW in end.takes or column in end.takes)

    @property
    def exported(self) -> tuple[str, ...]:
        """The columns that a person is given of their own rows."""
        is_of_one = any(column.name == "person" and column.nature is Nature.HASH for column in self.columns)
        if not is_of_one or ROW in self.left_out:
            return ()
        return tuple(one.name for one in self.columns if one.nature in GIVEN and one.name not in self.left_out)

    def goes_on_request(self, column: str) -> bool:
        return ROW in self.on_request or column in self.on_request


@dataclass(frozen=True, slots=True)
class Register:
    entries: tuple[Entry, ...]
    terms: Mapping[str, Term] = field(default_factory=dict)

    def of_table(self, table: str) -> Entry | None:
        return next((entry for entry in self.entries if table in entry.tables), None)


def load_register() -> Register:
    """Raises KeyError, TypeError or ValueError where a file is not as it should be: it is shipped with the program."""
    terms = {name: _term(name, told) for name, told in _read("terms").items()}
    entries = tuple(_entry(part, name, told, terms) for part in _PARTS for name, told in _read(part).items())
    return Register(entries, terms)


def _read(part: str) -> Mapping[str, dict[str, object]]:
    return tomllib.loads((_FOLDER / f"{part}.toml").read_text("utf-8"))


def _term(name: str, told: Mapping[str, object]) -> Term:
    words = {key: str(told.get(key, "")) for key in ("setting", "fixed", "since", "by")}
    if unknown := told.keys() - words.keys() - {"daily"}:
        raise ValueError(f"{name}: {unknown}")
    return Term(name, bool(told.get("daily", False)), **words)


def _entry(part: str, name: str, told: dict[str, object], terms: Mapping[str, Term]) -> Entry:
    left = dict(told)
    columns = tuple(_columns(left))
    tables = _names(left.pop("tables", [name]))
    ends = tuple(_ends(left.pop("ends", []), terms))
    on_request, told_as = (_names(left.pop(key, [])) for key in ("on_request", "told_as"))
    left_out = _table(left.pop("left_out", {}))
    return Entry(
        part,
        tables,
        columns=columns,
        ends=ends,
        on_request=on_request,
        told_as=told_as,
        left_out=left_out,
        **_words(left),
    )


def _table(told: object) -> Mapping[str, str]:
    if not isinstance(told, dict):
        raise TypeError("left_out")
    return {str(name): str(why) for name, why in told.items()}


def _columns(left: dict[str, object]) -> Iterator[Column]:
    """They are taken out of what is left to read."""
    for nature in Nature:
        of_nature = left.pop(nature.value, {})
        if not isinstance(of_nature, dict):
            raise TypeError(nature.value)
        for name, why in of_nature.items():
            yield Column(name, nature, str(why))


def _ends(told: object, terms: Mapping[str, Term]) -> Iterator[End]:
    if not isinstance(told, list):
        raise TypeError("ends")
    for end in told:
        yield End(terms[end["term"]], _names(end["takes"]))


def _names(told: object) -> tuple[str, ...]:
    if not isinstance(told, list):
        raise TypeError("names")
    return tuple(map(str, told))


def _words(told: Mapping[str, object]) -> dict[str, str]:
    return {key: str(value) for key, value in told.items()}
