"""What is shipped, loaded once for all tests that look at it: nothing of it ever changes."""

from __future__ import annotations

from functools import cache

from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.search.engine import SearchEngine
from bot.settings import SHIPPED_CATALOGUE


@cache
def shipped_catalogue() -> Catalogue:
    return load_catalogue(SHIPPED_CATALOGUE)


@cache
def shipped_guide() -> Guide:
    return Guide.of(shipped_catalogue())


@cache
def shipped_engine() -> SearchEngine:
    return SearchEngine(shipped_catalogue())
