"""GET /s/{id}: leads everybody on, counts people, and the page knows by whose link it is read."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import segno

from bot.catalog.model import Catalogue
from bot.dialogue.signed_links import PORTAL_PATH, PortalLink, ShareLink
from bot.store.sharing import Count, Reach, Via
from bot.store.staff import Act
from tests.unit.web.backed import BROWSER, NOW, SIGNER, Backed, backed
from tests.unit.web.conftest import ScriptedAssistant
from tests.unit.web.reading import read

BIRTH, COMMUNE = "1.900001", "H99.100"
ACT = Act(NOW, "lan", "team_add")
EVER = (date(2026, 1, 1), date(2027, 12, 31))


@pytest.fixture
async def house(assistant: ScriptedAssistant, tmp_path: Path) -> AsyncIterator[Backed]:
    path = tmp_path / "web.sqlite"
    async with backed(assistant, path, zalo_oa_id="123456789", telegram_bot_username="vidu_bot") as made:
        await made.shelf.kept.office.sharing.add_team("Tổ công nghệ số cộng đồng thôn 3", COMMUNE, ACT)
        yield made


@pytest.fixture
def link(catalogue: Catalogue) -> ShareLink:
    return ShareLink("1900001", 1, catalogue.communes[COMMUNE].statistics_code)


async def location(house: Backed, share_id: str, headers: dict[str, str] = BROWSER) -> str:
    response = await house.client.get(f"/s/{share_id}", headers=headers, allow_redirects=False)
    assert response.status == 302
    return response.headers["Location"]


async def sums(house: Backed) -> tuple[Reach, ...]:
    return await house.shelf.kept.office.sharing.reach(*EVER)


def team(**counts: int) -> tuple[Reach, ...]:
    return (Reach(1, COMMUNE, {Count(what): n for what, n in counts.items()}),)


async def test_a_visit_is_counted_and_leads_to_the_page(house: Backed, link: ShareLink) -> None:
    share_id = SIGNER.share_id(link)
    response = await house.client.get(f"/s/{share_id}", headers=BROWSER, allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (302, f"/tt/{BIRTH}?s={share_id}")
    assert {name: response.headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")} == {
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert "Set-Cookie" not in response.headers
    assert await sums(house) == team(visit=1)
    assert await house.rows("select day, target, n from share_counts") == [("2026-11-22", f"tt:{BIRTH}", 1)]


async def test_each_kind_of_page(house: Backed, link: ShareLink, catalogue: Catalogue) -> None:
    event, field = catalogue.life_events[0].id, next(iter(catalogue.fields))
    for target, path in (
        (f"e-{event}", f"/viec/{event}"),
        (f"f-{field}", f"/linh-vuc/{field}"),
        ("1999999", "/tt/1.999999"),
        ("e-gone", "/linh-vuc"),
    ):
        share_id = SIGNER.share_id(replace(link, target=target))
        assert await location(house, share_id) == f"{path}?s={share_id}"
    assert await sums(house) == team(visit=4)


@pytest.mark.parametrize(
    "headers",
    [
        BROWSER | {"User-Agent": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
        BROWSER | {"User-Agent": "Mozilla/5.0 (compatible; Zalo-Preview/1.0)"},
        BROWSER | {"Sec-Purpose": "prefetch;prerender"},
        {"User-Agent": BROWSER["User-Agent"]},
    ],
)
async def test_previews_are_led_on_and_not_counted(house: Backed, link: ShareLink, headers: dict[str, str]) -> None:
    assert await location(house, SIGNER.share_id(link), headers) == f"/tt/{BIRTH}?s={SIGNER.share_id(link)}"
    await house.client.head(f"/s/{SIGNER.share_id(link)}", headers=BROWSER, allow_redirects=False)
    assert await sums(house) == ()


async def test_a_program_that_looks_like_people_raises_it_so_far_only(house: Backed, link: ShareLink) -> None:
    for _ in range(65):
        await location(house, SIGNER.share_id(link))
    assert await sums(house) == team(visit=60)


@pytest.mark.parametrize("changed", ["1999999.1.99999.AAAAAA", "x", "e-gone...______", "%00", "%C2%B2", "1900001x"])
async def test_an_id_that_is_not_ours_is_told_with_a_way_on(house: Backed, changed: str) -> None:
    response = await house.client.get(f"/s/{changed}", headers=BROWSER, allow_redirects=False)
    page = read(await response.text())
    assert (response.status, page.of("h1")) == (404, ["Đường dẫn không mở được"])
    assert "Đường dẫn này không phải của trợ lý, hoặc bị chép thiếu." in page.of("p")
    assert await sums(house) == ()


async def test_a_mistyped_id_leads_to_what_it_names_and_counts_for_nobody(
    house: Backed, link: ShareLink, catalogue: Catalogue
) -> None:
    event, right = catalogue.life_events[0].id, SIGNER.share_id(link)
    for typed, path in (
        (f"{right[:-1]}", f"/tt/{BIRTH}"),
        ("1900001.1.99999.AAAAAA", f"/tt/{BIRTH}"),
        ("1900001", f"/tt/{BIRTH}"),
        (f"e-{event}...______", f"/viec/{event}"),
    ):
        assert await location(house, typed) == path
    assert await sums(house) == ()


async def test_a_failing_store_keeps_nobody_from_the_page(house: Backed, link: ShareLink) -> None:
    await house.shelf.kept.close()
    assert await location(house, SIGNER.share_id(link)) == f"/tt/{BIRTH}?s={SIGNER.share_id(link)}"


async def test_a_closed_team_is_not_counted_and_its_link_still_leads(house: Backed, link: ShareLink) -> None:
    await house.shelf.kept.office.sharing.set_active(1, ACT, is_active=False)
    await location(house, SIGNER.share_id(link))
    assert await sums(house) == (Reach(0, COMMUNE, {Count.VISIT: 1}),)


async def buttons(house: Backed, address: str) -> tuple[list[str], list[str]]:
    """The addresses under "ask on", and what is to be pasted: shown and copied."""
    response = await house.client.get(address, headers=BROWSER)
    assert response.status == 200
    said = await response.text()
    links = [address for _, address in read(said).links if "c=" in address or ".me/" in address]
    shown = re.findall(r'<strong class="code">(.*?)</strong>', said) + re.findall(r'data-copy="(.*?)"', said)
    return links, [html.unescape(text) for text in shown]


async def test_the_page_of_a_shared_link_passes_it_on(house: Backed, link: ShareLink) -> None:
    share_id = SIGNER.share_id(link)
    links, pasted = await buttons(house, f"/tt/{BIRTH}?s={share_id}")
    payload = "s_" + share_id.replace(".", "_", 3)
    assert links == [
        f"/?c=s%3A{share_id}",
        f"https://t.me/vidu_bot?start={payload}",
        f"/?c=rate%3A{BIRTH}",
        "https://zalo.me/123456789",
    ]
    assert pasted == [BIRTH, f"#{share_id}"]


async def test_no_cache_on_the_way_gives_a_teams_page_to_others(house: Backed, link: ShareLink) -> None:
    for path in (f"/tt/{BIRTH}", "/tt/1.900004", "/linh-vuc", "/viec/having-a-child"):
        for query, keeping in (("", "public, max-age=300"), (f"?s={SIGNER.share_id(link)}", "private, max-age=300")):
            response = await house.client.get(path + query, headers=BROWSER, allow_redirects=False)
            assert (path, response.headers["Cache-Control"]) == (path, keeping)


async def test_the_same_page_for_everybody_else(house: Backed) -> None:
    for address in (f"/tt/{BIRTH}", f"/tt/{BIRTH}?s=1900001...AAAAAA"):
        links, pasted = await buttons(house, address)
        assert links == [
            f"/?c=tt%3A{BIRTH}",
            "https://t.me/vidu_bot?start=tt_1_900001",
            f"/?c=rate%3A{BIRTH}",
            "https://zalo.me/123456789",
        ]
        assert pasted == [BIRTH, BIRTH]


async def test_situations_and_fields_have_buttons_too(house: Backed, link: ShareLink, catalogue: Catalogue) -> None:
    event = catalogue.life_events[0].id
    there = SIGNER.share_id(replace(link, target=f"e-{event}"))
    assert await buttons(house, f"/viec/{event}") == (
        [f"/?c=le%3A{event}", f"https://t.me/vidu_bot?start=le_{event}", "https://zalo.me/123456789"],
        [f"#le:{event}", f"#le:{event}"],
    )
    links, pasted = await buttons(house, f"/viec/{event}?s={there}")
    assert (links[0], pasted) == (f"/?c=s%3A{there}", [f"#le:{event}", f"#{there}"])


async def test_the_code_for_zalo_is_copied_before_zalo_is_opened(house: Backed) -> None:
    for address in (f"/tt/{BIRTH}", f"/tim?q={BIRTH}"):
        said = await (await house.client.get(address, headers=BROWSER)).text()
        paste = said.partition('<div class="to-paste">')[2].partition("</div>")[0]
        assert re.findall(r"dán vào ô viết tin|data-copy=|zalo\.me/|role=.status.", paste) == [
            *("dán vào ô viết tin", "data-copy=", "dán vào ô viết tin", "zalo.me/", "zalo.me/", 'role="status"'),
        ]
        assert "paste.js" in said


async def test_the_pages_that_it_leads_to_know_it_as_well(house: Backed, link: ShareLink, catalogue: Catalogue) -> None:
    event = catalogue.life_events[0].id
    there = SIGNER.share_id(replace(link, target=f"e-{event}"))
    page = read(await (await house.client.get(f"/viec/{event}?s={there}", headers=BROWSER)).text())
    assert f"/tt/{BIRTH}?s={SIGNER.share_id(link)}" in [address for _, address in page.links]


async def test_a_replaced_code_takes_it_along(house: Backed, link: ShareLink) -> None:
    share_id = SIGNER.share_id(replace(link, target="1900004"))
    response = await house.client.get(f"/tt/1.900004?s={share_id}", allow_redirects=False)
    assert (response.status, response.headers["Location"]) == (301, f"/tt/1.900005?s={share_id}")


async def test_the_portal_is_counted_for_whose_link_it_was(house: Backed, link: ShareLink) -> None:
    page = await (await house.client.get(f"/tt/{BIRTH}?s={SIGNER.share_id(link)}", headers=BROWSER)).text()
    (way,) = set(re.findall(rf'href="({PORTAL_PATH}/[^"]+)"', page))
    assert SIGNER.portal_link(way.removeprefix(f"{PORTAL_PATH}/")) == PortalLink(BIRTH, via=Via(1, COMMUNE))
    response = await house.client.get(way, headers=BROWSER, allow_redirects=False)
    assert response.status == 303
    assert await sums(house) == team(portal=1)
    plain = SIGNER.portal_path(PortalLink(BIRTH))
    await house.client.get(plain, headers=BROWSER, allow_redirects=False)
    assert await sums(house) == team(portal=1)


async def test_opening_the_portal_again_and_again_raises_it_so_far_only(house: Backed) -> None:
    way = SIGNER.portal_path(PortalLink(BIRTH, via=Via(1, COMMUNE)))
    for _ in range(65):
        response = await house.client.get(way, headers=BROWSER, allow_redirects=False)
        assert response.status == 303
    assert await sums(house) == team(portal=60)


async def test_whether_a_person_comes_is_told_to_the_assistant(
    house: Backed, link: ShareLink, assistant: ScriptedAssistant
) -> None:
    address = f"/?c=s%3A{SIGNER.share_id(link)}"
    program = BROWSER | {"User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"}
    for headers in (BROWSER, program):
        assert (await house.client.get(address, headers=headers)).status == 200
    await house.client.head(address, headers=BROWSER)
    await house.client.post("/api/chat", json={"choice": f"s:{SIGNER.share_id(link)}"}, headers=BROWSER)
    heard = [one.is_program for one in assistant.heard if one.choice is not None and one.choice.startswith("s:")]
    assert heard == [False, True, True, False]


def test_its_code_is_small_enough_for_a_wall() -> None:
    share_id = SIGNER.share_id(ShareLink("1900001", 999, "18073"))
    assert len(share_id) == 24
    address = f"https://motcua.tinhmau.gov.vn/s/{share_id}"
    assert segno.make(address, error="m", boost_error=False, micro=False).version == 4
