"""A small catalogue that each test may spoil: the second province of the fixtures, copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.catalog.load import check_catalogue, load_catalogue
from bot.catalog.model import Catalogue
from tests.unit.shipped import shipped_catalogue

SECOND_PROVINCE = Path(__file__).parents[2] / "fixtures" / "second_province"
SHIPPED = Path(__file__).parents[3] / "catalog_data"


class Tiny:
    """A copy of the second province in a folder of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        shutil.copytree(SECOND_PROVINCE, directory)

    def read(self, path: str) -> str:
        return (self.directory / path).read_text(encoding="utf-8")

    def put(self, path: str, content: str | bytes) -> None:
        """Writes a whole file."""
        file = self.directory / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8", errors="surrogatepass") if isinstance(content, str) else content)

    def change(self, path: str, old: str, new: str) -> None:
        """Replaces the first `old`, which must be there."""
        text = self.read(path)
        assert old in text
        self.put(path, text.replace(old, new, 1))

    def add(self, path: str, *lines: str) -> None:
        """Puts lines at the end of a file."""
        self.put(path, self.read(path) + "".join(f"{line}\n" for line in lines))

    def problems(self) -> list[str]:
        return [str(problem) for problem in check_catalogue(self.directory)]

    def load(self) -> Catalogue:
        return load_catalogue(self.directory)


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return Tiny(tmp_path / "catalogue")


@pytest.fixture(scope="session")
def second() -> Catalogue:
    return load_catalogue(SECOND_PROVINCE)


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    return shipped_catalogue()
