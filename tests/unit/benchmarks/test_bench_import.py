"""What the measurement of reading measures, and what it fails."""

from __future__ import annotations

from pathlib import Path

from bot.catalog.imports.model import Spot
from bot.catalog.imports.reading import read_files
from tests.benchmarks.bench_import import Measured, measure_apart, too_much, write_list


def test_the_made_up_list_is_read_whole(tmp_path: Path) -> None:
    write_list(tmp_path / "list.xlsx", 7)

    reading = read_files({"list.xlsx": (tmp_path / "list.xlsx").read_bytes()})

    assert [row.spot for row in reading.rows] == [Spot("list.xlsx", "Danh sách", row) for row in range(3, 10)]
    assert [len(row.agencies) for row in reading.rows] == [1, 2, 3, 4, 5, 1, 2]
    assert reading.unread == ()


def test_it_is_measured_in_a_process_of_its_own(tmp_path: Path) -> None:
    write_list(tmp_path / "list.xlsx", 3)

    measured = measure_apart(tmp_path / "list.xlsx")

    assert measured.rows == 3
    assert measured.seconds > 0
    assert 10 < measured.megabytes < 500


def test_what_is_too_much() -> None:
    assert too_much(Measured(rows=20, seconds=20.0, megabytes=500.0, file_megabytes=1.0), 20) == ()
    assert too_much(Measured(rows=19, seconds=20.1, megabytes=501.0, file_megabytes=1.0), 20) == (
        "19 rows were read, not 20",
        "20.1 s, more than 20",
        "501 MB, more than 500",
    )
