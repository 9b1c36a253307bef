"""Addresses of stores that are not there yet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.unit.store.moving.sides import Address, new_file


@pytest.fixture
def new(tmp_path: Path, postgres_server: Server) -> Iterator[Address]:
    made: list[str] = []
    numbers = count()

    def address(engine: str) -> str:
        if engine == "sqlite":
            return new_file(tmp_path, f"store-{next(numbers)}")
        made.append(postgres_server.new_database())
        return made[-1]

    yield address
    for each in made:
        postgres_server.drop(each)
