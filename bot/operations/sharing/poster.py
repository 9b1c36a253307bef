"""A poster on A4 or A5: what, what can be done at home, a code to scan, and the link to type; read from two metres."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.operations.fonts import MONO
from bot.operations.sharing.fitting import Fitted
from bot.operations.sharing.material import Material
from bot.operations.sharing.paper import LEADING, MARGIN, POINT, Paper, Sheet, Type, heights
from bot.texts import Texts, load_texts
from bot.texts.written import day_written

Progress = Callable[[int], None]

_WIDTH = 210.0 - 2 * MARGIN
_BOTTOM = 297.0 - MARGIN
_PLACE = Type(18, 12, is_bold=True)
_TITLE = Type(68, 40, is_bold=True)
_CAN = Type(30, 20)
_NOTE = Type(15, 12)
_HEAD = Type(24, 18, is_bold=True)
_STEP = Type(18, 13)
_HELP = Type(16, 12)
_TYPED = Type(14, 11)
_LINK = Type(22, 14, is_bold=True, family=MONO)
_SMALL = Type(11, 10)
_BETWEEN_STEPS = 9.0
_MOST_SMALLER = 8
_FULL_NAME = Type(11, 10)
_GAP = 6.0
_LARGEST_SQUARE, _SMALLEST_SQUARE = 92.0, 72.0
_MOST_FULL_NAME = 26.0
"""Millimetres that a whole official name may take at the foot; a longer one stands on the page."""


@dataclass(frozen=True, slots=True)
class _Foot:
    """From the foot upwards: `lines` in small type, and the whole name where the title is another."""

    lines: tuple[Fitted, ...]

    @property
    def height(self) -> float:
        return heights(*self.lines)


def poster(material: Material, paper: Paper) -> bytes:
    return posters((material,), paper)


def posters(materials: Sequence[Material], paper: Paper, progress: Progress = lambda _: None) -> bytes:
    """A page for each; at least one. `progress` is told of each page that is done."""
    first = materials[0]
    sheet = Sheet(paper, first.names[0], first.language, max(material.as_of for material in materials))
    for material in materials:
        sheet.add_page()
        _draw(sheet, material, load_texts(material.language))
        progress(1)
    return bytes(sheet.output())


def _draw(sheet: Sheet, material: Material, texts: Texts) -> None:
    top = _place(sheet, material)
    can = sheet.fitted((material.can,), _CAN, _WIDTH, 46)
    notes = [found for note in material.notes if (found := sheet.whole(note, _NOTE, _WIDTH, 20)) is not None]
    link = _link(sheet, material, texts)
    link_height = heights(*link)
    foot = _foot(sheet, material, texts, None)
    left = _BOTTOM - top - heights(can, *notes) - link_height - foot.height - 4.5 * _GAP
    title = sheet.fitted(material.names, _TITLE, _WIDTH, left - _SMALLEST_SQUARE)
    if not title.is_whole:
        foot = _foot(sheet, material, texts, material.names[0])
        left = _BOTTOM - top - heights(can, *notes) - link_height - foot.height - 4.5 * _GAP
        title = sheet.fitted(material.names, _TITLE, _WIDTH, left - _SMALLEST_SQUARE)
    side = min(_LARGEST_SQUARE, left - heights(title))
    y = sheet.write_lines(title, _TITLE, MARGIN, top + (left - heights(title) - side) / 2)
    y += _GAP
    sheet.rule(MARGIN, y, 40, 1.6)
    y = sheet.write_lines(can, _CAN, MARGIN, y + _GAP)
    for note in notes:
        y = sheet.write_lines(note, _NOTE, MARGIN, y)
    y = _BOTTOM - foot.height - _GAP - link_height - side - _GAP / 2
    _square(sheet, material, texts, y, side)
    y += side + _GAP / 2
    for found, kind in zip(link, (_HELP, _TYPED, _LINK), strict=True):
        y = sheet.write_lines(found, kind, MARGIN, y)
    y = _BOTTOM - foot.height
    sheet.rule(MARGIN, y - _GAP / 2, _WIDTH, 0.4)
    for line in foot.lines:
        y = sheet.write_lines(line, _SMALL, MARGIN, y)


def _place(sheet: Sheet, material: Material) -> float:
    """Whose poster it is, at the head; where the rest begins."""
    words = " · ".join(material.whose) or material.assistant
    found = sheet.fitted((words,), _PLACE, _WIDTH, 2 * _PLACE.largest * LEADING * POINT)
    y = sheet.write_lines(found, _PLACE, MARGIN, MARGIN)
    sheet.rule(MARGIN, y + 1, _WIDTH, 0.4)
    return y + 1 + _GAP


def _square(sheet: Sheet, material: Material, texts: Texts, y: float, side: float) -> None:
    """The code on the left, how to scan it on the right of it."""
    # Its light margin may reach into the paper's.
    sheet.code_square(material.link, MARGIN - 4, y, side, texts.get("poster.square", link=material.link))
    x, width = MARGIN + side + 2, _WIDTH - side - 2
    head, steps, free = _steps(sheet, texts, width, side)
    y += (side - heights(head, *steps, free) - _BETWEEN_STEPS) / 2
    y = sheet.write_lines(head, _HEAD, x, y) + _GAP / 2
    for step in steps:
        y = sheet.write_lines(step, _STEP, x, y) + _GAP / 4
    sheet.write_lines(free, _TYPED, x, y + _GAP / 4)


def _steps(sheet: Sheet, texts: Texts, width: float, height: float) -> tuple[Fitted, list[Fitted], Fitted]:
    """A heading, how to scan, and that it is free: as large as all of it fits beside the code."""
    said = (texts.get("poster.step_camera"), texts.get("poster.step_point"), texts.get("poster.step_tap"))
    smaller = 0
    while True:
        head = sheet.fitted((texts.get("poster.scan"),), _smaller(_HEAD, smaller), width, height)
        kind = _smaller(_STEP, smaller)
        steps = [sheet.fitted((f"{number}. {one}",), kind, width, height) for number, one in enumerate(said, 1)]
        free = sheet.fitted((texts.get("poster.free"),), _TYPED, width, height)
        if heights(head, *steps, free) + _BETWEEN_STEPS <= height or smaller == _MOST_SMALLER:
            return head, steps, free
        smaller += 1


def _smaller(kind: Type, points: int) -> Type:
    return replace(kind, largest=kind.largest - points, smallest=min(kind.smallest, kind.largest - points))


def _link(sheet: Sheet, material: Material, texts: Texts) -> tuple[Fitted, Fitted, Fitted]:
    """Whom to ask, how it is typed, and the address, on one line where it fits."""
    asked = sheet.fitted((texts.get("poster.help", centre=material.centre),), _HELP, _WIDTH, 8)
    typed = sheet.fitted((texts.get("poster.typed"),), _TYPED, _WIDTH, 8)
    return asked, typed, sheet.address(material.link, _LINK, _WIDTH)


def _foot(sheet: Sheet, material: Material, texts: Texts, full_name: str | None) -> _Foot:
    code = texts.get("poster.code", code=material.code) + ". " if material.code else ""
    day = texts.get("poster.data", date=day_written(material.language, material.as_of))
    lines = [f"{code}{day}", material.about]
    named = None if full_name is None else texts.get("poster.full_name", name=full_name)
    found = [None if named is None else sheet.whole(named, _FULL_NAME, _WIDTH, _MOST_FULL_NAME)]
    found += [sheet.fitted((line,), _SMALL, _WIDTH, 12) for line in lines]
    return _Foot(tuple(one for one in found if one is not None))
