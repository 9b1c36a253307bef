"""Every store here is opened on tables that are one step ahead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.unit.store.ahead.next_version import bring_ahead
from tests.unit.store.engines import Place


@pytest.fixture
def place(place: Place) -> Place:
    bring_ahead(place)
    return place


@pytest.fixture
def new_place(new_place: Callable[[], Place]) -> Callable[[], Place]:
    def make() -> Place:
        made = new_place()
        bring_ahead(made)
        return made

    return make
