"""What things are called on a page. Official names are Vietnamese; a page in another language marks them as such."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.catalog.model import Commune, Field, LifeEvent, Procedure
from bot.texts import Texts
from bot.web.pages.addresses import HOME_LANGUAGE
from handlers.naming import heading


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
    """The title, or a shorter form of it where it is a paragraph."""
    return vietnamese(heading(procedure), language)


def names_to_find(procedure: Procedure) -> tuple[str, ...]:
    """Every name that people may look for."""
    return tuple(name for name in (procedure.title, procedure.short_name, procedure.label) if name)


def field_name(field: Field, language: str) -> Named:
    """Beginning with a capital, however it is published: it stands in lists."""
    return vietnamese(field.name[:1].upper() + field.name[1:], language)


def event_title(event: LifeEvent, language: str) -> Named:
    return vietnamese(event.title, language)


def commune_name(commune: Commune, texts: Texts) -> str:
    """With its kind: a ward and a commune may bear one name."""
    if commune.kind == "ward":
        return texts.get("web.pages.ward", name=commune.name)
    return texts.get("web.pages.commune", name=commune.name)


def written_day(day: date, language: str) -> str:
    """As people write it; the month in words where 3/10 may be read the other way round."""
    return f"{day.day}/{day.month}/{day.year}" if language == HOME_LANGUAGE else f"{day.day} {day:%B} {day.year}"


def written_number(number: int, language: str) -> str:
    """With the language's mark between thousands."""
    return f"{number:,}" if language != HOME_LANGUAGE else f"{number:,}".replace(",", ".")
