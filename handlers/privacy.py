"""What is kept of a person, and deleting it at once. The router does the deleting; see `Outcome.erase`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogue.choices import CommuneChoice, PrivacyChoice, PrivacyStep
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from handlers import choice_expired
from handlers.commune_names import commune_name
from handlers.offering import home
from handlers.start import PRIVACY_PAGE


@dataclass(frozen=True, slots=True)
class Privacy:
    """How long is kept what; the settings say it."""

    choices_hours: int
    events_days: int
    unused_days: int

    def __call__(self, turn: Turn) -> Outcome:
        """Told; or asked to confirm the deletion; or deleted."""
        if not isinstance(turn.target, PrivacyChoice):
            return choice_expired.expired(turn)
        if turn.target.step is PrivacyStep.TOLD:
            return self._told(turn)
        return _ask(turn) if turn.target.step is PrivacyStep.ASKED else _erased(turn)

    def text(self, turn: Turn) -> str:
        """Who runs this, that it is automatic, what is kept, how long, and how to delete it."""
        province = turn.catalogue.province
        return turn.texts.get(
            "privacy.text",
            assistant=province.assistant_name,
            operator=province.operator,
            hours=self.choices_hours,
            events=self.events_days,
            unused=self.unused_days,
        )

    def _told(self, turn: Turn) -> Outcome:
        texts, commune = turn.texts, turn.commune
        told = texts.get("privacy.no_commune")
        if commune is not None:
            told = texts.get("privacy.commune", commune=commune_name(texts, commune))
        choices = (
            Choice(str(PrivacyChoice(PrivacyStep.ASKED)), texts.get("privacy.erase")),
            Choice(str(CommuneChoice()), texts.get("browse.commune")),
            home(turn),
        )
        page = Link(texts.get("link.privacy"), f"{turn.site}{PRIVACY_PAGE}")
        reply = Reply(Status.HELPED, f"{self.text(turn)}\n{told}", choices, (page,))
        return unchanged(turn, reply)


def _ask(turn: Turn) -> Outcome:
    erase = Choice(str(PrivacyChoice(PrivacyStep.ERASED)), turn.texts.get("privacy.erase_now"))
    keep = Choice("start", turn.texts.get("privacy.keep"))
    return unchanged(turn, Reply(Status.ASKED_BACK, turn.texts.get("privacy.ask"), (erase, keep)))


def _erased(turn: Turn) -> Outcome:
    return replace(Outcome(Reply(Status.ERASED, turn.texts.get("privacy.erased"), (home(turn),))), erase=True)
