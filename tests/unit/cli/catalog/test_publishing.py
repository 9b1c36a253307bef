"""Publishing from the command line: told before it is done, kept, put back, withdrawn, exported."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.catalog.load import load_catalogue, version_of
from bot.cli import main
from bot.store.publications import Publication, PublicationKind
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Act
from tests.unit.operations.publishing.samples import LAND, SECOND_PROVINCE, SHIPPED, changed, renamed

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
NEW = renamed("Tách thửa đất")
DECIDED = ("--decision", "12/QĐ-UBND", "--date", "2026-11-20")
WHY = ("--reason", "danh mục quý IV")


@pytest.fixture(autouse=True)
def day_and_operator(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.cli.catalog.publishing.now", lambda: NOW)
    monkeypatch.setattr("bot.cli.catalog.publishing.operator", lambda: "cli:lan")
    monkeypatch.setattr("bot.cli.support.now", lambda: NOW)
    monkeypatch.setattr("bot.cli.doctor.now", lambda: NOW)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["catalog", *words])


def folder(path: Path, contents: dict[str, bytes], name: str = "new") -> str:
    for file, content in contents.items():
        (path / name / file).parent.mkdir(parents=True, exist_ok=True)
        (path / name / file).write_bytes(content)
    return str(path / name)


def publish(path: Path, contents: dict[str, bytes], *more: str, name: str = "new") -> Result:
    return run("publish", "--folder", folder(path, contents, name), *WHY, *more)


def catalogue_findings() -> list[tuple[str, str]]:
    found = json.loads(CliRunner().invoke(main, ["doctor", "--json"]).stdout)["findings"]
    return [(one["state"], one["what"]) for one in found if one["area"] == "catalogue"]


def test_what_becomes_other_is_told_before_it_is_published(path: Path) -> None:
    seen = publish(path, NEW, *DECIDED, "--dry-run")
    assert seen.exit_code == 0, seen.output
    lines = seen.output.splitlines()
    assert lines[0] == "renamed: 1"
    assert re.fullmatch(r"nothing is published: version [0-9a-f]{12} would hold from 2026-11-21", lines[1])
    assert run("versions").output == "what is shipped is in force\n"
    done = publish(path, NEW, *DECIDED)
    version = lines[1].split()[4]
    assert done.output.splitlines() == [
        "renamed: 1",
        f"publication 1: version {version} holds from 2026-11-21, 12/QĐ-UBND of 2026-11-20",
    ]
    assert run("versions").output == (
        f"   1  in force   since 2026-11-21  {version}  12/QĐ-UBND of 2026-11-20"
        "  (cli:lan, 2026-11-21 15:00 (Vietnam): danh mục quý IV)\n"
    )


def test_scripts_read_json(path: Path) -> None:
    seen = json.loads(publish(path, NEW, *DECIDED, "--since", "2026-12-01", "--dry-run", "--json").output)
    done = json.loads(publish(path, NEW, *DECIDED, "--since", "2026-12-01", "--json").output)
    changes = {
        **dict.fromkeys(("added", "removed", "superseded", "level_changed", "agencies_changed", "field_changed"), 0),
        "renamed": 1,
    }
    version = seen["version"]
    assert seen == {"version": version, "since": "2026-12-01", "changes": changes, "published": False}
    row = {
        "number": 1,
        "version": version,
        "kind": "published",
        "since": "2026-12-01",
        "decision": "12/QĐ-UBND",
        "decided_on": "2026-11-20",
        "by": "cli:lan",
        "at": "2026-11-21T08:00:00+00:00",
        "reason": "danh mục quý IV",
    }
    assert done == {**row, "changes": changes, "published": True}
    assert json.loads(run("versions", "--json").output) == [{**row, "state": "waiting"}]


def test_one_that_waits_is_withdrawn(path: Path) -> None:
    publish(path, NEW, *DECIDED, "--since", "2026-12-01")
    second = publish(path, NEW)
    assert (second.exit_code, "another one waits for its day" in second.output) == (1, True)
    assert run("withdraw", "1", *WHY).output == "publication 1 is withdrawn\n"
    again = run("withdraw", "1", *WHY)
    assert (again.exit_code, again.output) == (
        *(1, "publication 1 does not wait for its day; `catalog versions` tells the state of each\n"),
    )
    assert re.match(r" {3}1  withdrawn  since 2026-12-01", run("versions").output)


def test_an_older_one_is_put_back(path: Path) -> None:
    nothing = run("rollback", *WHY)
    assert (nothing.exit_code, nothing.output) == (1, "nothing is published: what is shipped is in force already\n")
    publish(path, NEW, *DECIDED)
    assert "publication 7 is none that was in force before" in run("rollback", "7", *WHY).output
    seen = run("rollback", "--dry-run", *WHY)
    assert seen.output.splitlines()[0] == "renamed: 1"
    done = run("rollback", *WHY)
    version = load_catalogue(SECOND_PROVINCE).version
    last = done.output.splitlines()[-1]
    assert last == f"publication 2: version {version} holds from 2026-11-21, by no decision"
    states = [(row["number"], row["kind"], row["state"]) for row in json.loads(run("versions", "--json").output)]
    assert states == [(2, "rolled_back", "in force"), (1, "published", "history")]
    assert ", put back  (" in run("versions").output


def test_files_come_out_as_the_same_catalogue(path: Path) -> None:
    publish(path, NEW, *DECIDED)
    for number in ("0", "1"):
        out = path / "out" / number
        assert run("export", number, str(out)).output == f"{out}: {len(NEW)} files\n"
        versions = {"0": load_catalogue(SECOND_PROVINCE).version, "1": load_catalogue_version()}
        assert load_catalogue(out).version == versions[number]
    again = run("export", "1", str(path / "out" / "1"))
    assert (again.exit_code, "is there already" in again.output) == (1, True)
    assert run("export", "2", str(path / "two")).exit_code == 1


@pytest.mark.parametrize("outside", ["../evil.csv", "a/../../evil.csv", "/evil.csv"])
def test_nothing_is_written_outside_of_the_folder(path: Path, outside: str) -> None:
    """Whoever can write into the database writes no file of the operator's by it."""
    target = str(path / "evil.csv") if outside.startswith("/") else outside
    contents = {**SHIPPED, target: b"x"}
    asyncio.run(kept(path, contents))
    refused = run("export", "1", str(path / "out"))
    assert (refused.exit_code, "would lie outside of" in refused.output) == (1, True)
    assert not (path / "evil.csv").exists()


