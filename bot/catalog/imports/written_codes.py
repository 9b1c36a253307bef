"""What a code that is not written N.NNNNNN may be. Only what something else proves is proposed."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.catalog.codes import find_codes, is_public_code, is_service_code, parse_code
from bot.catalog.imports.model import Listed

_CANONICAL = re.compile(r"[1-6]\.[0-9]{6}")
_DIGITS_BEHIND = 6
MOST_CANDIDATES = 10


def is_well_written(row: Listed) -> bool:
    """Whether the code stands in the list as it has to; also as the code of a service of it."""
    written = row.code_written.strip()
    return row.code is not None and (
        written in {"", row.code} or (is_service_code(written) and written.startswith(row.code))
    )


def is_internal(code: str) -> bool:
    return _CANONICAL.fullmatch(code) is not None and not is_public_code(code)


def several_codes(row: Listed) -> tuple[str, ...]:
    """The public codes of a cell that holds more than one; none of any other cell."""
    found = tuple(code for code in find_codes(row.code_written) if is_public_code(code)) if row.code is None else ()
    return found if len(found) > 1 else ()


def candidates(row: Listed) -> tuple[str, ...]:
    """Codes that may be meant: as it is parsed, or with one digit too many taken out; the likeliest first."""
    parsed = row.code or parse_code(row.code_written)
    if parsed is not None:
        return (parsed,)
    digits = "".join(char for char in row.code_written if char.isdecimal() and char.isascii())
    if len(digits) != 1 + _DIGITS_BEHIND + 1:
        return ()
    shorter = dict.fromkeys(digits[:place] + digits[place + 1 :] for place in range(1, len(digits)))
    codes = (f"{short[0]}.{short[1:]}" for short in shorter)
    return tuple(code for code in codes if is_public_code(code))[:MOST_CANDIDATES]


def proven(
    row: Listed, found: tuple[str, ...], is_known: Callable[[str], bool], is_named: Callable[[str], bool]
) -> str:
    """The one code that is proposed; empty where nothing proves one.

    `is_known`: whether the catalogue or another row has the code; `is_named`: whether it bears the row's name there.
    """
    if len(found) == 1 and (row.code or parse_code(row.code_written)):
        return found[0] if is_known(found[0]) else ""
    named = [code for code in found if is_named(code)]
    return named[0] if len(named) == 1 else ""
