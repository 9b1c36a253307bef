"""How people speak, as the data of a catalogue: frozen, free of I/O."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alias:
    """Words that people use for a procedure, and the procedures they may mean, likeliest first."""

    phrase: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A word or phrase and what it stands for in the words of official titles.

    `kind`: abbreviation, dialect, shorthand, synonym, former_name or spelling. Several `meanings` are tried in
    order unless the context decides. `unless`: longer phrases in which the word is left alone. `near`: words of
    which one must be in the message too (empty: always).
    """

    phrase: str
    kind: str
    meanings: tuple[str, ...]
    unless: tuple[str, ...]
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filler:
    """A phrase that carries no wish. `kind`: polite, subject, or what it asks (papers, fee, place, time, …)."""

    phrase: str
    kind: str


@dataclass(frozen=True, slots=True)
class OutsideCue:
    """A phrase that marks a message as being about something else than a procedure.

    `whole` is True where the phrase must be the whole message (fillers apart), False where it may stand in it.
    `unless`: phrases that, when present, take the message back into scope.
    """

    intent: str
    phrase: str
    whole: bool
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What marks a special member of a family (with a foreigner, mobile, again …), and the words that call for it."""

    id: str
    in_title: tuple[str, ...]
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpPhrase:
    """A way of asking for a help topic."""

    topic: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How people speak, as data."""

    aliases: tuple[Alias, ...]
    rewrites: tuple[Rewrite, ...]
    fillers: tuple[Filler, ...]
    outside: tuple[OutsideCue, ...]
    qualifiers: tuple[Qualifier, ...]
    help: tuple[HelpPhrase, ...] = ()


@dataclass(frozen=True, slots=True)
class English:
    """How people speak English about the procedures that have an English name.

    `words`: what a message in English is known by, in small ASCII letters.
    """

    lexicon: Lexicon = Lexicon((), (), (), (), ())
    words: frozenset[str] = frozenset()
