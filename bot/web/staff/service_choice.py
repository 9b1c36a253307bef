"""Services that words may mean, for staff who know what a procedure is called but not its code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.catalog.codes import parse_code
from bot.dialogue.clean import clean
from bot.operations.show import look_up
from bot.web.keys import ASSISTANT
from bot.web.staff.visit import Visit
from handlers.naming import heading

MOST_WORDS_CHARS = 200
_MOST_OFFERED = 8


@dataclass(frozen=True, slots=True)
class ServiceChoice:
    code: str
    name: str


def is_in_words(written: str) -> bool:
    """Whether it is something to look for, and neither empty nor a code."""
    return any(char.isalpha() for char in written) and parse_code(written) is None


def services_like(visit: Visit, words: str, fits: Callable[[str], bool]) -> tuple[ServiceChoice, ...]:
    """What the search finds, best first; those that do not fit are left out, unless none does."""
    assistant, texts = visit.request.app[ASSISTANT], visit.texts
    found = look_up(assistant.guide, assistant.engine, texts, clean(words, MOST_WORDS_CHARS)[:MOST_WORDS_CHARS])
    procedures = visit.catalogue.procedures
    current = [code for code in found.codes if code in procedures and procedures[code].in_force]
    chosen = [code for code in current if fits(code)] or current
    return tuple(ServiceChoice(code, heading(procedures[code], texts.language)) for code in chosen[:_MOST_OFFERED])
