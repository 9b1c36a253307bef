"""`catalog check-links` as operators run it: a process of its own, encrypted portals, real certificates."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.catalog.load import load_catalogue
from bot.operations.links.wanted import LinkKind, wanted_links
from bot.store.freshness import LinkOutcome
from bot.store.sqlite.store import SqliteStore
from tests.unit.operations.links.secure import Tunnel, tunnel, write_certificate

ROOT = Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "second_province"
LINKS = wanted_links(load_catalogue(FIXTURE))
PAGE = next(link for link in LINKS if link.kind is LinkKind.PROCEDURE)
HOSTS = tuple(dict.fromkeys(link.host for link in LINKS))
PATH = "/" + PAGE.address.split("/", 3)[3]


async def started(folder: Path, proxy: str, *words: str, trusted: Path | None) -> asyncio.subprocess.Process:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    trust = {} if trusted is None else {"SSL_CERT_FILE": str(trusted)}
    data = {"DATABASE_URL": f"sqlite:///{folder}/data.sqlite", "CATALOG_DIR": str(FIXTURE), "HTTPS_PROXY": proxy}
    command = (sys.executable, "-m", "bot", "catalog", "check-links", *words)
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env={**kept, **trust, **data}, stdout=pipe, stderr=pipe
    )


async def checked(folder: Path, there: Tunnel, *words: str, trusted: Path | None) -> tuple[int | None, object]:
    process = await started(folder, there.address, *words, "--json", trusted=trusted)
    told, _ = await process.communicate()
    found = json.loads(told)["checks"]
    return process.returncode, [(one["outcome"], one["status"], one["moved_to"], one["why"]) for one in found]


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "portals.pem"
    write_certificate(path, *HOSTS)
    return path


@pytest.mark.parametrize(
    ("said", "code", "outcome", "moved"),
    [
        ("200 OK", 0, ("fine", 200), None),
        ("404 Not Found", 1, ("gone", 404), None),
        ("410 Gone", 1, ("gone", 410), None),
        ("500 Oh", 0, ("odd", 500), None),
        (f"302 Found\r\nLocation: https://{HOSTS[0]}/moved", 0, ("moved", 200), f"https://{HOSTS[0]}/moved"),
        ("302 Found\r\nLocation: https://elsewhere.test/", 0, ("moved", 302), "https://elsewhere.test/"),
    ],
)
async def test_an_answer_decides_with_which_code_it_ends(
    tmp_path: Path, certificate: Path, said: str, code: int, outcome: tuple[str, int], moved: str | None
) -> None:
    async with tunnel(certificate, {link.address.partition(link.host)[2]: said for link in LINKS}) as there:
        ended = await checked(tmp_path, there, "--limit", "1", "--host", PAGE.host, trusted=certificate)
    assert ended == (code, [(*outcome, moved, None)])
    assert all(host in HOSTS for _, host, _ in there.heard)


async def test_a_certificate_that_nobody_vouches_for_is_no_answer(tmp_path: Path, certificate: Path) -> None:
    async with tunnel(certificate, {}) as there:
        ended = await checked(tmp_path, there, "--limit", "1", trusted=None)
    assert ended == (0, [("could_not_check", None, None, "tls")])
    assert there.heard == []


async def test_one_for_another_name_is_none_either(tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    write_certificate(other, "elsewhere.test")
    async with tunnel(other, {}) as there:
        ended = await checked(tmp_path, there, "--limit", "1", trusted=other)
    assert ended == (0, [("could_not_check", None, None, "tls")])


async def test_who_stops_it_keeps_what_was_answered(tmp_path: Path, certificate: Path) -> None:
    async with tunnel(certificate, {}) as there:
        process = await started(tmp_path, there.address, "--host", PAGE.host, trusted=certificate)
        # The first is kept before the second is asked for.
        while len(there.heard) < 2:
            await asyncio.sleep(0.02)
        process.send_signal(signal.SIGINT)
        told, error = await process.communicate()
    kept = await _kept(tmp_path)
    assert (process.returncode, "stopped; what was answered is kept" in error.decode()) == (130, True)
    assert ({outcome for _, outcome in kept}, len(kept) >= 1) == ({LinkOutcome.FINE}, True)
    of_host = sum(link.host == PAGE.host for link in LINKS)
    assert told.decode().splitlines()[-1] == f"{len(kept)} of {of_host} addresses: {len(kept)} fine"


async def _kept(folder: Path) -> list[tuple[str, LinkOutcome]]:
    store = await SqliteStore.open(folder / "data.sqlite")
    found = await store.office.links.listed()
    await store.close()
    return [(check.address, check.outcome) for check in found]
