"""How old what is told of a procedure is: pure functions."""

from __future__ import annotations

from datetime import date, timedelta

from bot.catalog.model import Catalogue, Procedure

_SERVICES_FILE = "services.csv"


def day_of_data(catalogue: Catalogue, procedure: Procedure, *, published: bool) -> date:
    """The day that the data describe. `published`: the level comes from the province's own list."""
    if not published:
        return procedure.as_of
    return next((source.as_of for source in catalogue.sources if source.path == _SERVICES_FILE), catalogue.as_of)


def is_old(day: date, today: date, days: int) -> bool:
    """Whether data of `day` are older than so many days."""
    return today - day > timedelta(days=days)
