"""POST /tt/{code}/bao-cu: a reader says that a page looks old; nothing of them is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import ClientResponse

from bot.store.freshness import StaleCase
from bot.web.stale_page import SaidToday
from tests.unit.web.backed import NOW, Backed, backed
from tests.unit.web.conftest import Client, ScriptedAssistant
from tests.unit.web.reading import Read, read, visit

PATH = "/tt/1.900001/bao-cu"
TODAY = date(2026, 11, 22)
THANKS = [
    "Cảm ơn anh/chị đã báo. Cán bộ sẽ xem lại thông tin này.",
    "Trong lúc chờ, anh/chị xem trang của thủ tục trên Cổng. Cán bộ không nhắn lại riêng cho từng người.",
]


@pytest.fixture
async def house(assistant: ScriptedAssistant, tmp_path: Path) -> AsyncIterator[Backed]:
    async with backed(assistant, tmp_path / "web.sqlite", trusted_proxies="127.0.0.0/8") as made:
        yield made


async def report(house: Backed, path: str = PATH, sender: str = "", **fields: str) -> ClientResponse:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    headers |= {"X-Forwarded-For": sender} if sender else {}
    return await house.client.post(path, data=urlencode(fields), headers=headers)


async def said(response: ClientResponse, status: int = 200) -> list[str]:
    assert response.status == status
    assert (response.headers["Cache-Control"], "Set-Cookie" in response.headers) == ("no-store", False)
    page: Read = read(await response.text())
    return page.of("p")[: 2 if status == 200 else 1]


async def cases(house: Backed) -> tuple[StaleCase, ...]:
    return await house.shelf.kept.office.stale.open()


def case(version: str, count: int = 1, agencies: tuple[str, ...] = ()) -> StaleCase:
    return StaleCase("1.900001", count, TODAY, TODAY, agencies, (version,), {"page": count})


async def test_the_page_of_a_procedure_offers_it(house: Backed) -> None:
    text = await (await house.client.get("/tt/1.900001")).text()
    assert text.count('<form class="report screen" method="post" action="/tt/1.900001/bao-cu">') == 1
    text = await (await house.client.get("/en/tt/1.900002?noi=H99.100")).text()
    assert 'action="/en/tt/1.900002/bao-cu"' in text
    assert '<input type="hidden" name="noi" value="H99.100">' in text


async def test_where_nothing_can_be_kept_it_is_not_offered(client: Client) -> None:
    assert "bao-cu" not in await (await client.get("/tt/1.900001")).text()


async def test_it_is_kept_with_nothing_of_the_reader(house: Backed, assistant: ScriptedAssistant) -> None:
    assert await said(await report(house, sender="171.224.7.7")) == THANKS
    assert await cases(house) == (case(assistant.catalogue.version),)
    assert await house.rows("select * from stale_said") == []


async def test_a_network_says_it_once_a_day_for_a_procedure(house: Backed) -> None:
    for _ in range(2):
        answered = await said(await report(house, sender="171.224.7.7"))
    assert answered[0] == "Anh/chị đã báo thủ tục này hôm nay rồi. Cán bộ sẽ xem lại."
    assert await said(await report(house, sender="171.224.7.8")) == THANKS
    assert await said(await report(house, "/tt/1.900002/bao-cu", sender="171.224.7.7")) == THANKS
    house.clock.now += timedelta(days=1)
    assert await said(await report(house, sender="171.224.7.7")) == THANKS
    assert [(one.code, one.count) for one in await cases(house)] == [("1.900001", 3), ("1.900002", 1)]


async def test_which_body_was_shown_goes_along_if_it_decides(house: Backed) -> None:
    for body in ("H99.101", "H12.345", "<script>"):
        await report(house, noi=body)
    assert [(one.count, one.agencies) for one in await cases(house)] == [(3, ("H99.101",))]


async def test_of_a_replaced_code_what_took_its_place_is_meant(house: Backed) -> None:
    await report(house, "/tt/1.900004/bao-cu")
    assert [one.code for one in await cases(house)] == ["1.900005"]


@pytest.mark.parametrize("path", ["/tt/1.123456/bao-cu", "/tt/abc/bao-cu", "/tt/%3Cscript%3E/bao-cu"])
async def test_of_what_nobody_knows_nothing_is_kept(house: Backed, path: str) -> None:
    assert (await report(house, path)).status == 404
    assert await cases(house) == ()


async def test_too_many_are_asked_to_wait(house: Backed) -> None:
    statuses = [(await report(house, sender="171.224.7.7")).status for _ in range(11)]
    assert statuses == [200] * 10 + [429]
    assert [one.count for one in await cases(house)] == [1]


async def test_what_cannot_be_kept_is_not_thanked_for(house: Backed) -> None:
    await house.shelf.kept.close()
    first = await said(await report(house), 503)
    assert first == ["Xin lỗi, máy chưa ghi được. Anh/chị thử lại sau ít phút."]


async def test_in_english(house: Backed) -> None:
    assert (await said(await report(house, f"/en{PATH}")))[0] == (
        "Thank you for telling us. Staff will look at this information again."
    )


async def test_it_cannot_be_asked_for_by_a_link(house: Backed) -> None:
    assert (await house.client.get(PATH)).status == 405
    page = await visit(house.client, "/tt/1.900001")
    assert not [address for _, address in page.links if "bao-cu" in address]


def test_what_was_said_is_forgotten_with_the_day() -> None:
    known = SaidToday()
    known.note("171.224.7.7", "1.1", NOW)
    known.note("", "1.1", NOW)
    assert (known.has("171.224.7.7", "1.1", NOW), known.has("", "1.1", NOW)) == (True, False)
    tomorrow = NOW + timedelta(days=1)
    known.note("171.224.7.8", "1.1", tomorrow)
    assert [known.has(address, "1.1", at) for address, at in (("171.224.7.7", NOW), ("171.224.7.8", tomorrow))] == [
        False,
        True,
    ]
