"""Two processes on one PostgreSQL, behind a balancer that sends each request to the other one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count as count_from
from pathlib import Path

import pytest
from aiohttp import FormData

from tests.benchmarks.marked import marked
from tests.e2e.process import Server, operate
from tests.integration.several import SECRET_KEY, Client, browser, leader_of, rows, running, settings_for, until
from tests.integration.test_published import written
from tests.unit.operations.publishing.samples import SECOND_PROVINCE, SHIPPED

SET = {"CATALOG_DIR": str(SECOND_PROVINCE), "MAX_MESSAGES_PER_MINUTE": "0"}
PASSWORD = "một câu dài dễ nhớ"
SECONDS_TO_SEE = 5.0
SECONDS_TO_BUILD = 10.0
"""More, where each builds an index in a process of its own and other tests have the processors: alone it takes two."""
SECONDS_TO_LEAD = 12.0


async def say(client: Client, message: str, **body: str) -> dict[str, object]:
    answer = await client.post("/api/chat", 200, json={"id": message, **body})
    said: dict[str, object] = json.loads(answer.text)
    return said


def count(address: str, table: str) -> int:
    return int(rows(address, f"select count(*) from {table}")[0][0])  # noqa: S608 - our own names


def ids(said: dict[str, object]) -> list[str]:
    choices = said["choices"]
    assert isinstance(choices, list)
    return [choice["id"] for choice in choices]


def port_of(server: Server) -> str:
    return server.url.rpartition(":")[2]


async def test_a_conversation_goes_on_wherever_its_messages_go(tmp_path: Path, postgres_address: str) -> None:
    async with running(tmp_path, 2, settings_for(postgres_address, **SET)) as servers, browser(*servers) as client:
        told = await say(client, "m1", text="tôi ở An Mẫu")
        assert told["status"] == "remembered"
        card = await say(client, "m2", text="đăng ký khai sinh")
        assert (card["status"], card["codes"]) == ("answered", ["1.900001"])
        # The choices that one process has offered are chosen from at the other, by their numbers.
        offered = await say(client, "m3", text="giấy tờ hộ tịch")
        first = await say(client, "m4", text="1")
        assert ids(offered), offered
        assert first["status"] == "answered"

        # The same message to both at once, and to both once more: one answer, one event.
        before = count(postgres_address, "events")
        again = await asyncio.gather(*(say(client, "m5", text="đăng ký khai sinh") for _ in range(6)))
        again += [await say(client, "m5", text="đăng ký khai sinh") for _ in range(2)]
        assert all(one == again[0] for one in again)
        assert count(postgres_address, "events") == before + 1

        # Many at once: each is answered as if the others had come before it or after it, and none is lost.
        said = await asyncio.gather(*(say(client, f"n{number}", text="đăng ký khai sinh") for number in range(20)))
        assert {one["status"] for one in said} == {"answered"}
        assert count(postgres_address, "events") == before + 21
        assert count(postgres_address, "conversations") == 1


async def test_messages_of_one_person_are_limited_together(tmp_path: Path, postgres_address: str) -> None:
    limited = {**SET, "MAX_MESSAGES_PER_MINUTE": "4"}
    async with running(tmp_path, 2, settings_for(postgres_address, **limited)) as servers, browser(*servers) as client:
        said = [(await say(client, f"m{number}", text="đăng ký khai sinh"))["status"] for number in range(8)]
        assert said[:4] == ["answered"] * 4
        assert said.count("too_fast") >= 3


async def test_staff_work_wherever_their_requests_go(tmp_path: Path, postgres_address: str) -> None:
    settings = settings_for(postgres_address, **SET)
    once = operate(tmp_path, "staff", "add", "lan", "--name", "Bà Lan", "--role", "editor", **settings).strip()
    async with running(tmp_path, 2, settings) as servers, browser(*servers) as client:
        await client.post("/staff/dang-nhap", data={"login": "lan", "password": once})
        own = "/staff/tai-khoan/mat-khau"
        form = {"csrf": await client.csrf(own), "old": once, "new": PASSWORD, "again": PASSWORD}
        await client.post(own, data=form)
        drafts = "/staff/danh-muc/nhap"
        listed = (
            "Mã TTHC,Tên thủ tục hành chính,Lĩnh vực,Cơ quan thực hiện,Mức độ\n"
            "1.900002,Cấp bản sao trích lục hộ tịch,Hộ tịch,H99 H99.100,Toàn trình\n"
        )
        upload = FormData({"csrf": await client.csrf(drafts)})
        upload.add_field("files", listed.encode(), filename="danh-muc.csv", content_type="application/octet-stream")
        address = (await client.post(drafts, data=upload)).headers["Location"]
        for _ in servers:
            assert "danh-muc.csv" in (await client.get(address)).text
            assert "1.900002" in (await client.get("/toan-trinh.csv")).text
        # A form of one process is refused by neither, and without its token by both.
        for _ in servers:
            await client.post(f"{address}/tra-loi", 403, data={"finding": "0" * 10, "answer": "keep:"})
        await client.post("/staff/dang-xuat", data={"csrf": await client.csrf("/staff/tai-khoan")})
        for _ in servers:
            assert (await client.get("/staff/tai-khoan", 303)).headers["Location"].startswith("/staff/dang-nhap")
        # Tries are counted together: whoever guesses gains nothing from a second process.
        wrong = {"login": "lan", "password": "không phải"}
        found: list[int] = []
        while 429 not in found:
            assert len(found) < 20
            found.append((await client.post("/staff/dang-nhap", 429 if len(found) == 5 else 403, data=wrong)).status)
        assert found == [403] * 5 + [429]
        await client.post("/staff/dang-nhap", 429, data=wrong)


async def test_links_that_are_signed_hold_at_both_and_are_counted_once(tmp_path: Path, postgres_address: str) -> None:
    settings = settings_for(postgres_address, PUBLIC_URL="https://hoidap.example.gov.vn", **SET)
    printed = operate(tmp_path, "rating-link", "1.900001", "--agency", "H99.100", "--id", "quay-1", **settings)
    path = printed.strip().removeprefix("https://hoidap.example.gov.vn")
    async with running(tmp_path, 2, settings) as servers, browser(*servers) as client:
        for level in ("3", "1"):
            await client.get(path)
            await client.post(path, 200, data={"buoc": "1", "muc": level, "nop": "online"})
        kept = rows(postgres_address, "select level, is_last from ratings order by id")
        assert kept == [(3, 0), (1, 1)]


async def seconds_until(server: Server, text: str, is_so: Callable[[dict[str, object]], bool]) -> float:
    """Until this process answers so."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with browser(server) as client:
        for number in count_from(1):
            if is_so(await say(client, f"{number}", text=text)):
                break
            assert loop.time() - began < 30
            await asyncio.sleep(0.05)
    return loop.time() - began