async def kept(path: Path, contents: dict[str, bytes]) -> None:
    store = await SqliteStore.open(path / "data.sqlite")
    publication = Publication(
        *(0, version_of(contents), PublicationKind.PUBLISHED, NOW.date(), "", None, "cli:lan", NOW, "thử")
    )
    assert await store.office.publications.publish(publication, contents, 0, Act(NOW, "cli:lan", "catalog_publish"))
    await store.close()


def load_catalogue_version() -> str:
    return str(json.loads(run("versions", "--json").output)[0]["version"])


def test_every_problem_is_told_and_nothing_is_published(path: Path) -> None:
    wrong = changed(changed(SHIPPED, "labels.csv", "1.900001", "9.999999"), "services.csv", "full", "fully")
    refused = publish(path, wrong, *DECIDED)
    assert refused.exit_code == 2
    assert all(file in refused.output for file in ("labels.csv:", "services.csv:"))
    assert run("versions", "--json").output == "[]\n"


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (("--decision", "12/QĐ-UBND"), 2, "--decision takes its number"),
        (("--decision", "12/QĐ-UBND", "--date", "2026-11-22"), 2, "--date: this day has not come yet"),
        ((*DECIDED, "--since", "2026-11-19"), 2, "--since: it cannot hold before"),
        ((*DECIDED, "--supersedes", "9/QĐ"), 2, "--supersedes: this number is not among"),
        (("--reason", " "), 2, "--reason: why"),
        (("--date", "20-11-2026"), 2, "does not match the format"),
    ],
)
def test_wrong_use_is_told(path: Path, more: tuple[str, ...], code: int, said: str) -> None:
    refused = publish(path, NEW, *more)
    assert (refused.exit_code, said in refused.output) == (code, True)


