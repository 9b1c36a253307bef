"""What runs by itself again and again, and who hears whether it worked."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

Done = Callable[[bool], None]
"""Told after each round whether it worked. It costs a microsecond, and never raises."""


class Job(StrEnum):
    """Operators read these names in the figures, and rules for alerts name them."""

    FORGETTING = "forgetting"
    FORGETTING_ANSWERS = "forgetting_answers"
    FORGETTING_IN_MEMORY = "forgetting_in_memory"
    FOLLOW_UPS = "follow_ups"
    DIGESTS = "digests"
    LINK_CHECKS = "link_checks"
    PUBLICATIONS = "publications"
    SWITCHES = "switches"
    GONE_PAGES = "gone_pages"
    BACKLOG = "backlog"
    GAUGES = "gauges"


def unheard(worked: bool) -> None:
    """For where nobody counts."""
