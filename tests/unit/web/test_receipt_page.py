"""GET /bien-nhan-xoa/…: what a receipt says, for whoever has its number; and the browser after a deletion."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dialogue.messages import Incoming, Reply, Status
from bot.dialogue.receipts import make_receipt
from bot.dialogue.signed_links import Signer
from bot.store.erasing import Deleted
from bot.web.person import COOKIE
from tests.unit.web.backed import SIGNER, Backed, backed
from tests.unit.web.conftest import Client, ScriptedAssistant
from tests.unit.web.reading import read

RECEIPT = make_receipt(SIGNER, datetime(2026, 11, 22, 8, 21, tzinfo=UTC), Deleted(ratings=3))


@pytest.fixture
async def house(assistant: ScriptedAssistant, tmp_path: Path) -> AsyncIterator[Backed]:
    async with backed(assistant, tmp_path / "web.sqlite") as made:
        yield made


@pytest.mark.parametrize("number", [RECEIPT.number, RECEIPT.number.lower().replace("-", "")])
async def test_it_is_told(house: Backed, number: str) -> None:
    response = await house.client.get(f"/bien-nhan-xoa/{number}")
    said = [text for _, text in read(await response.text()).said]
    begin = said.index("Biên nhận xóa dữ liệu", 1)
    assert (response.status, response.headers["Cache-Control"]) == (200, "no-store")
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Set-Cookie" not in response.headers
    assert f'href="/en/bien-nhan-xoa/{number}" lang="en"' in await response.text()
    assert said[begin : begin + 5] == [
        "Biên nhận xóa dữ liệu",
        "Biên nhận này đúng là của tôi. Dữ liệu đã xóa xong lúc 15 giờ 21, ngày 22/11/2026.",
        "3 lượt đánh giá chỉ còn là con số, không còn gắn với anh/chị.",
        "Biên nhận không ghi là của ai.",
        f"Số biên nhận: {RECEIPT.number}",
    ]


@pytest.mark.parametrize(
    "number", ["x", "BNX-1234", make_receipt(Signer(b"l" * 32), RECEIPT.at, RECEIPT.deleted).number, "%3Cscript%3E"]
)
async def test_what_is_none_of_ours_is_not_found(house: Backed, number: str) -> None:
    response = await house.client.get(f"/en/bien-nhan-xoa/{number}")
    assert response.status == 404
    text = await response.text()
    assert "I do not know this receipt number." in text
    assert "<script>" not in text


@pytest.mark.parametrize(
    ("path", "title", "chat"),
    [("/bien-nhan-xoa", "Có lỗi", "/"), ("/en/bien-nhan-xoa", "There is an error", "/?lang=en")],
)
async def test_what_is_wrong_is_told_in_the_language_of_the_address(
    house: Backed, path: str, title: str, chat: str
) -> None:
    response = await house.client.get(path)
    assert response.status == 404
    text = await response.text()
    assert f"<h1>{title}</h1>" in text
    assert f'<a class="button" href="{chat}">' in text


async def test_the_browser_is_somebody_new_afterwards(
    client: Client, assistant: ScriptedAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def erased(_: ScriptedAssistant, incoming: Incoming) -> Reply:
        assistant.heard.append(incoming)
        return Reply(Status.ERASED if incoming.choice == "me:erased" else Status.HELPED, "…")

    monkeypatch.setattr(ScriptedAssistant, "answer", erased)
    for choice in ("me", "me", "me:erased", "me"):
        response = await client.post("/api/chat", json={"choice": choice})
        assert response.cookies[COOKIE].value == "" if choice == "me:erased" else response.cookies[COOKIE].value
    first, second, third, fourth = (heard.user for heard in assistant.heard)
    assert first == second == third != fourth
