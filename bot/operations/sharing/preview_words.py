"""What stands in the picture of a page: of a procedure, a situation in life, a field, the list, the chat."""

from __future__ import annotations

import hashlib
from dataclasses import astuple, dataclass

from bot.catalog.editorial import hidings_at
from bot.catalog.lookup import is_hidden
from bot.catalog.model import Catalogue
from bot.catalog.titles import begin_upper
from bot.operations.sharing.at_home import at_home, sentence
from bot.operations.sharing.targets import Kind, Target, event_of
from bot.texts import Texts
from handlers.naming import ENGLISH, event_title, field_name

HOME, LIST, FIELDS = "trang-chu", "toan-trinh", "linh-vuc"
"""The pictures of pages that are about no target."""


WIDTH, HEIGHT = 1200, 630
"""Pixels: what Facebook and Zalo show without cutting."""
_DRAWING = 1
"""Raised when the same words are drawn in another way."""


@dataclass(frozen=True, slots=True)
class PreviewWords:
    """`names`: the whole one first, then shorter ones. `can`: may be empty."""

    names: tuple[str, ...]
    can: str
    assistant: str

    @property
    def mark(self) -> str:
        """The same for the same picture."""
        return hashlib.blake2b(repr((_DRAWING, astuple(self))).encode(), digest_size=12).hexdigest()


def words_of_target(catalogue: Catalogue, texts: Texts, target: Target) -> PreviewWords:
    """The target is one of the catalogue. What editors have hidden anywhere keeps its name alone."""
    language = texts.language
    if target.kind is Kind.PROCEDURE:
        procedure = catalogue.procedures[target.id]
        names = [procedure.title, procedure.short_name, procedure.label]
        if language == ENGLISH and procedure.english is not None:
            names = [procedure.english.title, procedure.english.label]
        if procedure.is_gone:
            can = texts.get("poster.picture.removed")
        elif is_hidden(catalogue, target.id) or hidings_at(catalogue.editorial, target.id):
            # There is no room to say where it is not so.
            can = ""
        else:
            can = sentence(texts, catalogue, at_home(catalogue, procedure).stage)
        return _words(catalogue, tuple(dict.fromkeys(name for name in names if name)), can)
    event = event_of(catalogue, target.id) if target.kind is Kind.EVENT else None
    name = begin_upper(field_name(catalogue, target.id, language)) if event is None else event_title(event, language)
    return _words(catalogue, (name,), texts.find(f"poster.can.{target.kind}") or "")


def words_of_page(catalogue: Catalogue, texts: Texts, page: str) -> PreviewWords:
    """`page`: HOME, LIST or FIELDS."""
    if page == LIST:
        return _words(catalogue, (texts.get("web.pages.list.title"),), texts.get("poster.picture.list_can"))
    if page == FIELDS:
        return _words(catalogue, (texts.get("web.pages.fields.title"),), texts.get("poster.picture.fields_can"))
    return _words(catalogue, (texts.get("poster.picture.home"),), texts.get("poster.picture.home_can"))


def alt_of(words: PreviewWords) -> str:
    """The picture in words."""
    return " ".join(part for part in (f"{words.names[0]}.", words.can, f"{words.assistant}.") if part)


def _words(catalogue: Catalogue, names: tuple[str, ...], can: str) -> PreviewWords:
    return PreviewWords(names, can, catalogue.province.assistant_name)
