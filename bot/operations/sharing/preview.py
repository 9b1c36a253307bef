"""The picture that Zalo and Facebook show beside a link: what, what can be done at home, and whose page it is."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from bot.operations.fonts import SANS, font_file
from bot.operations.sharing.fitting import Box, Fitted, Width, fit_one_of
from bot.operations.sharing.preview_words import HEIGHT, WIDTH, PreviewWords

_MARGIN, _BAR = 72, 24
_LEADING = 1.22
_TITLE, _CAN, _NAME = (92.0, 46.0), (42.0, 30.0), 32.0
_CAN_HEIGHT, _FOOT, _ICON = 170, 96, 64
_MEASURED = 100
_COLOURS = 64
_PAPER, _INK, _TEAL, _GOLD, _QUIET = "#ffffff", "#10262b", "#16788a", "#f3c969", "#0b4f5c"


def draw_preview(words: PreviewWords) -> bytes:
    """A PNG of WIDTH by HEIGHT. Takes some hundredths of a second."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, _BAR, HEIGHT), fill=_TEAL)
    left, width = _BAR + _MARGIN, WIDTH - _BAR - 2 * _MARGIN
    can = _fitted((words.can,), False, Box(width, _CAN_HEIGHT, *_CAN, _LEADING)) if words.can else None
    can_height = 0.0 if can is None else _height(can) + 28
    room = HEIGHT - _FOOT - 2 * 44 - can_height
    title = _fitted(words.names, True, Box(width, room, *_TITLE, _LEADING))
    y = 44 + (room - _height(title)) / 2
    y = _write(pen, title, left, y, is_bold=True, colour=_INK)
    if can is not None:
        _write(pen, can, left, y + 28, is_bold=False, colour=_QUIET)
    _sign(pen, left, words.assistant)
    file = io.BytesIO()
    # Few colours: letters and four areas need no more, and a phone loads it sooner.
    picture.quantize(_COLOURS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _sign(pen: ImageDraw.ImageDraw, left: int, assistant: str) -> None:
    """The gate of the assistant's icon, and its name."""
    top = HEIGHT - _FOOT - 8
    unit = _ICON / 48
    pen.rounded_rectangle((left, top, left + _ICON, top + _ICON), 11 * unit, fill=_TEAL)
    gate = (left + 12 * unit, top + 9 * unit, left + 36 * unit, top + 39 * unit)
    pen.rounded_rectangle(gate, 12 * unit, fill=_PAPER, corners=(True, True, False, False))
    inner = (left + 17.5 * unit, top + 14.5 * unit, left + 30.5 * unit, top + 39 * unit)
    pen.rounded_rectangle(inner, 6.5 * unit, fill=_TEAL, corners=(True, True, False, False))
    centre, radius = (left + 24 * unit, top + 29 * unit), 3.6 * unit
    pen.circle(centre, radius, fill=_GOLD)
    pen.text((left + _ICON + 24, top + _ICON / 2), assistant, font=_font(True, _NAME), fill=_QUIET, anchor="lm")


def _write(pen: ImageDraw.ImageDraw, found: Fitted, x: float, y: float, *, is_bold: bool, colour: str) -> float:
    for line in found.lines:
        pen.text((x, y + found.size * _LEADING * 0.82), line, font=_font(is_bold, found.size), fill=colour, anchor="ls")
        y += found.size * _LEADING
    return y


def _fitted(names: tuple[str, ...], is_bold: bool, box: Box) -> Fitted:
    return fit_one_of(names, box, _width(is_bold))


def _height(found: Fitted) -> float:
    return len(found.lines) * found.size * _LEADING


def _width(is_bold: bool) -> Width:
    font = _font(is_bold, _MEASURED)
    return lambda text: font.getlength(text) / _MEASURED


@lru_cache(maxsize=128)
def _font(is_bold: bool, size: float) -> ImageFont.FreeTypeFont:
    # The plain layout measures letters one by one, as the fitting does.
    return ImageFont.truetype(font_file(SANS, "B" if is_bold else ""), size, layout_engine=ImageFont.Layout.BASIC)
