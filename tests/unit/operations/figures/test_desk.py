"""Figures with their names, from ratings in a real store; and what a reader of some agencies never sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import count

import pytest

from bot.operations.figures.desk import FigureDesk
from bot.operations.figures.model import Breakdown, By, Filters, Ground, Overview, Row
from bot.operations.figures.names import NO_FIELD
from bot.ratings.model import Filing, Flag, Origin, Reason, Subject, Survey
from bot.ratings.periods import Period, custom_period, report_month
from bot.ratings.satisfaction import Satisfaction
from bot.ratings.scales import THREE
from bot.ratings.summary import Response, whole
from bot.ratings.targets import Target
from bot.store.figures import Narrowing, Obstacles
from bot.store.sqlite.store import SqliteStore
from bot.texts import load_texts
from tests.unit.shipped import shipped_catalogue
from tests.unit.store.ratings_samples import asking, obstacle, rating, record

DECEMBER = report_month(2026, 12)
NOVEMBER = report_month(2026, 11)
BEFORE = datetime(2026, 11, 2, 8, tzinfo=UTC)
DEPARTMENT, COMMUNE = "H27.05", "H27.100"
BIRTH, LAND, GONE = "1.001193", "1.012756", "9.999999"
PEOPLE = count()


def births(commune: str = COMMUNE) -> Subject:
    return Subject(BIRTH, "", commune, commune)


def land() -> Subject:
    return Subject(LAND, "", DEPARTMENT, COMMUNE)


@pytest.fixture
def desk(store: SqliteStore) -> FigureDesk:
    return FigureDesk(store.office.figures, shipped_catalogue(), load_texts())


async def rate(store: SqliteStore, subject: Subject, satisfied: int, others: int = 0, **more: object) -> None:
    for level in (3,) * satisfied + (1,) * others:
        given = rating(f"p{next(PEOPLE)}", level, subject=subject, **more)
        await store.record(record(Survey(rating=given), given.person, given.at))


def counted(row: Row) -> tuple[str, str, int, int]:
    return row.group.key, row.name, row.group.counted.satisfied, row.group.counted.count


def ground(period: Period = DECEMBER, agencies: frozenset[str] | None = None) -> Ground:
    targets = shipped_catalogue().targets
    return Ground(
        period,
        THREE,
        Target("satisfaction-2025", Fraction(19, 20), "KH 457/KH-UBND 20/8/2025", "2025-08-20"),
        tuple(target for target in targets if target.id.startswith("satisfaction-2022")),
        agencies,
        is_demonstration=False,
    )


async def test_a_table_of_services(store: SqliteStore, desk: FigureDesk) -> None:
    await rate(store, land(), 3, 1)
    await rate(store, births(), 2)
    await rate(store, Subject(GONE, "", COMMUNE, ""), 1)
    found = await desk.breakdown(By.SERVICE, DECEMBER)
    assert (found.ground, found.by, found.filters) == (ground(), By.SERVICE, Filters())
    titles = shipped_catalogue().procedures
    assert [counted(row) for row in found.rows] == [
        (GONE, GONE, 1, 1),
        (LAND, titles[LAND].title, 3, 4),
        (BIRTH, titles[BIRTH].title, 2, 2),
    ]
    assert found.whole.counted == Satisfaction((1, 0, 6), 6)


async def test_a_table_of_fields_adds_procedures_up(store: SqliteStore, desk: FigureDesk) -> None:
    await rate(store, births(), 2)
    await rate(store, land(), 3, 1)
    await rate(store, Subject(GONE), 0, 1)
    found = await desk.breakdown(By.FIELD, DECEMBER)
    procedures, fields = shipped_catalogue().procedures, shipped_catalogue().fields
    births_field, land_field = (procedures[code].field_id for code in (BIRTH, LAND))
    assert {counted(row) for row in found.rows} == {
        (births_field, fields[births_field].name, 2, 2),
        (land_field, fields[land_field].name, 3, 4),
        (NO_FIELD, "Không rõ lĩnh vực", 0, 1),
    }
    for field, total in ((births_field, 2), (land_field, 4), (NO_FIELD, 1), ("none-such", 0)):
        narrowed = await desk.breakdown(By.SERVICE, DECEMBER, Filters(field=field))
        assert narrowed.whole.counted.count == total
    both = await desk.breakdown(By.SERVICE, DECEMBER, Filters(field=births_field, code=LAND))
    assert both.rows == ()


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        (By.AGENCY, [("", "Không rõ cơ quan", 1, 1), (DEPARTMENT, "Sở Nông nghiệp và Môi trường", 1, 2)]),
        (By.COMMUNE, [("", "Không rõ xã, phường", 1, 1), (COMMUNE, "Phường Sông Trí", 1, 2)]),
        (By.CHANNEL, [("carrier_pigeon", "carrier_pigeon", 1, 2), ("web", "Trang web", 1, 1)]),
        (
            By.ORIGIN,
            [("counter_qr", "Mã quét tại quầy", 1, 2), ("card", "Nút Đánh giá trong câu trả lời", 1, 1)],
        ),
        (By.HELPED, [("helped", "Có người giúp khi đánh giá", 1, 2), ("alone", "Tự đánh giá", 1, 1)]),
    ],
)
async def test_the_other_tables(
    store: SqliteStore, desk: FigureDesk, by: By, rows: list[tuple[str, str, int, int]]
) -> None:
    await rate(store, Subject(BIRTH), 1)
    await rate(store, land(), 1, 1, channel="carrier_pigeon", origin=Origin.COUNTER, is_helped=True)
    asked = asking("a", subject=land(), is_answered=True)
    await store.record(record(Survey(asked)))
    found = await desk.breakdown(by, DECEMBER)
    assert [counted(row) for row in found.rows] == rows
    assert found.whole.response == Response(1, 1)


async def test_nobody_knows_who_of_the_asked_would_have_been_helped(store: SqliteStore, desk: FigureDesk) -> None:
    await store.record(record(Survey(asking("a"))))
    found = await desk.breakdown(By.HELPED, DECEMBER)
    assert (found.rows, found.whole.response) == ((), Response(1, 0))


async def test_filters_are_taken_together(store: SqliteStore, desk: FigureDesk) -> None:
    await rate(store, births("H27.100"), 1, channel="web")
    await rate(store, births("H27.101"), 2, channel="web")
    await rate(store, births("H27.101"), 4, channel="telegram")
    await rate(store, births("H27.101"), 8, channel="telegram", origin=Origin.TEAM)

    async def counts(**filters: str) -> int:
        return (await desk.breakdown(By.SERVICE, DECEMBER, Filters(**filters))).whole.counted.count

    assert [
        await counts(),
        await counts(agency="H27.101"),
        await counts(commune="H27.100"),
        await counts(channel="telegram"),
        await counts(channel="telegram", origin="card"),
        await counts(agency="H27.100", channel="telegram"),
    ] == [15, 14, 1, 12, 4, 0]


async def test_the_overview(store: SqliteStore, desk: FigureDesk) -> None:
    await rate(store, births(), 50, 50, at=BEFORE, period="2026-11")
    await rate(store, births(), 99, 1)
    await rate(store, land(), 20, 20)
    await rate(store, births("H27.101"), 2)
    await store.record(record(Survey(asking("a"), obstacle=obstacle(reason=Reason.HARD))))
    found = await desk.overview(DECEMBER)
    assert (found.ground, found.before) == (ground(), NOVEMBER)
    assert (found.whole.counted.satisfied, found.whole.counted.count, found.whole.response) == (
        121,
        142,
        Response(1, 0),
    )
    assert found.movement is not None
    assert (found.movement.points, found.movement.is_clear) == (Fraction(121 * 100, 142) - 50, True)
    assert [(point.period.name, point.group.counted.count) for point in found.trend][-3:] == [
        ("2026-10", 0),
        ("2026-11", 100),
        ("2026-12", 142),
    ]
    assert len(found.trend) == 12
    assert {point.group.counted.share for point in found.trend[:-2]} == {None}
    assert [(row.by, *counted(row)[::2]) for row in found.red] == [
        (By.AGENCY, DEPARTMENT, 20),
        (By.SERVICE, LAND, 20),
    ]
    assert [(row.by, row.group.key) for row in found.few] == [(By.AGENCY, "H27.101")]
    assert [(each.by, each.movement.key, each.movement.is_clear) for each in found.moved] == [
        (By.SERVICE, BIRTH, True),
        (By.AGENCY, COMMUNE, True),
    ]
    assert found.obstacles == Obstacles(((Reason.HARD, 1),), ())


async def test_in_brief_it_is_the_same_without_single_groups(store: SqliteStore, desk: FigureDesk) -> None:
    await rate(store, births(), 50, 50, at=BEFORE, period="2026-11")
    await rate(store, births(), 99, 1)
    await rate(store, land(), 2, 30)
    full = await desk.overview(DECEMBER)
    assert (full.red_count, len(full.red), len(full.moved)) == (2, 2, 2)
    assert await desk.overview(DECEMBER, is_brief=True) == replace(full, red=(), red_count=0, moved=())


async def test_what_lacks_most_comes_first(store: SqliteStore, desk: FigureDesk) -> None:
    await rate(store, births("H27.100"), 60, 40)
    await rate(store, births("H27.101"), 30, 70)
    found = await desk.overview(DECEMBER)
    assert [row.group.key for row in found.red] == [BIRTH, "H27.101", "H27.100"]


async def test_of_many_groups_the_first_are_read_and_all_are_counted(store: SqliteStore, desk: FigureDesk) -> None:
    for number in range(12):
        await rate(store, births(f"H27.1{number:02}"), 0, 30 + number)
        await rate(store, Subject(BIRTH, "", f"H27.12{number:02}"), 1 + number)
    asked = asking("a", subject=births("H27.111"), is_answered=True)
    await store.record(record(Survey(asked)))
    found = await desk.overview(DECEMBER)
    table = await desk.breakdown(By.AGENCY, DECEMBER)
    rows = {row.group.key: row for row in table.rows}
    # The procedure is red as well, and comes first.
    assert (found.red_count, found.few_count) == (13, 12)
    assert found.red[1:] == tuple(rows[f"H27.1{number:02}"] for number in range(11, 2, -1))
    assert found.red[1].group.response == Response(1, 1)
    assert found.few == tuple(rows[f"H27.12{number:02}"] for number in range(11, 1, -1))


async def test_an_overview_of_nothing(desk: FigureDesk) -> None:
    nothing = whole([], THREE, Fraction(19, 20))
    found = await desk.overview(DECEMBER)
    assert found == Overview(ground(), nothing, NOVEMBER, None, found.trend, (), (), 0, (), 0, Obstacles((), ()))
    assert [(point.group.counted, point.group.key) for point in found.trend] == [
        (nothing.counted, point.period.name) for point in found.trend
    ]


async def test_before_the_target_was_set_nothing_is_judged(store: SqliteStore, desk: FigureDesk) -> None:
    await rate(store, births(), 10, 30, at=datetime(2025, 3, 3, tzinfo=UTC), period="2025-03")
    found = await desk.overview(report_month(2025, 3))
    assert (found.ground.target, found.whole.verdict, found.red, found.few) == (None, None, (), ())


async def test_a_reader_of_some_agencies_sees_nothing_of_others(store: SqliteStore, desk: FigureDesk) -> None:
    await rate(store, births(), 40, 1)
    await rate(store, land(), 10, 30)
    await rate(store, Subject(BIRTH), 5)
    await store.record(record(Survey(asking("a", subject=land()), obstacle=obstacle(subject=land(), words="khó quá"))))
    mine = frozenset({COMMUNE})
    overview = await desk.overview(DECEMBER, mine)
    assert overview.ground == ground(agencies=mine)
    assert (overview.whole.counted.count, overview.whole.response, overview.red) == (41, Response(0, 0), ())
    assert overview.trend[-1].group.counted.count == 41
    assert overview.obstacles == Obstacles((), ())
    for by in By:
        table = await desk.breakdown(by, DECEMBER, agencies=mine)
        assert (table.whole.counted.count, [row.group.counted.count for row in table.rows]) == (41, [41])
    everyone = await desk.breakdown(By.SERVICE, DECEMBER)
    assert everyone.whole.counted.count == 86


@pytest.mark.parametrize(
    "filters",
    [Filters(agency=DEPARTMENT), Filters(code=LAND), Filters(field=shipped_catalogue().procedures[LAND].field_id)],
)
async def test_asking_for_another_agency_gives_nothing(store: SqliteStore, desk: FigureDesk, filters: Filters) -> None:
    await rate(store, births(), 4)
    await rate(store, land(), 10, 30)
    await rate(store, Subject(GONE, "", DEPARTMENT), 1)
    mine = frozenset({COMMUNE})
    table = await desk.breakdown(By.AGENCY, DECEMBER, filters, mine)
    listed = await desk.ratings(DECEMBER, filters, agencies=mine)
    assert (table.rows, table.whole.counted.count, listed.ratings, listed.total) == ((), 0, (), 0)
    unknown = await desk.breakdown(By.SERVICE, DECEMBER, Filters(field=NO_FIELD), mine)
    assert unknown.rows == ()


async def test_who_may_see_no_agency_sees_nothing(store: SqliteStore, desk: FigureDesk) -> None:
    await rate(store, births(), 4)
    table = await desk.breakdown(By.AGENCY, DECEMBER, agencies=frozenset())
    assert (table.rows, table.whole.counted.count) == ((), 0)


async def test_the_ratings_behind_a_number(store: SqliteStore, desk: FigureDesk) -> None:
    await rate(store, births(), 1)
    await rate(store, births(), 0, 2)
    await rate(store, births(), 0, 1, filing=Filing.COUNTER)
    await rate(store, births(), 0, 1, flags=(Flag.TEST,))
    bad = Narrowing(highest=1, scale=THREE.id, filing=Filing.ONLINE, is_aside=False)
    found = await desk.ratings(DECEMBER, Filters(code=BIRTH), bad, limit=1, offset=1)
    assert (found.ground, found.only, found.total, [each.rating.id for each in found.ratings]) == (
        ground(),
        bad,
        2,
        [2],
    )
    (one,) = found.ratings
    assert (one.service, one.agency, one.commune, one.channel, one.origin) == (
        shipped_catalogue().procedures[BIRTH].title,
        "Ủy ban nhân dân phường Sông Trí",
        "Phường Sông Trí",
        "Trang web",
        "Nút Đánh giá trong câu trả lời",
    )


async def test_any_days_can_be_asked_for(store: SqliteStore, desk: FigureDesk) -> None:
    await rate(store, births(), 3)
    day = date(2026, 11, 20)
    found: Breakdown = await desk.breakdown(By.SERVICE, custom_period(day, day))
    assert found.whole.counted.count == 3
    assert (await desk.breakdown(By.SERVICE, custom_period(day.replace(day=21), day.replace(day=22)))).rows == ()


def test_the_current_report_month_follows_the_settings(desk: FigureDesk) -> None:
    assert desk.current(date(2026, 11, 20)) == DECEMBER
    calendar = replace(desk, rules=replace(desk.rules, period_start=1))
    assert calendar.current(date(2026, 11, 20)) == report_month(2026, 11, 1)
