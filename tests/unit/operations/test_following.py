"""Looking again and again: what breaks is told once, counted each time, and ends nothing."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from bot.errors import StoreError
from bot.operations.following import keep_looking


async def test_each_look_is_told_whether_it_worked(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    faults = iter([None, StoreError("disk full"), StoreError("disk full"), ZeroDivisionError(), None])
    slept: list[float] = []
    done: list[bool] = []

    async def look() -> None:
        fault = next(faults)
        if fault is not None:
            raise fault

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 5:
            raise asyncio.CancelledError

    monkeypatch.setattr("bot.operations.following.asyncio", SimpleNamespace(sleep=sleep))
    with pytest.raises(asyncio.CancelledError):
        await keep_looking("switches", look, 2.0, done.append)
    assert (done, slept, len(caplog.records)) == ([True, False, False, False, True], [2.0] * 5, 1)
