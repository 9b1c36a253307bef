"""Identity numbers, phones and cards, in whatever groups and with whatever signs between them they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from bot.dialogue.masking.spans import Found, PersonalData, Span

_DIGITS = re.compile(r"\d+")
# What may stand between the groups of one number, as people write it.
_JOINT = re.compile(r"[ .\-–—‑_·•*]{1,3}|\) {0,2}|\)[.\-]| ?\(|[.\-]\(")
# With slashes or commas, which divide other things too, only in the groups that such a number has.
_DIVIDED = re.compile(
    r"(?<![\d/,])(?:(?P<phone>0\d{2,3}([/,]) ?\d{3,4}\2 ?\d{3,4})|(?P<identity>0\d{2}([/,]) ?\d{3}\4 ?\d{3}\4 ?\d{3})|"
    r"(?P<card>(?!20|19)\d{4}([/,]) ?\d{4}\6 ?\d{4}\6 ?\d{4}))(?![/,]?\d)"
)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_LONGEST = 22
_LONGEST_ACCOUNT = 40
_SHORTEST_ACCOUNT = 10


def groups_of(flat: str) -> list[Span]:
    return [match.span() for match in _DIGITS.finditer(flat)]


def runs_of(flat: str, groups: Sequence[Span]) -> Iterator[list[Span]]:
    """Groups of digits that may belong to one number."""
    if not groups:
        return
    run = [groups[0]]
    for before, group in pairwise(groups):
        if _JOINT.fullmatch(flat, before[1], group[0]):
            run.append(group)
        else:
            yield run
            run = [group]
    yield run


def divided(flat: str) -> Iterator[Found]:
    """Numbers with slashes or commas between their groups."""
    for match in _DIVIDED.finditer(flat):
        yield *match.span(), PersonalData(match.lastgroup or PersonalData.IDENTITY)


def numbers_in(flat: str, groups: Sequence[Span], is_money: Callable[[Sequence[Span]], bool]) -> Iterator[Found]:
    """The longest numbers first, from the left; a run may hold several written side by side."""
    for run in runs_of(flat, groups):
        first = 0
        while first < len(run):
            for last in range(min(len(run), first + _LONGEST), first, -1):
                kind = kind_of(flat, run[first:last])
                if is_money(run[first:last]):
                    first = last
                    break
                if kind is not None:
                    whole = _whole(flat, run, first, last)
                    yield run[first][0], run[whole - 1][1], kind
                    first = whole
                    break
            else:
                first += 1


def _whole(flat: str, run: Sequence[Span], first: int, last: int) -> int:
    """Where to end: "lớp 6. 09 97 29 75 01" begins with what is none of it, and shall not end in the middle."""
    for start in range(first + 1, last):
        if flat[run[start][0]] == "0":
            for end in range(len(run), last, -1):
                if kind_of(flat, run[start:end]) is not None:
                    return end
    return last


def kind_of(flat: str, groups: Sequence[Span]) -> PersonalData | None:
    """What the digits of these groups are together; None where they may be anything."""
    parts = [flat[start:end] for start, end in groups]
    digits = "".join(parts)
    if len(digits) < 9:
        return None
    international = flat[max(0, groups[0][0] - 2) : groups[0][0]].rstrip().endswith("+")
    if _is_phone(digits, international=international):
        return PersonalData.PHONE
    if _is_identity(digits, parts):
        return PersonalData.IDENTITY
    if _is_card(digits, parts):
        return PersonalData.CARD
    return None


def is_year(digits: str) -> bool:
    return _YEAR.fullmatch(digits) is not None


def _is_phone(digits: str, *, international: bool) -> bool:
    if digits.startswith("0084") or (international and digits.startswith("84")):
        return 11 <= len(digits.removeprefix("00")) <= 13
    if digits.startswith("84") and (len(digits) == 11 or (len(digits) == 12 and digits[2] == "0")):
        return True
    return digits.startswith("0") and not digits.startswith("00") and len(digits) in {10, 11}


def _is_identity(digits: str, parts: Sequence[str]) -> bool:
    if len(digits) == 12:
        return len(parts) == 1 or digits.startswith("0")
    if len(digits) != 9:
        return False
    sizes = tuple(map(len, parts))
    return len(parts) == 1 or max(sizes) <= 3 or sizes in {(3, 6), (6, 3), (4, 5), (5, 4), (2, 7), (2, 3, 4)}


def _is_card(digits: str, parts: Sequence[str]) -> bool:
    if len(parts) == 1:
        # It may as well be an account: nothing that we need is that long.
        return _SHORTEST_ACCOUNT <= len(digits) <= _LONGEST_ACCOUNT
    if not 13 <= len(digits) <= 19:
        return False
    if len(parts) >= 4 and all(len(part) == 4 for part in parts[:4]):
        return not all(map(is_year, parts[:4]))
    return (len(parts[0]) >= 4 or len({len(part) for part in parts}) == 1) and _luhn(digits)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
