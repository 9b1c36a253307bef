"""`make bench-import`: how long reading a large published list takes, and how much memory.

A workbook as the national portal exports it (made up, 20,000 rows) is read in a process of its own, so that only the
reading is measured. The floors fail: the exit code is 1 above 20 seconds or 500 MB.

Usage: python -m tests.benchmarks.bench_import [--rows N]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from openpyxl import Workbook

from bot.catalog.imports.reading import read_files

ROWS = 20_000
MOST_SECONDS = 20.0
MOST_MEGABYTES = 500.0
_HEAD = ("STT", "Mã TTHC", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện", "Mức độ DVC", "Ghi chú")


@dataclass(frozen=True, slots=True)
class Measured:
    """`megabytes`: the most that the process held at once, Python and the file included."""

    rows: int
    seconds: float
    megabytes: float
    file_megabytes: float


def write_list(path: Path, rows: int) -> None:
    """A made-up list: names of the usual length, several agencies in many cells, a merged banner."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.append(["DANH SÁCH THỦ TỤC HÀNH CHÍNH"])
    sheet.append(_HEAD)
    for number in range(rows):
        name = f"Thủ tục mẫu số {number} về việc cấp, cấp lại, điều chỉnh giấy tờ mẫu cho người dân và tổ chức " * 2
        bodies = "\n".join(f"UBND xã Mẫu {place}" for place in range(number % 5 + 1))
        level = ("Toàn trình", "Một phần", "Cung cấp thông tin")[number % 3]
        field = f"Lĩnh vực mẫu {number % 90}"
        sheet.append([number + 1, f"1.{number:06d}", name, field, bodies, level, "mẫu"])
    book.save(path)


def measure(path: Path) -> Measured:
    """Reads the file in this process."""
    content = path.read_bytes()
    start = time.perf_counter()
    reading = read_files({path.name: content})
    seconds = time.perf_counter() - start
    return Measured(len(reading.rows), seconds, _most_megabytes(), len(content) / (1024 * 1024))


def _most_megabytes() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        # What `getrusage` says begins with the memory of whoever started this process.
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # macOS counts in bytes, others in kilobytes.
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measure_apart(path: Path) -> Measured:
    """Reads the file in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_import", "--measure", str(path)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return Measured(**json.loads(answer.stdout))


def too_much(measured: Measured, rows: int) -> tuple[str, ...]:
    """What is wrong with a measurement; nothing where all is well."""
    wrong = []
    if measured.rows != rows:
        wrong.append(f"{measured.rows} rows were read, not {rows}")
    if measured.seconds > MOST_SECONDS:
        wrong.append(f"{measured.seconds:.1f} s, more than {MOST_SECONDS:.0f}")
    if measured.megabytes > MOST_MEGABYTES:
        wrong.append(f"{measured.megabytes:.0f} MB, more than {MOST_MEGABYTES:.0f}")
    return tuple(wrong)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.measure is not None:
        print(json.dumps(asdict(measure(given.measure))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_list(path, given.rows)
        measured = measure_apart(path)
    print(
        f"{measured.rows} rows ({measured.file_megabytes:.1f} MB) read in {measured.seconds:.1f} s, "
        f"{measured.megabytes:.0f} MB at most"
    )
    wrong = too_much(measured, given.rows)
    for sentence in wrong:
        print(f"too much: {sentence}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
