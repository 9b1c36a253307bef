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


def history(decisions: Iterable[LegalDecision]) -> frozenset[str]:
    """The numbers of those that hold no longer: by their own status, or because another has replaced them."""
    known = tuple(decisions)
    over = {decision.number for decision in known if decision.status.startswith(_OVER)}
    return frozenset(over | {decision.replaces for decision in known if decision.status.startswith(_HELD)} - {""})
