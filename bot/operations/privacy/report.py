"""What is held now, since when and by what it goes; what was asked to be deleted; what the daily round would take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.operations.privacy.document import how_long
from bot.operations.retention import due_now, keeping_of
from bot.settings import Settings
from bot.store.holdings import Due, Erased, Held
from bot.store.interface import Store
from bot.store.register import Entry, Nature, Register, Term


@dataclass(frozen=True, slots=True)
class HeldTable:
    """`of_a_person`: what its columns are of one. `ends`: how long it is kept, each with what goes then (columns, or
    "row"); empty: for good. `due`: rows that the daily round would delete or empty now."""

    held: Held
    of_a_person: tuple[Nature, ...]
    ends: tuple[tuple[str, tuple[str, ...]], ...]
    due: int


@dataclass(frozen=True, slots=True)
class PrivacyReport:
    tables: tuple[HeldTable, ...]
    erased: tuple[Erased, ...]
    shown: tuple[Erased, ...]
    due: tuple[Due, ...]


async def privacy_report(store: Store, register: Register, settings: Settings, now: datetime) -> PrivacyReport:
    """Raises StoreError."""
    holdings = store.office.holdings
    due = await due_now(store, keeping_of(settings), now)
    tables = tuple(_table(held, _entry_of(register, held.table), due, settings) for held in await holdings.held())
    return PrivacyReport(tables, await holdings.erased(), await holdings.shown(), due)


def _entry_of(register: Register, table: str) -> Entry:
    entry = register.of_table(table)
    if entry is None:
        raise KeyError(table)
    return entry


def _table(held: Held, entry: Entry, due: tuple[Due, ...], settings: Settings) -> HeldTable:
    natures = {column.nature for column in entry.columns} - {Nature.NONE}
    ends = tuple((_as_set(end.term, settings), end.takes) for end in entry.ends)
    ours = sum(one.rows for one in due if one.table == held.table)
    return HeldTable(held, tuple(nature for nature in Nature if nature in natures), ends, ours)


def _as_set(term: Term, settings: Settings) -> str:
    return how_long(term, int(getattr(settings, term.setting.lower())) if term.setting else None)
