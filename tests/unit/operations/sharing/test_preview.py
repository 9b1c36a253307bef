"""Pictures beside shared links: of one size, small files, their words within them, the same for the same words."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from bot.catalog.editorial import Editorial, Hiding
from bot.catalog.model import Catalogue
from bot.operations.sharing.preview import draw_preview
from bot.operations.sharing.preview_words import (
    FIELDS,
    HOME,
    LIST,
    PreviewWords,
    alt_of,
    words_of_page,
    words_of_target,
)
from bot.operations.sharing.targets import Kind, Target
from bot.texts import load_texts
from tests.unit.operations.sharing.samples import DIFFERS, FULL, LONGEST, PARTIAL, UNKNOWN
from tests.unit.shipped import shipped_catalogue

TEXTS = load_texts()


def of(code: str, catalogue: Catalogue | None = None, language: str = "vi") -> PreviewWords:
    return words_of_target(catalogue or shipped_catalogue(), load_texts(language), Target(Kind.PROCEDURE, code))


SAMPLE = [
    *map(of, (FULL, PARTIAL, DIFFERS, UNKNOWN, LONGEST)),
    words_of_target(shipped_catalogue(), TEXTS, Target(Kind.EVENT, "having-a-child")),
    words_of_target(shipped_catalogue(), TEXTS, Target(Kind.FIELD, "ho-tich")),
    *(words_of_page(shipped_catalogue(), TEXTS, page) for page in (HOME, LIST, FIELDS)),
]


@pytest.mark.parametrize("words", SAMPLE, ids=lambda words: words.names[0][:20])
def test_a_picture(words: PreviewWords) -> None:
    made = draw_preview(words)
    picture = Image.open(io.BytesIO(made))
    assert (picture.format, picture.size, len(made) < 60_000) == ("PNG", (1200, 630), True)
    assert draw_preview(words) == made
    # Around the words it is white: nothing is cut off at an edge.
    plain = picture.convert("RGB")
    edges = [plain.crop(box) for box in ((30, 0, 1200, 20), (30, 610, 1200, 630), (1160, 0, 1200, 630))]
    assert [edge.getcolors() for edge in edges] == [[(edge.width * edge.height, (255, 255, 255))] for edge in edges]


def test_what_a_picture_says() -> None:
    assert of(FULL) == PreviewWords(
        ("Đăng ký khai sinh", "Khai sinh: đăng ký lần đầu"),
        "Làm được toàn bộ tại nhà, trên mạng, bằng tài khoản VNeID.",
        "Một Cửa Hà Tĩnh",
    )
    assert of(FULL, language="en").can == "All of it can be done at home, online, with a VNeID account."
    assert alt_of(of(FULL)) == (
        "Đăng ký khai sinh. Làm được toàn bộ tại nhà, trên mạng, bằng tài khoản VNeID. Một Cửa Hà Tĩnh."
    )


def test_of_what_is_hidden_the_name_alone_is_shown() -> None:
    hidden = replace(shipped_catalogue(), editorial=Editorial(hidings=(Hiding(FULL, "đang sửa", date(2026, 11, 1)),)))
    assert of(FULL, hidden) == replace(of(FULL), can="")
    assert alt_of(of(FULL, hidden)) == "Đăng ký khai sinh. Một Cửa Hà Tĩnh."


def test_other_words_have_another_mark() -> None:
    assert len({words.mark for words in SAMPLE}) == len(SAMPLE)
    assert of(FULL).mark == SAMPLE[0].mark
