"""One turn of a conversation: what a handler is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from bot.catalog.guide import Guide
from bot.catalog.model import Catalogue, Commune
from bot.dialogue.choices import Opinion, Target
from bot.dialogue.conversation import Conversation
from bot.dialogue.keeping import Keeping
from bot.dialogue.messages import Attachment, Choice, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.receipts import Receipt
from bot.dialogue.sharing import Came
from bot.dialogue.signed_links import ShareLink
from bot.dialogue.survey import Asked, Awaits, Said
from bot.ratings.model import Subject
from bot.ratings.scales import THREE, Scale
from bot.search.language import Language
from bot.search.model import SearchResult
from bot.settings.freshness import USUAL_OLD_DAYS
from bot.texts import Texts


def _nobodys(_: str) -> None:
    return None


class Searches(Protocol):
    """The search engine as the dialogue sees it: pure and quick (about a millisecond)."""

    def search(self, text: str, language: Language = "vi") -> SearchResult: ...

    def help_topic(self, text: str, language: Language = "vi") -> str | None: ...

    def language(self, text: str) -> Language | None:
        """The language a message is in; None where it does not tell."""
        ...


@dataclass(frozen=True, slots=True)
class Turn:
    """`text` is cleaned and masked; empty where a choice was tapped. `target` is the choice, parsed.

    `texts` are those of the language in which to answer. `site`: the public address of our own pages, without a slash.
    `keeping`: what a person is told about how long is kept what. `scale`: on which satisfaction is asked. `period`: the
    report month in which it counts now. `is_reachable`: the assistant can write to the person later. `today`: the day
    in Vietnam. `share_link`: what the id of a shared link says, if it is one of ours. `receipt`: what the number
    of one says, likewise. `data_old_days`: data that are older than so many days are told with a caution. `code`: of
    the message in the log; empty where it has none.
    """

    text: str
    target: Target | None
    conversation: Conversation
    guide: Guide
    engine: Searches
    texts: Texts
    site: str
    keeping: Keeping
    scale: Scale = THREE
    period: str = ""
    is_reachable: bool = False
    today: date = date.min
    share_link: Callable[[str], ShareLink | None] = _nobodys
    receipt: Callable[[str], Receipt | None] = _nobodys
    data_old_days: int = USUAL_OLD_DAYS
    code: str = ""

    @property
    def catalogue(self) -> Catalogue:
        return self.guide.catalogue

    @property
    def language(self) -> Language:
        return "en" if self.texts.language == "en" else "vi"

    def search(self, text: str) -> SearchResult:
        """The decision for a text, as in the person's language."""
        return self.engine.search(text, self.language)

    @property
    def awaits_words(self) -> bool:
        """Whether the person was just asked for a remark, and agreed that it is read."""
        asked = self.conversation.asked
        return asked is not None and asked.awaits is not Awaits.NOTHING

    @property
    def commune(self) -> Commune | None:
        """The person's commune, if told and still in the catalogue."""
        return self.catalogue.communes.get(self.conversation.profile.commune or "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reply, and what is to be remembered beside its choices (see `Conversation`).

    `view`: what leads back here, where it is not the choice that was taken. `trail`: the one before this view, where it
    is not the conversation's. `profile`: the new one, if it changed. `urgent`: the danger that was answered.
    `opinion`: what the person said of the answer before. `erase`: everything kept of the person is to be deleted; the
    reply is what is said where that fails.
    `asked`: how far the question about a service has come, if it is on the screen; `said`: what of it is to be kept.
    `searched`: the words that were searched for, masked. `came`: the shared link by which the person has come just now.
    `stale`: what looks old, as the person says.
    """

    reply: Reply
    waiting: tuple[Choice, ...] = ()
    asks: tuple[str, ...] = ()
    procedure: str | None = None
    agency: str | None = None
    others: tuple[str, ...] = ()
    view: Target | None = None
    profile: Profile | None = None
    trail: tuple[str, ...] | None = None
    urgent: str | None = None
    opinion: Opinion | None = None
    erase: bool = False
    asked: Asked | None = None
    said: Said | None = None
    searched: str = ""
    came: Came | None = None
    stale: Subject | None = None

    def saying(self, text: str) -> Outcome:
        """The same with another text."""
        return replace(self, reply=replace(self.reply, text=text))

    def with_note(self, note: str) -> Outcome:
        """The same with a line above a question, or below the name of a card: a card begins with its name."""
        if self.reply.status is not Status.ANSWERED:
            return self.saying(f"{note}\n{self.reply.text}")
        name, _, rest = self.reply.text.partition("\n")
        return self.saying(f"{name}\n{note}\n{rest}")

    def offering(self, choices: tuple[Choice, ...]) -> Outcome:
        """The same with other choices."""
        return replace(self, reply=replace(self.reply, choices=choices))


def unchanged(turn: Turn, reply: Reply) -> Outcome:
    """The reply, with nothing of the conversation forgotten: the next message goes on where it was."""
    kept = turn.conversation
    return Outcome(reply, kept.waiting, kept.asks, kept.procedure, kept.agency, kept.others)


Handler = Callable[[Turn], Outcome]


@dataclass(frozen=True, slots=True)
class Handlers:
    """The table that `bot.app` fills: who answers what. `targets` is by the class of the choice."""

    targets: Mapping[type, Handler]
    free_text: Handler
    personal_data: Handler
    unknown_command: Handler
    choice_expired: Handler
    number_out_of_range: Handler
    empty: Handler
    wordless: Handler
    too_long: Handler
    failed: Handler
    not_text: Callable[[Turn, Attachment], Outcome]
    introduce: Callable[[Turn, Outcome], Outcome]
    """Adds to the first answer of all who answers here."""
    asked_later: Callable[[Turn, Subject], Outcome]
    """The question that the assistant puts by itself."""
    awaited: Handler
    """Words that a person was asked for and agreed to have read."""
    erased: Callable[[Turn, Receipt], Outcome]
    """What is said once everything kept of the person is deleted."""
    not_kept: Handler
    """What is said where a rating could not be kept."""
    refused: Mapping[Status, Handler]
    """What is said of the refusals of a guard."""
