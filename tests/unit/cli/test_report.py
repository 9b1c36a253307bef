"""`python -m bot report` on a real store: what is printed, what is written, and how it ends."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from bot.cli import main
from bot.ratings.model import Subject, Survey
from bot.store.sqlite.store import SqliteStore
from tests.unit.store.ratings_samples import rating, record

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
DEPARTMENT, COMMUNE = "H27.05", "H27.100"
PERIODS = "2026-10, thang:2026-10, 2026-Q4, 2026-H2, 2026 or 2026-10-01..2026-10-20"
Run = Callable[..., Result]


async def _fill(path: Path) -> None:
    store = await SqliteStore.open(path)
    people = count()
    for subject, levels in (
        (Subject("1.001193", "", COMMUNE, COMMUNE), (3,) * 57 + (1,) * 3),
        (Subject("1.012756", "", DEPARTMENT, COMMUNE), (3,) * 9),
        (Subject("1.012757", "", DEPARTMENT, COMMUNE), (1,) * 2),
    ):
        for level in levels:
            given = rating(f"p{next(people)}", level, at=AT, period="2026-11", subject=subject)
            await store.record(record(Survey(rating=given), given.person, AT))
    await store.close()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    asyncio.run(_fill(tmp_path / "data.sqlite"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data.sqlite")

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(main, ["report", *words])

    return invoke


def ended(result: Result) -> tuple[int, str]:
    """The exit code, and the last line that was told as an error."""
    return result.exit_code, result.stderr.splitlines()[-1]


def test_a_table_in_the_terminal(run: Run) -> None:
    result = run("--period", "2026-11", "--by", "agency")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:5] == [
        "Báo cáo mức độ hài lòng khi dùng dịch vụ công trực tuyến",
        "Tỉnh Hà Tĩnh",
        "Kỳ báo cáo tháng 11/2026 (15/10/2026 – 14/11/2026)",
        "",
        "Số phiếu được tính                                71",
    ]
    at = lines.index("Theo cơ quan")
    assert [" ".join(line.split()) for line in lines[at + 3 : at + 6]] == [
        "Sở Nông nghiệp và Môi trường 11 81,8% 52,3% 94,9% chưa kết luận ít phiếu 29",
        "Ủy ban nhân dân phường Sông Trí 60 95% 86,2% 98,3% đạt sát ngưỡng 0",
        "",
    ]


def test_the_report_month_of_today_by_default(run: Run) -> None:
    result = run()
    assert result.exit_code == 0
    assert "Theo tháng báo cáo" in result.stdout.splitlines()


def test_only_one_agency(run: Run) -> None:
    result = run("--period", "2026-11", "--agency", DEPARTMENT, "--format", "json")
    assert result.exit_code == 0
    assert ('"count": 11,' in result.stdout, '"place": "Tỉnh Hà Tĩnh, ' in result.stdout) == (True, True)


def test_a_file_is_written_and_never_written_over_by_chance(run: Run, tmp_path: Path) -> None:
    words = ("--period", "2026-11", "--by", "commune", "--format", "xlsx", "--output", "bao-cao.xlsx")
    assert ended(run(*words)) == (0, "bao-cao.xlsx")
    made = (tmp_path / "bao-cao.xlsx").read_bytes()
    assert load_workbook(io.BytesIO(made))["Bảng số liệu"]["C7"].value == 71
    (tmp_path / "bao-cao.xlsx").write_bytes(b"mine")
    assert ended(run(*words)) == (1, "bao-cao.xlsx is there already; --force writes over it")
    assert (tmp_path / "bao-cao.xlsx").read_bytes() == b"mine"
    assert ended(run(*words, "--force")) == (0, "bao-cao.xlsx")
    assert load_workbook(tmp_path / "bao-cao.xlsx")["Bảng số liệu"]["C7"].value == 71


def test_a_file_can_be_sent_on(run: Run) -> None:
    assert run("--format", "pdf").stdout_bytes.startswith(b"%PDF-")
    assert run("--format", "png").stdout_bytes.startswith(b"\x89PNG")
    assert run("--format", "csv").stdout_bytes.startswith(b"\xef\xbb\xbf")


def test_open_data_leaves_out_small_groups(run: Run, tmp_path: Path) -> None:
    result = run("--period", "2026-11", "--open-data")
    data, columns = "du-lieu-mo-hai-long-2026-11-service.csv", "du-lieu-mo-hai-long-2026-11-service-cot.csv"
    assert (result.exit_code, result.stderr.splitlines()) == (0, [data, columns, "left out: 2 group(s)"])
    lines = list(csv.reader(io.StringIO((tmp_path / data).read_text(encoding="utf-8-sig"))))
    assert [(line[3], line[4], line[7]) for line in lines[1:]] == [("service", "1.001193", "60"), ("all", "", "71")]
    assert ended(run("--period", "2026-11", "--open-data")) == (1, f"{data} is there already; --force writes over it")
    assert run("--period", "2026-11", "--open-data", "--force").exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--period", "tháng này"), f"Error: 'tháng này' is no period; for example {PERIODS}"),
        (("--agency", "H99"), "Error: 'H99' is no agency of this catalogue; for example H99.05"),
        (
            ("--open-data", "--agency", DEPARTMENT),
            "Error: --open-data is of the whole province: with --agency the rest could be worked out",
        ),
        (("--open-data", "--by", "helped"), "Error: --open-data is not given by helped"),
        (("--open-data", "--by", "month"), "Error: --open-data is not given by month"),
        (("--open-data", "--format", "pdf"), "Error: --open-data is always CSV"),
    ],
)
def test_wrong_use(run: Run, words: tuple[str, ...], told: str) -> None:
    assert ended(run(*words)) == (2, told)


def test_a_file_that_cannot_be_written(run: Run) -> None:
    assert ended(run("--format", "csv", "--output", "nirgends/bao-cao.csv")) == (
        1,
        "nirgends/bao-cao.csv: cannot be written (No such file or directory)",
    )


def test_without_a_database_none_is_made(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/other.sqlite")
    assert ended(run()) == (1, f"{tmp_path}/other.sqlite: there is no database yet, so there is nothing to report")
    assert not (tmp_path / "other.sqlite").exists()
