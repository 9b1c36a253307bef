"""What editors say beside the published catalogue, as lines of an answer. It is in Vietnamese, and said to be."""

from __future__ import annotations

from datetime import date

from bot.catalog.editorial import Editorial, benefit_of, hidings_at, notices_for
from bot.catalog.lookup import is_hidden
from bot.catalog.model import Catalogue, Procedure
from bot.texts import Texts
from bot.texts.written import day_written
from handlers.bodies import name_all

_ENDS = (".", "!", "?", "…", ":", ")", "”", '"')


def notice_lines(said: Editorial, texts: Texts, today: date, code: str = "", field_id: str = "") -> tuple[str, ...]:
    """The notices of a procedure, its field and all; without them those for all."""
    return tuple(
        texts.get("editorial.notice", date=day_written(texts.language, notice.last), text=ended(notice.text))
        for notice in notices_for(said, today, code, field_id)
    )


def benefit_line(catalogue: Catalogue, texts: Texts, procedure: Procedure, today: date) -> str | None:
    """What filing online brings, with where it is written."""
    benefit = benefit_of(catalogue.editorial, procedure.code, today)
    if benefit is None:
        return None
    last = day_written(texts.language, benefit.last)
    return texts.get("editorial.benefit", text=ended(benefit.text), source=unended(benefit.source), date=last)


def hidden_bodies(catalogue: Catalogue, texts: Texts, procedure: Procedure) -> str | None:
    """Of which bodies nothing is said for now, where something is said of the others."""
    hidden = [hiding.agency for hiding in hidings_at(catalogue.editorial, procedure.code)]
    if not hidden or is_hidden(catalogue, procedure.code):
        return None
    return texts.get("editorial.hidden_some", agencies=name_all(catalogue, texts, hidden))


def ended(text: str) -> str:
    """As a sentence: something may follow it."""
    return text if text.endswith(_ENDS) else f"{text}."


def unended(text: str) -> str:
    """For within a sentence."""
    return text.rstrip(". ")