async def test_what_is_changed_anywhere_is_seen_by_all_within_seconds(
    tmp_path: Path, postgres_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_for(postgres_address, **SET)
    words, birth = "trái cây đầu mùa", "đăng ký khai sinh"
    new = written(tmp_path / "new", marked(SHIPPED, 1))
    seen: dict[str, float] = {}

    def operator(*command: str) -> str:
        return operate(tmp_path, *command, **settings)

    async with running(tmp_path, 2, settings) as servers:

        async def all_say(what: str, text: str, is_so: Callable[[dict[str, object]], bool]) -> None:
            seen[what] = max(await asyncio.gather(*(seconds_until(server, text, is_so) for server in servers)))

        async with browser(servers[0]) as client:
            links = (await say(client, "m1", text=birth))["links"]
        assert isinstance(links, list)
        page = links[0]["leads_to"]
        operator("catalog", "aliases", "add", words, "1.900003")
        await all_say("a word taught", words, lambda said: said["status"] == "answered")
        operator("channel", "off", "web")
        await all_say("a channel switched off", words, lambda said: said["status"] == "switched_off")
        operator("channel", "on", "web")
        await all_say("and on", words, lambda said: said["status"] == "answered")
        rows(
            postgres_address,
            """
            insert into link_checks (address, tried_at, outcome, why, gone_since, gone_until)
            values (%(page)s, '2026-11-20', 'gone', '', '2026-11-19', '2026-11-20')
            """,
            page=page,
        )
        await all_say("a page gone", birth, lambda said: page not in json.dumps(said["links"]))
        operator("catalog", "say", "hide", "1.900003", "Đang rà soát lại.", "--reason", "rà soát")
        await all_say("what editors say", words, lambda said: "Đang rà soát lại." in str(said["text"]))
        decided = ("--decision", "12/QĐ-UBND", "--date", "2026-01-02", "--supersedes", "1/KH-UBND")
        operator("catalog", "publish", "--folder", str(new), *decided, "--reason", "danh mục quý IV")
        await all_say("a catalogue published", birth, lambda said: "đợt 1" in str(said["text"]))
    with capsys.disabled():
        print("\nseen by all:", ", ".join(f"{what} {took:.1f} s" for what, took in seen.items()))  # noqa: T201
    built = {what: seen.pop(what) for what in ("a word taught", "a catalogue published")}
    assert max(seen.values()) < SECONDS_TO_SEE, seen
    assert max(built.values()) < SECONDS_TO_SEE + SECONDS_TO_BUILD, built


async def test_another_takes_over_when_the_leader_is_killed(
    tmp_path: Path, postgres_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def leader() -> str | None:
        return leader_of(postgres_address)

    settings = settings_for(postgres_address, **SET)
    async with running(tmp_path, 2, settings) as servers:
        await until(lambda: count(postgres_address, "processes") == 2 and leader() is not None, 10)
        first = next(server for server in servers if f"port {port_of(server)}," in str(leader()))
        other = next(server for server in servers if server is not first)
        (claimed,) = rows(
            postgres_address,
            """
            insert into inbox (channel, key, person, address, kind, body, sent_at, expires_at, received_at, ready_at,
                owner, owned_until)
            select 'telegram', 'k', 'p', 'a', 'message', '', %(at)s, %(at)s, %(at)s, '', holder || ':telegram', %(at)s
            from leases where name = 'leader' returning id
            """,
            at=datetime.now(UTC).isoformat(),
        )
        # A job of the leader's that is due only in a minute: whoever takes over does it at once.
        rows(postgres_address, "insert into told (person, message, reply, at) values ('p', 'm', '{}', '2020')")
        first.process.kill()
        took_over = await until(lambda: f"port {port_of(other)}," in str(leader()), SECONDS_TO_LEAD)
        did = took_over + await until(lambda: count(postgres_address, "told") == 0, 5)
        # The dead one is struck off, and what it had claimed is free.
        await until(lambda: count(postgres_address, "processes") == 1, 5)
        assert rows(postgres_address, "select owner from inbox where id = %(id)s", id=claimed[0]) == [(None,)]
        told = operate(tmp_path, "doctor", "--json", **settings)
        alive = [one["what"] for one in json.loads(told)["findings"] if one["area"] == "processes"]
        assert len(alive) == 1
        assert f"port {port_of(other)}," in alive[0]
        assert "leads" in alive[0]
        # Asked to stop, it gives everything back at once.
        code, said = await asyncio.to_thread(other.stop)
        assert code == 0
        assert "process_gone" in said
        assert (leader(), count(postgres_address, "processes")) == (None, 0)
    with capsys.disabled():
        print(f"\nled by another after {took_over:.1f} s, its job done after {did:.1f} s")  # noqa: T201


def test_without_a_key_that_all_have_it_does_not_start(tmp_path: Path, postgres_address: str) -> None:
    with pytest.raises(AssertionError, match="SECRET_KEY"):
        operate(tmp_path, "staff", "list", DATABASE_URL=postgres_address)
    assert len(SECRET_KEY) >= 32
