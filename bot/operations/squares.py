"""Codes to scan, for paper: a quarter of one may be unreadable, and it keeps its light margin."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import segno

from bot.errors import MotCuaError

CORRECTION = "q"
"""A sheet that hangs on a wall is handled, rained on and faded."""
QUIET = 4
"""Modules around it that stay light, as the standard wants."""
LEAST_MODULE_MM = 0.5
"""What a plain printer prints and a plain phone reads."""
PICTURES = (".svg", ".png")
_SCALE = 12
_DARK, _LIGHT = "#000", "#fff"


def drawn(address: str) -> str:
    """The code as a `data:` address of an SVG. Dark on light in either colour scheme: cameras want it so."""
    return square(address).svg_data_uri(scale=_SCALE, border=QUIET, dark=_DARK, light=_LIGHT)


def picture(address: str, kind: str) -> bytes:
    """A file; `kind`: svg or png."""
    file = io.BytesIO()
    square(address).save(file, kind=kind, scale=_SCALE, border=QUIET, dark=_DARK, light=_LIGHT)
    return file.getvalue()


def draw(address: str, file: Path) -> None:
    """Write the code as a picture (one of PICTURES). Raises MotCuaError."""
    kind = file.suffix.lower()
    if kind not in PICTURES:
        raise MotCuaError(f"{file}: a code is drawn as {' or '.join(PICTURES)}")
    try:
        file.write_bytes(picture(address, kind[1:]))
    except OSError as error:
        raise MotCuaError(f"{file} cannot be written: {error.strerror}") from error


def runs(address: str) -> tuple[int, Iterator[tuple[int, int, int]]]:
    """The modules of a side, margin included, and every run of dark ones in a row: column, row, length."""
    rows = [bytes(row) for row in square(address).matrix_iter(border=QUIET)]
    return len(rows), _runs(rows)


def square(address: str) -> segno.QRCode:
    return segno.make_qr(address, error=CORRECTION)


def _runs(rows: list[bytes]) -> Iterator[tuple[int, int, int]]:
    for y, row in enumerate(rows):
        x = 0
        while (x := row.find(1, x)) >= 0:
            end = row.find(0, x)
            yield x, y, end - x
            x = end
