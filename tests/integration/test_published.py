"""A running assistant takes up what another process publishes, and what is put back: whole, and within seconds."""

from __future__ import annotations

import asyncio
import json
import time
import urllib.request
from pathlib import Path

from bot.app import open_house
from bot.catalog.folder import read_contents
from bot.catalog.load import version_of
from bot.catalog.report import Report
from bot.dialogue.messages import Incoming, Status
from bot.settings import Settings
from bot.store.publications import Publication
from tests.benchmarks.bench_publish import OF_SECOND_PROVINCE, measure
from tests.benchmarks.marked import marked, marks_in
from tests.e2e.process import Server, operate, serving
from tests.unit.operations.publishing.samples import ACT, LAND, SECOND_PROVINCE, SHIPPED, publication

SECONDS_TO_CHANGE = 90
SET = {"CATALOG_DIR": str(SECOND_PROVINCE), "MAX_MESSAGES_PER_MINUTE": "0"}


def fetched(server: Server, path: str) -> tuple[str, dict[str, str]]:
    with urllib.request.urlopen(f"{server.url}{path}", timeout=10) as response:  # noqa: S310 - our own address
        return response.read().decode(), dict(response.headers)


def until_serving(server: Server, version: str) -> None:
    """How long it takes is measured by `make bench-publish`."""
    deadline = time.monotonic() + SECONDS_TO_CHANGE
    while json.loads(fetched(server, "/healthz")[0])["catalogue"]["version"] != version:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def written(folder: Path, contents: dict[str, bytes]) -> Path:
    for path, content in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def test_a_running_process_takes_up_what_another_publishes_and_puts_back(tmp_path: Path) -> None:
    new = written(tmp_path / "new", marked(SHIPPED, 1))
    pages = (f"/tt/{LAND}", "/tt/1.900001", "/toan-trinh", "/toan-trinh.csv", "/sitemap.xml")
    why = ("--reason", "danh mục quý IV")
    with serving(tmp_path, **SET) as server:
        before = {page: fetched(server, page) for page in pages}
        decided = ("--decision", "12/QĐ-UBND", "--date", "2026-01-02", "--supersedes", "1/KH-UBND", "--json")
        done = json.loads(operate(tmp_path, "catalog", "publish", "--folder", str(new), *decided, *why, **SET))
        until_serving(server, done["version"])
        after = {page: fetched(server, page) for page in pages}
        for page in pages:
            assert before[page][0] != after[page][0], page
            assert before[page][1]["ETag"] != after[page][1]["ETag"]
            assert before[page][1]["Last-Modified"] != after[page][1]["Last-Modified"]
        assert "đợt 1" in after[f"/tt/{LAND}"][0]
        assert "theo quyết định 12/QĐ-UBND. Dữ liệu ngày 2/1/2026." in after["/toan-trinh"][0]
        assert "dữ liệu ngày 2/1/2026" in after["/tt/1.900001"][0].lower()
        operate(tmp_path, "catalog", "rollback", *why, **SET)
        until_serving(server, version_of(SHIPPED))
        assert {page: fetched(server, page)[0] for page in pages} == {page: before[page][0] for page in pages}
        log = operate(tmp_path, "staff", "log", "--json", **SET).splitlines()
        assert [json.loads(line)["action"] for line in log] == ["catalog_rollback", "catalog_publish"]


async def test_no_answer_is_lost_or_mixed_while_catalogues_are_swapped() -> None:
    found = await measure(SECOND_PROVINCE, OF_SECOND_PROVINCE, publications=5, rate=50, before=0)
    assert (found.failed, found.mixed, len(found.taken)) == (0, 0, 5)
    # Else nothing would be proved.
    assert found.named > len(found.asked) / 3
    assert len({mark for one in found.asked for mark in marks_in(one.reply)}) >= 4


async def test_a_conversation_that_began_on_the_old_list_goes_on(tmp_path: Path) -> None:
    """What was offered before is answered by what holds now; what is gone from the list is still answered."""
    contents = read_contents(SECOND_PROVINCE, Report())
    gone = {**marked(contents, 1), "removed.csv": b"code,since,decision\n1.900002,2026-11-20,\n"}
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/data.sqlite", catalog_dir=SECOND_PROVINCE, max_messages_per_minute=0
    )
    async with open_house(settings) as house:
        asked = await house.assistant.answer(Incoming("test", "p", "giấy khai sinh", language="vi"))
        offered = [choice.id for choice in asked.choices if choice.id.startswith("tt:")]
        assert (asked.status, offered) == (Status.ASKED_BACK, ["tt:1.900001", "tt:1.900002"])
        done = await house.store.office.publications.publish(publication(gone), gone, 0, ACT)
        assert isinstance(done, Publication)
        async with asyncio.timeout(30):
            while house.assistant.catalogue.version != done.version:
                await asyncio.sleep(0.05)
        here = await house.assistant.answer(Incoming("test", "p", choice=offered[0], language="vi"))
        assert (here.status, here.codes, marks_in(here)) == (Status.ANSWERED, ("1.900001",), frozenset({1}))
        away = await house.assistant.answer(Incoming("test", "p", choice=offered[1], language="vi"))
        assert away.status is not Status.EXPIRED_CHOICE
        assert "1.900002" in away.text
