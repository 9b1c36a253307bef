"""The sheet for a desk on which a code for rating stands: flat on A5, or on A4 to be folded and stood up."""

from __future__ import annotations

from bot.operations.fonts import MONO
from bot.operations.sharing.desk_words import DeskSheet
from bot.operations.sharing.fitting import Fitted
from bot.operations.sharing.paper import MARGIN, Paper, Sheet, Type, heights
from bot.texts import Texts, load_texts
from bot.texts.written import day_written

_WIDTH = 210.0 - 2 * MARGIN
_HEAD = Type(40, 28, is_bold=True)
_SERVICE = Type(30, 17, is_bold=True)
_PLACE = Type(20, 13)
_QUESTION = Type(26, 18)
_HOW = Type(17, 13)
_SMALL = Type(13, 10)
_LINK = Type(14, 13, is_bold=True, family=MONO)
_GAP = 6.0
_LARGEST_SQUARE = 112.0
_HALF = 297.0 / 2


def desk_sheet(words: DeskSheet, paper: Paper) -> bytes:
    """A5: one page. A4: a table tent, the same on both sides once it is folded in the middle."""
    texts = load_texts(words.language)
    sheet = Sheet(paper, texts.get("web.staff.links.sheet.title"), words.language, words.until)
    sheet.add_page()
    if paper is Paper.A5:
        _upright(sheet, words, texts)
    else:
        sheet.set_dash_pattern(dash=2, gap=2)
        sheet.line(8, _HALF, 202, _HALF)
        _half(sheet, words, texts)
        # Read from the other side of the desk.
        with sheet.rotation(180, 105, _HALF):
            _half(sheet, words, texts)
    return bytes(sheet.output())


def _upright(sheet: Sheet, words: DeskSheet, texts: Texts) -> None:
    """Everything in the middle, one below the other."""
    head = sheet.fitted((texts.get("web.staff.links.sheet.title"),), _HEAD, _WIDTH, 36)
    service = sheet.fitted(words.names, _SERVICE, _WIDTH, 42)
    place = sheet.fitted((words.place,), _PLACE, _WIDTH, 16) if words.place else None
    question = sheet.fitted((texts.get("rating.question"),), _QUESTION, _WIDTH, 36)
    how = sheet.fitted((texts.get("web.staff.links.sheet.how"),), _HOW, _WIDTH, 22)
    foot = _foot(sheet, words, texts, _WIDTH)
    parts = [(head, _HEAD), (service, _SERVICE), *([] if place is None else [(place, _PLACE)]), (question, _QUESTION)]
    y = MARGIN
    for found, kind in parts:
        y = sheet.write_lines(found, kind, MARGIN, y, _WIDTH, "C") + _GAP / 2
    bottom = 297 - MARGIN - heights(*(found for found, _ in foot))
    side = min(_LARGEST_SQUARE, bottom - heights(how) - _GAP - y)
    _square(sheet, words, texts, 105 - side / 2, y, side)
    sheet.write_lines(how, _HOW, MARGIN, y + side, _WIDTH, "C")
    for found, kind in foot:
        bottom = sheet.write_lines(found, kind, MARGIN, bottom, _WIDTH, "C")


def _half(sheet: Sheet, words: DeskSheet, texts: Texts) -> None:
    """The lower half of A4: the code on the left, the words beside it."""
    side, top = 88.0, _HALF + 10
    _square(sheet, words, texts, MARGIN - 6, top, side)
    x, width = MARGIN + side, _WIDTH - side
    parts = [
        (sheet.fitted((texts.get("web.staff.links.sheet.title"),), _smaller(_HEAD, 26, 20), width, 24), _HEAD),
        (sheet.fitted(words.names, _smaller(_SERVICE, 19, 13), width, 32), _SERVICE),
        *([(sheet.fitted((words.place,), _smaller(_PLACE, 14, 11), width, 12), _PLACE)] if words.place else []),
        (sheet.fitted((texts.get("rating.question"),), _smaller(_QUESTION, 17, 14), width, 26), _QUESTION),
    ]
    y = top + max(0.0, (side - heights(*(found for found, _ in parts)) - 3 * _GAP / 2) / 2)
    for found, kind in parts:
        y = sheet.write_lines(found, kind, x, y) + _GAP / 2
    how = sheet.fitted((texts.get("web.staff.links.sheet.how"),), _smaller(_HOW, 13, 11), _WIDTH, 12)
    foot = [(how, _HOW), *_foot(sheet, words, texts, _WIDTH)]
    y = 297 - 12 - heights(*(found for found, _ in foot))
    for found, kind in foot:
        y = sheet.write_lines(found, kind, MARGIN, y)


def _foot(sheet: Sheet, words: DeskSheet, texts: Texts, width: float) -> list[tuple[Fitted, Type]]:
    """The address to type, and until when it holds."""
    until = texts.get("web.staff.links.sheet.until", date=day_written(words.language, words.until))
    typed = sheet.fitted((texts.get("web.staff.links.sheet.typed"),), _SMALL, width, 8)
    nameless = sheet.fitted((f"{texts.get('web.staff.links.sheet.nameless')} {until}",), _SMALL, width, 12)
    return [(typed, _SMALL), (sheet.address(words.link, _LINK, width), _LINK), (nameless, _SMALL)]


def _square(sheet: Sheet, words: DeskSheet, texts: Texts, x: float, y: float, side: float) -> None:
    sheet.code_square(words.link, x, y, side, texts.get("poster.square", link=words.link))


def _smaller(kind: Type, largest: float, smallest: float) -> Type:
    return Type(largest, smallest, kind.is_bold, kind.family)