def test_the_very_same_is_not_published(path: Path) -> None:
    refused = publish(path, dict(SHIPPED))
    assert (refused.exit_code, refused.output) == (1, "this very catalogue is in force already\n")
    correction = publish(path, changed(SHIPPED, "labels.csv", "Khai sinh: lần đầu", "Giấy khai sinh"), name="labels")
    assert correction.output.splitlines()[0] == (
        "no procedure changes its place, name, level, agency or field; other files differ"
    )


def test_commands_use_what_is_served(path: Path) -> None:
    assert "Tách thửa hoặc hợp thửa đất" in run("show", LAND).output
    assert not (path / "data.sqlite").exists()
    publish(path, NEW)
    shown = run("show", LAND).output
    assert ("Tách thửa đất" in shown, "hợp thửa" in shown) == (True, False)
    found = CliRunner().invoke(main, ["search", LAND, "--explain"]).output
    assert "Tách thửa đất" in found


def test_doctor_says_which_is_served_and_which_waits(path: Path) -> None:
    shipped = load_catalogue(SECOND_PROVINCE).version
    assert catalogue_findings() == [("ok", f"5 procedures, data of 2026-10-03; as shipped, version {shipped}")]
    publish(path, NEW, *DECIDED)
    publish(path, dict(SHIPPED), "--since", "2027-01-01", name="later")
    version = json.loads(run("versions", "--json").output)[1]["version"]
    what = "5 procedures, data of 2026-11-20; publication 1 since 2026-11-21, 12/QĐ-UBND of 2026-11-20"
    assert catalogue_findings() == [
        ("ok", f"{what}, version {version}, published 2026-11-21 15:00 (Vietnam) by cli:lan"),
        ("ok", "publication 2 waits for 2027-01-01: by no decision"),
    ]


def test_doctor_says_that_the_release_ships_newer_words(path: Path) -> None:
    file = "lexicon/fillers.csv"
    first = SHIPPED[file].splitlines(keepends=True)
    publish(path, {**SHIPPED, file: b"".join(first[:-1])})
    state, what = catalogue_findings()[-1]
    assert state == "warning"
    assert what == f"this release ships words that the published catalogue does not have: 1 in {file}"


def test_where_the_files_are_broken_what_is_shipped_is_used_and_doctor_says_so(path: Path) -> None:
    publish(path, NEW)
    database = sqlite3.connect(path / "data.sqlite")
    with database:
        database.execute("update publication_blobs set deflated = x'00'")
    database.close()
    assert "hợp thửa" in run("show", LAND).output
    (state, what), _ = catalogue_findings()
    wrong = "publication 1 is in force and cannot be served, what is shipped is served instead"
    assert (state, what.partition(": ")[0]) == ("broken", wrong)
    assert run("rollback", *WHY).output.splitlines()[0] == (
        "what is in force cannot be read: what becomes other is not known"
    )
    assert catalogue_findings()[0][0] == "ok"


def test_where_the_newest_is_broken_the_one_before_it_is_used_and_a_damaged_folder_does_not_hinder(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(path, NEW)
    with closing(sqlite3.connect(path / "data.sqlite")) as database, database:
        database.execute("create table whole as select sha256 from publication_blobs")
    publish(path, changed(NEW, "procedures.csv", "Tách thửa đất", "Hợp thửa đất"), name="newer")
    with closing(sqlite3.connect(path / "data.sqlite")) as database, database:
        database.execute("delete from publication_blobs where sha256 not in (select sha256 from whole)")
        database.execute("drop table whole")
    damaged = path / "damaged"
    damaged.mkdir()
    monkeypatch.setenv("CATALOG_DIR", str(damaged))
    assert "Tách thửa đất" in run("show", LAND).output
    broken, served, *others = catalogue_findings()
    wrong = "publication 2 is in force and cannot be served, publication 1 is served instead"
    assert (broken[0], broken[1].partition(": ")[0]) == ("broken", wrong)
    assert (served[0], served[1].partition("; ")[2].partition(" since")[0], others) == ("ok", "publication 1", [])
    assert run("rollback", "1", *WHY).exit_code == 0
    served, shipped = catalogue_findings()
    assert (served[0], served[1].partition("; ")[2].partition(" since")[0]) == ("ok", "publication 3")
    assert (shipped[0], shipped[1].partition(": ")[0]) == ("warning", "what is shipped cannot be served")
