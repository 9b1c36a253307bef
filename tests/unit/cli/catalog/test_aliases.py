"""Teaching the search words from the command line."""

from __future__ import annotations

import asyncio
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.catalog.load import check_catalogue, load_catalogue
from bot.cli import main
from bot.store.sqlite.store import SqliteStore
from tests.unit.catalog.conftest import SECOND_PROVINCE

WORDS, LAND = "trái cây đầu mùa", "1.900003"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["catalog", "aliases", *words])


def test_words_are_taught_listed_exported_and_taken_away(path: Path) -> None:
    added = run("add", f" {WORDS}. ", LAND, "--reason", "nhiều người hỏi")
    assert (added.exit_code, added.output) == (
        0,
        f"'{WORDS}': before not_found\n'{WORDS}': from now on answered {LAND}\n",
    )
    listed = run("list").output
    assert re.fullmatch(rf"{LAND}  {WORDS}  \(cli:\S+, \d{{4}}-\d\d-\d\d \d\d:\d\d \(Vietnam\)\)\n", listed)
    assert run("export").output == f"phrase,codes\n{WORDS},{LAND}\n"
    assert run("remove", WORDS).output == f"'{WORDS}' leads to {LAND} no longer\n"
    assert (run("list").output, run("export").output) == ("", "phrase,codes\n")

    async def log() -> list[tuple[str, str, str]]:
        store = await SqliteStore.open(path / "data.sqlite")
        entries = await store.office.staff.entries(9)
        await store.close()
        return [(entry.act.action, entry.subject, entry.act.reason) for entry in entries]

    subject = f"alias:{WORDS}"
    assert asyncio.run(log()) == [("alias_remove", subject, ""), ("alias_add", subject, "nhiều người hỏi")]


def test_what_is_exported_is_part_of_a_catalogue(path: Path) -> None:
    run("add", WORDS, LAND)
    folder = path / "catalogue"
    shutil.copytree(SECOND_PROVINCE, folder)
    file = folder / "lexicon" / "aliases" / "taught.csv"
    assert run("export", "--output", str(file)).output == f"{file}: 1 aliases\n"
    assert [p for p in check_catalogue(folder) if "sources" not in p.path and "not listed" not in p.what] == []
    assert len(load_catalogue(SECOND_PROVINCE).lexicon.aliases) > 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "cháy nhà", LAND), "'cháy nhà' is not taken: these words are a call for help"),
        (("add", WORDS, "9.999999"), f"'{WORDS}' is not taken: there is no procedure with this code in the catalogue"),
        (("remove", WORDS), f"'{WORDS}' has not been taught; `list` names what has"),
    ],
)
def test_what_cannot_be_done_is_said(path: Path, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.output) == (1, f"{said}\n")
    assert run("list").output == ""


def test_a_file_that_cannot_be_written(path: Path) -> None:
    result = run("export", "--output", str(path / "no" / "folder.csv"))
    assert (result.exit_code, result.output) == (
        1,
        f"{path}/no/folder.csv cannot be written: No such file or directory\n",
    )
