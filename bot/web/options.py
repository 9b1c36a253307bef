"""A field of a form in which one of several is chosen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """`language`: that of the label, where it is not the page's."""

    value: str
    label: str
    is_chosen: bool
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Select:
    """The first option means all."""

    name: str
    label: str
    options: tuple[Option, ...]
