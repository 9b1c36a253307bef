"""Agency codes as services.csv writes them: runs of numbers as ranges (see `bot.catalog.ranges`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from bot.catalog.ranges import RangeError, expand

_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})")


def written(codes: Iterable[str], known: Collection[str]) -> str:
    """Codes and ranges with single blanks between; `expand` gives the same codes in the same order."""
    items: list[str] = []
    run: list[str] = []
    for code in codes:
        if run and _follows(run[-1], code):
            run.append(code)
            continue
        items += _items(run, known)
        run = [code]
    return " ".join([*items, *_items(run, known)])


def _items(run: list[str], known: Collection[str]) -> list[str]:
    if len(run) < 2:
        return run
    item = f"{run[0]}-{run[-1]}"
    try:
        is_same = expand(item, known) == tuple(run)
    except RangeError:
        is_same = False
    return [item] if is_same else run


def _follows(one: str, other: str) -> bool:
    first, second = _NUMBERED.fullmatch(one), _NUMBERED.fullmatch(other)
    if first is None or second is None or first[1] != second[1] or len(first[2]) != len(second[2]):
        return False
    return int(second[2]) == int(first[2]) + 1
