"""One address is asked for: what its answers mean, how far redirects are followed, and what is no answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.operations.links.asking import Said, Unanswered, ask, asking_session
from bot.operations.links.reach import Reach
from bot.store.freshness import LinkAnswer, LinkOutcome
from tests.unit.operations.links.portal import HOST, NOW, OTHER, Portal, portal, says

PAGE = f"http://{HOST}/tt/1?x=%C3%A1&y=1"
BEFORE = LinkAnswer(NOW, LinkOutcome.FINE, 200, "", '"v1"', "Sat, 21 Nov 2026 08:00:00 GMT")


@pytest.fixture
async def there() -> AsyncIterator[Portal]:
    async with portal() as made:
        yield made


async def asked(
    there: Portal, address: str = PAGE, before: LinkAnswer | None = None, reach: Reach | None = None
) -> Said | Unanswered:
    reach = reach or there.reach()
    async with asking_session(reach, "MotCua-link-check/1.0 (+https://a.vn)", there.names) as session:
        return await ask(session, reach, address, before, NOW)


async def test_a_page_that_is_there_is_asked_for_once_with_our_name(there: Portal) -> None:
    there.pages["/tt/1"] = says(200, ETag='"v1"', Last_Modified="Sat, 21 Nov 2026 08:00:00 GMT")
    found = Said(LinkOutcome.FINE, 200, "", '"v1"', "Sat, 21 Nov 2026 08:00:00 GMT")
    assert await asked(there) == found
    assert there.heard == [("HEAD", HOST, "/tt/1?x=%C3%A1&y=1")]
    assert there.headers[0]["User-Agent"] == "MotCua-link-check/1.0 (+https://a.vn)"


async def test_what_was_told_before_is_sent_along(there: Portal) -> None:
    there.pages["/tt/1"] = says(304)
    assert await asked(there, before=BEFORE) == Said(LinkOutcome.FINE, 304, "", '"v1"', "Sat, 21 Nov 2026 08:00:00 GMT")
    sent = there.headers[0]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"v1"', "Sat, 21 Nov 2026 08:00:00 GMT")


async def test_of_a_page_that_had_moved_nothing_is_sent_along(there: Portal) -> None:
    await asked(there, before=replace(BEFORE, outcome=LinkOutcome.MOVED))
    assert "If-None-Match" not in there.headers[0]


async def test_not_modified_without_having_been_asked_is_odd(there: Portal) -> None:
    there.pages["/tt/1"] = says(304)
    assert await asked(there) == Said(LinkOutcome.ODD, 304)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, LinkOutcome.GONE),
        (410, LinkOutcome.GONE),
        (400, LinkOutcome.ODD),
        (401, LinkOutcome.ODD),
        (403, LinkOutcome.ODD),
        (500, LinkOutcome.ODD),
        (502, LinkOutcome.ODD),
    ],
)
async def test_what_is_no_page_is_asked_for_twice(there: Portal, status: int, outcome: LinkOutcome) -> None:
    there.pages["/tt/1"] = says(status)
    assert await asked(there) == Said(outcome, status)
    assert [method for method, *_ in there.heard] == ["HEAD", "GET"]


@pytest.mark.parametrize("refusal", [405, 501, 403, 404])
async def test_where_head_is_refused_get_counts(there: Portal, refusal: int) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=refusal if request.method == "HEAD" else 200, text="x" * 2_000_000)

    there.pages["/tt/1"] = answer
    assert await asked(there) == Said(LinkOutcome.FINE, 200)


async def test_of_an_endless_page_a_little_is_read(there: Portal) -> None:
    written = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal written
        if request.method == "HEAD":
            return web.Response(status=405)
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65_536)
            written += 65_536

    there.pages["/tt/1"] = endless
    assert await asked(there) == Said(LinkOutcome.FINE, 200)
    assert written < 64 * 1024 * 1024


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed_and_told(there: Portal, status: int) -> None:
    there.pages["/tt/1"] = says(status, Location="/moi/1")
    assert await asked(there) == Said(LinkOutcome.MOVED, 200, f"http://{HOST}/moi/1")
    assert [path for *_, path in there.heard] == ["/tt/1?x=%C3%A1&y=1", "/moi/1"]


async def test_to_another_allowed_host_too(there: Portal) -> None:
    there.pages["/tt/1"] = says(301, Location=f"http://{OTHER}/x")
    assert await asked(there) == Said(LinkOutcome.MOVED, 200, f"http://{OTHER}/x")


async def test_what_is_gone_behind_a_redirect_is_gone(there: Portal) -> None:
    there.pages |= {"/tt/1": says(302, Location="/404"), "/404": says(404)}
    assert await asked(there) == Said(LinkOutcome.GONE, 404, f"http://{HOST}/404")


async def test_three_redirects_are_followed_and_not_a_fourth(there: Portal) -> None:
    there.pages |= {f"/{n}": says(302, Location=f"/{n + 1}") for n in range(4)}
    assert await asked(there, f"http://{HOST}/1") == Said(LinkOutcome.MOVED, 200, f"http://{HOST}/4")
    assert await asked(there, f"http://{HOST}/0") == Said(LinkOutcome.ODD, 302, f"http://{HOST}/4")
    assert [path for *_, path in there.heard] == ["/1", "/2", "/3", "/4", "/0", "/1", "/2", "/3"]


@pytest.mark.parametrize("location", ["", "http://[", "http://a b/"])
async def test_a_redirect_that_leads_nowhere_is_odd_or_not_followed(there: Portal, location: str) -> None:
    there.pages["/tt/1"] = says(301, Location=location)
    said = await asked(there)
    assert isinstance(said, Said)
    assert said.outcome in {LinkOutcome.ODD, LinkOutcome.MOVED}
    assert len(there.heard) == 1


@pytest.mark.parametrize(
    "location",
    [
        "http://evil.example.com/",
        f"http://{HOST}.evil.example.com/",
        f"http://{HOST}@evil.example.com/",
        f"http://user:secret@{HOST}/",
        f"http://{HOST}:8080/",
        f"https://{HOST}/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://2130706433/",
        "http://127.1/",
        "http://0x7f.1/",
        "http://localhost/",
        "file:///etc/passwd",
        "ftp://portal.example.vn/",
        "javascript:alert(1)",
        "//evil.example.com/x",
    ],
)
async def test_no_redirect_leads_out_of_the_allowed_hosts(there: Portal, location: str) -> None:
    there.pages["/tt/1"] = says(301, Location=location)
    said = await asked(there)
    assert isinstance(said, Said)
    assert (said.outcome, said.status) == (LinkOutcome.MOVED, 301)
    assert [path for *_, path in there.heard] == ["/tt/1?x=%C3%A1&y=1"]
    assert there.names.asked == [HOST]


@pytest.mark.parametrize(
    "address",
    ["http://evil.example.com/", "http://127.0.0.1/", "http://user@portal.example.vn/", "https://portal.example.vn/"],
)
async def test_nothing_else_is_asked_for_in_the_first_place(there: Portal, address: str) -> None:
    assert await asked(there, address) == Unanswered("not_allowed")
    assert (there.heard, there.names.asked) == ([], [])


@pytest.mark.parametrize(
    "hidden",
    [
        *("127.0.0.1", "10.0.0.7", "192.168.1.1", "172.16.3.4", "169.254.169.254", "100.64.0.1", "0.0.0.0"),  # noqa: S104
        *("::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1"),
    ],
)
async def test_a_name_that_leads_into_our_own_network_is_not_gone_after(there: Portal, hidden: str) -> None:
    there.names.elsewhere[HOST] = hidden
    assert await asked(there, reach=there.reach(may_be_private=False)) == Unanswered("private")
    assert there.heard == []


async def test_nor_behind_a_redirect(there: Portal) -> None:
    there.pages["/tt/1"] = says(301, Location=f"http://{OTHER}/")
    there.names.elsewhere[OTHER] = "unknown"
    assert await asked(there) == Unanswered("dns")


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("told", "pause"),
    [
        ("120", timedelta(seconds=120)),
        ("Sun, 22 Nov 2026 04:00:00 GMT", timedelta(hours=1)),
        ("Sun, 22 Nov 2026 02:00:00 GMT", timedelta(0)),
        ("soon", timedelta(minutes=10)),
        ("", timedelta(minutes=10)),
        ("9" * 40, timedelta(days=7)),
    ],
)
async def test_who_asks_to_be_left_alone_has_not_answered(
    there: Portal, status: int, told: str, pause: timedelta
) -> None:
    there.pages["/tt/1"] = says(status, Retry_After=told)
    assert await asked(there) == Unanswered("busy", pause)
    assert len(there.heard) == 1


async def test_a_name_that_nobody_knows_is_no_answer(there: Portal) -> None:
    there.names.elsewhere[HOST] = "unknown"
    assert await asked(there) == Unanswered("dns")


async def test_a_door_that_is_shut_is_no_answer(there: Portal) -> None:
    await there.server.close()
    assert await asked(there) == Unanswered("refused")


async def test_who_hangs_up_has_not_answered(there: Portal) -> None:
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    there.pages["/tt/1"] = hang_up
    assert await asked(there) == Unanswered("connection")


async def test_who_is_silent_has_not_answered(there: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    forever = asyncio.Event()

    async def silent(_: web.Request) -> web.StreamResponse:
        await forever.wait()
        return web.Response()

    there.pages["/tt/1"] = silent
    monkeypatch.setattr("bot.operations.links.asking._TIMES", aiohttp.ClientTimeout(total=0.05))
    assert await asked(there) == Unanswered("timeout")
    forever.set()


async def test_what_speaks_no_tls_is_no_answer(there: Portal) -> None:
    reach = Reach((HOST,), may_be_private=True)
    assert await asked(there, f"https://{HOST}/", reach=reach) == Unanswered("tls")


async def test_a_proxy_that_is_not_there_is_no_answer(there: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert await asked(there) == Unanswered("proxy")


async def test_a_proxy_is_gone_through_wherever_it_is(there: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.internal:3128")
    assert await asked(there, reach=there.reach(may_be_private=False)) == Said(LinkOutcome.FINE, 200)
    assert [method for method, *_ in there.heard] == ["HEAD"]
    assert (there.heard[0][1], there.names.asked) == (HOST, ["proxy.internal"])
