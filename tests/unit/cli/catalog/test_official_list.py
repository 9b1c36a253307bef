"""Printing the list from the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document
from openpyxl import load_workbook

from bot.cli import main
from tests.unit.catalog.conftest import SECOND_PROVINCE


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["catalog", "list", *words])


def test_what_is_in_force_is_written_into_a_file(path: Path) -> None:
    done = run("--format", "docx", "--tier", "commune", "--decision", "12/QĐ-UBND", "--date", "2026-11-02")
    file = path / "danh-muc-h99-commune-2026-10-03.docx"
    assert (done.exit_code, done.output.split(": ")[0]) == (0, file.name)
    assert [p.text for p in Document(str(file)).paragraphs][1:3] == [
        "DANH MỤC DỊCH VỤ CÔNG TRỰC TUYẾN CẤP XÃ",
        "(Kèm theo Quyết định số 12/QĐ-UBND ngày 2/11/2026)",
    ]
    # Looking makes no database.
    assert not (path / "data.sqlite").exists()


def test_a_folder_and_standard_output(path: Path) -> None:
    done = run("--format", "xlsx", "--version", str(SECOND_PROVINCE), "--output", "-")
    assert load_workbook(io.BytesIO(done.stdout_bytes)).sheetnames == ["Cấp tỉnh", "Cấp xã"]
    assert list(path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--tier", "other"), "nothing of this tier (other) is published"),
        (("--version", "7"), "nothing was published as number 7"),
        (("--version", "gone"), "--version is 'gone'; expected a publication's number, 'current', or a folder"),
        (("--decision", "x" * 61), "--decision takes a number of at most 60 characters"),
        (("--output", "no/such/folder.pdf"), "no/such/folder.pdf cannot be written: No such file or directory"),
    ],
)
@pytest.mark.usefixtures("path")
def test_what_cannot_be_is_said_in_a_sentence(words: tuple[str, ...], said: str) -> None:
    done = run("--format", "pdf", *words)
    assert done.exit_code == 1
    assert said in done.output
