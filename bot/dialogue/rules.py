"""What the settings say about every conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.dialogue.keeping import USUAL, Keeping
from bot.dialogue.rating_rules import USUAL_RULES, RatingRules
from bot.settings.freshness import USUAL_OLD_DAYS
from bot.store.interface import Store
from bot.store.people import People


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the settings say about a conversation. `secret` is the key under which people's ids are hashed.

    `previous`: keys before it, whose signatures are taken too. `met_under`: keys before it under which somebody may
    still be known, and `former` all before it, see `bot.store.people`.

    `site`: the public address of our own pages, without a slash at its end; `counted_site`: the same where links to the
    portal are to lead through it, so that they can be counted. `data_old_days`: see `Turn`.
    """

    secret: bytes = field(repr=False)
    max_message_chars: int = 2000
    keeping: Keeping = USUAL
    site: str = ""
    rating: RatingRules = USUAL_RULES
    counted_site: str = ""
    data_old_days: int = USUAL_OLD_DAYS
    previous: tuple[bytes, ...] = field(default=(), repr=False)
    met_under: tuple[bytes, ...] = field(default=(), repr=False)
    former: tuple[bytes, ...] = field(default=(), repr=False)

    def people(self, store: Store, clock: Callable[[], datetime] = utc_now) -> People:
        return People(store.office.keys, self.secret, self.met_under, self.former, clock=clock)
