"""The catalogue whose list is printed: any that was published, or the one in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.catalog.load import read_catalogue
from bot.catalog.model import Catalogue
from bot.errors import StoreError
from bot.operations.publishing.served import served
from bot.store.publications import Publications


async def catalogue_of_version(
    publications: Publications, shipped: Path, number: int | None, day: date
) -> Catalogue | None:
    """Of publication `number`, or (None) of what is in force on `day`; None where nothing was published as `number`.

    Raises StoreError and CatalogueError.
    """
    if number is None:
        return read_catalogue((await served(publications, shipped, day)).contents)
    found = next((one for one in await publications.listed() if one.number == number), None)
    if found is None:
        return None
    kept = await publications.contents(found.version)
    if kept is None:
        raise StoreError(f"the files of publication {number} are gone")
    return read_catalogue(kept)
