"""The catalogue whose list is printed: any that was published, or the one in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.catalog.folder import Contents
from bot.catalog.load import read_catalogue
from bot.catalog.model import Catalogue
from bot.operations.background import in_background
from bot.operations.publishing.served import published, served
from bot.store.publications import Publications


async def catalogue_of_version(
    publications: Publications, shipped: Path, number: int | None, day: date
) -> Catalogue | None:
    """Of publication `number`, or (None) of what is in force on `day`; None where nothing was published as `number`.

    Raises StoreError and CatalogueError.
    """
    if number is None:
        contents: Contents | None = (await served(publications, shipped, day)).contents
    else:
        contents = await published(publications, number)
    return None if contents is None else await in_background(read_catalogue, contents)
