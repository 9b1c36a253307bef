"""Which field the words of a list mean."""

from __future__ import annotations

import re

from bot.catalog.imports.agency_names import is_slip, near
from bot.catalog.imports.spelling import letters
from bot.catalog.list_names import words_of
from bot.catalog.model import Catalogue

_BEFORE = re.compile(r"^(?:[ivxlc]+|[0-9]+|[a-z])?\s*lĩnh vực\s+")


class FieldNames:
    def __init__(self, catalogue: Catalogue) -> None:
        self._ids: dict[str, list[str]] = {}
        for field in catalogue.fields.values():
            self._ids.setdefault(_key(field.name), []).append(field.id)
        self._names = frozenset(words_of(field.name) for field in catalogue.fields.values())
        self._folded = {field.id: letters(field.name) for field in catalogue.fields.values()}
        self._near: dict[str, tuple[str, ...]] = {}

    def resolve(self, written: str) -> str | None:
        """The id of the field; None where it is not known, or more than one is called so."""
        if written in self._folded:
            return written
        found = self._ids.get(_key(written), [])
        return found[0] if len(found) == 1 else None

    def is_name(self, written: str) -> bool:
        """Whether a field is called so, be it one or several."""
        return words_of(written) in self._names

    def near(self, written: str) -> tuple[str, ...]:
        """Ids that may be meant, the likeliest first."""
        if written not in self._near:
            called = self._ids.get(_key(written))
            self._near[written] = tuple(called) if called else near(letters(_key(written)), self._folded)
        return self._near[written]

    def likely(self, written: str) -> str | None:
        """The id that may be proposed; None where a person has to say which is meant."""
        alike = self.near(written)
        return alike[0] if alike and is_slip(_key(written), self._folded[alike[0]]) else None


def new_id(name: str, taken: frozenset[str]) -> str:
    """An id for a field that the catalogue does not have."""
    slug = letters(name).replace(" ", "-") or "linh-vuc"
    number = 1
    free = slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


def _key(written: str) -> str:
    return _BEFORE.sub("", words_of(written))
