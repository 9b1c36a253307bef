"""`catalog check-links`: what it asks for, tells and keeps, and with which exit code it ends."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.catalog.load import load_catalogue
from bot.cli import main
from bot.operations.links.checking import Manners
from bot.operations.links.reach import Reach
from bot.operations.links.wanted import LinkKind, WantedLink, wanted_links
from bot.operations.times import now
from bot.store.freshness import LinkCheck
from bot.store.sqlite.store import SqliteStore
from tests.unit.operations.links.portal import HOST, portal, says

FIXTURE = Path(__file__).resolve().parents[3] / "fixtures" / "second_province"
WANTED = wanted_links(load_catalogue(FIXTURE))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data.sqlite")
    monkeypatch.setenv("CATALOG_DIR", str(FIXTURE))
    # Nobody listens there: every address is one that could not be checked.
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["catalog", "check-links", *words])


def kept(path: Path) -> tuple[LinkCheck, ...]:
    async def read() -> tuple[LinkCheck, ...]:
        store = await SqliteStore.open(path / "data.sqlite")
        found = await store.office.links.listed()
        await store.close()
        return found

    return asyncio.run(read())


def test_a_dry_run_asks_for_nothing(path: Path) -> None:
    hosts = Counter(link.host for link in WANTED)
    told = run("--dry-run")
    assert (told.exit_code, told.stdout.splitlines()[0]) == (
        0,
        f"would ask for {len(WANTED)} addresses at {len(hosts)} hosts",
    )
    rows = json.loads(run("--dry-run", "--json", "--limit", "2").stdout)["due"]
    assert rows == [{"address": link.address, "kind": link.kind.value, "codes": []} for link in WANTED[:2]]
    assert kept(path) == ()


def test_what_could_not_be_checked_is_no_fault(path: Path) -> None:
    told = run("--limit", "2", "--json")
    found = json.loads(told.stdout)
    assert (told.exit_code, found["counts"]["could_not_check"]) == (0, 2)
    assert {check.why for check in kept(path)} == {"proxy"}


def test_a_host_alone_and_those_longest_ago_first(path: Path) -> None:
    host = WANTED[1].host
    run("--host", host, "--limit", "1")
    assert [check.address for check in kept(path)] == [
        next(link.address for link in WANTED if link.host == host),
    ]
    assert run("--host", "nobody.test").stdout.splitlines()[-1] == "0 of 0 addresses: none was asked for"


@pytest.mark.parametrize("status", [404, 500])
def test_only_a_page_that_is_gone_is_a_fault(path: Path, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    link = WantedLink(f"http://{HOST}/tt", LinkKind.PROCEDURE, ("1.900001",))

    async def asked() -> int:
        async with portal() as there:
            there.pages["/tt"] = says(status)
            manners = Manners(Reach((HOST,), {"http"}, may_be_private=True), "test", now, 1000, there.names)
            monkeypatch.setattr("bot.cli.catalog.links.manners_of", lambda *_: manners)
            monkeypatch.setattr("bot.cli.catalog.links.wanted_links", lambda _: (link,))
            return (await asyncio.to_thread(run)).exit_code

    assert asyncio.run(asked()) == (1 if status == 404 else 0)
    assert [(check.address, check.answer and check.answer.status) for check in kept(path)] == [(link.address, status)]


def test_who_stops_it_keeps_what_was_answered(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.cli.catalog.links.check_links", interrupted)
    told = run("--limit", "3")
    assert (told.exit_code, told.stdout.splitlines()[-1]) == (130, "0 of 3 addresses: none was asked for")
    assert "stopped; what was answered is kept" in told.stderr
    assert kept(path) == ()
