"""An overview in words, to the letter: from ratings in a real store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.numbered import numbered
from bot.dialogue.messages import Link, Status
from bot.operations.figures.model import Overview
from bot.operations.staff.summary_message import summary_reply
from bot.ratings.periods import report_month
from bot.store.sqlite.store import SqliteStore
from tests.unit.operations.staff_figures import BIRTH, DECEMBER, LAND, TEXTS, desk_of, filled, rate

SITE = "https://x.test"
COUNTED = "thang-do=three&cach=truc-tuyen&de-rieng=khong"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await filled(tmp_path / "data.sqlite")
    yield opened
    await opened.close()


def said(overview: Overview) -> list[str]:
    return summary_reply(TEXTS, overview, "toàn tỉnh", SITE, None).text.split("\n")


async def test_a_month_in_words(store: SqliteStore) -> None:
    reply = summary_reply(TEXTS, await desk_of(store).overview(DECEMBER), "toàn tỉnh", SITE, b"png")
    assert reply.text.split("\n") == [
        "Mức độ hài lòng, toàn tỉnh",
        "Kỳ báo cáo tháng 12/2026 (15/11/2026 – 14/12/2026)",
        "Tỷ lệ hài lòng 92,5%, tính trên 240 phiếu.",
        "So với mục tiêu 95%: chưa đạt, sát ngưỡng.",
        "Khoảng tin cậy 95%: 88,4% – 95,3%.",
        "Cần thêm 120 phiếu hài lòng để đạt mục tiêu.",
        "Đã hỏi 300 lượt, 240 lượt trả lời (80%).",
        "So với kỳ trước: tăng 12,5 điểm.",
        "Chắc chắn chưa đạt: 2 nơi và thủ tục.",
        "- Sở Nông nghiệp và Môi trường: 60%, 40 phiếu",
        f"- {(await desk_of(store).overview(DECEMBER)).red[1].name[:59].rstrip()}…: 60%, 40 phiếu",
    ]
    assert (reply.status, reply.picture) == (Status.STAFF, b"png")


async def test_every_number_has_its_page(store: SqliteStore) -> None:
    overview = await desk_of(store).overview(DECEMBER)
    links = summary_reply(TEXTS, overview, "toàn tỉnh", SITE, None).links
    assert [(link.label[:30], link.url) for link in links] == [
        ("Xem tổng quan", f"{SITE}/staff?ky=2026-12"),
        ("Xem 240 phiếu", f"{SITE}/staff/phieu?ky=2026-12&{COUNTED}"),
        ("Sở Nông nghiệp và Môi trường: ", f"{SITE}/staff/phieu?ky=2026-12&co-quan=H27.05&{COUNTED}"),
        (links[3].label[:30], f"{SITE}/staff/phieu?ky=2026-12&thu-tuc=1.012756&{COUNTED}"),
    ]


async def test_a_reader_of_some_agencies_reads_of_no_other(store: SqliteStore) -> None:
    overview = await desk_of(store).overview(DECEMBER, frozenset({"H27.100"}))
    lines = said(overview)
    assert lines[2:5] == [
        "Tỷ lệ hài lòng 99%, tính trên 200 phiếu.",
        "So với mục tiêu 95%: đạt, chắc chắn.",
        "Khoảng tin cậy 95%: 96,4% – 99,8%.",
    ]
    assert lines[-1] == "Chưa nơi nào, thủ tục nào chắc chắn chưa đạt."
    assert "Nông nghiệp" not in "\n".join(lines)


async def test_a_month_without_ratings_is_no_share_of_nought(store: SqliteStore) -> None:
    assert said(await desk_of(store).overview(report_month(2026, 3))) == [
        "Mức độ hài lòng, toàn tỉnh",
        "Kỳ báo cáo tháng 3/2026 (15/2/2026 – 14/3/2026)",
        "Chưa có phiếu nào được tính.",
    ]


async def test_few_ratings_have_no_verdict(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "few.sqlite")
    await rate(store, BIRTH, 3, 1)
    overview = await desk_of(store).overview(DECEMBER)
    assert said(overview)[2:] == [
        "Tỷ lệ hài lòng 75%, tính trên 4 phiếu.",
        "So với mục tiêu 95%: ít phiếu, chưa kết luận.",
        "Khoảng tin cậy 95%: 30% – 95,5%.",
        "Cần thêm 16 phiếu hài lòng để đạt mục tiêu.",
        "Đã hỏi 4 lượt, 4 lượt trả lời (100%).",
        "Chưa nơi nào, thủ tục nào chắc chắn chưa đạt.",
        "Ít phiếu, chưa kết luận: 2 nơi và thủ tục.",
    ]
    await store.close()


async def test_without_a_target_nothing_is_compared(store: SqliteStore) -> None:
    overview = await desk_of(store).overview(DECEMBER)
    bare = replace(overview, ground=replace(overview.ground, target=None), whole=replace(overview.whole, verdict=None))
    assert said(bare)[2:] == [
        "Tỷ lệ hài lòng 92,5%, tính trên 240 phiếu.",
        "Kỳ này chưa có mục tiêu để so.",
        "Đã hỏi 300 lượt, 240 lượt trả lời (80%).",
        "So với kỳ trước: tăng 12,5 điểm.",
    ]


async def test_made_up_ratings_are_said_to_be_so(store: SqliteStore) -> None:
    overview = await desk_of(store).overview(DECEMBER)
    made_up = replace(overview, ground=replace(overview.ground, is_demonstration=True))
    assert said(made_up)[2] == "Dữ liệu trình diễn, không phải số liệu thật"


async def test_more_red_ones_than_are_read_are_counted(store: SqliteStore) -> None:
    overview = await desk_of(store).overview(DECEMBER)
    many = replace(overview, red=overview.red * 4, red_count=8, few=overview.red, few_count=2)
    lines = said(many)
    assert lines[8] == "Chắc chắn chưa đạt: 8 nơi và thủ tục."
    assert lines[14:] == ["Còn 3 nơi và thủ tục nữa, xem trong bảng.", "Ít phiếu, chưa kết luận: 2 nơi và thủ tục."]
    links = summary_reply(TEXTS, many, "toàn tỉnh", SITE, None).links
    assert links[7:] == (
        Link("Bảng theo cơ quan", f"{SITE}/staff/bang/co-quan?ky=2026-12"),
        Link("Bảng theo thủ tục", f"{SITE}/staff/bang/thu-tuc?ky=2026-12"),
    )


async def test_what_may_be_chance_is_said_to_be(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "chance.sqlite")
    overview = await desk_of(await filled(tmp_path / "other.sqlite")).overview(DECEMBER)
    assert overview.movement is not None
    for points, line in (
        (-1, "So với kỳ trước: giảm 1 điểm. Mức này có thể chỉ do ngẫu nhiên."),
        (0, "So với kỳ trước: như cũ."),
    ):
        movement = replace(overview.movement, points=overview.movement.points * 0 + points, is_clear=False)
        assert said(replace(overview, movement=movement))[7] == line
    await store.close()


async def test_it_fits_into_messages_of_zalo(store: SqliteStore) -> None:
    await rate(store, LAND, 0, 30)
    overview = await desk_of(store).overview(DECEMBER)
    many = replace(overview, red=overview.red * 5, red_count=18, few=overview.red, few_count=2)
    parts = numbered(summary_reply(TEXTS, many, "toàn tỉnh", SITE, None), 2000)
    assert max(map(len, parts)) <= 2000
