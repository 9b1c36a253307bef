"""A procedure as a citizen sees it, without a conversation."""

from __future__ import annotations

from bot.catalog.codes import parse_code
from bot.catalog.guide import Guide
from bot.dialogue.choices import CardChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.keeping import USUAL
from bot.dialogue.messages import Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Turn
from bot.search.language import Language
from bot.search.model import Decision, SearchResult, Verdict
from bot.texts import Texts
from handlers import card


class _NoSearch:
    def search(self, text: str, language: Language = "vi") -> SearchResult:  # noqa: ARG002 - as the engine is asked
        return SearchResult((Decision(text, Verdict.NOT_FOUND),))

    def help_topic(self, text: str, language: Language = "vi") -> str | None:  # noqa: ARG002 - as the search has it
        return None

    def language(self, text: str) -> Language | None:  # noqa: ARG002 - as the engine is asked
        return None


def card_of(guide: Guide, texts: Texts, written: str) -> Reply | None:
    """The card of a code in any written form; None where no procedure bears it."""
    code = parse_code(written)
    if code is None:
        return None
    # Nobody is there to be asked anything.
    nobody = Conversation(profile=Profile(commune_asked=True), judged=True)
    turn = Turn("", CardChoice(code), nobody, guide, _NoSearch(), texts, "", USUAL)
    reply = card.open_card(turn).reply
    return None if reply.status is Status.EXPIRED_CHOICE else reply
