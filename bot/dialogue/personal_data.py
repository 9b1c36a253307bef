"""Finding numbers that say who a person is, so that they are dropped before anything else sees the message.

Found: identity numbers (9 or 12 digits), phones, bank cards, one-time codes beside a word for them, e-mail addresses.
Left alone: procedure codes, dates, years, amounts of money, numbers of decisions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.search.fold import fold
from bot.texts import Texts


class PersonalData(StrEnum):
    IDENTITY = "identity"
    PHONE = "phone"
    CARD = "card"
    ONE_TIME_CODE = "one_time_code"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` without what was found, and the kinds of it."""

    text: str
    found: frozenset[PersonalData]


_EMAIL = re.compile(r"[\w.+\-]{1,64}\s?@\s?[\w\-]{1,63}(?:\s?\.\s?[\w\-]{2,63}){1,4}")
# `1.001193` and longer forms of it; without the dot only where it does not continue a number (091 2345678).
_PROCEDURE_CODE = re.compile(
    r"(?:(?<!\d)[1-9][.,] ?\d{6,7}|(?<!\d)(?<![\d)][ .\-])[1-9]\d{6})(?!\d)"
    r"(?:\.\d{2,3}(?!\d))*(?:\.[a-z]\d{2}(?!\d))?"
)
_DATE = re.compile(r"(?<!\d)\d{1,2}([./\- ])\d{1,2}\1(?:19|20)\d{2}(?!\d)")
_DIGITS = re.compile(r"\d+")
# What may stand between the groups of one number, as people write it.
_JOINT = re.compile(r"[ .\-–_]{1,3}|\)[ ]?|[ ]?\(")
_YEAR = re.compile(r"(?:19|20)\d{2}")
# A landline: 024, 028 or 02xx, eleven digits in all, and no digit more; so no identity number is one.
_LANDLINE = re.compile(r"(?<![\d+])(?<!\d[ .\-])(?:\(02\d{1,2}\)|02\d{1,2})(?:[ .\-]?\d){7,8}(?![ .\-]?\d)")
_LANDLINE_DIGITS = 11
_CODE_REACH = 40
_CODE_DIGITS = range(4, 9)
_LONGEST = 22
_LONGEST_ACCOUNT = 40

_NAME_REACH = 40
_BETWEEN = "la|cua toi|cua tui|cua em|is|number"
"""What may stand between the name of a number and the number."""

_Span = tuple[int, int]
_Found = tuple[int, int, PersonalData]


@dataclass(frozen=True, slots=True)
class Masker:
    """`code_words`: words for a one-time code. `money_words`: units that make a number an amount.

    `naming_words`: what stands before such a number and names it; it goes with the number, for it says nothing of what
    is wanted ("số căn cước …").
    """

    code_words: tuple[str, ...]
    money_words: tuple[str, ...]
    naming_words: tuple[str, ...] = ()

    def mask(self, text: str) -> Masked:
        """`text` (NFC, one line) without personal data. Linear in its length but for a small factor."""
        flat = _flatten(text)
        spans: list[tuple[int, int, PersonalData]] = [(*m.span(), PersonalData.EMAIL) for m in _EMAIL.finditer(flat)]
        kept = [m.span() for pattern in (_PROCEDURE_CODE, _DATE) for m in pattern.finditer(flat)]
        groups = _outside([m.span() for m in _DIGITS.finditer(flat)], [*kept, *(span[:2] for span in spans)], flat)
        for run in _runs(flat, groups):
            spans.extend(self._numbers(flat, run))
        spans.extend(self._one_time_codes(flat, _outside(groups, [span[:2] for span in spans], flat)))
        if not spans:
            return Masked(text, frozenset())
        if self.naming_words:
            words = "|".join(map(re.escape, sorted(self.naming_words, key=len, reverse=True)))
            named = re.compile(rf"(?<![^\W_])(?:{words})(?: (?:{_BETWEEN}))* ?[:=]? ?(?:\(?\+?)?$")
            spans = [_with_its_name(flat, span, named) for span in spans]
        return Masked(_without(text, spans), frozenset(kind for _, _, kind in spans))

    def _numbers(self, flat: str, run: list[_Span]) -> Iterator[tuple[int, int, PersonalData]]:
        """The longest numbers first, from the left; a run may hold several written side by side."""
        first = 0
        while first < len(run):
            for last in range(min(len(run), first + _LONGEST), first, -1):
                kind = _kind(flat, run[first:last])
                if kind is not None and not self._is_money(flat, run[first:last]):
                    yield run[first][0], run[last - 1][1], kind
                    first = last
                    break
            else:
                first += 1

    def _is_money(self, flat: str, groups: list[_Span]) -> bool:
        before, after = flat[groups[0][0]], fold(flat[groups[-1][1] : groups[-1][1] + 12]).split()
        return before != "0" and bool(after) and after[0] in self.money_words

    def _one_time_codes(self, flat: str, groups: list[_Span]) -> Iterator[tuple[int, int, PersonalData]]:
        pattern = re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, self.code_words)) + r")(?![^\W_])")
        words = [m.span() for m in pattern.finditer(flat)]
        if not words:
            return
        for run in _runs(flat, groups):
            start, end = run[0][0], run[-1][1]
            digits = sum(b - a for a, b in run)
            near = any(start - _CODE_REACH <= b <= start or end <= a <= end + _CODE_REACH for a, b in words)
            if near and digits in _CODE_DIGITS and not _YEAR.fullmatch(flat[start:end]):
                yield start, end, PersonalData.ONE_TIME_CODE


