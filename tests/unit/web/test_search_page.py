"""GET /tim: results as a list, without a conversation, without a trace of the words."""

from __future__ import annotations

import logging

import pytest

from tests.unit.web.conftest import Client, ScriptedAssistant
from tests.unit.web.reading import visit


async def test_the_form_alone(client: Client) -> None:
    page = await visit(client, "/tim")
    assert page.of("h1") == ["Tìm thủ tục hành chính"]
    assert [link for link in page.links if link[1].startswith("/viec/")] == [
        ("Sinh con, nuôi con nhỏ", "/viec/having-a-child"),
        ("Chuyển chỗ ở", "/viec/moving-home"),
    ]
    assert page.meta["robots"] == "noindex, follow"


async def test_an_answer_is_the_card(client: Client, assistant: ScriptedAssistant) -> None:
    page = await visit(client, "/tim?q=%C4%91%C4%83ng+k%C3%BD+khai+sinh")
    assert page.of("h3")[0] == "Đăng ký khai sinh"
    assert ("Đăng ký khai sinh", "/tt/1.900001") in page.links
    assert "Làm được toàn bộ trên mạng (dịch vụ công trực tuyến toàn trình)." in page.of("p")
    assert ("Hỏi tiếp ở đây", "/?c=tt%3A1.900001") in page.links
    assert assistant.heard == []


async def test_a_question_is_the_heading_of_what_to_choose_from(client: Client) -> None:
    page = await visit(client, "/tim?q=khai+sinh")
    assert page.of("h2") == ["Anh/chị cần việc nào dưới đây?"]
    assert [url for _, url in page.links if url.startswith("/tt/")] == ["/tt/1.900001", "/tt/1.900002"]
    assert "Ủy ban nhân dân xã, phường: làm được toàn bộ trên mạng" in page.of("li")


async def test_an_old_code_is_answered_with_what_replaced_it(client: Client) -> None:
    page = await visit(client, "/tim?q=1.900004")
    assert ("Đăng ký tạm trú, thường trú", "/tt/1.900005") in page.links
    assert "Mã 1.900004 đã được thay bằng mã 1.900005." in page.of("p")


@pytest.mark.parametrize("words", ["zzz qqq xyz", "1.123456", "???", "0912345678"])
async def test_without_a_procedure_there_is_a_way_on(client: Client, words: str) -> None:
    response = await client.get("/tim", params={"q": words})
    page = await visit(client, str(response.url.relative()))
    assert page.of("h3") == []
    assert any(url.startswith(("/viec/", "https://portal.example.vn")) for _, url in page.links)


async def test_words_are_neither_kept_nor_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = await client.get("/tim", params={"q": "chuyện riêng khai sinh"})
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert "riêng" not in "".join(record.getMessage() for record in caplog.records if record.name != "asyncio")


async def test_private_numbers_are_not_repeated(client: Client) -> None:
    response = await client.get("/tim", params={"q": "khai sinh 0912345678 a@b.vn"})
    html = await response.text()
    assert "0912345678" not in html
    assert "a@b.vn" not in html
    assert "Tôi đã bỏ số riêng tư khỏi câu hỏi." in html
    assert "Đăng ký khai sinh" in html


async def test_too_many_words(client: Client) -> None:
    page = await visit(client, f"/tim?q={'a' * 2500}")
    assert any("tối đa 2000 ký tự" in text for text in page.of("p"))


async def test_markup_is_shown_as_words(client: Client) -> None:
    html = await (await client.get("/tim", params={"q": '"><script>alert(1)</script>'})).text()
    assert "<script>alert" not in html
