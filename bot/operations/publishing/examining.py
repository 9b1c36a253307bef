"""Which catalogue is served, whether it can be, and whether it has the words that this release ships."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.catalog.folder import Contents
from bot.catalog.load import load_catalogue, read_catalogue
from bot.catalog.model import Catalogue
from bot.catalog.words_apart import missing_words
from bot.errors import CatalogueError, StoreError
from bot.operations.findings import Finding, State
from bot.operations.publishing.served import contents_of
from bot.operations.times import in_vietnam
from bot.ratings.periods import day_of
from bot.store.publications import Publication, Publications

_AREA = "catalogue"
_MEND = (
    "`python -m bot catalog rollback --reason …` puts the one before it back; or publish again. Until then running "
    "processes go on with what they have, and a new one serves what is shipped."
)
_MOST_FILES = 3


async def examine_catalogue(publications: Publications | None, shipped: Path, now: datetime) -> list[Finding]:
    """`publications`: None where there is no database. Raises CatalogueError where nothing can be served at all."""
    if publications is None:
        return [_as_shipped(shipped)]
    today = day_of(now)
    try:
        listed = await publications.listed()
        current = await publications.in_force(today)
    except StoreError as error:
        what = f"what is published cannot be read: {error}"
        return [Finding(_AREA, State.BROKEN, what, "See the store."), _as_shipped(shipped)]
    waiting = [_waits(one) for one in listed if one.waits(today)]
    if current is None:
        return [_as_shipped(shipped), *waiting]
    try:
        contents = await publications.contents(current.version)
        catalogue = None if contents is None else read_catalogue(contents)
    except (StoreError, CatalogueError) as error:
        what = f"publication {current.number} is in force and cannot be served: {error}"
        return [Finding(_AREA, State.BROKEN, what, _MEND), _as_shipped(shipped), *waiting]
    if contents is None or catalogue is None:
        what = f"publication {current.number} is in force, and its files are gone"
        return [Finding(_AREA, State.BROKEN, what, _MEND), _as_shipped(shipped), *waiting]
    return [_in_force(current, catalogue), *waiting, *_words(shipped, contents)]


def _as_shipped(shipped: Path) -> Finding:
    catalogue = load_catalogue(shipped)
    return Finding(_AREA, State.OK, f"{_size(catalogue)}; as shipped, version {catalogue.version}")


def _in_force(one: Publication, catalogue: Catalogue) -> Finding:
    what = f"{_size(catalogue)}; publication {one.number} since {one.since}, {decision_of(one)}, version {one.version}"
    return Finding(_AREA, State.OK, f"{what}, published {in_vietnam(one.at)} by {one.by}")


def _waits(one: Publication) -> Finding:
    return Finding(_AREA, State.OK, f"publication {one.number} waits for {one.since}: {decision_of(one)}")


def _words(shipped: Path, published: Contents) -> Sequence[Finding]:
    """That a release ships words which the published catalogue lacks; nothing where the folder cannot be read."""
    try:
        missing = missing_words(contents_of(shipped), published)
    except CatalogueError:
        return ()
    if not missing:
        return ()
    named = ", ".join(f"{count} in {path}" for path, count in list(missing.items())[:_MOST_FILES])
    more = f" and in {len(missing) - _MOST_FILES} more files" if len(missing) > _MOST_FILES else ""
    what = f"this release ships words that the published catalogue does not have: {named}{more}"
    mend = f"`python -m bot catalog import {shipped} --part words` makes a draft with them, to be published."
    return (Finding(_AREA, State.WARNING, what, mend),)


def _size(catalogue: Catalogue) -> str:
    return f"{len(catalogue.procedures)} procedures, data of {catalogue.as_of}"


def decision_of(one: Publication) -> str:
    """`12/QĐ-UBND of 2026-11-20`"""
    if not one.decision:
        return "by no decision"
    return one.decision if one.decided_on is None else f"{one.decision} of {one.decided_on}"
