"""A small report: three agencies, one of them with a name that a spreadsheet would run, and months without ratings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from bot.catalog.model import SatisfactionTarget
from bot.operations.figures.model import EVERYTHING, Breakdown, By, Ground, Overview, Row
from bot.operations.reports.compose import Making, compose
from bot.operations.reports.model import ReportDocument
from bot.ratings.model import Filing, Mark
from bot.ratings.movement import movement
from bot.ratings.periods import previous, report_month, report_months_to
from bot.ratings.scales import THREE
from bot.ratings.summary import groups, trend, whole
from bot.ratings.targets import Target
from bot.store.figures import Count, Obstacles
from bot.texts import load_texts

PERIOD = report_month(2026, 10)
TARGET = Target("satisfaction-2025", Fraction(19, 20), "KH 457/KH-UBND 20/8/2025", "2025-08-20")
PAST = SatisfactionTarget(
    "satisfaction-2022",
    "satisfaction",
    ">=",
    0.9,
    "all",
    "handling of procedures",
    "",
    "",
    "QĐ 461/QĐ-UBND 28/02/2022",
    "",
    "2022-02-28",
    "2022-12-31",
    "history",
)
GROUND = Ground(PERIOD, THREE, TARGET, (PAST,), None, is_demonstration=False)
MAKING = Making("Tỉnh Mẫu", "Bà Lan", datetime(2026, 10, 20, 2, 5, tzinfo=UTC))
NAMES = {"H27.01": "Sở Mẫu", "H27.02": "=cmd|'/C calc'!A0", "H27.03": "Xã Mẫu"}


def counted(
    key: str,
    *levels: int,
    filing: str = Filing.ONLINE,
    mark: str = Mark.CLEAN,
    scale: str = "three",
    is_helped: bool = False,
) -> Count:
    """`levels`: how many ratings each got, the worst first."""
    low, middle, high = levels
    return Count(key, scale, filing, mark, is_helped, (low, middle, high, 0, 0), 0, 0)


def asked(key: str, people: int, answered: int) -> Count:
    return Count(key, "", "", "", False, (0, 0, 0, 0, 0), people, answered)


COUNTS = (
    counted("H27.01", 20, 100, 262),
    counted("H27.01", 0, 1, 1, is_helped=True),
    counted("H27.01", 0, 0, 3, mark=Mark.FLAGGED),
    counted("H27.01", 7, 0, 0, mark=Mark.ASIDE),
    counted("H27.01", 1, 1, 2, filing=Filing.COUNTER),
    counted("H27.01", 1, 0, 0, filing=Filing.HELPER),
    counted("H27.01", 1, 1, 1, scale="five"),
    asked("H27.01", 800, 400),
    counted("H27.02", 0, 3, 9),
    asked("H27.02", 24, 12),
    counted("H27.03", 0, 0, 1, filing=Filing.COUNTER),
    asked("H27.03", 0, 0),
)


def overview(ground: Ground = GROUND) -> Overview:
    every = whole(COUNTS, THREE, TARGET.share)
    months = report_months_to(PERIOD.last, 3)
    trended = trend(months, [[counted("", 40, 300, 400)], [], COUNTS], THREE, lambda _: TARGET.share)
    before = whole([counted("", 40, 300, 400)], THREE, TARGET.share)
    moved = movement(before.counted, every.counted)
    return Overview(ground, every, previous(PERIOD), moved, trended, (), (), 0, (), 0, Obstacles((), ()))


def breakdown(ground: Ground = GROUND) -> Breakdown:
    rows = tuple(Row(By.AGENCY, NAMES[group.key], group) for group in groups(COUNTS, THREE, TARGET.share))
    return Breakdown(ground, By.AGENCY, EVERYTHING, whole(COUNTS, THREE, TARGET.share), rows)


def document() -> ReportDocument:
    return compose(load_texts(), MAKING, overview(), breakdown())


def made_up() -> ReportDocument:
    """A demonstration."""
    ground = replace(GROUND, is_demonstration=True)
    return compose(load_texts(), MAKING, overview(ground), breakdown(ground))


def empty() -> ReportDocument:
    """A period without ratings, and without a target."""
    ground = replace(GROUND, target=None)
    nothing = whole([], THREE, None)
    trended = trend(report_months_to(PERIOD.last, 2), [[], []], THREE, lambda _: None)
    found = Overview(ground, nothing, previous(PERIOD), None, trended, (), (), 0, (), 0, Obstacles((), ()))
    return compose(load_texts(), MAKING, found, Breakdown(ground, By.AGENCY, EVERYTHING, nothing, ()))
