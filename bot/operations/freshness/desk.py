"""What staff and operators do to keep the catalogue true: the one way for pages and commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.catalog.model import Catalogue
from bot.dialogue.clean import clean
from bot.dialogue.personal_data import Masker
from bot.operations.background import in_background
from bot.operations.freshness.review import A_YEAR, Limits, ReviewRow, review
from bot.settings import Settings
from bot.store.freshness import CLOSED, MAX_NOTE_CHARS, Demand, StaleReports, StaleState
from bot.store.office import Office
from bot.store.staff import Act

ACTION = "stale_close"
"""What closing is called in the log."""


class CloseFault(StrEnum):
    """Why something is not closed."""

    STATE = "state"
    NOTE_TOO_LONG = "note_too_long"
    NOT_OPEN = "not_open"


async def close_stale(
    reports: StaleReports, masker: Masker, code: str, state: str, note: str, act: Act
) -> CloseFault | None:
    """Close what people said of a code; None where it is done. Private numbers in the note are masked.

    Raises StoreError.
    """
    if state not in CLOSED:
        return CloseFault.STATE
    if len(note) > MAX_NOTE_CHARS:
        return CloseFault.NOTE_TOO_LONG
    masked = masker.mask(clean(note, MAX_NOTE_CHARS)).text
    done = await reports.close(code, StaleState(state), masked, act)
    return None if done else CloseFault.NOT_OPEN


@dataclass(frozen=True, slots=True)
class YearlyReview:
    """`demand`: by how much people asked, and since when that is counted."""

    rows: tuple[ReviewRow, ...]
    demand: Demand


async def yearly_review(office: Office, catalogue: Catalogue, today: date, limits: Limits) -> YearlyReview:
    """As of today. Raises StoreError."""
    demand = await office.demands.since(today - A_YEAR)
    checks = {check.address: check for check in await office.links.listed()}
    return YearlyReview(await in_background(review, catalogue, demand, checks, today, limits), demand)


def limits_of(settings: Settings) -> Limits:
    return Limits(settings.links_check_days, settings.data_old_days)
