"""Decisions that are history: another one has taken their place, or they have ended."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.catalog.model import LegalDecision

NUMBER = re.compile(r"\b\d+(?:/\d{4})?/[A-ZĐ][\w-]*(?:-[A-ZĐ][\w]*)*")
"""The number of a decision, a decree, a law, wherever it is cited: 42/2022/NĐ-CP."""
_OVER = ("replaced", "expired", "ended")
_HELD = ("in force", *_OVER)
"""A draft has replaced nothing yet."""
_OF_A_PROVINCE = "-UBND"
"""How a province's decisions and plans end; decrees and laws end otherwise."""


def history(decisions: Iterable[LegalDecision]) -> frozenset[str]:
    """The numbers of those that hold no longer: by their own status, or because another has replaced them."""
    known = tuple(decisions)
    over = {decision.number for decision in known if decision.status.startswith(_OVER)}
    return frozenset(over | {decision.replaces for decision in known if decision.status.startswith(_HELD)} - {""})


def replaceable(decisions: Iterable[LegalDecision]) -> list[LegalDecision]:
    """A province's own ones that hold, which a new one may replace, the newest first."""
    known = tuple(decisions)
    over = history(known)
    hold = [one for one in known if one.status.startswith(_HELD[0]) and one.number not in over]
    return sorted((one for one in hold if one.number.endswith(_OF_A_PROVINCE)), key=lambda one: one.date, reverse=True)
