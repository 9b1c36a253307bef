"""Finding what says who a person is, so that it is dropped before anything else sees the message.

Found: identity numbers (9 or 12 digits), phones, bank cards and accounts, one-time codes and passwords beside a word
for them, e-mail addresses, house numbers with their street, numbers of dossiers. Left alone: procedure codes, dates,
years, amounts of money, numbers of laws and decisions, hotlines, names of places. How well: `make bench-masking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.dialogue.masking.addresses import Addresses, AddressWords
from bot.dialogue.masking.flat import flatten, keystrokes_of, with_words_for_keys
from bot.dialogue.masking.named import SPOKEN, Emails, Named, NamedWords, dossiers
from bot.dialogue.masking.numbers import divided, groups_of, numbers_in
from bot.dialogue.masking.public import bare_codes, certain
from bot.dialogue.masking.spans import Covered, Found, PersonalData, Span
from bot.search.fold import canonical, fold
from bot.search.syllable import is_syllable
from bot.texts import Texts

__all__ = ["Masked", "Masker", "PersonalData", "masker_of", "without_office_phones"]

# What is worth a second look: most messages hold neither.
_ANY = re.compile(r"[\d@]|\bcongf?\b|[(\[]at[)\]]")
# A landline: 024, 028 or 02xx, eleven digits in all, and no digit more; so no identity number is one.
_LANDLINE = re.compile(r"(?<![\d+])(?<!\d[ .\-])(?:\(02\d{1,2}\)|02\d{1,2})(?:[ .\-]?\d){7,8}(?![ .\-]?\d)")
_LANDLINE_DIGITS = 11


@dataclass(frozen=True, slots=True)
class Masked:
    """`text` without what was found, and the kinds of it."""

    text: str
    found: frozenset[PersonalData]


class Masker:
    """Made once from the words; may be sent to another process."""

    def __init__(self, named: NamedWords, address: AddressWords, keyed: Mapping[str, str]) -> None:
        """`keyed`: the words looked for, by the keystrokes left of them where a keyboard did not put them together."""
        self._emails = Emails()
        self._named = Named(named)
        self._addresses = Addresses(address)
        self._keyed = dict(keyed)

    def mask(self, text: str) -> Masked:
        """`text` (NFC, one line) without personal data; never longer. Masking that again changes nothing."""
        found: set[PersonalData] = set()
        # What is left on both sides of a number may be one itself: each round takes something away.
        while spans := self._find(text):
            found.update(kind for _, _, kind in spans)
            text = _without(text, spans)
        return Masked(text, frozenset(found))

    def hide(self, text: str) -> str:
        """`text`, of any form, with the kind in brackets in place of what was found: for the log."""
        pieces, at = [], 0
        for start, end, kind in sorted(self._find(text)):
            if start >= at:
                pieces += [text[at:start], f"[{kind.value}]"]
            at = max(at, end)
        return "".join((*pieces, text[at:]))

    def _find(self, text: str) -> list[Found]:
        flat = flatten(text)
        if _ANY.search(flat) is None:
            return []
        flat = with_words_for_keys(flat, self._keyed)
        finding = _Finding(len(flat))
        finding.take(self._emails.find(flat))
        finding.take(dossiers(flat))
        finding.keep(certain(flat))
        finding.take(divided(flat))
        finding.take(self._named.passwords(flat))
        codes = Covered(len(flat))
        codes.add(bare := tuple(bare_codes(flat)))
        groups = [group for group in groups_of(flat) if finding.is_free(group) and not codes.touches(group)]
        finding.take(numbers_in(flat, groups, lambda number: self._named.is_money(flat, number)))
        # "Số điện thoại 3855123": what is called so is no code, though it looks like one.
        finding.take(self._named.numbers(flat))
        finding.keep(bare)
        finding.take(self._named.one_time_codes(flat, [group for group in groups if finding.is_free(group)]))
        finding.take(self._addresses.find(text, flat))
        return [self._named.with_its_name(flat, span) for span in finding.found]


class _Finding:
    """What was found so far in one text. What was taken or kept first stays so."""

    __slots__ = ("_covered", "found")

    def __init__(self, chars: int) -> None:
        self.found: list[Found] = []
        self._covered = Covered(chars)

    def keep(self, spans: Iterable[Span]) -> None:
        self._covered.add(spans)

    def take(self, found: Iterable[Found]) -> None:
        for start, end, kind in found:
            if self.is_free((start, end)):
                self._covered.add([(start, end)])
                self.found.append((start, end, kind))

    def is_free(self, span: Span) -> bool:
        return not self._covered.touches(span)


def masker_of(languages: Iterable[Texts]) -> Masker:
    """The masker that knows the words of these languages: people mix them."""
    known = tuple(languages)
    lists = {name: _folded(known, f"personal.{name}") for name in (*NamedWords.__slots__, *AddressWords.__slots__)}
    named = NamedWords(**{name: lists[name] for name in NamedWords.__slots__})
    lanes = tuple(canonical(word) for texts in known for word in texts.words("personal.lane"))
    address = AddressWords(**{name: lists[name] for name in AddressWords.__slots__} | {"lane": lanes})
    return Masker(named, address, _keyed(known, (f"personal.{name}" for name in lists)))


def without_office_phones(text: str) -> str:
    """`text` (NFC, one line) without landlines, which offices have: what staff publish may name them.

    A mobile number is a person's, whoever answers it, and stays.
    """

    def left(match: re.Match[str]) -> str:
        return "" if sum(letter.isdigit() for letter in match[0]) == _LANDLINE_DIGITS else match[0]

    return _LANDLINE.sub(left, text)


def _folded(languages: Iterable[Texts], list_id: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word) for texts in languages for word in texts.words(list_id)))


def _keyed(languages: Iterable[Texts], lists: Iterable[str]) -> dict[str, str]:
    """Keystrokes → the word without marks, for each single word of the lists; none that is itself one of them."""
    names = tuple(lists)
    words = {word for texts in languages for name in names for said in texts.words(name) for word in said.split()}
    keyed = {keys: fold(word) for word in sorted(words | SPOKEN) for keys in keystrokes_of(word)}
    return {keys: word for keys, word in keyed.items() if not is_syllable(keys)}


def _without(text: str, spans: Iterable[Found]) -> str:
    pieces, at = [], 0
    for start, end, _ in sorted(spans):
        pieces.append(text[at : max(at, start)])
        at = max(at, end)
    pieces.append(text[at:])
    return " ".join(" ".join(pieces).split())
