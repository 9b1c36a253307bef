"""/danh-gia/{token}: asked and kept without an account and without a script; everything is checked here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.dialogue.rating_rules import RatingRules
from bot.dialogue.signed_links import RatingLink
from bot.ratings.flags import MOST_FROM_AN_ADDRESS
from bot.ratings.model import Origin
from bot.ratings.scales import FIVE
from bot.store.sharing import Count, Reach
from bot.store.staff import Act
from bot.web.keys import SIGNER as APP_SIGNER
from tests.unit.web.backed import NOW, SIGNER, Backed, backed
from tests.unit.web.conftest import ScriptedAssistant
from tests.unit.web.reading import Read, read, visit

LINK = RatingLink("1.900001", "H99.100", "", Origin.COUNTER, "quay-1", date(2027, 3, 31))
SINGLE = replace(LINK, id="once-1", is_single=True)
PATH, ONCE = SIGNER.rating_path(LINK), SIGNER.rating_path(SINGLE)
TEAM = SIGNER.rating_path(replace(LINK, origin=Origin.TEAM, id="to-1"))
ONLINE = {"nop": "online", "muc": "3"}
RATINGS = """
    select period, code, service, agency, commune, channel, origin, link, scale, level, filing, is_helped, identity,
    flags, is_last from ratings order by id
