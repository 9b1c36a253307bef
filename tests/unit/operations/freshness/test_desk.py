"""Closing what looks old, and the yearly review from a real store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.dialogue.personal_data import masker_of
from bot.operations.freshness.desk import CloseFault, YearlyReview, close_stale, limits_of, yearly_review
from bot.operations.freshness.review import Limits, review
from bot.settings import Settings
from bot.store.freshness import Demand, LinkAnswer, LinkCheck, LinkOutcome, StaleReport, StaleState
from bot.store.interface import Record
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Act
from bot.texts import LANGUAGES, load_texts
from tests.unit.handlers.example import catalogue
from tests.unit.store.samples import NOW, event

MASKER = masker_of(load_texts(language) for language in LANGUAGES)
ACT = Act(NOW, "lan", "stale_close")
TODAY = date(2026, 11, 21)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(tmp_path / "data.sqlite")
    await opened.office.stale.add(StaleReport(NOW, "web", "p", "1.000001", "", "v1"))
    yield opened
    await opened.close()


@pytest.mark.parametrize(
    ("code", "state", "note", "fault"),
    [
        ("1.000001", "open", "", CloseFault.STATE),
        ("1.000001", "", "", CloseFault.STATE),
        ("1.000001", "fine", "x" * 501, CloseFault.NOTE_TOO_LONG),
        ("1.000002", "fine", "", CloseFault.NOT_OPEN),
    ],
)
async def test_what_cannot_be_closed_stays_open(
    store: SqliteStore, code: str, state: str, note: str, fault: CloseFault
) -> None:
    assert await close_stale(store.office.stale, MASKER, code, state, note, ACT) is fault
    assert len(await store.office.stale.open()) == 1
    assert await store.office.staff.entries(9) == ()


async def test_a_note_holds_no_private_number(store: SqliteStore) -> None:
    note = "Gọi anh Nam 0912345678,\nđã sửa"
    assert await close_stale(store.office.stale, MASKER, "1.000001", "mended", note, ACT) is None
    (closed,) = await store.office.stale.closed(9)
    assert (closed.state, closed.closing and closed.closing.note) == (
        StaleState.MENDED,
        MASKER.mask("Gọi anh Nam 0912345678, đã sửa").text,
    )
    assert "0912345678" not in str(closed)


async def test_the_review_is_made_of_what_is_kept(store: SqliteStore) -> None:
    await store.record(Record(replace(event(), codes=("1.000003",))))
    check = LinkCheck("https://portal.test/p/aaaa", NOW, LinkOutcome.FINE, "", LinkAnswer(NOW, LinkOutcome.FINE, 200))
    await store.office.links.keep(check)
    demand = Demand(date(2026, 11, 15), {"1.000003": 1})
    expected = review(catalogue(), demand, {check.address: check}, TODAY)
    assert await yearly_review(store.office, catalogue(), TODAY, Limits()) == YearlyReview(expected, demand)


def test_the_limits_are_those_of_the_settings() -> None:
    assert limits_of(Settings(links_check_days=7, data_old_days=40)) == Limits(link_days=7, old_days=40)
