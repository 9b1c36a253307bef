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
from bot.operations.publishing.served import contents_of, files_of, not_served, read_instead
from bot.operations.times import in_vietnam
from bot.ratings.periods import day_of
from bot.store.publications import Publication, Publications

_AREA = "catalogue"
_MEND_SHIPPED = (
    "What is published goes on being served. Put the folder of CATALOG_DIR back as the release has it: `python -m bot "
    "catalog check` tells every problem."
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
        contents = await files_of(current, publications, shipped)
        catalogue = read_catalogue(contents)
    except (StoreError, CatalogueError) as error:
        instead, catalogue = await read_instead(publications, current, shipped, today)
        found = Finding(_AREA, State.BROKEN, *not_served(current, error, instead))
        return [found, _served(instead, catalogue), *waiting]
    return [_served(current, catalogue), *waiting, *_words(shipped, contents)]


def _as_shipped(shipped: Path) -> Finding:
    return _served(None, load_catalogue(shipped))


def _served(one: Publication | None, catalogue: Catalogue) -> Finding:
    if one is None:
        return Finding(_AREA, State.OK, f"{_size(catalogue)}; as shipped, version {catalogue.version}")
    what = f"{_size(catalogue)}; publication {one.number} since {one.since}, {decision_of(one)}, version {one.version}"
    return Finding(_AREA, State.OK, f"{what}, published {in_vietnam(one.at)} by {one.by}")


def _waits(one: Publication) -> Finding:
    return Finding(_AREA, State.OK, f"publication {one.number} waits for {one.since}: {decision_of(one)}")


def _words(shipped: Path, published: Contents) -> Sequence[Finding]:
    """That a release ships words which the published catalogue lacks, or that what it ships is damaged."""
    try:
        load_catalogue(shipped)
        missing = missing_words(contents_of(shipped), published)
    except CatalogueError as error:
        what = f"what is shipped cannot be served: {error}"
        return (Finding(_AREA, State.WARNING, what, _MEND_SHIPPED),)
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
