"""What the assistant says without a conversation: a procedure's card, and the answer to words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.catalog.codes import parse_code
from bot.catalog.guide import Guide
from bot.catalog.lookup import successor
from bot.dialogue.choices import CardChoice
from bot.dialogue.clean import has_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.keeping import USUAL
from bot.dialogue.messages import Reply, Status
from bot.dialogue.personal_data import masker_of
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Searches, Turn
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.search.language import Language
from bot.search.model import Decision, SearchResult, Verdict
from bot.settings.freshness import USUAL_OLD_DAYS
from bot.texts import LANGUAGES, Texts, load_texts
from handlers import card, find
from handlers.onward import near_answer


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The answer to words that were asked without a conversation; nothing of them is kept.

    `words` is what was left of them without private numbers. `others`: codes that may be meant beside the answer, or
    that are to be chosen from, best first; of a procedure that left the list those in force most like it.
    """

    words: str
    private: bool
    reply: Reply
    others: tuple[str, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every procedure that may be meant, best first."""
        return tuple(dict.fromkeys((*self.reply.codes, *self.others)))


class NoSearch:
    """For what is looked up by its code."""

    def search(self, text: str, language: Language = "vi") -> SearchResult:  # noqa: ARG002 - as the engine is asked
        return SearchResult((Decision(text, Verdict.NOT_FOUND),))

    def help_topic(self, text: str, language: Language = "vi") -> str | None:  # noqa: ARG002 - as the engine is asked
        return None

    def language(self, text: str) -> Language | None:  # noqa: ARG002 - as the engine is asked
        return None


def card_of(
    guide: Guide,
    texts: Texts,
    written: str,
    agency: str | None = None,
    *,
    may_ask: bool = True,
    today: date | None = None,
    old_days: int = USUAL_OLD_DAYS,
) -> Reply | None:
    """The card of a code in any written form, perhaps at one agency; None where no procedure bears the code.

    An agency that does not decide on the procedure is left out of account; a commune is where the reader lives.
    `may_ask` False: whoever reads it cannot answer, so that where bodies differ it says so and asks for none. `today`:
    the day on which it is read, where that is not today. `old_days`: see `Turn.data_old_days`.
    """
    code = parse_code(written)
    if code is None:
        return None
    for choice in dict.fromkeys((CardChoice(code, agency), CardChoice(code))):
        turn = Turn(
            *("", choice, _nobody(agency), guide, NoSearch(), texts, "", USUAL),
            today=today or day_of(now()),
            data_old_days=old_days,
        )
        reply = card.open_card(turn).reply
        if reply.status is not Status.EXPIRED_CHOICE:
            return reply if may_ask else _told(reply)
    return None


def look_up(guide: Guide, engine: Searches, texts: Texts, words: str, old_days: int = USUAL_OLD_DAYS) -> LookedUp:
    """What the assistant answers to `words`, cleaned but perhaps with private numbers in them: those are dropped.

    Pure but for the engine: no conversation, no event.
    """
    masked = masker_of(map(load_texts, LANGUAGES)).mask(words)
    turn = Turn(
        *(masked.text, None, _nobody(), guide, engine, texts, "", USUAL), today=day_of(now()), data_old_days=old_days
    )
    if not has_words(masked.text):
        return LookedUp("", bool(masked.found), find.vague(turn).reply, ())
    reply = find.find(turn).reply
    found = (code for wish in turn.search(masked.text).wishes for code in _others(wish))
    current = dict.fromkeys(successor(guide.catalogue, code) for code in found)
    shown = reply.codes if reply.status is Status.ASKED_BACK else ()
    near = guide.near.get(reply.codes[0], ()) if reply.status is Status.ANSWERED and reply.codes else ()
    others = dict.fromkeys((*near, *shown, *(code for code in current if code is not None and code not in reply.codes)))
    return LookedUp(masked.text, bool(masked.found), reply, tuple(others))


def _told(card: Reply) -> Reply:
    """`card` without the question that may be its last line, and without what there is to choose for an answer."""
    if card.status is not Status.ASKED_BACK:
        return card
    return replace(card, status=Status.ANSWERED, text=card.text.rpartition("\n")[0], choices=())


def _nobody(commune: str | None = None) -> Conversation:
    """Nobody is there to be asked anything."""
    return Conversation(profile=Profile(commune=commune, commune_asked=True), judged=True)


def _others(wish: Decision) -> tuple[str, ...]:
    """Of an answer what came close, of a question what it offers; of anything else nothing."""
    if wish.verdict is Verdict.ANSWERED:
        return near_answer(wish)
    if wish.verdict is Verdict.ASKED_BACK:
        return tuple(candidate.code for candidate in wish.candidates[: wish.choices])
    return ()
