"""Ranges of agency codes: `H99.100-H99.168` names every agency from the first to the last."""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.catalog.report import quote

_AGENCY = re.compile(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z-]+)*")
_BOUND = re.compile(r"(.*?)([0-9]{1,9})")


class RangeError(ValueError):
    """A range that names nothing, or something that does not exist. `expected` says what would be right."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected


def is_agency_code(text: str) -> bool:
    """True for `H99.05.06.001`, and for the codes of our own, `local.police-commune`."""
    return _AGENCY.fullmatch(text) is not None


def is_range(item: str, known: Collection[str]) -> bool:
    """True where the item names more than one agency. A dash may also stand inside a code of our own."""
    return "-" in item and item not in known


def expand(item: str, known: Collection[str]) -> tuple[str, ...]:
    """The agency codes that one item (a code or a range) names, in order.

    Both ends of a range bear the same prefix and as many digits, the second is greater, and every code in between
    is known. Raises RangeError otherwise, and for a code that is not known.
    """
    if not is_range(item, known):
        if item not in known:
            raise RangeError(f"agency {quote(item)} is not known", "a code of agencies.csv")
        return (item,)
    first, _, last = item.partition("-")
    start, end = _BOUND.fullmatch(first), _BOUND.fullmatch(last)
    if start is None or end is None or start[1] != end[1] or len(start[2]) != len(end[2]):
        raise RangeError(f"range {item} has unlike ends", "two codes that differ only in their last number")
    if int(start[2]) >= int(end[2]):
        raise RangeError(f"range {item} does not rise", "a first code below the last one")
    width = len(start[2])
    codes = []
    for number in range(int(start[2]), int(end[2]) + 1):
        code = f"{start[1]}{number:0{width}d}"
        # Stopping here also keeps a slip of the pen from running through a thousand million numbers.
        if code not in known:
            raise RangeError(f"range {item} runs over {code}, which is not known", "every code of it in agencies.csv")
        codes.append(code)
    return tuple(codes)
