"""What things are called on a page. Official names are Vietnamese; a page in another language marks them as such."""

from __future__ import annotations

from dataclasses import dataclass

from bot.catalog.model import Field, LifeEvent, Procedure
from bot.catalog.titles import begin_upper
from bot.texts import Texts
from bot.web.pages.addresses import HOME_LANGUAGE
from handlers import naming
from handlers.naming import ENGLISH


@dataclass(frozen=True, slots=True)
class Named:
    """Words, and their language where it is not the page's."""

    text: str
    language: str | None = None

    def __str__(self) -> str:
        return self.text


def vietnamese(text: str, language: str) -> Named:
    """Vietnamese words on a page in `language`."""
    return Named(text, None if language == HOME_LANGUAGE else HOME_LANGUAGE)


def procedure_heading(procedure: Procedure, language: str) -> Named:
    """The title, or a shorter form of it where it is a paragraph; in English where it has an English name."""
    own = language == ENGLISH and procedure.english is not None
    return Named(naming.heading(procedure, language), None if own or language == HOME_LANGUAGE else HOME_LANGUAGE)


def vietnamese_name_line(procedure: Procedure, texts: Texts) -> str:
    """The line of an English card that a page has no need of: its heading has the Vietnamese name."""
    return texts.get("card.vietnamese_name", name=naming.heading(procedure, HOME_LANGUAGE))


def names_to_find(procedure: Procedure) -> tuple[str, ...]:
    """Every name that people may look for."""
    english = procedure.english
    names = (
        procedure.title,
        procedure.short_name,
        procedure.label,
        english and english.title,
        english and english.label,
    )
    return tuple(name for name in names if name)


def field_name(field: Field, language: str) -> Named:
    """Beginning with a capital, however it is published: it stands in lists."""
    if language == ENGLISH and field.name_en:
        return Named(field.name_en)
    return vietnamese(begin_upper(field.name), language)


def event_title(event: LifeEvent, language: str) -> Named:
    title = naming.event_title(event, language)
    return vietnamese(title, language) if title == event.title else Named(title)
