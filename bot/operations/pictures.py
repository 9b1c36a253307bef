"""Pictures for chats, each drawn in a process of its own: it keeps nobody waiting, and gives its memory back."""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from bot.dialogue.router import log_fault
from bot.operations.reports.compose import standing_chart
from bot.operations.summaries import Overview
from bot.ratings.charts.model import Chart, Format
from bot.texts import Texts, load_texts

_SECONDS = 60.0


class Pictures:
    """One picture at a time."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._turn = asyncio.Lock()

    async def standing(self, overview: Overview, title: str) -> bytes | None:
        """The whole against the target, as PNG; None where it cannot be drawn: the text says the same."""
        try:
            chart = standing_chart(self._texts, title, overview)
            async with self._turn, asyncio.timeout(_SECONDS):
                return await _drawn_apart(chart, self._texts.language)
        except Exception as error:  # noqa: BLE001 - whatever it is, the figures are told in words
            log_fault("picture", error)
            return None


async def _drawn_apart(chart: Chart, language: str) -> bytes:
    pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
    try:
        return await asyncio.get_running_loop().run_in_executor(pool, _drawn, chart, language)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _drawn(chart: Chart, language: str) -> bytes:
    # Here and not above: it is large, and only this process needs it.
    from bot.ratings.charts.draw import draw

    return draw(chart, Format.PNG, load_texts(language))
