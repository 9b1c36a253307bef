"""Addresses of figures: known ones, read again as they were written, and what nobody can mean."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from bot.operations.figures.addresses import (
    Which,
    overview_address,
    ratings_address,
    read_filters,
    read_only,
    table_address,
)
from bot.operations.figures.model import By, Filters
from bot.ratings.model import Filing, Mark
from bot.ratings.periods import calendar_period, custom_period, report_month
from bot.ratings.scales import SCALES
from bot.store.figures import EVERY_RATING, Narrowing

OCTOBER = report_month(2026, 10)
VALUES = st.none() | st.sampled_from(["", "1.001193", "H27.100", "đất đai & nhà", "a=b&c", "zalo_oa"])
FILTERS = st.builds(Filters, code=VALUES, field=VALUES, agency=VALUES, commune=VALUES, channel=VALUES, origin=VALUES)
KINDS = st.builds(
    Narrowing,
    lowest=st.none() | st.integers(1, 5),
    highest=st.none() | st.integers(1, 5),
    scale=st.none() | st.sampled_from(sorted(SCALES)),
    filing=st.none() | st.sampled_from(Filing),
    mark=st.none() | st.sampled_from(Mark),
    is_helped=st.none() | st.booleans(),
    is_aside=st.none() | st.booleans(),
)


def query_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def test_addresses_say_all_of_it() -> None:
    assert [
        overview_address(OCTOBER),
        overview_address(calendar_period("2026-10")),
        overview_address(custom_period(OCTOBER.first, OCTOBER.last)),
        table_address(By.AGENCY, OCTOBER, Filters(field="dat-dai", commune=""), {"xep": "so-phieu"}),
        ratings_address(
            OCTOBER,
            Which(Filters(agency="H27.05"), Narrowing(highest=1, scale="three", filing=Filing.ONLINE, is_aside=False)),
            {"trang": "2"},
        ),
    ] == [
        "/staff?ky=2026-10",
        "/staff?ky=thang%3A2026-10",
        "/staff?ky=2026-09-15..2026-10-14",
        "/staff/bang/co-quan?ky=2026-10&linh-vuc=dat-dai&xa=-&xep=so-phieu",
        "/staff/phieu?ky=2026-10&co-quan=H27.05&thang-do=three&cach=truc-tuyen&den=1&de-rieng=khong&trang=2",
    ]


@given(FILTERS, KINDS)
def test_what_is_written_is_read_again(filters: Filters, only: Narrowing) -> None:
    query = query_of(ratings_address(OCTOBER, Which(filters, only)))
    assert (read_filters(query), read_only(query)) == (filters, only)
    assert read_filters(query_of(table_address(By.FIELD, OCTOBER, filters))) == filters


def test_what_nobody_can_mean_counts_as_not_given() -> None:
    strange = {"tu": "0", "den": "99", "thang-do": "ten", "cach": "x", "giup": "y", "de-rieng": "", "dau": "z"}
    assert read_only(strange) == EVERY_RATING
    assert read_filters({"co-quan": "a\nb", "xa": "x" * 101, "kenh": ""}) == Filters()
