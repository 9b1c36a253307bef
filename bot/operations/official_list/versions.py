"""The catalogue whose list is printed: any that was published, or the one in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.catalog.load import read_catalogue
from bot.catalog.model import Catalogue
from bot.operations.background import in_background
from bot.operations.publishing.served import files_of, numbered, served
from bot.store.publications import Publications


async def catalogue_of_version(
    publications: Publications, shipped: Path, number: int | None, day: date
) -> Catalogue | None:
    """Of publication `number`, or (None) of what is in force on `day`; None where nothing was published as `number`.

    Raises StoreError and CatalogueError.
    """
    if number is None:
        return await in_background(read_catalogue, await served(publications, shipped, day))
    found = await numbered(publications, number)
    if found is None:
        return None
    return await in_background(read_catalogue, await files_of(found, publications, shipped))
