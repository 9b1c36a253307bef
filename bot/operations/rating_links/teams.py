"""Rating links of community teams: the name of a link says whose it is."""

from __future__ import annotations

import re

from bot.dialogue.signed_links import RatingLink
from bot.ratings.model import Origin
from bot.store.sharing import Via

# No name that somebody types for a hamlet's team ("to-3"); with what a link for one rating has behind it.
_NAME = re.compile(r"team_(\d{1,6})(?:-[0-9a-f]{10})?", re.ASCII)


def team_link_name(number: int) -> str:
    return f"team_{number}"


def via_of_link(link: RatingLink) -> Via | None:
    """For whom its ratings are counted; None: a counter's. A team that is not named is nobody, at the link's place."""
    if link.origin is not Origin.TEAM:
        return None
    named = _NAME.fullmatch(link.id)
    return Via(int(named[1]) if named else 0, link.commune)
