"""From figures and rows to the view."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.operations.live.deriving import StoreSeen, view_of
from bot.operations.live.figures import Change, parse
from bot.operations.live.model import (
    CatalogueRow,
    ChannelRow,
    CountRow,
    JobRow,
    ProcessRow,
    StoreRow,
    View,
)
from bot.operations.members import LEADER
from bot.store.inbox import Waiting
from bot.store.processes import Lease, Process, Roll
from bot.store.registry import Switch
from tests.unit.operations.live.figures import AT, BEFORE, NOW

MOMENT = datetime.fromtimestamp(AT, UTC)
SINCE = MOMENT - timedelta(hours=3)
FILE = "sqlite:///data.sqlite"
ROLL = Roll(
    (
        Process("a", "may-1, port 8080, process 7", "1.0", SINCE, MOMENT - timedelta(seconds=1), 5),
        Process("b", "may-2, port 8080, process 9", "1.0", SINCE, MOMENT - timedelta(seconds=40), 5),
    ),
    (Lease(LEADER, "b", 3),),
)
OFF = Switch("zalo_oa", is_on=False, reason="bảo trì", changed_at=SINCE)
SEEN = StoreSeen(FILE, "", ROLL, (Waiting("telegram", 4, MOMENT - timedelta(seconds=9)),), (OFF,))
CHANGE = Change(parse(BEFORE, 100.0), parse(NOW, 110.0))
PROCESSES = (
    ProcessRow("may-1, port 8080, process 7", "1.0", SINCE, leads=False, silent_seconds=1.0),
    ProcessRow("may-2, port 8080, process 9", "1.0", SINCE, leads=True, silent_seconds=40.0),
)


def test_everything_seen() -> None:
    view = view_of(SEEN, [CHANGE], MOMENT)
    assert view == View(
        at=MOMENT,
        seconds=10.0,
        processes=PROCESSES,
        store=StoreRow(FILE, "", is_written=True),
        channels=(
            ChannelRow(
                "zalo_oa",
                is_on=False,
                off_since=SINCE,
                received=0.0,
                answered=0.0,
                waiting=0,
                send_errors=0,
                token_seconds=3600.0,
            ),
            ChannelRow(
                "telegram",
                is_on=True,
                received=2.0,
                answered=2.0,
                p50=0.5,
                p95=0.95,
                waiting=4,
                oldest_seconds=9.0,
                send_errors=1,
            ),
            ChannelRow("zalo_bot", is_on=None, waiting=0),
            ChannelRow("web", is_on=True, received=0.1, answered=0.1, p50=0.005, p95=0.0095, waiting=0, send_errors=0),
        ),
        replies=(CountRow("answered", 110, 20), CountRow("not_found", 6, 1)),
        errors=(CountRow("job_failed", 2, 1), CountRow("store_write_failed", 40, 0)),
        catalogue=CatalogueRow("2310a9305d26", "3", 2785, 50),
        jobs=(JobRow("link_checks", None, 2), JobRow("forgetting", 7200.0, 0), JobRow("digests", 0.0, 0)),
        lag_p95=0.0095,
        memory_bytes=(220200960,),
    )


def test_without_figures_there_is_what_the_store_knows() -> None:
    view = view_of(SEEN, [], MOMENT, ["no figures"])
    assert view == View(
        at=MOMENT,
        seconds=None,
        processes=PROCESSES,
        store=StoreRow(FILE, "", is_written=None),
        channels=(
            ChannelRow("zalo_oa", is_on=False, off_since=SINCE, waiting=0),
            ChannelRow("telegram", is_on=None, waiting=4, oldest_seconds=9.0),
            ChannelRow("zalo_bot", is_on=None, waiting=0),
            ChannelRow("web", is_on=None, waiting=0),
        ),
        unseen=("no figures",),
    )


def test_without_the_store_there_is_what_the_processes_say() -> None:
    view = view_of(StoreSeen(FILE, "database is locked"), [CHANGE], MOMENT)
    assert (view.processes, view.store) == ((), StoreRow(FILE, "database is locked", is_written=True))
    assert [(row.name, row.is_on, row.waiting, row.oldest_seconds) for row in view.channels] == [
        ("zalo_oa", True, None, None),
        ("telegram", True, 4, None),
        ("zalo_bot", None, None, None),
        ("web", True, None, None),
    ]
    assert view.unseen == ("store: database is locked",)


def test_the_first_look_has_no_rates() -> None:
    scrape = parse(NOW, 100.0)
    view = view_of(SEEN, [Change(scrape, scrape)], MOMENT)
    assert (view.seconds, view.lag_p95) == (None, None)
    assert [(row.received, row.answered, row.p50, row.send_errors) for row in view.channels] == [(None,) * 4] * 4
    assert view.replies == (CountRow("answered", 110, 0), CountRow("not_found", 6, 0))


def test_several_processes_are_one_service() -> None:
    """Rates and counts are of all of them together; one that keeps to its memory is told."""
    alone = parse(NOW.replace("mot_cua_store_up 1", "mot_cua_store_up 0"), 110.0)
    view = view_of(SEEN, [CHANGE, Change(parse(BEFORE, 100.0), alone)], MOMENT)
    assert view.store == StoreRow(FILE, "", is_written=False)
    assert view.replies == (CountRow("answered", 220, 40), CountRow("not_found", 12, 2))
    telegram = view.channels[1]
    assert (telegram.received, telegram.answered, telegram.waiting, telegram.send_errors) == (4.0, 4.0, 4, 2)
    assert view.memory_bytes == (220200960, 220200960)
