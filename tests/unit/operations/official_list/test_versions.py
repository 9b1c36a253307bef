"""Which catalogue is printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.catalog.folder import Contents, read_contents
from bot.catalog.load import read_catalogue
from bot.catalog.report import Report
from bot.errors import StoreError
from bot.operations.official_list.versions import catalogue_of_version
from bot.store.publications import NotPublished, Publication, PublicationKind
from bot.store.staff import Act
from tests.unit.catalog.conftest import SECOND_PROVINCE, Tiny

TODAY = date(2026, 11, 22)


class Kept:
    """Publications by number; the highest is in force."""

    def __init__(self, *contents: Contents) -> None:
        self._contents = {read_catalogue(one).version: one for one in contents}
        self._listed = tuple(
            Publication(
                *(number, version, PublicationKind.PUBLISHED, TODAY, "", None, "cli:test"),
                at=datetime(2026, 11, 22, tzinfo=UTC),
                reason="",
            )
            for number, version in enumerate(self._contents, start=1)
        )

    def lose(self) -> None:
        self._contents.clear()

    async def publish(
        self, publication: Publication, contents: Mapping[str, bytes], after: int, act: Act, draft: int | None = None
    ) -> Publication | NotPublished:
        raise NotImplementedError

    async def withdraw(self, number: int, act: Act) -> bool:
        raise NotImplementedError

    async def listed(self) -> tuple[Publication, ...]:
        return self._listed[::-1]

    async def in_force(self, day: date) -> Publication | None:
        return self._listed[-1] if self._listed and day >= TODAY else None

    async def contents(self, version: str) -> Mapping[str, bytes] | None:
        return self._contents.get(version)


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    return Tiny(tmp_path / "catalogue")


def files(tiny: Tiny) -> Contents:
    return read_contents(tiny.directory, Report())


async def test_what_was_published_what_is_in_force_and_what_is_shipped(tiny: Tiny) -> None:
    first = files(tiny)
    tiny.add("removed.csv", "1.900001,2026-11-02,")
    second = files(tiny)
    kept = Kept(first, second)
    wanted = {number: await catalogue_of_version(kept, SECOND_PROVINCE, number, TODAY) for number in (1, 2, 3, None)}
    assert {number: None if found is None else found.version for number, found in wanted.items()} == {
        1: read_catalogue(first).version,
        2: read_catalogue(second).version,
        3: None,
        None: read_catalogue(second).version,
    }
    nothing = await catalogue_of_version(Kept(), SECOND_PROVINCE, None, TODAY)
    assert nothing is not None
    assert nothing.version == read_catalogue(read_contents(SECOND_PROVINCE, Report())).version


async def test_files_that_are_gone_are_no_catalogue(tiny: Tiny) -> None:
    kept = Kept(files(tiny))
    kept.lose()
    with pytest.raises(StoreError):
        await catalogue_of_version(kept, tiny.directory, 1, TODAY)