def _with_its_name(flat: str, span: _Found, named: re.Pattern[str]) -> _Found:
    start, end, kind = span
    match = named.search(flat, max(0, start - _NAME_REACH), start)
    return span if match is None else (match.start(), end, kind)


def masker_of(languages: Iterable[Texts]) -> Masker:
    """The masker that knows the words of these languages: people mix them."""
    known = tuple(languages)
    return Masker(
        code_words=_folded(known, "personal.code"),
        money_words=_folded(known, "personal.money"),
        naming_words=_folded(known, "personal.naming"),
    )


def without_office_phones(text: str) -> str:
    """`text` (NFC, one line) without landlines, which offices have: what staff publish may name them.

    A mobile number is a person's, whoever answers it, and stays.
    """

    def left(match: re.Match[str]) -> str:
        return "" if sum(letter.isdigit() for letter in match[0]) == _LANDLINE_DIGITS else match[0]

    return _LANDLINE.sub(left, text)


def _folded(languages: Iterable[Texts], list_id: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word) for texts in languages for word in texts.words(list_id)))


def _flatten(text: str) -> str:
    """Lower case, no marks, digits of every script as 0–9; as long as `text`, so that positions agree."""
    return "".join(map(_flat_letter, text))


def _flat_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    base = unicodedata.normalize("NFKD", letter)[0].lower()
    return "d" if base in "đð" else base[0]


def _outside(groups: list[_Span], others: Iterable[_Span], flat: str) -> list[_Span]:
    """The groups that begin in none of the other spans."""
    covered = bytearray(len(flat))
    for start, end in others:
        covered[start:end] = b"\1" * (end - start)
    return [group for group in groups if not covered[group[0]]]


def _runs(flat: str, groups: list[_Span]) -> Iterator[list[_Span]]:
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


def _kind(flat: str, groups: list[_Span]) -> PersonalData | None:
    parts = [flat[start:end] for start, end in groups]
    digits = "".join(parts)
    international = flat[max(0, groups[0][0] - 1) : groups[0][0]] == "+"
    if _is_phone(digits, international=international):
        return PersonalData.PHONE
    if _is_identity(digits, parts):
        return PersonalData.IDENTITY
    if _is_card(digits, parts):
        return PersonalData.CARD
    return None


def _is_phone(digits: str, *, international: bool) -> bool:
    if digits.startswith("0084") or (international and digits.startswith("84")):
        return 11 <= len(digits.removeprefix("00")) <= 12
    if digits.startswith("84") and len(digits) == 11:
        return True
    return digits.startswith("0") and not digits.startswith("00") and len(digits) in {10, 11}


def _is_identity(digits: str, parts: list[str]) -> bool:
    if len(digits) == 12:
        return len(parts) == 1 or digits.startswith("0")
    if len(digits) != 9:
        return False
    sizes = tuple(map(len, parts))
    return len(parts) == 1 or max(sizes) <= 3 or sizes in {(3, 6), (6, 3), (4, 5), (5, 4)}


def _is_card(digits: str, parts: list[str]) -> bool:
    if not 13 <= len(digits) <= (_LONGEST_ACCOUNT if len(parts) == 1 else 19):
        return False
    if len(parts) == 4 and all(len(part) == 4 for part in parts):
        return not all(_YEAR.fullmatch(part) for part in parts)
    # Written in one piece it may as well be an account: nothing that we need is that long.
    return len(parts) == 1 or _luhn(digits)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _without(text: str, spans: list[tuple[int, int, PersonalData]]) -> str:
    pieces, at = [], 0
    for start, end, _ in sorted(spans):
        pieces.append(text[at : max(at, start)])
        at = max(at, end)
    pieces.append(text[at:])
    return " ".join(" ".join(pieces).split())
