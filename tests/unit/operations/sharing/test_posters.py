"""Posters, batches and the overview sheet, as a printer and a phone see them."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageFilter
from pypdf import PdfReader

from bot.operations.sharing.most_used import usual
from bot.operations.sharing.overview import is_readable, overview
from bot.operations.sharing.paper import Paper
from bot.operations.sharing.poster import poster, posters
from bot.operations.squares import LEAST_MODULE_MM, QUIET, picture, runs
from tests.unit.operations.sharing.reading import codes_on, fonts_of, pages_of, words_of
from tests.unit.operations.sharing.samples import (
    DIFFERS,
    FULL,
    LISTED,
    LONGEST,
    PARTIAL,
    UNKNOWN,
    all_materials,
    material,
)
from tests.unit.shipped import shipped_catalogue

ROOT = Path(__file__).resolve().parents[4]
SAMPLE = (FULL, PARTIAL, DIFFERS, UNKNOWN, LISTED, LONGEST, "having-a-child", "ho-tich")


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("written", SAMPLE)
def test_a_phone_reads_the_link_off_the_poster(written: str, paper: Paper) -> None:
    made = material(written)
    (page,) = pages_of(poster(made, paper))
    half = page.resize((page.width // 2, page.height // 2))
    assert [codes_on(each) for each in (page, page.convert("L"), half)] == [[made.link]] * 3


def test_a_grey_copy_of_a_copy_is_read_as_well() -> None:
    """At 200 dots to the inch, blurred, pale and a little askew, as copiers of offices make them."""
    made = [material(written) for written in (FULL, LONGEST, "having-a-child")]
    sheets = [(poster(one, paper), [one.link]) for one in made for paper in Paper]
    sheets.append((overview(made), sorted(one.link for one in made)))
    for sheet, links in sheets:
        (page,) = pages_of(sheet, dots=200 / 72)
        for _ in range(2):
            copied = page.convert("L").filter(ImageFilter.GaussianBlur(1.2)).rotate(1.5, expand=True, fillcolor=235)
            page = copied.point(lambda light: 70 + light * 165 // 255)
        assert codes_on(page) == links


@pytest.mark.parametrize("paper", Paper)
def test_what_a_poster_says(paper: Paper) -> None:
    made = material(FULL)
    (said,) = words_of(poster(made, paper))
    assert said == (
        "Tổ công nghệ số cộng đồng thôn Trung Thắng · xã Cẩm Xuyên Đăng ký khai sinh Làm được toàn bộ tại nhà, trên "
        "mạng, bằng tài khoản VNeID. Quét mã để xem cách làm 1. Mở máy ảnh hoặc Zalo trên điện thoại. 2. Đưa vào hình "
        "vuông bên cạnh. 3. Bấm vào dòng chữ hiện ra. Xem thì không cần tài khoản, không phải cài thêm gì. "
        "Cần người giúp thì hỏi Trung tâm Phục vụ hành chính công xã Cẩm Xuyên. Không quét được thì gõ địa chỉ này: "
        f"{made.link} Mã thủ tục 1.001193. Dữ liệu ngày 3/10/2026. Một Cửa Hà Tĩnh: trợ lý tự động của "
        "Ủy ban nhân dân tỉnh Hà Tĩnh."
    )


def test_paper_and_letters() -> None:
    for paper, size in ((Paper.A4, (595, 842)), (Paper.A5, (420, 595))):
        made = poster(material(PARTIAL), paper)
        (page,) = PdfReader(io.BytesIO(made)).pages
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size
        embedded = fonts_of(made)
        assert (len(embedded), set(embedded.values())) == (3, {True})


def test_the_same_words_give_the_same_file() -> None:
    assert poster(material(PARTIAL), Paper.A4) == poster(material(PARTIAL), Paper.A4)


def test_nothing_but_black_and_white() -> None:
    (page,) = pages_of(poster(material(PARTIAL), Paper.A4))
    colours = page.getcolors(1 << 20)
    assert colours is not None
    # What lies between is the smoothing of letters: grey, never a colour.
    assert [colour for _, colour in colours if isinstance(colour, tuple) and len(set(colour)) > 1] == []


def test_the_titles_are_read_from_two_metres() -> None:
    """At least 40 points on A4, of every poster of the longest and of some other names; no word leaves its page."""
    made = sorted(all_materials(), key=lambda one: len(one.names[0]))
    chosen = (*made[-50:], *made[:: len(made) // 30])
    reader = PdfReader(io.BytesIO(posters(chosen, Paper.A4)))
    wrong = []
    for one, page in zip(chosen, reader.pages, strict=True):
        sizes: list[float] = []
        inside: list[bool] = []

        def look(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
            if text.strip():
                sizes.append(size)  # noqa: B023 - called before the next page
                inside.append(28 <= matrix[4] <= 595 - 28 and 28 <= matrix[5] <= 842 - 28)  # noqa: B023

        page.extract_text(visitor_text=look)
        if max(sizes) < 40 or min(sizes) < 10 or not all(inside):
            wrong.append(one.code)
    assert wrong == []


def test_a_batch_has_a_page_for_each_with_its_own_code() -> None:
    made = [material(code) for code in usual(shipped_catalogue())]
    told: list[int] = []
    pages = pages_of(posters(made, Paper.A5, told.append))
    assert [codes_on(page) for page in pages] == [[one.link] for one in made]
    assert told == [1] * 12


def test_the_overview_sheet_has_twelve_codes_that_can_be_read() -> None:
    made = [material(code) for code in usual(shipped_catalogue())]
    (page,) = pages_of(overview(made))
    assert codes_on(page) == sorted(one.link for one in made)
    assert codes_on(page.convert("L").resize((page.width * 2 // 3, page.height * 2 // 3))) == codes_on(page)
    assert [is_readable(one) for one in made] == [True] * 12
    (said,) = words_of(overview(made))
    assert [one.code for one in made if min(one.names, key=len) not in said] == []


def test_an_overview_of_fewer() -> None:
    made = [material(FULL), material(PARTIAL)]
    (page,) = pages_of(overview(made))
    assert codes_on(page) == sorted(one.link for one in made)


def test_codes_keep_their_light_margin_and_a_size_that_prints() -> None:
    for made in (material(FULL), material("having-a-child")):
        modules, dark = runs(made.link)
        found = list(dark)
        assert min(column for column, _, _ in found) == QUIET
        assert max(column + length for column, _, length in found) == modules - QUIET
        assert (min(row for _, row, _ in found), max(row for _, row, _ in found)) == (QUIET, modules - QUIET - 1)
        assert 72 * 2**-0.5 / modules >= LEAST_MODULE_MM


def test_pictures_of_the_code() -> None:
    link = material(FULL).link
    assert codes_on(Image.open(io.BytesIO(picture(link, "png"))).convert("RGB")) == [link]
    assert b"<svg" in picture(link, "svg")


def test_whoever_makes_no_poster_does_not_load_what_draws_it() -> None:
    code = (
        "import sys, bot.cli.share, bot.web.staff.share_pages\nprint('fpdf' in sys.modules, 'pypdfium2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
