"""The proof that somebody's data were deleted: a number that says when and how much, and that we have given it.

It says nothing of whom, and nothing about it is stored. `BNX-` and letters and digits in groups of four, without those
that look alike: what is read for another is taken for the one that was meant.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta

from bot.dialogue.signed_links import Signer
from bot.store.erasing import Deleted

RECEIPT_PATH = "/bien-nhan-xoa"
_PURPOSE = "receipt"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_GROUP = 4
_BITS = 5
_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_TIME_BYTES = 3
"""Minutes: until the year 2057."""
_SIGNATURE_BYTES = 9
_MOST_COUNTED = 2**28 - 1
_CHARS = "{28,52}"
_WRITTEN = re.compile(rf"\bBNX((?:-?[0-9A-Z]){_CHARS})(?![0-9A-Z-])", re.ASCII | re.IGNORECASE)
_SPELLED = re.compile(rf"\bBNX((?:[\s.,-]*[0-9A-Z]){_CHARS})[\s.?!]*$", re.ASCII | re.IGNORECASE)
"""With gaps, as it is read out: then nothing but its end tells it from what is said after it."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """`at`: in UTC, to the minute. `number`: as it is told to people."""

    at: datetime
    deleted: Deleted
    number: str


def make_receipt(signer: Signer, at: datetime, deleted: Deleted) -> Receipt:
    """Counts above 268 million are told as that."""
    minutes = (at - _FIRST) // timedelta(minutes=1)
    deleted = Deleted(*(min(count, _MOST_COUNTED) for count in astuple(deleted)))
    said = minutes.to_bytes(_TIME_BYTES, "big") + b"".join(map(_packed, astuple(deleted)))
    signature = signer.sign(_PURPOSE, said.hex()).rpartition("~")[2]
    number = _number(_letters(said + base64.urlsafe_b64decode(signature)))
    return Receipt(_FIRST + timedelta(minutes=minutes), deleted, number)


def receipt_of(signer: Signer, letters: str) -> Receipt | None:
    """What a number says, given as `number_in` gives it; None where it is not one of ours."""
    written = _bytes(letters)
    said, signature = written[:-_SIGNATURE_BYTES], written[-_SIGNATURE_BYTES:]
    signed = f"{said.hex()}~{base64.urlsafe_b64encode(signature).decode('ascii')}"
    if signer.read(_PURPOSE, signed) is None or _letters(written) != letters:
        return None
    at = _FIRST + timedelta(minutes=int.from_bytes(said[:_TIME_BYTES], "big"))
    # As the person has it: signed anew, with the key of now, it would be another one.
    return Receipt(at, Deleted(*_unpacked(said[_TIME_BYTES:])), _number(letters))


def number_in(text: str) -> str | None:
    """The letters and digits of the number that a text holds; None where it holds none."""
    found = _WRITTEN.search(text) or _SPELLED.search(text)
    if found is None:
        return None
    letters = re.sub(r"[^0-9A-Za-z]", "", found[1]).upper()
    known = "".join(_ALPHABET[_VALUES[letter]] for letter in letters if letter in _VALUES)
    return known if len(known) == len(letters) else None


def _number(letters: str) -> str:
    groups = (letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
    return "-".join(("BNX", *groups))


def _packed(count: int) -> bytes:
    """Seven bits a byte, the lowest first; the highest bit says that there are more."""
    left, packed = count, bytearray()
    while left > 0x7F:
        packed.append(left & 0x7F | 0x80)
        left >>= 7
    packed.append(left)
    return bytes(packed)


def _unpacked(packed: bytes) -> Iterator[int]:
    """Of what `_packed` made, which is signed."""
    count = shift = 0
    for byte in packed:
        count |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            yield count
            count = shift = 0


def _letters(written: bytes) -> str:
    bits = len(written) * 8
    length = -(-bits // _BITS)
    value = int.from_bytes(written, "big") << (length * _BITS - bits)
    return "".join(_ALPHABET[value >> _BITS * place & 0x1F] for place in reversed(range(length)))


def _bytes(letters: str) -> bytes:
    """What `_letters` was given; of anything else some bytes that nobody has signed."""
    value = 0
    for letter in letters:
        value = value << _BITS | _VALUES[letter]
    length = len(letters) * _BITS // 8
    return (value >> (len(letters) * _BITS - length * 8)).to_bytes(length, "big")
