"""Everything that is made of a catalogue before it is served: pure, and of data that another process can be given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.catalog.editorial import Item
from bot.catalog.editorial_check import LeftOut, with_editorial
from bot.catalog.folder import Contents
from bot.catalog.guide import Guide
from bot.catalog.lexicon_model import Alias
from bot.catalog.load import load_catalogue, read_catalogue
from bot.catalog.model import Catalogue
from bot.catalog.taught import with_taught
from bot.search.engine import SearchEngine

Files = Path | Contents | Catalogue
"""Where a catalogue is: a folder, files of a publication, or read and checked already."""


class Follower(Protocol):
    """Whoever needs something of a catalogue that is to be there before that is served."""

    @staticmethod
    def make(guide: Guide) -> object:
        """What it needs. Pure; runs in another process or a thread, and what it raises is logged."""

    def wants(self, guide: Guide) -> bool:
        """Whether what it has does not do for this guide."""

    def get_ready(self, made: object) -> None:
        """Take what `make` has made. No work: chats wait meanwhile."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`taught`: the words of staff. `items`: what editors say. `makers`: of the followers."""

    files: Files
    taught: tuple[Alias, ...] = ()
    items: tuple[Item, ...] = ()
    makers: tuple[Callable[[Guide], object], ...] = ()


@dataclass(frozen=True, slots=True)
class Built:
    """One catalogue, shared by all of it.

    `base`: as its files have it; `taught`: with the words of staff, which the index was built for; the guide's own has
    besides what editors say. `unfit`, `unsaid`: what of either does not fit it. `made`: one for each of the makers;
    None where it failed.
    """

    base: Catalogue
    taught: Catalogue
    guide: Guide
    engine: SearchEngine
    unfit: tuple[Alias, ...]
    unsaid: tuple[LeftOut, ...]
    made: tuple[object, ...]


def build(wanted: Wanted) -> Built:
    """Takes seconds. Raises CatalogueError where the files cannot be served."""
    base = _read(wanted.files)
    taught, unfit = with_taught(base, wanted.taught)
    told, unsaid = with_editorial(taught, wanted.items)
    guide = Guide.of(told)
    made = tuple(_made(maker, guide) for maker in wanted.makers)
    return Built(base, taught, guide, SearchEngine(taught), unfit, unsaid, made)


def _read(files: Files) -> Catalogue:
    if isinstance(files, Catalogue):
        return files
    return load_catalogue(files) if isinstance(files, Path) else read_catalogue(files)


def _made(maker: Callable[[Guide], object], guide: Guide) -> object:
    try:
        return maker(guide)
    except Exception:  # noqa: BLE001 - it is tried again where it can be logged
        return None
