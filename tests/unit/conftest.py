"""What the stores' tests and those of what stands on a store begin with: an empty one on a real file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.sqlite.store import SqliteStore


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    """Where `store` is kept; for tests that change it from beside, as a broken disk would."""
    return tmp_path / "data.sqlite"


@pytest.fixture
async def store(store_file: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(store_file)
    yield opened
    await opened.close()
