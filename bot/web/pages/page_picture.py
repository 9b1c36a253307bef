"""Which picture a page has, for whoever shows a link to it; `bot.web.pages.pictures` answers with it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from bot.catalog.model import Catalogue
from bot.operations.sharing.preview_words import HEIGHT, WIDTH, alt_of, words_of_page, words_of_target
from bot.operations.sharing.targets import Kind, Target
from bot.texts import Texts
from bot.web.pages import addresses

PICTURES = "/anh"
FOLDERS = {Kind.PROCEDURE: "tt", Kind.EVENT: "viec", Kind.FIELD: "linh-vuc"}


@dataclass(frozen=True, slots=True)
class PagePicture:
    """`path`: from the root. `width`, `height`: pixels."""

    path: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


def picture_of_target(catalogue: Catalogue, texts: Texts, target: Target) -> PagePicture:
    path = addresses.in_language(texts.language, f"{PICTURES}/{FOLDERS[target.kind]}/{quote(target.id)}.png")
    return PagePicture(path, alt_of(words_of_target(catalogue, texts, target)))


def picture_of_page(catalogue: Catalogue, texts: Texts, page: str) -> PagePicture:
    """`page`: HOME, LIST or FIELDS of `bot.operations.sharing.preview_words`."""
    path = addresses.in_language(texts.language, f"{PICTURES}/{page}.png")
    return PagePicture(path, alt_of(words_of_page(catalogue, texts, page)))
