"""What is private because of the word beside it: one-time codes, passwords, accounts; and e-mail, and dossiers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.dialogue.masking.numbers import is_year, runs_of
from bot.dialogue.masking.spans import Found, PersonalData, Span

_EMAIL = re.compile(
    r"[\w.+\-]{1,64} {0,3}(?:@|\(at\)|\[at\]|\ba cong\b) {0,3}(?:"
    r"[\w\-]{1,63}(?:\.[\w\-]{2,63}| {0,3}(?:\.|\bcham\b|,) {0,3}(?:com|vn|net|org|edu|gov|info)\b){1,4}|"
    r"(?:gmail|yahoo|hotmail|outlook|icloud|email)(?: com| vn)*)"
)
SPOKEN = frozenset({"còng", "chấm"})
"""How the signs of an e-mail address are read out."""
# H99.118-251122-0001 and 000.00.18.H99-251122-0001: the agency, the day, a number.
_DOSSIER = re.compile(
    r"(?:(?<!\d)(?:\d{2,3}[. ]){1,3}|(?<![a-z\d]))[a-z]\d{2}(?:[. ]\d{1,3}){0,5}"
    r" ?[\-–—_/. ] ?\d{6} ?[\-–—_/. ] ?\d{3,6}(?!\d)"
)
_CODE_REACH = 40
_CODE_DIGITS = range(4, 9)
_ROUND = re.compile(r"\d{1,3}[.,]\d?00")
_WORD = re.compile(r" {0,2}([a-z\d]+)")
_NAME_REACH = 40
_BETWEEN = "la|cua toi|cua tui|cua em|cua minh|minh|em|toi|so|is|number"
"""What may stand between the name of a number and the number."""
_LEAST_NAMED_DIGITS = 5


@dataclass(frozen=True, slots=True)
class NamedWords:
    """Words without marks, from `bot/texts/words.*.toml` (`[personal]`).

    `code`: for a one-time code. `password`: for a password, which may hold letters. `money`: units that make a number
    an amount. `naming`: what stands before a private number and names it; it goes with the number, for it says nothing
    of what is wanted ("số căn cước …"). `dossier`: the same for dossiers.
    """

    code: tuple[str, ...]
    password: tuple[str, ...]
    money: tuple[str, ...]
    naming: tuple[str, ...]
    dossier: tuple[str, ...]


class Emails:
    """E-mail addresses, also with blanks, "(at)" and "a còng", and of known providers without their end."""

    @staticmethod
    def find(flat: str) -> Iterator[Found]:
        if "@" in flat or "cong" in flat or "at)" in flat or "at]" in flat:
            for match in _EMAIL.finditer(flat):
                yield *match.span(), PersonalData.EMAIL


def dossiers(flat: str) -> Iterator[Found]:
    """Numbers of dossiers that tell by their form."""
    for match in _DOSSIER.finditer(flat):
        yield *match.span(), PersonalData.DOSSIER


class Named:
    """Made once from the words."""

    def __init__(self, words: NamedWords) -> None:
        begins, between = r"(?<![^\W_])", rf"(?: +(?:{_BETWEEN}))*"
        number = r"(?P<number>(?:[a-z]{1,3}(?=\d))?\d[\d.\- ]{3,24}\d)(?!\d)"
        self._name = re.compile(rf"{begins}{_any((*words.naming, *words.dossier))}{between} *[:=.]? *(?:\(?\+?)?$")
        self._named = re.compile(rf"{begins}{_any(words.naming)}{between} *[:=]? *{number}")
        self._dossier = re.compile(
            rf"{begins}{_any(words.dossier)}{between} *[:=]? *"
            r"(?P<number>(?=[a-z.\-/]*\d)[a-z\d][a-z\d.\-/]*\d(?: ?- ?\d+)*)"
        )
        self._code = re.compile(rf"{begins}{_any(words.code)}(?![^\W_])")
        self._password = re.compile(
            rf"{begins}{_any(words.password)}{between} *[:=]? *(?P<password>(?=[^\s\d]*\d)(?=\S*[a-z])[^\s,]{{6,64}})"
        )
        self._money = frozenset(words.money)

    def numbers(self, flat: str) -> Iterator[Found]:
        """What is private whatever it looks like, for it is called so."""
        for match in self._named.finditer(flat):
            is_amount = match["number"].endswith("000") and self._word_behind(flat, match.end()) in self._money
            if _digits(match["number"]) >= _LEAST_NAMED_DIGITS and not is_amount:
                yield *match.span("number"), PersonalData.CARD
        for match in self._dossier.finditer(flat):
            if _digits(match["number"]) >= _LEAST_NAMED_DIGITS:
                yield *match.span("number"), PersonalData.DOSSIER

    def one_time_codes(self, flat: str, groups: Sequence[Span]) -> Iterator[Found]:
        """`groups`: digits that are nothing else."""
        words = [match.span() for match in self._code.finditer(flat)]
        if not words:
            return
        for run in runs_of(flat, groups):
            start, end = run[0][0], run[-1][1]
            near = any(start - _CODE_REACH <= b <= start or end <= a <= end + _CODE_REACH for a, b in words)
            if near and _digits(flat[start:end]) in _CODE_DIGITS and not self._is_other(flat, start, end):
                yield start, end, PersonalData.ONE_TIME_CODE

    def passwords(self, flat: str) -> Iterator[Found]:
        for match in self._password.finditer(flat):
            yield *match.span("password"), PersonalData.ONE_TIME_CODE

    def is_money(self, flat: str, groups: Sequence[Span]) -> bool:
        """Whether these groups of digits are an amount: round, or in thousands, with its unit behind it."""
        if flat[groups[0][0]] == "0":
            return False
        first, *rest = (end - start for start, end in groups)
        if (rest and first > 3) or any(size != 3 for size in rest):
            return False
        digits = "".join(flat[start:end] for start, end in groups)
        if not digits.endswith("000"):
            return False
        return self._word_behind(flat, groups[-1][1]) in self._money or (bool(rest) and digits.endswith("000000"))

    def with_its_name(self, flat: str, span: Found) -> Found:
        """The place together with the words before it that name the number."""
        start, end, kind = span
        match = self._name.search(flat, max(0, start - _NAME_REACH), start)
        return span if match is None else (match.start(), end, kind)

    def _is_other(self, flat: str, start: int, end: int) -> bool:
        digits = flat[start:end]
        is_amount = digits.endswith("00") and self._word_behind(flat, end) in self._money
        return is_amount or is_year(digits) or _ROUND.fullmatch(digits) is not None

    @staticmethod
    def _word_behind(flat: str, end: int) -> str:
        match = _WORD.match(flat, end)
        return "" if match is None else match[1]


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _any(words: tuple[str, ...]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " +") for word in ordered) + ")"
