"""Procedure codes in any written form.

The canonical form is `1.001193`. People and lists also write `1001193`, `1,001193`, `1.001.193`, `1.001193.01` (a
service of it), `1.001193.H99` and `1.001193.000.00.00.H99` (the same procedure as a province files it),
`TTHC 1.001193` or `mã số: 1.001193`.
"""

from __future__ import annotations

import re
import unicodedata

_PUBLIC = re.compile(r"[1-4]\.[0-9]{6}")
_SERVICE = re.compile(r"[1-4]\.[0-9]{6}(?:\.[0-9]{2})?")

# Which digit may stand before is checked by hand: a code never continues a longer number.
_FIRST = r"(?<![0-9])(?<![0-9]\.)([1-6])"
_IN_TEXT = re.compile(_FIRST + r"([.,]?\s?)([0-9]{6})(?![0-9])")
_BY_THOUSANDS = re.compile(_FIRST + r"\.([0-9]{3})\.([0-9]{3})(?![0-9])")
_TAIL = re.compile(r"(?:\.[0-9]{2,3})*(?:\.[A-Za-z][0-9]{2}(?:\.[0-9]{2,3})*)?")
_NAMING = re.compile(r"(?:[^\W\d_]+[\s:.#()-]*){0,5}")
_ROUND = "0000"


def is_public_code(text: str) -> bool:
    """True for a canonical code that citizens may see: 5.… and 6.… are internal between state bodies."""
    return _PUBLIC.fullmatch(text) is not None


def is_service_code(text: str) -> bool:
    """True for `1.001193.01`, or a bare procedure code, which a few services bear."""
    return _SERVICE.fullmatch(text) is not None


def parse_code(text: str) -> str | None:
    """The canonical code when `text` is one code in any written form and nothing else; None otherwise.

    Words that only name it may stand before (`mã thủ tục`). Internal codes (5.…, 6.…) are parsed too: ask
    `is_public_code`. Whether a procedure bears the code is another question.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    for pattern in (_IN_TEXT, _BY_THOUSANDS):
        match = pattern.search(plain)
        if match is None or not _NAMING.fullmatch(plain[: match.start()].strip(" (")):
            continue
        tail = _TAIL.match(plain, match.end())
        if tail is not None and not plain[tail.end() :].strip(" .,;:!?()"):
            digits = "".join(char for char in match[0] if char.isdigit())
            return f"{digits[0]}.{digits[1:]}"
    return None


def find_codes(text: str) -> tuple[str, ...]:
    """The canonical codes written anywhere in a message, in order, each once.

    Narrower than `parse_code`, because messages also hold amounts of money: a number without its dot counts only
    when it is not as round as an amount (`2000000`), and dots by thousands (`1.500.000`) do not count.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = (
        f"{match[1]}.{match[3]}"
        for match in _IN_TEXT.finditer(plain)
        if match[2].startswith(".") or not match[3].endswith(_ROUND)
    )
    return tuple(dict.fromkeys(found))
