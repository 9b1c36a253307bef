"""Messages that are about something else than a procedure: said to be so, with the right next step."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.messages import Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.texts import TextError
from handlers.naming import operator_name, province_name
from handlers.offering import home
from handlers.start import first_choices

_PREFIX = "outside."
_OTHER = "outside.other"
_WITH_PORTAL = frozenset({"case_status", "officials_complaint", "do_it_for_me", "contact", "opening_hours", "no_data"})
_WITH_ACCOUNT_HELP = frozenset({"credentials"})
_WITH_SITUATIONS = frozenset(
    {
        "chit_chat",
        "complaint_bot",
        "confirm",
        "deny",
        "do_it_for_me",
        "explain_level",
        "greeting",
        "identity",
        "other",
        "vague",
    }
)
_URGENT = ("emergency", "police_report", "otp")


def outside(turn: Turn, intent: str | None) -> Outcome:
    """The sentence for this intent, or the general one for an intent that has none."""
    text = _sentence(turn, f"{_PREFIX}{intent}") or _sentence(turn, _OTHER)
    if text is None:
        raise TextError(f"no text {_OTHER!r}")
    choices = first_choices(turn) if intent in _WITH_SITUATIONS else (home(turn),)
    outcome = unchanged(turn, Reply(Status.OUT_OF_SCOPE, text, choices, _links(turn, intent)))
    return replace(outcome, urgent=intent) if is_urgent(intent) else outcome


def is_urgent(intent: str | None) -> bool:
    """Whether the answer must reach the person whatever else the message holds."""
    return intent is not None and intent.startswith(_URGENT)


def _sentence(turn: Turn, text_id: str) -> str | None:
    province = turn.catalogue.province
    return turn.texts.find(
        text_id,
        assistant=province.assistant_name,
        operator=operator_name(province, turn.language),
        centre=province.service_centre,
        province=province_name(province, turn.language),
    )


def _links(turn: Turn, intent: str | None) -> tuple[Link, ...]:
    province = turn.catalogue.province
    if intent in _WITH_PORTAL:
        return (Link(turn.texts.get("link.portal"), province.portal_home),)
    if intent in _WITH_ACCOUNT_HELP:
        return (Link(turn.texts.get("link.identity"), province.identity_help),)
    return ()
