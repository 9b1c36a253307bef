"""What lists are compared with, and what two catalogues may be named by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.catalog.folder import Contents
from bot.catalog.load import read_catalogue
from bot.catalog.model import Catalogue
from bot.operations.background import in_background
from bot.operations.publishing.served import contents_of, served
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.store.interface import Store


@dataclass(frozen=True, slots=True)
class Base:
    """A catalogue and its files."""

    contents: Contents
    catalogue: Catalogue


async def served_base(store: Store, shipped: Path) -> Base:
    """The catalogue that is in force. Raises StoreError, CatalogueError."""
    return await base_of(await served(store.office.publications, shipped, day_of(now())))


async def folder_base(directory: Path) -> Base:
    """The catalogue in a folder. Raises CatalogueError."""
    return await base_of(await in_background(contents_of, directory))


async def base_of(contents: Contents) -> Base:
    """The catalogue that these files are. Raises CatalogueError."""
    return Base(contents, await in_background(read_catalogue, contents))
