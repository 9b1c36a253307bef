"""One A4 sheet with a small code for each of the services needed most: for a board, or a desk."""

from __future__ import annotations

from collections.abc import Sequence

from bot.operations.sharing.material import Material
from bot.operations.sharing.most_used import MOST
from bot.operations.sharing.paper import MARGIN, Paper, Sheet, Type, heights
from bot.operations.squares import LEAST_MODULE_MM, runs
from bot.texts import load_texts
from bot.texts.written import day_written

_COLUMNS, _ROWS = 3, 4
_WIDTH = 210.0 - 2 * MARGIN
_BOTTOM = 297.0 - MARGIN
_GUTTER = 5.0
_PLACE = Type(14, 10, is_bold=True)
_TITLE = Type(28, 20, is_bold=True)
_HOW = Type(13, 11)
_NAME = Type(16, 10, is_bold=True)
_FEW = Type(10, 8)
_SMALL = Type(9, 8)
_SQUARE = 36.0
_NAME_HEIGHT, _FEW_HEIGHT = 14.5, 8.0


def overview(materials: Sequence[Material]) -> bytes:
    """At most MOST of them, all for one team and place. A code too long to be drawn so small gives more room."""
    first, texts = materials[0], load_texts(materials[0].language)
    sheet = Sheet(Paper.A4, texts.get("poster.overview.title"), first.language, max(m.as_of for m in materials))
    sheet.add_page()
    words = " · ".join(first.whose) or first.assistant
    y = sheet.write_lines(sheet.fitted((words,), _PLACE, _WIDTH, 13), _PLACE, MARGIN, MARGIN) + 1
    sheet.rule(MARGIN, y, _WIDTH, 0.4)
    title = sheet.fitted((texts.get("poster.overview.title"),), _TITLE, _WIDTH, 13)
    y = sheet.write_lines(title, _TITLE, MARGIN, y + 3)
    how = sheet.fitted((texts.get("poster.overview.how"),), _HOW, _WIDTH, 12)
    top = sheet.write_lines(how, _HOW, MARGIN, y + 1) + 3
    day = texts.get("poster.data", date=day_written(first.language, min(m.as_of for m in materials)))
    foot = sheet.fitted((f"{first.about} {day}",), _SMALL, _WIDTH, 10)
    bottom = _BOTTOM - heights(foot)
    sheet.rule(MARGIN, bottom - 1, _WIDTH, 0.4)
    sheet.write_lines(foot, _SMALL, MARGIN, bottom)
    width, height = (_WIDTH - (_COLUMNS - 1) * _GUTTER) / _COLUMNS, (bottom - 3 - top) / _ROWS
    for place, material in enumerate(materials[:MOST]):
        row, column = divmod(place, _COLUMNS)
        _cell(sheet, material, MARGIN + column * (width + _GUTTER), top + row * height, width)
    return bytes(sheet.output())


def is_readable(material: Material) -> bool:
    """Whether its code can be drawn this small and still be printed and read."""
    modules, _ = runs(material.link)
    return _SQUARE / modules >= LEAST_MODULE_MM


def _cell(sheet: Sheet, material: Material, x: float, y: float, width: float) -> None:
    texts = load_texts(material.language)
    said = texts.get("poster.square", link=material.link)
    sheet.code_square(material.link, x + (width - _SQUARE) / 2, y, _SQUARE, said)
    # The shortest name: here a glance has to do.
    names = tuple(sorted(material.names, key=len))
    name = sheet.fitted(names[:1], _NAME, width, _NAME_HEIGHT)
    few = sheet.fitted((material.few,), _FEW, width, _FEW_HEIGHT)
    y = sheet.write_lines(name, _NAME, x, y + _SQUARE - 1, width, align="C")
    sheet.write_lines(few, _FEW, x, y + 0.5, width, align="C")
