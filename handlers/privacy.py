"""What is kept of a person, and deleting it at once. The deleting is done by `bot.dialogue.rights`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.catalog.model import Catalogue
from bot.dialogue.choices import CommuneChoice, PrivacyChoice, PrivacyStep
from bot.dialogue.keeping import Keeping
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.sharing import KEPT_FOR
from bot.dialogue.turn import Handler, Outcome, Turn, unchanged
from bot.texts import Texts
from handlers import choice_expired
from handlers.commune_names import commune_name
from handlers.naming import operator_name
from handlers.offering import home
from handlers.start import PRIVACY_PAGE


def privacy(turn: Turn) -> Outcome:
    """Told; or asked to confirm the deletion; or deleted, or not."""
    if not isinstance(turn.target, PrivacyChoice):
        return choice_expired.expired(turn)
    return _STEPS[turn.target.step](turn)


def notice(catalogue: Catalogue, texts: Texts, keeping: Keeping) -> str:
    """Who runs this, that it is automatic, what is kept, how long, and that it can be deleted.

    A contact goes with the daily round after its time: that may be a day later.
    """
    text = texts.get(
        "privacy.text",
        assistant=catalogue.province.assistant_name,
        operator=operator_name(catalogue.province, texts.language),
        contact=keeping.contacts.days + 1,
        hours=keeping.choices_hours,
        events=keeping.events_days,
        unused=keeping.profiles_days,
        unfound=keeping.unfound_days,
        raters=keeping.raters_months,
    )
    copies = texts.get("privacy.copies", backups=keeping.backups_days, erasures=keeping.erasures_days)
    return "\n".join((text, texts.get("share.kept", days=KEPT_FOR.days), copies))


def _told(turn: Turn) -> Outcome:
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
    text = f"{notice(turn.catalogue, texts, turn.keeping)}\n{told}"
    return unchanged(turn, Reply(Status.HELPED, text, choices, (page,)))


def _ask(turn: Turn) -> Outcome:
    erase = Choice(str(PrivacyChoice(PrivacyStep.ERASED)), turn.texts.get("privacy.erase_now"))
    keep = Choice(str(PrivacyChoice(PrivacyStep.KEPT)), turn.texts.get("privacy.keep"))
    return unchanged(turn, Reply(Status.ASKED_BACK, turn.texts.get("privacy.ask"), (erase, keep)))


def _erased(turn: Turn) -> Outcome:
    again = Choice(str(PrivacyChoice(PrivacyStep.ERASED)), turn.texts.get("privacy.erase_again"))
    failed = Reply(Status.FAILED, turn.texts.get("privacy.not_erased"), (again, home(turn)))
    return replace(unchanged(turn, failed), erase=True)


def _kept(turn: Turn) -> Outcome:
    return unchanged(turn, Reply(Status.HELPED, turn.texts.get("privacy.kept"), (home(turn),)))


_STEPS: Mapping[PrivacyStep, Handler] = {
    PrivacyStep.TOLD: _told,
    PrivacyStep.ASKED: _ask,
    PrivacyStep.ERASED: _erased,
    PrivacyStep.KEPT: _kept,
}
