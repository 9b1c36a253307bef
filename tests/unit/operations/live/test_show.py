"""The view as it stands in the terminal, to the letter, and that it always fits."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, Group

from bot.operations.live.model import CatalogueRow, ChannelRow, CountRow, JobRow, ProcessRow, StoreRow, View
from bot.operations.live.show import LINES, WIDTH, lines, plain

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
VIEW = View(
    at=NOW,
    seconds=60.0,
    processes=(
        ProcessRow("may-1, port 8080, process 7", "1.0", NOW - timedelta(hours=20), leads=True, silent_seconds=1.0),
        ProcessRow("may-2, port 8080, process 9", "1.0", NOW - timedelta(hours=2), leads=False, silent_seconds=40.0),
    ),
    store=StoreRow("postgresql://motcua@db.example.vn/motcua", "", is_written=True),
    channels=(
        ChannelRow("zalo_oa", True, None, 12.25, 12.0, 0.42, 1.9, 3, 4.2, 0, 24 * 3600.0 * 20),
        ChannelRow("telegram", True, None, 130.4, 29.0, 31.0, 140.0, 9_804, 355.0, 7),
        ChannelRow("zalo_bot", None),
        ChannelRow("web", False, NOW, 0.0, 0.0, None, None, 0, None, 0),
    ),
    replies=(CountRow("answered", 12_345, 61), CountRow("not_found", 210, 0)),
    errors=(CountRow("job_failed", 2, 1), CountRow("store_write_failed", 40, 0)),
    catalogue=CatalogueRow("2310a9305d26", "3", 2785, 50),
    jobs=(JobRow("link_checks", None, 2), JobRow("forgetting", 100_000.0, 0), JobRow("digests", 12.0, 0)),
    lag_p95=0.0044,
    memory_bytes=(220_200_960, 230_686_720),
)
SHOWN = """\
Một Cửa at 2026-11-22 11:00 (Vietnam), rates of the last 60 s
processes may-1, port 8080, process 7, leads, since 11-21 15:00
          may-2, port 8080, process 9, since 11-22 09:00, SILENT 40 s
store     postgresql://motcua@db.example.vn/motcua written
catalogue 2310a9305d26 (publication 3), 2,785 procedures, data of 50 days ago
machine   memory 210 MB, 220 MB; event loop late by 4 ms (p95)

channel   in/s out/s    p50    p95 waiting oldest errors  token  state
zalo_oa   12.2  12.0 420 ms  1.9 s       3    4 s      0   20 d  on
telegram   130  29.0 31.0 s  2 min   9,804  6 min      7      -  LATE ERRORS
zalo_bot     -     -      -      -       -      -      -      -  not connected
web        0.0   0.0      -      -       0      -      0      -  SWITCHED OFF

replies   answered 12,345 (+61), not_found 210
errors    job_failed: 2, 1 of them just now
          store_write_failed: 40
jobs      link_checks not yet FAILED 2, forgetting 28 h ago OLD
          digests 12 s ago
"""
NOTHING = View(
    at=NOW,
    seconds=None,
    processes=(),
    store=StoreRow("sqlite:////var/lib/mot-cua/mot-cua.sqlite", "database is locked", None),
    channels=tuple(ChannelRow(name, None) for name in ("zalo_oa", "telegram", "zalo_bot", "web")),
    unseen=(
        "store: database is locked",
        "http://127.0.0.1:8080/metrics: no process answers there (ClientConnectorError), and this goes on for long",
    ),
)
NOTHING_SHOWN = """\
Một Cửa at 2026-11-22 11:00 (Vietnam)
processes none is known
store     sqlite:////var/lib/mot-cua/mot-cua.sqlite CANNOT BE READ
catalogue -
machine   memory -; event loop late by - (p95)

channel   in/s out/s    p50    p95 waiting oldest errors  token  state
zalo_oa      -     -      -      -       -      -      -      -  not seen
telegram     -     -      -      -       -      -      -      -  not seen
zalo_bot     -     -      -      -       -      -      -      -  not seen
web          -     -      -      -       -      -      -      -  not seen

replies   -
errors    -
jobs      -
not seen  store: database is locked
not seen  http://127.0.0.1:8080/metrics: no process answers there
          (ClientConnectorError), and this goes on for long
"""


def test_what_is_shown() -> None:
    assert plain(VIEW) == SHOWN


def test_what_is_shown_of_what_cannot_be_seen() -> None:
    assert plain(NOTHING) == NOTHING_SHOWN


def test_a_terminal_shows_the_same_words() -> None:
    """Colours are beside the words: who does not see them misses nothing."""
    written = io.StringIO()
    Console(file=written, width=WIDTH, color_system=None).print(Group(*lines(VIEW)))
    assert [line.rstrip() for line in written.getvalue().splitlines()] == SHOWN.splitlines()


def test_memory_only_and_old_data_are_said_in_words() -> None:
    view = replace(
        VIEW,
        store=replace(VIEW.store, address="sqlite:////a.sqlite", is_written=False),
        catalogue=CatalogueRow("2310a9305d26", "0", 2785, 400),
        lag_p95=1.5,
        channels=(replace(VIEW.channels[0], token_seconds=3600.0),),
    )
    shown = plain(view).splitlines()
    assert shown[3:6] == [
        "store     sqlite:////a.sqlite NOT WRITTEN, in memory only",
        "catalogue 2310a9305d26 (as shipped), 2,785 procedures, data of 400 days ago OLD",
        "machine   memory 210 MB, 220 MB; event loop late by 1.5 s (p95) SLOW",
    ]
    assert shown[8] == "zalo_oa   12.2  12.0 420 ms  1.9 s       3    4 s      0 60 min  TOKEN"


words = st.text(st.characters(categories=("L", "N", "P"), max_codepoint=0x2FFF), min_size=1, max_size=200)
numbers = st.floats(0.0, 1e9)
counts = st.integers(0, 10**7)


@given(
    processes=st.lists(st.builds(ProcessRow, words, words, st.just(NOW), st.booleans(), numbers), max_size=6),
    store=st.builds(StoreRow, words, words, st.none() | st.booleans()),
    replies=st.lists(st.builds(CountRow, words, counts, counts), max_size=30),
    jobs=st.lists(st.builds(JobRow, words, st.none() | numbers, counts), max_size=30),
    channel=st.builds(
        ChannelRow,
        st.sampled_from(["zalo_oa", "telegram"]),
        st.none() | st.booleans(),
        st.none(),
        *(st.none() | st.floats(0.0, 9999.0),) * 2,
        *(st.none() | st.floats(0.0, 1e6),) * 2,
        st.none() | st.integers(0, 999_999),
        st.none() | st.floats(0.0, 1e7),
        st.none() | st.integers(0, 99_999),
        st.none() | st.floats(-1e7, 1e8),
    ),
    unseen=st.lists(words, max_size=9),
)
def test_whatever_there_is_to_show_it_fits(
    processes: list[ProcessRow],
    store: StoreRow,
    replies: list[CountRow],
    jobs: list[JobRow],
    channel: ChannelRow,
    unseen: list[str],
) -> None:
    view = replace(
        VIEW,
        processes=tuple(processes),
        store=store,
        replies=tuple(replies),
        errors=tuple(replies),
        jobs=tuple(jobs),
        channels=(channel,) * 4,
        unseen=tuple(unseen),
    )
    shown = lines(view)
    assert len(shown) <= LINES
    assert [line.plain for line in shown if line.cell_len > WIDTH] == []
