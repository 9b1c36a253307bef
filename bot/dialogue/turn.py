"""One turn of a conversation: what a handler is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.catalog.model import Catalogue
from bot.dialogue.choices import Target
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply
from bot.search.language import Language
from bot.search.model import SearchResult
from bot.texts import Texts


class Searches(Protocol):
    """The search engine as the dialogue sees it: pure and quick (about a millisecond)."""

    def search(self, text: str, language: Language = "vi") -> SearchResult: ...

    def language(self, text: str) -> Language | None:
        """The language a message is in; None where it does not tell."""


@dataclass(frozen=True, slots=True)
class Turn:
    """`text` is cleaned and masked; empty where a choice was tapped. `target` is the choice, parsed."""

    text: str
    target: Target | None
    conversation: Conversation
    catalogue: Catalogue
    engine: Searches
    texts: Texts


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reply, and what is to be remembered beside its choices (see `Conversation`)."""

    reply: Reply
    waiting: tuple[Choice, ...] = ()
    asks: tuple[str, ...] = ()
    procedure: str | None = None


Handler = Callable[[Turn], Outcome]


@dataclass(frozen=True, slots=True)
class Handlers:
    """The table that `bot.app` fills: who answers what. `targets` is by the class of the choice."""

    targets: Mapping[type, Handler]
    free_text: Handler
    personal_data: Handler
    start: Handler
    help: Handler
    unknown_command: Handler
    choice_expired: Handler
    number_out_of_range: Handler
    empty: Handler
    wordless: Handler
    too_long: Handler
    failed: Handler