"""
FIRST = (
    *("2026-12", "1.900001", "1.900001.01", "H99.100", "H99.100", "web", "counter_qr", "H99.100/quay-1", "three", 3),
    *("online", 0, "cookie", "", 1),
)


@pytest.fixture
async def house(assistant: ScriptedAssistant, tmp_path: Path) -> AsyncIterator[Backed]:
    async with backed(assistant, tmp_path / "web.sqlite") as made:
        yield made


async def send(house: Backed, fields: Mapping[str, str], path: str = PATH, status: int = 200) -> Read:
    response = await house.client.post(path, data=fields, allow_redirects=False)
    assert (response.status, response.headers["Cache-Control"]) == (status, "no-store")
    return read(await response.text())


ASKED_FIRST = [
    "Anh/chị có hài lòng khi sử dụng dịch vụ công trực tuyến này không?",
    "Anh/chị nộp bằng cách nào?",
]
SCANNED = {"buoc": "1", "muc": "3"}


async def test_the_first_thing_seen_is_the_question(house: Backed) -> None:
    html = await (await house.client.get(PATH)).text()
    page = read(html)
    assert (page.of("h1"), page.of("legend")) == (["Đăng ký khai sinh"], ASKED_FIRST)
    assert page.of("label")[:8] == [
        *("Rất hài lòng", "Hài lòng", "Chưa hài lòng"),
        *("Tôi tự nộp trên mạng", "Tôi nộp tại quầy", "Có người nộp giúp tôi", "Chưa nộp"),
        "Có người giúp tôi trả lời",
    ]
    assert ("checked" in html, "<script" in html) == (False, False)
    assert page.meta["robots"] == "noindex, follow"
    assert await house.rows("select count(*) from askings") == [(0,)]


async def test_scanned_and_answered_at_once(house: Backed) -> None:
    done = await send(house, SCANNED | {"nop": "online", "loi": "Tốt", "dong_y": "1"})
    assert "Tôi đã ghi: Rất hài lòng. Cảm ơn anh/chị." in done.of("p")
    assert await house.rows(RATINGS) == [FIRST]
    assert await house.rows("select comment from ratings") == [("Tốt",)]


@pytest.mark.parametrize(
    ("filing", "question"),
    [
        ("counter", "Anh/chị có hài lòng với lần nộp hồ sơ tại quầy đó không?"),
        ("helper", "Anh/chị có hài lòng với lần nhờ người nộp hồ sơ đó không?"),
    ],
)
async def test_who_did_not_file_online_is_asked_about_their_own_way(house: Backed, filing: str, question: str) -> None:
    """What they said of an online service that they did not use is kept nowhere until they say it of their own way."""
    response = await house.client.post(PATH, data=SCANNED | {"nop": filing})
    html = await response.text()
    assert (response.status, read(html).of("legend")) == (200, [question])
    assert 'value="3" required checked' in html
    assert await house.rows("select count(*) from ratings") == [(0,)]
    await send(house, {"nop": filing, "muc": "3"})
    assert await house.rows("select filing, level from ratings") == [(filing, 3)]


async def test_who_has_not_filed_is_asked_why(house: Backed) -> None:
    page = await send(house, SCANNED | {"nop": "none"})
    assert page.of("legend") == ["Vâng. Điều gì khiến anh/chị chưa nộp trên mạng?"]
    counts = "select (select count(*) from ratings), (select count(*) from obstacles)"
    assert await house.rows(counts) == [(0, 0)]


async def test_without_a_level_the_question_is_asked_again(house: Backed) -> None:
    page = await send(house, {"buoc": "1", "nop": "online"}, status=422)
    assert "Anh/chị chọn một câu trả lời ở dưới, rồi bấm gửi." in page.of("p")
    assert await house.rows("select count(*) from ratings") == [(0,)]


async def test_a_team_that_helps_is_told_apart(house: Backed) -> None:
    html = await (await house.client.get(TEAM)).text()
    assert 'name="co_nguoi_giup" value="1" checked' in html


@pytest.mark.parametrize(
    ("filing", "question", "answers"),
    [
        (
            "online",
            "Anh/chị có hài lòng khi sử dụng dịch vụ công trực tuyến này không?",
            ["Rất hài lòng", "Hài lòng", "Chưa hài lòng"],
        ),
        (
            "counter",
            "Anh/chị có hài lòng với lần nộp hồ sơ tại quầy đó không?",
            ["Rất hài lòng", "Hài lòng", "Chưa hài lòng"],
        ),
        (
            "helper",
            "Anh/chị có hài lòng với lần nhờ người nộp hồ sơ đó không?",
            ["Rất hài lòng", "Hài lòng", "Chưa hài lòng"],
        ),
    ],
)
async def test_then_how_it_went_in_words(house: Backed, filing: str, question: str, answers: list[str]) -> None:
    response = await house.client.get(f"{PATH}?nop={filing}")
    html = await response.text()
    page = read(html)
    assert page.of("legend") == [question]
    assert page.of("label")[: len(answers) + 1] == [*answers, "Có người giúp tôi trả lời"]
    assert "checked" not in html
    assert "<script" not in html


async def test_five_levels_where_they_are_set(assistant: ScriptedAssistant, tmp_path: Path) -> None:
    async with backed(assistant, tmp_path / "web.sqlite", RatingRules(FIVE)) as house:
        page = await visit(house.client, f"{PATH}?nop=online")
        assert page.of("label")[:5] == [
            *("Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng"),
        ]
        done = await send(house, {"nop": "online", "muc": "5"})
        assert "Tôi đã ghi: Rất hài lòng. Cảm ơn anh/chị." in done.of("p")
        assert await house.rows("select scale, level from ratings") == [("five", 5)]


async def test_a_rating_is_kept_shown_back_and_can_be_changed(house: Backed) -> None:
    await visit(house.client, f"{PATH}?nop=online")
    done = await send(house, ONLINE)
    shown = ["Tôi đã ghi: Rất hài lòng. Cảm ơn anh/chị.", "Về cách nộp, anh/chị trả lời: Tôi tự nộp trên mạng"]
    assert [text for text in done.of("p") if text in shown] == shown
    assert ("Đổi đánh giá", f"{PATH}?doi=1") in done.links
    assert await house.rows(RATINGS) == [FIRST]
    assert await house.rows("select is_answered, link, channel from askings") == [(1, "H99.100/quay-1", "web")]

    again = await visit(house.client, PATH)
    assert [text for text in again.of("p") if text in shown] == shown
    html = await (await house.client.get(f"{PATH}?doi=1")).text()
    assert (read(html).of("legend"), html.count(" checked")) == (ASKED_FIRST, 2)
    html = await (await house.client.get(f"{PATH}?nop=online&doi=1")).text()
    assert 'value="3" required checked' in html

    changed = await send(house, {"nop": "counter", "muc": "1", "co_nguoi_giup": "1"})
    assert "Tôi đã ghi: Chưa hài lòng, có người giúp trả lời. Cảm ơn anh/chị." in changed.of("p")
    assert await house.rows("select level, filing, is_helped, is_last from ratings order by id") == [
        (3, "online", 0, 0),
        (1, "counter", 1, 1),
    ]
    assert await house.rows("select count(*) from askings") == [(1,)]


async def test_sent_twice_it_is_one_rating(house: Backed) -> None:
    await visit(house.client, PATH)
    for _ in range(2):
        await send(house, ONLINE)
        await send(house, {"nop": "online", "muc": "3", "loi": "Tốt", "dong_y": "1"})
    assert await house.rows(RATINGS) == [FIRST]
    assert await house.rows("select comment from ratings") == [("Tốt",)]


async def test_without_cookies_the_form_knows_who_it_is(house: Backed) -> None:
    form = await (await house.client.get(f"{PATH}?nop=online")).text()
    who = form.split('name="ai" value="')[1].split('"')[0]
    for level in ("3", "3", "2"):
        house.client.session.cookie_jar.clear()
        await send(house, {"nop": "online", "muc": level, "ai": who})
    assert await house.rows("select level, is_last from ratings order by id") == [(3, 0), (2, 1)]
    house.client.session.cookie_jar.clear()
    html = await (await house.client.post(PATH, data={"nop": "online", "doi": "1", "ai": who})).text()
    assert 'value="2" required checked' in html


@pytest.mark.parametrize("who", ["", "x" * 24, f"{'x' * 24}~AAAAAAAAAAAA", SIGNER.sign("person", "x" * 24)])
async def test_nobody_chooses_who_to_be(house: Backed, who: str) -> None:
    for _ in range(2):
        house.client.session.cookie_jar.clear()
        await send(house, ONLINE | {"ai": who})
    assert await house.rows("select count(distinct person), count(*) from ratings where is_last = 1") == [(2, 2)]


async def test_who_rated_in_the_web_chat_is_the_same_person(house: Backed) -> None:
    response = await house.client.post("/api/chat", json={"text": "khai sinh"})
    await send(house, ONLINE)
    again = await house.client.get(PATH)
    before, after = (found.cookies["mot_cua_person"].value for found in (response, again))
    assert house.client.app is not None
    assert before == after
    assert house.client.app[APP_SIGNER].read("person", after) is not None


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"nop": "online"}, "Anh/chị chọn một câu trả lời ở dưới, rồi bấm gửi."),
        ({"nop": "online", "muc": "0"}, "Anh/chị chọn một câu trả lời ở dưới, rồi bấm gửi."),
        ({"nop": "online", "muc": "4"}, "Anh/chị chọn một câu trả lời ở dưới, rồi bấm gửi."),
        ({"nop": "online", "muc": "٣"}, "Anh/chị chọn một câu trả lời ở dưới, rồi bấm gửi."),
        ({"nop": "none"}, "Anh/chị chọn một lý do ở dưới, rồi bấm gửi."),
        ({"nop": "none", "ly_do": "lazy"}, "Anh/chị chọn một lý do ở dưới, rồi bấm gửi."),
        (
            {"nop": "online", "muc": "3", "loi": "ơ" * 1001},
            "Góp ý dài quá 1000 ký tự. Anh/chị viết ngắn lại giúp tôi.",
        ),
    ],
)
async def test_what_is_wrong_is_told_and_nothing_is_kept(house: Backed, fields: dict[str, str], fault: str) -> None:
    page = await send(house, fields, status=422)
    assert fault in page.of("p")
    counts = "select (select count(*) from ratings), (select count(*) from askings), (select count(*) from obstacles)"
    assert await house.rows(counts) == [(0, 0, 0)]


@pytest.mark.parametrize("filing", ["", "post", "ONLINE", "online ~"])
async def test_how_it_was_filed_is_asked_again_where_it_is_not_said(house: Backed, filing: str) -> None:
    response = await house.client.post(PATH, data={"nop": filing, "muc": "3"})
    html = await response.text()
    assert (response.status, read(html).of("legend"), html.count(" checked")) == (422, ASKED_FIRST, 1)
    assert "Anh/chị chọn cách đã nộp ở dưới, rồi bấm gửi." in read(html).of("p")


UNTICKED = (
    "Tôi đã ghi đánh giá. Lời viết chưa được gửi, vì ô đồng ý chưa được đánh dấu. "
    "Muốn cán bộ đọc thì đánh dấu rồi gửi lại."
)


async def test_words_are_kept_with_consent_only_and_without_numbers(house: Backed) -> None:
    words = "Chờ lâu.\r\nGọi 0912 345 678 <b>nhé</b>"
    page = await send(house, ONLINE | {"loi": words})
    assert UNTICKED in page.of("p")
    assert await house.rows("select level, comment from ratings") == [(3, None)]
    again = await house.client.post(PATH, data=ONLINE | {"loi": words})
    assert ">\nChờ lâu.\nGọi 0912 345 678 &lt;b&gt;nhé&lt;/b&gt;</textarea>" in await again.text()
    page = await send(house, ONLINE | {"loi": words, "dong_y": "1"})
    assert "Tôi đã bỏ số riêng tư khỏi lời viết." in page.of("p")
    assert await house.rows("select comment from ratings") == [("Chờ lâu. Gọi <b>nhé</b>",)]


async def test_who_has_not_filed_says_what_stopped_them(house: Backed) -> None:
    page = await visit(house.client, f"{PATH}?nop=none")
    assert page.of("legend") == ["Vâng. Điều gì khiến anh/chị chưa nộp trên mạng?"]
    assert page.of("label")[:2] == ["Tôi chỉ xem, chưa cần nộp", "Không vào được tài khoản VNeID"]
    for _ in range(2):
        done = await send(house, {"nop": "none", "ly_do": "papers", "loi": "Thiếu hộ khẩu", "dong_y": "1"})
        assert "Cảm ơn anh/chị. Trang của thủ tục có ghi cần giấy tờ gì." in done.of("p")
    assert await house.rows("select code, agency, reason, words from obstacles") == [
        ("1.900001", "H99.100", "papers", "Thiếu hộ khẩu")
    ]
    assert await house.rows("select is_answered from askings") == [(1,)]
    assert await house.rows("select count(*) from ratings") == [(0,)]
    assert "Tôi đã ghi. Cảm ơn anh/chị." in (await send(house, {"nop": "none", "ly_do": "other"})).of("p")


async def test_a_link_for_one_rating(house: Backed) -> None:
    await send(house, ONLINE, ONCE)
    house.client.session.cookie_jar.clear()
    changed = await send(house, {"nop": "online", "muc": "1"}, ONCE)
    assert "Tôi đã ghi: Chưa hài lòng. Cảm ơn anh/chị." in changed.of("p")
    assert await house.rows("select identity, level, is_last from ratings order by id") == [
        ("token", 3, 0),
        ("token", 1, 1),
    ]
    house.clock.now = NOW + timedelta(days=40)
    used = "Mã này chỉ dùng một lần, và đã dùng rồi. Anh/chị xin mã mới ở quầy, hoặc đánh giá trong phần hỏi đáp."
    assert used in (await visit(house.client, ONCE, 410)).of("p")
    assert used in (await send(house, ONLINE, ONCE, 410)).of("p")
    assert await house.rows("select count(*) from ratings") == [(2,)]


async def test_in_another_period_it_is_another_rating(house: Backed) -> None:
    await visit(house.client, PATH)
    await send(house, ONLINE)
    house.clock.now = NOW + timedelta(days=40)
    assert (await visit(house.client, PATH)).of("legend") == ASKED_FIRST
    await send(house, {"nop": "online", "muc": "1"})
    assert await house.rows("select period, level, is_last from ratings order by id") == [
        ("2026-12", 3, 1),
        ("2027-01", 1, 1),
    ]


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        (replace(LINK, until=date(2026, 11, 21)), "Mã này chỉ dùng đến hết ngày 21/11/2026."),
        (replace(LINK, code="1.123456"), "Dịch vụ này đã thay đổi."),
        (replace(LINK, agency="H99.05"), "Dịch vụ này đã thay đổi."),
        (replace(LINK, commune="H99.05"), "Dịch vụ này đã thay đổi."),
    ],
)
async def test_a_link_that_holds_no_more(house: Backed, link: RatingLink, sentence: str) -> None:
    path = SIGNER.rating_path(link)
    assert any(text.startswith(sentence) for text in (await visit(house.client, path, 410)).of("p"))
    assert any(text.startswith(sentence) for text in (await send(house, ONLINE, path, 410)).of("p"))
    assert await house.rows("select count(*) from ratings") == [(0,)]


async def test_a_store_that_fails_loses_nothing_of_the_form(house: Backed) -> None:
    await visit(house.client, PATH)
    house.shelf.is_broken = True
    await visit(house.client, PATH)
    fields = {"nop": "helper", "muc": "2", "co_nguoi_giup": "1", "loi": "Chờ <lâu>", "dong_y": "1"}
    response = await house.client.post(PATH, data=fields)
    html = await response.text()
    assert (response.status, html.count(" checked")) == (503, 3)
    assert "Chờ &lt;lâu&gt;</textarea>" in html
    assert "Xin lỗi, máy chưa ghi được." in html
    house.shelf.is_broken = False
    await send(house, fields)
    assert await house.rows("select level, filing, is_helped, comment from ratings") == [(2, "helper", 1, "Chờ <lâu>")]


async def test_ratings_of_a_test_are_marked(assistant: ScriptedAssistant, tmp_path: Path) -> None:
    async with backed(assistant, tmp_path / "web.sqlite", RatingRules(is_test=True)) as house:
        await send(house, ONLINE)
        assert await house.rows("select flags, mark from ratings") == [("test", "aside")]


async def test_many_from_one_place_are_seen_behind_a_proxy(assistant: ScriptedAssistant, tmp_path: Path) -> None:
    async with backed(assistant, tmp_path / "web.sqlite", trusted_proxies="127.0.0.1,::1") as house:
        for number in range(MOST_FROM_AN_ADDRESS + 2):
            house.clock.now += timedelta(seconds=10)
            house.client.session.cookie_jar.clear()
            headers = {"X-Forwarded-For": f"203.0.113.{number}, 123.30.1.2"}
            await house.client.post(TEAM, data=ONLINE, headers=headers)
        assert await house.rows("select flags, count(*) from ratings group by flags order by flags") == [
            ("burst no_conversation", 2),
            ("no_conversation", MOST_FROM_AN_ADDRESS),
        ]
        assert await house.rows("select count(distinct address) from ratings where address not like '%.%'") == [(1,)]


async def test_a_program_does_not_fill_the_store(house: Backed) -> None:
    """Also those who say that they have not filed are kept, and are in no burst."""
    fields, sent = {"nop": "none", "ly_do": "hard"}, []
    for _ in range(31):
        house.client.session.cookie_jar.clear()
        response = await house.client.post(PATH, data=fields)
        sent.append(response.status)
    assert sent == [200] * 30 + [429]
    assert "Có nhiều câu trả lời gửi cùng lúc." in await response.text()
    assert await house.rows("select count(*) from obstacles") == [(30,)]
    house.clock.now += timedelta(minutes=1)
    await send(house, fields)


async def test_a_proxy_that_nobody_named_makes_nobody_suspicious(house: Backed) -> None:
    for number in range(12):
        house.client.session.cookie_jar.clear()
        await house.client.post(PATH, data=ONLINE, headers={"X-Forwarded-For": f"9.9.9.{number}"})
    assert await house.rows("select flags, address, count(*) from ratings group by 1, 2") == [("", "", 12)]


async def test_in_english(house: Backed) -> None:
    page = await visit(house.client, f"/en{PATH}?nop=online")
    assert page.of("legend") == ["Are you satisfied with using this online public service?"]
    assert ("Another answer", f"/en{PATH}?doi=1") in page.links


async def test_another_site_cannot_rate_in_a_visitors_name(house: Backed) -> None:
    response = await house.client.post(PATH, data=ONLINE, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status == 403
    assert await house.rows("select count(*) from ratings") == [(0,)]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    token=st.text(st.characters(exclude_categories=["Cs"]), max_size=40).filter(lambda typed: typed not in {".", ".."}),
    fields=st.dictionaries(
        st.sampled_from(["nop", "muc", "ly_do", "co_nguoi_giup", "loi", "dong_y", "ai", "doi", "x"]),
        st.sampled_from(["online", "counter", "none", "1", "2", "3", "4", "5", "papers", "-1", "3.0"])
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    ),
)
@example(token="", fields={"nop": "online", "muc": "5"})
async def test_no_form_and_no_token_makes_a_rating_that_is_none(
    house: Backed, token: str, fields: dict[str, str]
) -> None:
    for path in (PATH, f"{PATH}{quote(token, safe='')}", f"/danh-gia/{quote(token, safe='')}"):
        response = await house.client.post(path, data=fields, allow_redirects=False)
        assert response.status in ({200, 422} if path == PATH else {404})
        assert "Location" not in response.headers
    strange = """
        select * from ratings where scale <> 'three' or level not between 1 and 3 or code <> '1.900001'
        or agency <> 'H99.100' or period <> '2026-12' or link <> 'H99.100/quay-1' or channel <> 'web'
    """
    assert await house.rows(strange) == []


async def test_ratings_by_a_teams_link_are_counted_for_it(house: Backed) -> None:
    sharing = house.shelf.kept.office.sharing
    await sharing.add_team("Tổ công nghệ số cộng đồng thôn 3", "H99.100", Act(NOW, "lan", "team_add"))
    for team in (1, 0):
        link = replace(LINK, commune="H99.100", origin=Origin.TEAM, id="team_1", team=team)
        for answer in (ONLINE, {**ONLINE, "co_nguoi_giup": "1"}, {"nop": "counter", "muc": "3"}):
            house.client.session.cookie_jar.clear()
            response = await house.client.post(SIGNER.rating_path(link), data=answer)
            assert response.status == 200
    house.client.session.cookie_jar.clear()
    await house.client.post(PATH, data=ONLINE)
    assert await sharing.reach(NOW.date(), NOW.date()) == (
        Reach(0, "H99.100", {Count.HELPED_RATING: 1, Count.RATING: 1}),
        Reach(1, "H99.100", {Count.HELPED_RATING: 1, Count.RATING: 1}),
    )
