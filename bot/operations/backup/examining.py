"""Whether the store's file is whole."""

from __future__ import annotations

import sqlite3

from bot.operations.findings import Finding, State
from bot.store.opening import file_of, shown
from bot.store.sqlite.damage import ADVICE, damage_of

_AREA = "store"
_SECONDS = 30.0


def examine_store(address: str) -> Finding:
    """Of a store that can be opened; of a file as much as can be looked at in half a minute. Nothing is changed."""
    path = file_of(address)
    if path is None:
        return Finding(_AREA, State.OK, f"{shown(address)} can be read")
    try:
        found, is_all = damage_of(path, _SECONDS)
    except sqlite3.Error as error:
        return Finding(_AREA, State.WARNING, f"the database could not be looked through: {error}", "Try again.")
    if found:
        return Finding(_AREA, State.BROKEN, f"{path} is damaged ({found})", ADVICE)
    how_much = "is whole" if is_all else f"can be read; {_SECONDS:.0f} seconds were not enough to look at all of it"
    return Finding(_AREA, State.OK, f"the database {how_much}")
