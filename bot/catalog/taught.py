"""Aliases that staff add to a catalogue while it is served: held to what is asked of the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from bot.catalog.lexicon_model import Alias
from bot.catalog.model import Catalogue
from bot.catalog.phrases import PhraseBook
from bot.catalog.tables import wrong_characters

MAX_PHRASE_CHARS = 80


class AliasFault(StrEnum):
    """Why an alias is not taken."""

    EMPTY = "empty"
    """No letter in it."""
    TOO_LONG = "too_long"
    CHARACTERS = "characters"
    """Not NFC, invisible characters, or spaces that an alias file may not have."""
    UNKNOWN_CODE = "unknown_code"
    REPLACED_CODE = "replaced_code"
    REMOVED_CODE = "removed_code"
    """It stands in the list no longer."""
    SHIPPED = "shipped"
    """The catalogue's own files have the phrase, or one that reads like it."""
    TAUGHT = "taught"
    """Another taught alias has it."""
    PRIVATE = "private"
    """It holds a number that says who somebody is."""
    DANGER = "danger"
    """The words are a call for help."""
    WITHOUT_EFFECT = "without_effect"
    """The search would not offer the procedure for these words even so."""


def alias_fault(catalogue: Catalogue, taught: Iterable[Alias], alias: Alias) -> AliasFault | None:
    """What keeps the alias from standing in `catalogue` (as shipped) beside those in `taught`; the first fault found.

    Whether it is private, dangerous or without effect is seen where there is a masker and a search.
    """
    phrase = alias.phrase
    if not any(letter.isalpha() for letter in phrase):
        return AliasFault.EMPTY
    if len(phrase) > MAX_PHRASE_CHARS:
        return AliasFault.TOO_LONG
    if wrong_characters(phrase) or phrase != " ".join(phrase.split()):
        return AliasFault.CHARACTERS
    for code in alias.codes:
        procedure = catalogue.procedures.get(code)
        if procedure is None:
            return AliasFault.UNKNOWN_CODE
        if procedure.superseded_by is not None:
            return AliasFault.REPLACED_CODE
        if procedure.removal is not None:
            return AliasFault.REMOVED_CODE
    return _clash(_book(catalogue), taught, phrase)


def with_taught(catalogue: Catalogue, taught: Iterable[Alias]) -> tuple[Catalogue, tuple[Alias, ...]]:
    """The catalogue with those that hold, and those that do not: the files may have changed since they were added.

    Its version stays that of its files.
    """
    book = _book(catalogue)
    holding: list[Alias] = []
    left_out: list[Alias] = []
    for alias in (_leading(catalogue, one) for one in taught):
        known = (catalogue.procedures.get(code) for code in alias.codes)
        is_current = all(procedure is not None and procedure.superseded_by is None for procedure in known)
        is_free = is_current and book.add(alias.phrase, AliasFault.TAUGHT) is None
        (holding if is_free else left_out).append(alias)
    lexicon = catalogue.lexicon
    aliases = (*lexicon.aliases, *holding)
    return replace(catalogue, lexicon=replace(lexicon, aliases=aliases)), tuple(left_out)


def _leading(catalogue: Catalogue, alias: Alias) -> Alias:
    """The alias, with what took the place of procedures that left the list since it was taught."""
    codes = dict.fromkeys(_lead(catalogue, code) for code in alias.codes)
    return alias if tuple(codes) == alias.codes else replace(alias, codes=tuple(codes))


def _lead(catalogue: Catalogue, code: str) -> str:
    while (procedure := catalogue.procedures.get(code)) is not None and procedure.removal is not None:
        if procedure.superseded_by is None:
            break
        code = procedure.superseded_by
    return code


def _book(catalogue: Catalogue) -> PhraseBook:
    book = PhraseBook()
    for alias in catalogue.lexicon.aliases:
        book.add(alias.phrase, AliasFault.SHIPPED)
    return book


def _clash(book: PhraseBook, taught: Iterable[Alias], phrase: str) -> AliasFault | None:
    for other in taught:
        book.add(other.phrase, AliasFault.TAUGHT)
    earlier = book.add(phrase, phrase)
    return None if earlier is None else AliasFault(earlier)
