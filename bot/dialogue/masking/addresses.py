"""Where somebody lives: a house number, with the lane and the street that it belongs to.

A street, a hamlet or a ward alone is nobody's. "12/3 Nguyễn Du" is an address where a family name or capitals follow
and nothing before says otherwise; "số 12 đường …", "số nhà 12", "ngõ 5" are so by their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.dialogue.masking.spans import Found, PersonalData, Span
from bot.search.fold import canonical, fold

_NUMBER = r"(?<![\d/.,])\d{1,4}(?: ?bis|[a-h](?![a-z]))?(?: ?[/\-] ?\d{1,4}[a-h]?(?![a-z\d])){0,4}(?![\d/]|[.,]\d)"
_BEFORE = 24
_MOST_NAME_WORDS = 4
_WORD = re.compile(r"[ ]*([^\W_]+)")
_PLACES = frozenset({"phuong", "xa", "tp", "thanh", "tinh", "huyen", "khoi", "to", "thon", "ward", "commune"})
_SLASHED = re.compile(r"\d ?/ ?\d")
_DAY = re.compile(r"[0-3]?\d ?/ ?[01]?\d")
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class AddressWords:
    """Words without marks (`lane`: with them), from `bot/texts/words.*.toml` (`[personal]`).

    `house`: before a number, make it a house's. `lane`, `street`: what stands between it and a street's name.
    `behind`: what follows a street's name in other languages. `at`: before an address. `family`: names that streets
    are called by. `not_street`: what follows a number or "đường" and is no street. `not_house`: what stands before a
    number that is none of a house; `about` the same, but not before "số". `room` and `block`: before and behind a
    number, make it a flat's. `ends_name`: a street's name is over.
    """

    house: tuple[str, ...]
    lane: tuple[str, ...]
    street: tuple[str, ...]
    behind: tuple[str, ...]
    at: tuple[str, ...]
    family: tuple[str, ...]
    not_street: tuple[str, ...]
    not_house: tuple[str, ...]
    about: tuple[str, ...]
    room: tuple[str, ...]
    block: tuple[str, ...]
    ends_name: tuple[str, ...]


class Addresses:
    """Made once from the words."""

    def __init__(self, words: AddressWords) -> None:
        house, street = _any(words.house), _any(words.street)
        lane = f"(?P<lane>{_any(tuple(map(fold, words.lane)))})"
        number, begins = _NUMBER, r"(?<![^\W_])"
        self._lanes = frozenset(words.lane)
        more = lane.replace("?P<lane>", "?:")
        lanes = rf"(?: {{0,3}}[,\-]? {{0,3}}{more}\.? *(?:so *)?{number})"
        in_block = rf"(?= {{0,3}},? {{0,3}}(?:tang +\d+ *,? *)?{_any(words.block)})"
        self._by_words = re.compile(
            rf"(?:{begins}|(?<=[a-z])(?=\d))(?:(?P<house>{house} {{0,2}}(?:so {{0,2}})?[:.]? {{0,2}}{number}{lanes}*)|"
            rf"(?P<lanes>(?:(?:so +)?{number} {{0,3}},? {{0,3}})?{lane}\.? *(?:so *)?{number}{lanes}*)|"
            rf"(?P<room>{_any(words.room)}[. ]{{0,2}}(?:so +)?{number}{in_block}))"
        )
        self._bare = re.compile(rf"{begins}(?P<so>so[ :.]+)?(?P<number>{number})(?= {{0,3}},? {{0,3}}[^\W\d_])")
        self._street = re.compile(rf" {{0,3}}[,\-]? {{0,3}}{street}(?: +so +\d{{1,3}}(?![\d/])|(?= +[^\W_]))")
        self._numbered = re.compile(r" +(?:\d{1,2} ?/ ?\d{1,2}|\d{1,3})(?![\d/])")
        self._reversed = re.compile(
            rf"{begins}{street}(?: +[^\W\d_]+){{1,4}} {{0,2}},? {{0,2}}(?P<number>(?:so +nha|nha +so|so) +{number})"
        )
        self._street_behind = re.compile(rf"(?: +[^\W\d_]+){{1,4}}? +{_any(words.behind)}(?![^\W_])")
        self._not_house = re.compile(rf"{begins}(?:{_any(words.not_house)}(?: *so)?|{_any(words.about)}) *$")
        self._noun = re.compile(rf"{begins}{_any(words.not_house)}(?: *so)? *$")
        self._at = re.compile(rf"{begins}{_any(words.at)}(?: +la)? *[:.,]? *$")
        self._not_street = re.compile(rf"{_any(words.not_street)}(?![^\W_])")
        self._family = re.compile(rf" {{0,3}}{_any(words.family)}(?![^\W_])")
        self._ends_name = frozenset(words.ends_name)

    def find(self, text: str, flat: str) -> Iterator[Found]:
        """`flat`: `text` in its plain form."""
        for start, end in self._found(text, flat):
            yield start, end, PersonalData.ADDRESS

    def _found(self, text: str, flat: str) -> Iterator[Span]:
        for match in self._by_words.finditer(flat):
            if match["lane"] is None or self._is_lane(text[slice(*match.span("lane"))]):
                yield match.start(), self._with_street(text, flat, match.end())
        for match in self._bare.finditer(flat):
            end = self._bare_end(text, flat, match)
            if end is not None:
                yield match.start(), end
        for match in self._reversed.finditer(flat):
            yield match.span("number")

    def _is_lane(self, written: str) -> bool:
        """ "Bất ngờ 440k" is about no "ngõ"."""
        return written.isascii() or canonical(written) in self._lanes

    def _bare_end(self, text: str, flat: str, match: re.Match[str]) -> int | None:
        """Where the address ends that begins with this number; None where it is none."""
        start, end = match.span()
        if street := self._street.match(flat, end):
            behind = flat[street.end() :].lstrip()
            at = len(flat) - len(behind)
            is_street = street[0].rstrip()[-1].isdigit() or (behind[:1].isalnum() and not self._is_other(flat, at))
            is_other = self._noun.search(flat, max(0, start - _BEFORE), start) is not None
            is_year = _YEAR.fullmatch(match["number"]) is not None and match["so"] is None
            return self._with_street(text, flat, end) if is_street and not (is_other or is_year) else None
        number = match["number"]
        if self._is_other_number(flat, start, number):
            return None
        if behind_name := self._street_behind.match(flat, end):
            return behind_name.end()
        is_placed = match["so"] is not None or self._at.search(flat, max(0, start - _BEFORE), start) is not None
        if _YEAR.fullmatch(number) and not is_placed:
            return None
        at = flat.find(",", end, end + 3)
        name_at = end if at < 0 else at + 1
        words = _words(flat, name_at)
        if not words or self._is_other(flat, words[0][0]):
            return None
        is_name = self._family.match(flat, name_at) is not None
        # Where all is in capitals, they say nothing.
        is_capital = len(words) > 1 and all(text[slice(*word)].istitle() for word in words[:2])
        is_certain = (is_placed or _SLASHED.search(number) is not None) and (is_name or is_capital)
        return self._name_end(text, flat, name_at) if is_certain or (is_name and is_capital) else None

    def _is_other_number(self, flat: str, start: int, number: str) -> bool:
        """Whether the words before say what it is; of "71/38C" they say nothing, of "12/3" they may say a day."""
        if _SLASHED.search(number) and not _DAY.fullmatch(number):
            return False
        before = self._noun if flat.startswith("so", start) else self._not_house
        return before.search(flat, max(0, start - _BEFORE), start) is not None

    def _is_other(self, flat: str, at: int) -> bool:
        """Whether what stands here is no street; a single word that may be either is one ("hầm", "Hàm Nghi")."""
        match = self._not_street.match(flat, at)
        return match is not None and (" " in match[0] or self._family.match(flat, at) is None)

    def _with_street(self, text: str, flat: str, end: int) -> int:
        """The end of the street's name that follows a house number, as far as it can be told; else of the number."""
        street = self._street.match(flat, end)
        if street is None:
            return self._name_end(text, flat, end) if self._names(text, flat, end) else end
        if flat[street.end() - 1].isdigit():
            return street.end()
        if numbered := self._numbered.match(flat, street.end()):
            return numbered.end()
        return self._name_end(text, flat, street.end())

    def _names(self, text: str, flat: str, end: int) -> bool:
        words = _words(flat, end)
        if not words or text.isupper() or not text[words[0][0]].isupper() or self._is_other(flat, words[0][0]):
            return False
        return self._family.match(flat, end) is not None

    def _name_end(self, text: str, flat: str, start: int) -> int:
        """Up to four words, up to where they are over; where that cannot be seen, those with a capital, or none."""
        words = _words(flat, start)
        capitals = next((n for n, (at, _) in enumerate(words) if not text[at].isupper()), len(words))
        over = next((n for n, word in enumerate(words) if n and flat[slice(*word)] in self._ends_name), len(words))
        if capitals > 1 and not text.isupper():
            # "Nguyễn Thị Minh Khai", but not "Nguyễn Du Phường …".
            places = (n for n, word in enumerate(words) if n and flat[slice(*word)] in _PLACES)
            over = min(capitals, _MOST_NAME_WORDS, next(places, capitals))
        if over <= _MOST_NAME_WORDS:
            return words[over - 1][1] if over else start
        return start


def _words(flat: str, start: int) -> Sequence[Span]:
    """The words that follow on each other from here, one more than a name can have at most."""
    words: list[Span] = []
    while len(words) <= _MOST_NAME_WORDS and (match := _WORD.match(flat, start)):
        if match[1][0].isdigit():
            break
        words.append(match.span(1))
        start = match.end()
    return words


def _any(words: tuple[str, ...]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " +") for word in ordered) + ")"
