"""Rating links of community teams: what they are called, and for whom their ratings are counted."""

from __future__ import annotations

from bot.dialogue.signed_links import RatingLink
from bot.ratings.model import Origin
from bot.store.sharing import Via


def team_link_name(number: int) -> str:
    """How a team's link is called in lists; whose it is, the link itself says, for a name can be typed by anybody."""
    return f"team_{number}"


def via_of_link(link: RatingLink) -> Via | None:
    """For whom its ratings are counted; None: a counter's. Where no team is named: nobody's, at the link's place."""
    return Via(link.team, link.commune) if link.origin is Origin.TEAM else None
