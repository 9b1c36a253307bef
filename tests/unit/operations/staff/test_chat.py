"""What staff ask in their chat: linked by a code, answered with the figures that they may see; nobody else is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.app.staff import staff_chat_of
from bot.dialogue.messages import Reply, Status
from bot.dialogue.rules import Rules
from bot.operations.staff.chat import StaffChat, Summaries
from bot.operations.staff.chat_links import make_chat_code
from bot.operations.times import now
from bot.ratings.charts.model import Chart
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Account, Act, Change, Keys, Role
from bot.texts import LANGUAGES, load_texts
from tests.unit.operations.channel_double import Clock
from tests.unit.operations.staff_figures import TEXTS, desk_of, filled

SITE = "https://x.test"
AN, BINH, LAN = "a" * 64, "b" * 64, "c" * 64
"""Keyed hashes: An leads, Bình sees one commune, Lan is a citizen."""


@dataclass(slots=True)
class Room:
    store: SqliteStore
    drawn: list[str] = field(default_factory=list)
    chat: StaffChat = field(init=False)

    def __post_init__(self) -> None:
        desk = desk_of(self.store)
        summaries = Summaries(desk.overview, self.draw, desk.names.agency, TEXTS, SITE)
        self.chat = staff_chat_of(self.store, summaries, map(load_texts, LANGUAGES), Rules(b"k" * 32))

    async def draw(self, chart: Chart, language: str) -> bytes:  # noqa: ARG002 - as pictures are asked for
        self.drawn.append(chart.frame.title)
        return b"png"

    async def code(self, login: str) -> str:
        return await make_chat_code(self.store.office.staff, login, now())

    async def says(self, person: str, text: str) -> list[str] | None:
        assert self.chat.is_asked(text)
        reply = await self.chat.answer(person, text)
        return None if reply is None else reply.text.split("\n")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    store = await filled(tmp_path / "data.sqlite")
    book = store.office.staff
    for login, name, role, agencies in (
        ("an", "Lê An", Role.ADMIN, ()),
        ("binh", "Trần Bình", Role.VIEWER, ("H27.100",)),
    ):
        await book.add(Account(login, name, role, agencies, now()), Keys("hash"), Act(now(), "test", "add"))
    made = Room(store)
    await made.chat.answer(AN, f"/lienket {await made.code('an')}")
    await made.chat.answer(BINH, await made.code("binh"))
    yield made
    await store.close()


@pytest.mark.parametrize(
    "text",
    ["/thongke", "/thongke 2026-10", "/ThongKe@bot 2026-Q4", "#thongke", "/thống kê", "thống kê", "Thong ke 2026"],
)
def test_the_words_for_the_figures(room: Room, text: str) -> None:
    assert room.chat.is_asked(text)


@pytest.mark.parametrize("text", ["", "/", "link đăng ký", "lien ket gia dinh", "figures", "kê khai thống kê", "/tim"])
def test_what_is_none_of_ours_is_not_looked_up(room: Room, text: str) -> None:
    assert not room.chat.is_asked(text)


async def test_the_figures_of_a_period_with_their_picture(room: Room) -> None:
    reply = await room.chat.answer(AN, "/thongke 2026-12")
    assert reply is not None
    assert (reply.status, reply.picture, room.drawn) == (Status.STAFF, b"png", ["Mức độ hài lòng: toàn tỉnh"])
    assert reply.text.split("\n")[:3] == [
        "Mức độ hài lòng, toàn tỉnh",
        "Kỳ báo cáo tháng 12/2026 (15/11/2026 – 14/12/2026)",
        "Tỷ lệ hài lòng 92,5%, tính trên 240 phiếu.",
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("/thongke 2026-q4", "Quý 4/2026 (1/10/2026 – 31/12/2026)"),
        ("thống kê 2026", "Năm 2026 (1/1/2026 – 31/12/2026)"),
        ("/thong ke 2026-11-20..2026-11-21", "20/11/2026 – 21/11/2026"),
    ],
)
async def test_any_period(room: Room, text: str, period: str) -> None:
    said = await room.says(AN, text)
    assert said is not None
    assert said[1] == period


async def test_without_a_period_the_running_report_month(room: Room) -> None:
    summaries = Summaries(desk_of(room.store).overview, room.draw, str, TEXTS, SITE)
    book, clock = room.store.office.staff, Clock()

    async def link(person: str, code: str) -> None:
        raise AssertionError(person, code)

    chat = StaffChat(summaries, book.staff_of_chat, link, map(load_texts, LANGUAGES), clock, 15)
    for day, period in (("2026-12-14T16:59+00:00", "12/2026"), ("2026-12-14T17:00+00:00", "1/2027")):
        clock.now = datetime.fromisoformat(day)
        reply = await chat.answer(AN, "/thongke")
        assert reply is not None
        assert reply.text.split("\n")[1].startswith(f"Kỳ báo cáo tháng {period} ")


async def test_a_member_reads_of_their_agencies_only(room: Room) -> None:
    said = await room.says(BINH, "/thongke 2026-12")
    assert said is not None
    assert (said[0], said[2]) == (
        "Mức độ hài lòng, Ủy ban nhân dân phường Sông Trí",
        "Tỷ lệ hài lòng 99%, tính trên 200 phiếu.",
    )
    assert room.drawn == ["Mức độ hài lòng: Ủy ban nhân dân phường Sông Trí"]


@pytest.mark.parametrize("text", ["/thongke", "thống kê 2026", "/thongke nhảm", "/lienket"])
async def test_a_citizen_is_answered_as_ever(room: Room, text: str) -> None:
    assert await room.says(LAN, text) is None


async def test_a_period_that_is_none(room: Room) -> None:
    assert await room.says(AN, "/thongke hôm qua") is not None
    (line,) = await room.says(AN, "/thongke 2026-13") or []
    assert line.startswith("Tôi chưa hiểu kỳ này. Anh/chị viết như: /thongke 20")
    assert await room.says(AN, "thống kê đất đai") is None


async def test_who_is_no_longer_staff_is_told_nothing(room: Room) -> None:
    book = room.store.office.staff
    await book.change("binh", Change(is_active=False), Act(now(), "test", "disable"))
    assert await room.says(BINH, "/thongke") is None


async def test_who_deletes_their_data_is_linked_no_more(room: Room) -> None:
    await room.store.erase(AN, now())
    assert await room.says(AN, "/thongke") is None


@pytest.mark.parametrize("way", ["/lienket {}", "/liên kết {}", "#lienket {}", "{}"])
async def test_a_code_links_once(room: Room, way: str) -> None:
    written = way.format(await room.code("an")).lower()
    assert await room.says(LAN, written) == [
        "Tài khoản trò chuyện này từ nay là của Lê An. Anh/chị nhắn /thongke để xem số liệu."
    ]
    assert await room.says(LAN, "/thongke 2026-12") is not None
    assert await room.chat.answer("d" * 64, written) in (
        None,
        Reply(Status.STAFF, "Mã này không đúng hoặc đã hết hạn. Anh/chị lấy mã mới ở trang tài khoản của mình."),
    )
    assert await room.store.office.staff.staff_of_chat("d" * 64) is None


async def test_codes_cannot_be_tried_out(room: Room) -> None:
    for _ in range(9):
        await room.chat.answer(LAN, "/lienket BCFG-H345-K679")
    assert await room.says(LAN, f"/lienket {await room.code('an')}") == [
        "Mã này không đúng hoặc đã hết hạn. Anh/chị lấy mã mới ở trang tài khoản của mình."
    ]


async def test_figures_whose_picture_cannot_be_drawn_are_told_in_words(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object) -> bytes:
        raise OSError("no room")

    with_picture = await room.chat.answer(AN, "/thongke")
    monkeypatch.setattr(Room, "draw", broken)
    summaries = Summaries(desk_of(room.store).overview, room.draw, str, TEXTS, SITE)
    chat = staff_chat_of(room.store, summaries, map(load_texts, LANGUAGES), Rules(b"k" * 32))
    assert with_picture is not None
    assert await chat.answer(AN, "/thongke") == replace(with_picture, picture=None)
    assert "picture_failed" in caplog.text
