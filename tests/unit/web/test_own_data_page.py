"""/du-lieu-cua-toi: a file of what is held of a person, for their browser or by their link, and for nobody else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.dialogue.own_links import VALID_FOR, own_data_token
from bot.errors import StoreError
from bot.store.interface import Record
from bot.store.person import person_key
from bot.store.sql.keys import SqlKeyBook
from bot.store.sql.own_data import SqlOwnData
from bot.web.person import COOKIE, new_id
from tests.unit.store.samples import event
from tests.unit.web.backed import NOW, SECRET, SIGNER, Backed, backed
from tests.unit.web.conftest import ScriptedAssistant

PATH = "/du-lieu-cua-toi"
BROWSER = new_id()
AN, BA = (person_key(SECRET, "web", user) for user in (BROWSER, new_id()))
COOKIES = {"Cookie": f"{COOKIE}={SIGNER.sign('person', BROWSER)}"}


@pytest.fixture
async def house(assistant: ScriptedAssistant, tmp_path: Path) -> AsyncIterator[Backed]:
    async with backed(assistant, tmp_path / "web.sqlite") as made:
        for number, person in enumerate((AN, BA)):
            await made.shelf.record(Record(event(number, person), json.dumps({"of": person[:4]})))
        yield made


def file_of(content: bytes) -> dict[str, int]:
    return {part["table"]: part["count"] for part in json.loads(content)["held"]}


async def test_this_browser_gets_its_own(house: Backed) -> None:
    page = await house.client.get(PATH, headers=COOKIES)
    assert (page.status, page.headers["Cache-Control"]) == (200, "no-store")
    assert '<form method="post">' in await page.text()
    file = await house.client.post(PATH, headers=COOKIES)
    assert (file.status, file.content_type, file.headers["Cache-Control"]) == (200, "application/json", "no-store")
    assert file.headers["Content-Disposition"] == 'attachment; filename="du-lieu-cua-toi.json"'
    content = await file.read()
    assert file_of(content) == {"conversations": 1, "events": 1}
    told = json.loads(content)["held"][0]["rows"][0]
    assert told["state"] == {"of": AN[:4]}
    assert AN not in content.decode()
    assert BA[:4] not in content.decode()


@pytest.mark.parametrize(
    "cookie",
    ["", f"{COOKIE}={BROWSER}", f"{COOKIE}={BROWSER}~AAAAAAAAAAAA"],
    ids=["none", "unsigned", "wrongly signed"],
)
async def test_another_browser_gets_nothing(house: Backed, cookie: str) -> None:
    for ask in (house.client.get, house.client.post):
        response = await ask(PATH, headers={"Cookie": cookie})
        assert (response.status, response.content_type) == (404, "text/html")
        assert AN[:4] not in await response.text()


async def test_another_site_cannot_have_it_sent(house: Backed) -> None:
    response = await house.client.post(PATH, headers={**COOKIES, "Sec-Fetch-Site": "cross-site"})
    assert response.status == 403


async def test_a_link_opens_for_a_quarter_of_an_hour(house: Backed) -> None:
    fresh = f"{PATH}/{own_data_token(SECRET, BA, NOW)}"
    late = f"/en{PATH}/{own_data_token(SECRET, BA, NOW - VALID_FOR - timedelta(seconds=1))}"
    page = await house.client.get(fresh)
    assert page.status == 200
    assert f'href="/en{fresh}" lang="en"' in await page.text()
    # The cookie of whoever opens it says nothing here.
    file = await house.client.post(fresh, headers=COOKIES)
    assert json.loads(await file.read())["held"][0]["rows"][0]["state"] == {"of": BA[:4]}
    for ask in (house.client.get, house.client.post):
        assert (await ask(late)).status == 404
    assert (await house.client.get(f"{PATH}/x")).status == 404


async def test_what_makes_previews_gets_no_data(house: Backed) -> None:
    text = await (await house.client.get(f"{PATH}/{own_data_token(SECRET, BA, NOW)}")).text()
    assert BA[:4] not in text


async def test_not_more_than_a_few_files_a_minute(house: Backed) -> None:
    found = [await house.client.post(PATH, headers=COOKIES) for _ in range(4)]
    assert [one.status for one in found] == [200, 200, 200, 429]
    # Who has waited presses again.
    assert '<form method="post">' in await found[3].text()


async def test_a_store_that_is_away_is_told(house: Backed, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: object) -> None:
        raise StoreError("disk is gone")

    monkeypatch.setattr(SqlOwnData, "of", away)
    assert (await house.client.post(PATH, headers=COOKIES)).status == 503


async def test_what_is_kept_under_a_key_before_is_theirs_too(
    assistant: ScriptedAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is told that nothing is held where it could not be looked for."""

    async def away(*_: object) -> None:
        raise StoreError("disk is gone")

    old = b"o" * 32
    async with backed(assistant, tmp_path / "web.sqlite", None, (old,)) as house:
        await house.shelf.record(Record(event(1, person_key(old, "web", BROWSER)), "{}"))
        with monkeypatch.context() as broken:
            broken.setattr(SqlKeyBook, "known", away)
            assert (await house.client.post(PATH, headers=COOKIES)).status == 503
        file = await house.client.post(PATH, headers=COOKIES)
        assert file_of(await file.read()) == {"conversations": 1, "events": 1}
