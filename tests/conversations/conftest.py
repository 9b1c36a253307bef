"""The house that all conversations are played in."""

from __future__ import annotations

import pytest

from tests.conversations.stage import House, build_house


@pytest.fixture(scope="session")
def house() -> House:
    return build_house()
