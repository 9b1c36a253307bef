"""How people speak, as data: the files below `lexicon/`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.catalog.lexicon_model import Alias, Filler, HelpPhrase, Lexicon, OutsideCue, Qualifier, Rewrite
from bot.catalog.phrases import PhraseBook, canonical, folded
from bot.catalog.report import quote
from bot.catalog.shown import Targets
from bot.catalog.tables import Row, Table
from bot.catalog.values import filled, listed, word_of

REWRITE_KINDS = ("abbreviation", "dialect", "shorthand", "synonym", "former_name", "spelling")
FILLER_KINDS = (
    *("polite", "subject", "want", "papers", "fee", "place", "time"),
    *("online", "how", "condition", "result", "other", "particle"),
)
ALWAYS_KNOWN = frozenset({"emergency_fire", "emergency_medical", "emergency_police", "otp"})
"""Intents that every catalogue must know signs of, whatever the province."""
_IDENTIFIER = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


def read_aliases(tables: Iterable[Table], targets: Targets) -> tuple[Alias, ...]:
    """The aliases of all files together: a phrase that shadows one of another file is reported too."""
    book = PhraseBook()
    aliases = []
    for table in tables:
        for row in table.rows:
            phrase = _phrase(row)
            earlier = book.add(phrase, row.place)
            if earlier is not None:
                row.problem("phrase", f"{quote(phrase)} shadows the phrase at {earlier}", "each phrase once")
            codes = listed(row, "codes")
            if not codes:
                row.problem("codes", "no codes", "the codes that are meant, likeliest first")
            for code in codes:
                targets.check(row, "codes", code)
            aliases.append(Alias(phrase, targets.leading(codes)))
    return tuple(aliases)


def read_rewrites(table: Table) -> tuple[Rewrite, ...]:
    """The rewrites, in the order of their file."""
    once = _Once()
    rewrites = []
    for row in table.rows:
        phrase = once.phrase(row)
        meanings, unless = listed(row, "meanings"), listed(row, "unless")
        if not meanings:
            row.problem("meanings", "no meanings", "what the words stand for")
        for longer in unless:
            if f" {folded(phrase)} " not in f" {folded(longer)} ":
                row.problem("unless", f"{quote(longer)} does not hold {quote(phrase)}", "longer phrases that hold it")
        rewrites.append(
            Rewrite(
                phrase=phrase,
                kind=word_of(row, "kind", *REWRITE_KINDS),
                meanings=meanings,
                unless=unless,
                near=listed(row, "near"),
            )
        )
    return tuple(rewrites)


def read_fillers(table: Table) -> tuple[Filler, ...]:
    """The fillers, in the order of their file."""
    once = _Once()
    return tuple(Filler(once.phrase(row), word_of(row, "kind", *FILLER_KINDS)) for row in table.rows)


def read_outside(table: Table) -> tuple[OutsideCue, ...]:
    """The signs that a message is about something else, in the order of their file."""
    once = _Once()
    cues = []
    for row in table.rows:
        intent = _identifier(row, "intent")
        whole = word_of(row, "whole", "", "yes") == "yes"
        cues.append(OutsideCue(intent, once.phrase(row), whole, listed(row, "unless")))
    if table.readable:
        for intent in sorted(ALWAYS_KNOWN - {cue.intent for cue in cues}):
            table.report.add(table.path, 0, 0, f"no sign of {intent}", "one line at least: lives hang on it")
    return tuple(cues)


def read_qualifiers(table: Table) -> tuple[Qualifier, ...]:
    """The marks of special members of families, in the order of their file."""
    seen: set[str] = set()
    qualifiers = []
    for row in table.rows:
        qualifier = _identifier(row, "id")
        if qualifier in seen:
            row.problem("id", f"qualifier {qualifier} stands twice", "each id once")
        seen.add(qualifier)
        in_title = listed(row, "in_title")
        if not in_title:
            row.problem("in_title", "no marks", "phrases as they stand in titles")
        qualifiers.append(Qualifier(qualifier, in_title, listed(row, "cues")))
    return tuple(qualifiers)


def read_help(table: Table) -> tuple[HelpPhrase, ...]:
    """The ways of asking for help topics, in the order of their file. A phrase leads to one topic."""
    once = _Once()
    return tuple(HelpPhrase(filled(row, "topic"), once.phrase(row)) for row in table.rows)


def read_lexicon(
    aliases: Iterable[Table],
    rewrites: Table,
    fillers: Table,
    outside: Table,
    qualifiers: Table,
    targets: Targets,
    help_: Table | None = None,
) -> Lexicon:
    """The whole lexicon; without `help_`, one that knows no ways of asking for help."""
    return Lexicon(
        aliases=read_aliases(aliases, targets),
        rewrites=read_rewrites(rewrites),
        fillers=read_fillers(fillers),
        outside=read_outside(outside),
        qualifiers=read_qualifiers(qualifiers),
        help=() if help_ is None else read_help(help_),
    )


def _identifier(row: Row, column: str) -> str:
    if not _IDENTIFIER.fullmatch(row[column]):
        row.problem(column, f"{column} is {quote(row[column])}", "small ASCII letters, digits and underscores")
    return row[column]


def _phrase(row: Row) -> str:
    phrase = filled(row, "phrase")
    if "  " in phrase:
        row.problem("phrase", f"{quote(phrase)} has two spaces together", "single spaces")
    return phrase


class _Once:
    """Within one file a phrase stands once: two entries for the same words would contradict each other."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}

    def phrase(self, row: Row) -> str:
        phrase = _phrase(row)
        place = self._places.setdefault(canonical(phrase), row.place)
        if place != row.place:
            row.problem("phrase", f"{quote(phrase)} stands already at {place}", "each phrase once")
        return phrase
