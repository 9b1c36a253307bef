"""From a published list to a decided draft, from the command line."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.store.sqlite.store import SqliteStore
from tests.unit.catalog.conftest import SECOND_PROVINCE

HEADINGS = ("Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện", "Mức độ")
BIRTH = ("1.900001", "Đăng ký khai sinh", "Hộ tịch", "Phường Bình Mẫu\nXã An Mẫu", "Toàn trình")
COPY = ("1.900002", "Cấp bản sao trích lục hộ tịch", "Hộ tịch", "H99 H99.100", "Toàn trình")
LAND = ("1.900003", "Tách, hợp thửa đất", "Đất đai", "Sở Tài nguyên và Môi trường", "Một phần")
ODD = ("1900003", "Tách thửa hoặc hợp thửa đất", "Đất đai", "H99.05", "Mức độ 4")


def run(*words: str, exit_code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["catalog", *words])
    assert result.exit_code == exit_code, result.output
    return result


def write(path: Path, *rows: tuple[str, ...], name: str = "danh-muc.csv") -> str:
    written = io.StringIO()
    csv.writer(written).writerows([HEADINGS, *rows])
    (path / name).write_text(written.getvalue(), encoding="utf-8")
    return name


def ids(output: str) -> list[str]:
    return re.findall(r"\[([0-9a-f]{10})\]", output)


def without_ids(output: str) -> list[str]:
    return re.sub(r" \[[0-9a-f]{10}\]", "", output).splitlines()


def test_a_list_is_read_shown_found_in_decided_and_compared(path: Path) -> None:
    read = run("import", write(path, BIRTH, COPY, LAND), "--whole").output.splitlines()
    assert read[1:] == [
        "3 rows read, 0 not",
        "2 findings: 1 renamed, 1 agency unknown",
        "Draft 1. `catalog findings 1` shows what was found, `catalog decide` answers it.",
    ]
    assert "code ← 'Mã TTHC'" in read[0]
    found = run("findings", "1")
    where = read[0].partition(": ")[0]
    names = "'Tách, hợp thửa đất', until now 'Tách thửa hoặc hợp thửa đất'"
    agencies = "'Sở Tài nguyên và Môi trường' is not known; perhaps 'Sở Nông nghiệp và Môi trường'"
    assert without_ids(found.stdout) == [
        f"{where}:5: 1.900003 is renamed: {names}; proposal: use 'Tách, hợp thửa đất'",
        f"{where}:5: agency {agencies}; proposal: use 'H99.05'",
    ]
    assert found.stderr == "2 findings; 2 of the draft are open\n"
    (renamed, agency) = ids(found.output)
    tried = run("decide", "1", "--all-proposals", "--use", f"{renamed}=Tách thửa", "--dry-run")
    assert without_ids(tried.stdout) == [
        f"{where}:5: 1.900003 is renamed: {names}; answered: use 'Tách thửa'",
        f"{where}:5: agency {agencies}; answered: use 'H99.05'",
    ]
    assert "make no sense" in run("decide", "1", "--use", f"{agency}=9.9", "--dry-run", exit_code=1).output
    assert run("findings", "1", "--open").stderr == "2 findings; 2 of the draft are open\n"
    assert run("decide", "1", "--accept-kind", "agency_unknown").output == "1 answers kept; 1 findings are open\n"
    assert without_ids(run("findings", "1", "--open").stdout)[0].startswith(f"{where}:5: 1.900003 is renamed")
    assert run("decide", "1", "--use", f"{renamed}=Tách thửa").output == "1 answers kept; 0 findings are open\n"
    assert "answered: use 'Tách thửa'" in run("findings", "1", "--kind", "renamed").stdout
    difference = run("diff", "current", "draft:1")
    assert difference.stdout.splitlines() == [
        "renamed          1.900003 'Tách thửa hoặc hợp thửa đất' -> 'Tách thửa'",
        f"agencies changed {COPY[0]} {COPY[1]} (cấp xã): no longer 1.900002.02 partial (trial) at H99.101",
    ]
    named = run("decide", "1", "--use", f"{agency}=Ủy ban nhân dân tỉnh Mẫu; UBND cấp xã")
    assert named.output == "1 answers kept; 0 findings are open\n"
    (kept,) = [one for one in json.loads(run("findings", "1", "--json").output) if one["id"] == agency]
    assert kept["answer"] == {"action": "use", "value": "H99 H99.100-H99.101"}
    assert agency in json.dumps(json.loads(run("findings", "1", "--json").output))


def test_what_is_said_of_each_draft_and_the_log(path: Path) -> None:
    run("import", write(path, LAND))
    run("decide", "1", "--all-proposals", "--reason", "đã so với quyết định")
    assert run("drop", "1", "--reason", "nhầm tệp").output == "draft 1 is dropped\n"
    assert re.fullmatch(r"1  dropped  list: danh-muc.csv  \(cli:\S+, .+\)\n", run("drafts").output)
    (told,) = json.loads(run("drafts", "--json").output)
    assert (told["number"], told["state"], told["files"]) == (1, "dropped", ["danh-muc.csv"])
    assert "is dropped" in run("decide", "1", "--all-proposals", exit_code=1).output
    assert "no open draft 1" in run("drop", "1", exit_code=1).output
    assert run("reopen", "1", "--reason", "không nhầm").output == "draft 1 is open again\n"
    assert "no closed draft 1" in run("reopen", "1", exit_code=1).output
    (answered,) = [one for one in json.loads(run("findings", "1", "--json").output) if one["kind"] == "renamed"]
    assert answered["answer"] == answered["proposal"]

    async def log() -> list[tuple[str, str, str]]:
        store = await SqliteStore.open(path / "data.sqlite")
        entries = await store.office.staff.entries(9)
        await store.close()
        return [(entry.act.action, entry.subject, entry.act.reason) for entry in entries]

    assert asyncio.run(log()) == [
        ("draft_reopen", "draft:1", "không nhầm"),
        ("draft_drop", "draft:1", "nhầm tệp"),
        ("draft_decide", "draft:1", "đã so với quyết định"),
        ("draft_add", "draft:1", ""),
    ]


def test_nothing_is_kept_of_a_dry_run(path: Path) -> None:
    told = run("import", write(path, BIRTH), "--dry-run").output
    assert told.endswith("1 rows read, 0 not\n0 findings\nNothing is kept (--dry-run).\n")
    assert run("drafts").output == ""


def test_programs_read_what_was_found(path: Path) -> None:
    told = json.loads(run("import", write(path, BIRTH, ODD), "--rows-of", "province", "--json").output)
    assert (told["draft"], told["findings"], told["rows"]) == (1, {"code_form": 1, "old_level": 1}, 2)
    assert told["parts"][0]["columns"]["code"] == "Mã TTHC"
    assert told["parts"][0]["tier"] == "province"


def test_an_old_level_is_decided_by_a_person(path: Path) -> None:
    run("import", write(path, ODD))
    assert run("decide", "1", "--all-proposals").output == "1 answers kept; 1 findings are open\n"
    assert "there is nothing to decide" in run("decide", "1", "--all-proposals", exit_code=1).output
    wrong = run("decide", "1", "--use-kind", "old_level=information", exit_code=1).output
    assert "these answers make no sense" in wrong
    assert run("decide", "1", "--use-kind", "old_level=full").output == "1 answers kept; 0 findings are open\n"
    (level,) = ids(run("findings", "1", "--kind", "old_level").stdout)
    assert run("decide", "1", "--ask", level).output == "1 answers kept; 1 findings are open\n"
    assert run("decide", "1", "--reject", level).output == "1 answers kept; 0 findings are open\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--accept", "0123456789"), "there is no finding '0123456789' in this draft"),
        (("--use", "0123456789"), "has no value"),
        ((), "there is nothing to decide"),
    ],
)
def test_answers_that_cannot_be_kept(path: Path, words: tuple[str, ...], said: str) -> None:
    run("import", write(path, LAND))
    assert said in run("decide", "1", *words, exit_code=1).output


def test_drafts_that_are_not_there(path: Path) -> None:
    for words in (("findings", "7"), ("decide", "7", "--all-proposals"), ("drop", "7"), ("diff", "current", "draft:7")):
        assert "draft 7" in run(*words, exit_code=1).output


def test_what_cannot_be_read_changes_nothing(path: Path) -> None:
    (path / "hong.xlsx").write_bytes(b"PK\x03\x04 broken")
    assert "hong.xlsx" in run("import", "hong.xlsx", exit_code=1).output
    name = write(path, BIRTH)
    (path / "khac").mkdir()
    shutil.copy(path / name, path / "khac" / name)
    assert "one name" in run("import", name, f"khac/{name}", exit_code=1).output
    assert "--part goes with" in run("import", name, "--part", "words", exit_code=1).output
    assert "with --part" in run("import", "khac", exit_code=1).output
    assert "holds no catalogue" in run("import", "khac", "--part", "words", exit_code=1).output
    assert run("drafts").output == ""


def release(path: Path) -> Path:
    folder = path / "release"
    shutil.copytree(SECOND_PROVINCE, folder)
    aliases = folder / "lexicon" / "aliases" / "ho-tich.csv"
    aliases.write_text(aliases.read_text("utf-8") + "con vừa đẻ,1.900001\nđã bỏ,1.999999\n", "utf-8")
    return folder


def test_newer_words_are_taken_over_from_a_folder_or_an_archive(path: Path) -> None:
    folder = release(path)
    with zipfile.ZipFile(path / "release.zip", "w") as archive:
        for file in folder.rglob("*"):
            archive.write(file, file.relative_to(path))
    told = [
        "left out, for a procedure that is not known here: lexicon/aliases/ho-tich.csv: đã bỏ,1.999999",
        "Draft {}. `catalog findings {}` shows what was found, `catalog decide` answers it.",
    ]
    for number, name in enumerate(("release", "release.zip"), start=1):
        read = run("import", name, "--part", "words").output.splitlines()
        assert read[1:] == [told[0], told[1].format(number, number)]
    assert run("diff", "current", "draft:2").output == "nothing is other in the lists\n"


def test_words_that_do_not_fit_are_refused(path: Path) -> None:
    folder = release(path)
    (folder / "labels.csv").write_text("code\n", "utf-8")
    refused = run("import", "release", "--part", "words", exit_code=1)
    assert "labels.csv:1:1" in refused.output
    assert run("drafts").output == ""


def test_folders_are_compared(path: Path) -> None:
    folder = path / "release"
    shutil.copytree(SECOND_PROVINCE, folder)
    services = folder / "services.csv"
    services.write_text(services.read_text("utf-8").replace("H99.100-H99.101,full", "H99.100-H99.101,partial"), "utf-8")
    told = run("diff", "shipped", "release")
    assert told.stdout == (
        "level changed    1.900001 Đăng ký khai sinh: 1.900001.01 full -> partial at H99.100-H99.101\n"
    )
    assert told.stderr == "1 level changed\n"
    assert json.loads(run("diff", "shipped", "release", "--json").output)["level_changed"][0]["code"] == "1.900001"
    assert "is no catalogue" in run("diff", "shipped", "nowhere", exit_code=1).output


def test_publications_are_compared_by_their_numbers(path: Path) -> None:
    run("import", write(path, LAND))
    run("decide", "1", "--all-proposals")
    run("publish", "--draft", "1", "--reason", "danh mục mới")
    assert run("diff", "shipped", "1").stdout == run("diff", "shipped", "current").stdout != ""
    assert run("diff", "0", "shipped").output == "nothing is other in the lists\n"
    assert "no publication 7" in run("diff", "7", "current", exit_code=1).output
