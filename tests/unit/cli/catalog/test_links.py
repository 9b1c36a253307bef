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
from bot.operations.links.wanted import wanted_links
from bot.store.freshness import LinkCheck
from bot.store.sqlite.store import SqliteStore
from tests.unit.catalog.conftest import SECOND_PROVINCE

WANTED = wanted_links(load_catalogue(SECOND_PROVINCE))


@pytest.fixture(autouse=True)
def no_proxy_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nobody listens there: every address is one that could not be checked.
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")


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
