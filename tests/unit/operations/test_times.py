from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.operations.times import in_vietnam


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 11, 22, 4, 20, 59, tzinfo=UTC), "2026-11-22 11:20 (Vietnam)"),
        (datetime(2026, 12, 31, 17, 0, tzinfo=UTC), "2027-01-01 00:00 (Vietnam)"),
        (datetime(2026, 11, 22, 4, 20, tzinfo=timezone(timedelta(hours=-5))), "2026-11-22 16:20 (Vietnam)"),
    ],
)
def test_in_vietnam(moment: datetime, written: str) -> None:
    assert in_vietnam(moment) == written
