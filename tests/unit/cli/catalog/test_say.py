"""What editors say, from the command line."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.store.sqlite.store import SqliteStore
from bot.texts.written import day_written
from tests.unit.catalog.conftest import SECOND_PROVINCE

WORDS, BIRTH, LAND = "trái cây đầu mùa", "1.900001", "1.900003"
HIDE = ("hide", BIRTH, "Danh mục mới ghi khác.")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["catalog", "say", *words])


def today() -> str:
    return day_of(now()).isoformat()


def later(days: int) -> str:
    return (day_of(now()) + timedelta(days=days)).isoformat()


def test_a_phrase_is_pinned_listed_and_let_go(path: Path) -> None:
    pinned = run("pin", f" {WORDS}! ", LAND, "--reason", "nhiều người hỏi")
    assert (pinned.exit_code, pinned.output.splitlines()[:2]) == (
        0,
        ["before: not_found", "| Tách thửa hoặc hợp thửa đất"],
    )
    assert pinned.output.splitlines()[-1] == "said as number 1"
    listed = run("list").output
    said = rf"1  now: kind pin, phrase {WORDS}, code {LAND}"
    assert re.fullmatch(rf"{said}  \(cli:\S+, \d{{4}}-\d\d-\d\d \d\d:\d\d \(Vietnam\)\)\n", listed)
    gone = run("remove", "1", "--reason", "đã xong")
    assert (gone.output, run("list").output) == ("1 is taken back\n", "")

    async def log() -> list[tuple[str, str, str]]:
        store = await SqliteStore.open(path / "data.sqlite")
        entries = await store.office.staff.entries(9)
        await store.close()
        return [(entry.act.action, entry.subject, entry.act.reason) for entry in entries]

    assert asyncio.run(log()) == [
        ("editorial_remove", "editorial:1", "đã xong"),
        ("editorial_add", "editorial:1", "nhiều người hỏi"),
    ]


def test_what_citizens_will_read_is_shown(path: Path) -> None:
    day = day_written("vi", day_of(now()))
    shown = [
        "| Đăng ký khai sinh",
        f"| Thông tin về thủ tục này đang được kiểm tra lại, từ ngày {day}.",
        "| Lý do: Danh mục mới ghi khác.",
        "| Trong lúc chờ, anh/chị xem trang của thủ tục, hoặc hỏi Trung tâm Phục vụ hành chính công.",
        f"| Mã {BIRTH}.",
    ]
    assert run(*HIDE, "--dry-run").output.splitlines() == [*shown, "nothing was changed"]
    assert run("list").output == ""
    assert run(*HIDE).output.splitlines() == [*shown, "said as number 1"]


def test_other_commands_answer_as_citizens_are_answered(path: Path) -> None:
    def other(*words: str) -> str:
        return CliRunner().invoke(main, words).output

    before = other("catalog", "show", BIRTH)
    assert run(*HIDE).exit_code == run("pin", WORDS, LAND).exit_code == 0
    shown = other("catalog", "show", BIRTH)
    assert ("Làm được toàn bộ trên mạng" in before, "đang được kiểm tra lại" in before) == (True, False)
    assert ("Làm được toàn bộ trên mạng" in shown, "đang được kiểm tra lại" in shown) == (False, True)
    assert json.loads(other("search", WORDS, "--json"))["codes"] == [LAND]


def test_every_kind_as_scripts_read_it(path: Path) -> None:
    last = later(9)
    said = [
        run(*HIDE, "--agency", "H99.101", "--json"),
        run("notice", "Cổng tạm nghỉ.", "--field", "dat-dai", "--to", last, "--json"),
        run("notice", "Cổng tạm nghỉ.", "--code", LAND, "--from", later(3), "--to", last, "--json"),
        run("benefit", BIRTH, "Giảm một nửa.", "--source", "Nghị quyết 12", "--to", last, "--json"),
        run("reason", LAND, "Phải đo đất.", "--source", "Quyết định 34", "--json", "--dry-run"),
    ]
    assert [result.exit_code for result in said] == [0] * 5
    answers = [json.loads(result.output) for result in said]
    assert [(a["number"], a["dry_run"], a["item"]["kind"]) for a in answers] == [
        (1, False, "hiding"),
        (2, False, "notice"),
        (3, False, "notice"),
        (4, False, "benefit"),
        (None, True, "partial_reason"),
    ]
    told = f"Thông báo đến hết ngày {day_written('vi', day_of(now()) + timedelta(days=9))}: Cổng tạm nghỉ."
    assert [told in answer["shown"] for answer in answers] == [False, True, True, False, True]
    listed = json.loads(run("list", "--json").output)
    assert [(one["number"], one["state"], one["fault"]) for one in listed] == [
        (4, "now", None),
        (3, "ahead", None),
        (2, "now", None),
        (1, "now", None),
    ]
    assert listed[2]["item"] == {
        "kind": "notice",
        "scope": "field",
        "target": "dat-dai",
        "text": "Cổng tạm nghỉ.",
        "first": today(),
        "last": last,
    }


def test_what_would_be_taken_back(path: Path) -> None:
    run(*HIDE)
    would = run("remove", "1", "--reason", "đã xong", "--dry-run", "--json")
    assert json.loads(would.output) == {
        "number": 1,
        "dry_run": True,
        "item": {
            "kind": "hiding",
            "code": BIRTH,
            "reason": "Danh mục mới ghi khác.",
            "since": today(),
            "agency": "",
        },
    }
    assert run("remove", "1", "--reason", "đã xong", "--dry-run").output == "1 would be taken back\n"
    assert run("list").output.startswith("1  now: kind hiding")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pin", "cháy nhà", LAND), "not taken: it is a call for help"),
        (("pin", "quay lại", LAND), "not taken: it is a command of the assistant"),
        (("pin", WORDS, "9.999999"), "not taken: there is no procedure 9.999999 in the catalogue"),
        (("pin", WORDS, "1.900004"), "not taken: 1.900005 has taken the place of this procedure"),
        (("hide", BIRTH, "Đang tiến hành rà soát."), "not taken: it says 'tiến hành', which few people understand"),
        (("hide", BIRTH, "Sai rồi.", "--agency", "H99.05"), "not taken: H99.05 does not decide on this procedure"),
        (("notice", "Nghỉ.", "--all", "--to", "2020-01-01"), "not taken: its last day is before its first"),
        (("notice", "Nghỉ.", "--all", "--to", "mai"), "not taken: a day is missing, or is none (YYYY-MM-DD)"),
        (("reason", BIRTH, "Phải đo.", "--source", "Số 1"), "not taken: no service that this is said of is partial"),
        (("remove", "7", "--reason", "x"), "there is no number 7; `catalog say list` shows what there is"),
        (("remove", "7", "--reason", " "), "it has to be said why (--reason)"),
    ],
)
def test_what_cannot_be_done_is_said(path: Path, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.output) == (1, f"{said}\n")
    assert run("list").output == ""


@pytest.mark.parametrize(
    "words",
    [
        ("notice", "Nghỉ.", "--to", "2026-11-30"),
        ("notice", "Nghỉ.", "--all", "--code", BIRTH, "--to", "2026-11-30"),
        ("notice", "Nghỉ.", "--all"),
        ("benefit", BIRTH, "Giảm.", "--to", "2026-11-30"),
        ("remove", "1"),
    ],
)
def test_what_is_missing_is_told_with_the_usage(path: Path, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_what_does_not_fit_the_list_any_more_says_why(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("reason", LAND, "Phải đo đất.", "--source", "Quyết định 34")
    newer = path / "catalogue"
    shutil.copytree(SECOND_PROVINCE, newer)
    services = newer / "services.csv"
    written = services.read_text(encoding="utf-8")
    services.write_text(written.replace("H99.05,partial", "H99.05,full"), encoding="utf-8")
    monkeypatch.setenv("CATALOG_DIR", str(newer))
    said = "1  left_out (no service that this is said of is partial): kind partial_reason"
    assert run("list").output.startswith(said)
    assert [(one["state"], one["fault"]) for one in json.loads(run("list", "--json").output)] == [
        ("left_out", "not_partial")
    ]
