"""`python -m bot zalo …` against a Zalo on this machine."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.channels.menu import MENU
from bot.channels.zalo_oa.errors import TO_DO
from bot.channels.zalo_oa.login import pkce_of
from bot.cli import main
from bot.cli.support import FAILED, UNUSABLE
from bot.store.sqlite.store import SqliteStore
from bot.texts import load_texts
from tests.fakes.failures import Failure
from tests.fakes.zalo_oa import FakeZaloOA
from tests.fakes.zalo_oa_failures import error
from tests.unit.channels.zalo_oa.payloads import ACCOUNT, APP, SECRET_KEY

PUBLIC = "https://hoidap.example.gov.vn"
WHERE = "both stand in the application's settings at developers.zalo.me"
LINE = f"Official Account: Một Cửa ({ACCOUNT}), verified, package Growth until 31/12/2027"
FRESH = "Tokens: made WHEN (Vietnam), less than a minute ago; the access token works until WHEN (Vietnam), for another"


@pytest.fixture(autouse=True)
def database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "zalo.sqlite"
    for name, value in {
        "DATABASE_URL": f"sqlite:///{path}",
        "PUBLIC_URL": PUBLIC,
        "ZALO_OA_APP_ID": APP,
        "ZALO_OA_SECRET_KEY": SECRET_KEY,
        "ZALO_OA_ID": ACCOUNT,
    }.items():
        monkeypatch.setenv(name, value)
    return path


async def run(*words: str, at: FakeZaloOA, typed: str = "", env: Mapping[str, str | None] | None = None) -> Result:
    bases = {"ZALO_OAUTH_BASE": at.oauth_base, "ZALO_OPENAPI_BASE": at.openapi_base}
    return await asyncio.to_thread(CliRunner().invoke, main, ["zalo", *words], typed, {**bases, **(env or {})})


async def kept(database: Path) -> tuple[str, str]:
    store = await SqliteStore.open(database)
    tokens = await store.registry.tokens(f"zalo_oa:{APP}")
    await store.close()
    assert tokens is not None
    return tokens.access, tokens.refresh


async def test_an_administrator_logs_in(database: Path) -> None:
    async with FakeZaloOA(app_secret=SECRET_KEY) as zalo:
        pkce = pkce_of(SECRET_KEY)
        address = f"{PUBLIC}/?code={zalo.tokens.issue_code(pkce.challenge)}&oa_id={ACCOUNT}"
        done = await run("login", at=zalo, typed=f"{address}\n")
        shown = await run("status", at=zalo)
        as_json = await run("status", "--json", at=zalo)
        pair = zalo.tokens.access, zalo.tokens.refresh
    assert done.exit_code == 0, done.output
    assert done.output.endswith(f"The tokens are kept; `serve` renews them from now on.\n{LINE}\n")
    assert f"Code challenge:   {pkce.challenge}\n" in done.output
    assert f"{zalo.oauth_base}/v4/oa/permission?app_id={APP}&redirect_uri=https%3A%2F%2F" in done.output
    assert [secret for secret in (address, pkce.verifier, SECRET_KEY, *pair) if secret in done.output] == []
    assert await kept(database) == pair
    lines = re.sub(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", "WHEN", shown.output).splitlines()
    assert [line.split(" 1 day")[0] for line in lines] == [LINE, FRESH]
    times = json.loads(as_json.output)["tokens"]
    assert [times.pop(name)[-6:] for name in ("made_at", "expires_at", "renewed_at")] == ["+07:00"] * 3


async def test_a_pair_is_pasted(database: Path) -> None:
    async with FakeZaloOA(app_secret=SECRET_KEY) as zalo:
        pair = zalo.tokens.access, zalo.tokens.refresh
        done = await run("login", "--by-hand", at=zalo, typed=f"{pair[0]}\n{pair[1]}\n")
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, LINE)
    assert [secret for secret in pair if secret in done.output] == []
    assert await kept(database) == pair


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (None, "Zalo does not accept this access token; nothing was changed. Copy both tokens again."),
        (error(-224, "Package"), f"Zalo says -224: Package: {TO_DO[-224]}; nothing was changed"),
    ],
)
async def test_a_pair_that_does_not_work_takes_nobodys_place(
    failure: Failure | None, said: str, database: Path
) -> None:
    async with FakeZaloOA(app_secret=SECRET_KEY) as zalo:
        pair = zalo.tokens.access, zalo.tokens.refresh
        await run("login", "--by-hand", at=zalo, typed=f"{pair[0]}\n{pair[1]}\n")
        if failure is not None:
            zalo.fail_next("getoa", failure)
        done = await run("login", "--by-hand", at=zalo, typed="WRONG\nWRONG\n")
        issued = zalo.tokens.issued
    assert (done.exit_code, done.output.splitlines()[-1]) == (FAILED, said)
    assert (await kept(database), issued) == (pair, 1)


async def test_a_pair_that_cannot_be_tried_is_not_kept(database: Path) -> None:
    nowhere = {"ZALO_OPENAPI_BASE": "http://127.0.0.1:9"}
    async with FakeZaloOA(app_secret=SECRET_KEY) as zalo:
        typed = f"{zalo.tokens.access}\n{zalo.tokens.refresh}\n"
        done = await run("login", "--by-hand", at=zalo, typed=typed, env=nowhere)
    said = (
        "Zalo cannot be reached (ClientConnectorError), so the tokens could not be tried; nothing was changed. "
        "Look at the network and ZALO_PROXY, then paste both once more."
    )
    assert (done.exit_code, done.output.splitlines()[-1]) == (FAILED, said)
    assert not database.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (f"{PUBLIC}/?code=CODE-99999&oa_id={ACCOUNT}", "Zalo says -14005: Invalid authorization code: the code is"),
        (f"{PUBLIC}/?error=access_denied", "the consent was refused; log in again, and have an administrator"),
        (f"{PUBLIC}/", "there is no code in it"),
        (f"{PUBLIC}/?code=CODE-99999&oa_id=1", "consent was given for another Official Account"),
    ],
)
async def test_a_login_that_fails_keeps_nothing(typed: str, said: str, database: Path) -> None:
    async with FakeZaloOA(app_secret=SECRET_KEY) as zalo:
        done = await run("login", at=zalo, typed=f"{typed}\n")
    assert done.exit_code == FAILED
    assert done.output.splitlines()[-1].startswith(said)
    assert not database.exists()


async def test_status_as_json() -> None:
    async with FakeZaloOA(app_secret=SECRET_KEY) as zalo:
        none = await run("status", "--json", at=zalo)
        first = await run("status", "--json", at=zalo, env={"ZALO_OA_ACCESS_TOKEN": zalo.tokens.access})
        issued = zalo.tokens.issued
    problem = "there is no access token: an administrator must log in again: python -m bot zalo login"
    assert (none.exit_code, json.loads(none.output)) == (
        FAILED,
        {"account": None, "tokens": None, "problem": problem},
    )
    assert (first.exit_code, issued) == (0, 1)
    assert json.loads(first.output) == {
        "account": {
            "id": ACCOUNT,
            "name": "Một Cửa",
            "is_verified": True,
            "package": "Growth",
            "package_until": "31/12/2027",
        },
        "tokens": {"source": "settings", "made_at": None, "expires_at": None, "renewed_at": None},
        "problem": None,
    }


@pytest.mark.parametrize(
    ("words", "env", "said"),
    [
        (
            ["status"],
            {"ZALO_OA_APP_ID": None, "ZALO_OA_SECRET_KEY": None},
            f"ZALO_OA_APP_ID and ZALO_OA_SECRET_KEY: not set; {WHERE}\n",
        ),
        (
            ["login"],
            {"PUBLIC_URL": None},
            "PUBLIC_URL: not set; set it, or give the callback address with --callback\n",
        ),
    ],
)
async def test_what_is_missing_is_told(words: list[str], env: dict[str, str | None], said: str) -> None:
    async with FakeZaloOA() as zalo:
        done = await run(*words, at=zalo, env=env)
    assert (done.exit_code, done.output) == (UNUSABLE, said)


@pytest.mark.parametrize(
    ("words", "language", "first"),
    [(["menu"], "vi", "Tìm thủ tục"), (["menu", "--language", "en"], "en", "Find a procedure")],
)
async def test_the_sheet_of_the_menu_in_one_language(words: list[str], language: str, first: str) -> None:
    async with FakeZaloOA() as zalo:
        done = await run(*words, at=zalo)
    rows = [re.split(r" {2,}", line.strip()) for line in done.output.splitlines() if line.startswith("  ")]
    texts = load_texts(language)
    assert (done.exit_code, rows[0][0]) == (0, first)
    assert rows == [[texts.get(e.title_id), f"#{e.slug}", texts.get(e.description_id)] for e in MENU]
