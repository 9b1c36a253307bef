from __future__ import annotations

import pytest

from bot.catalog.lexicon_model import Alias
from bot.search.fold import make_tokens
from bot.search.wordings import Doc, Wording, collect_docs, core_title, without_heading
from tests.unit.search.samples import catalogue, procedure


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("Đăng ký khai sinh", None),
        (
            "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan có thẩm quyền cấp",
            "Chứng thực bản sao từ bản chính giấy tờ",
        ),
        (
            "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ",
            "Cấp giấy phép xây dựng mới",
        ),
        ("Thủ tục cấp lại (trường hợp bị mất, bị hỏng hoặc sai sót) giấy chứng nhận", None),
    ],
)
def test_the_head_of_a_long_title(title: str, core: str | None) -> None:
    assert core_title(title) == core


def test_the_heading_is_left_out() -> None:
    assert without_heading(make_tokens("Thủ tục đăng ký")) == make_tokens("đăng ký")
    assert without_heading(make_tokens("Thủ tục")) == make_tokens("Thủ tục")


def test_every_wording_of_a_catalogue() -> None:
    rows = [procedure("1.000001", "Cấp thẻ"), procedure("1.000002", "Cấp lại thẻ", superseded_by="1.000001")]
    sample = catalogue(rows, aliases=[Alias("làm thẻ", ("1.000001", "1.000002", "9.999999"))])
    codes, docs = collect_docs(sample, make_tokens)
    assert codes == ("1.000001",)
    assert docs == [
        Doc(0, Wording.TITLE, make_tokens("cấp thẻ"), written=make_tokens("cấp thẻ")),
        Doc(0, Wording.ALIAS, make_tokens("làm thẻ")),
    ]


def test_a_head_that_is_another_title_is_not_a_wording() -> None:
    special = "Cấp giấy phép xây dựng mới đối với công trình cấp III, cấp IV và nhà ở riêng lẻ"
    rows = [procedure("1.000001", "Cấp giấy phép xây dựng mới"), procedure("1.000002", special)]
    _, docs = collect_docs(catalogue(rows, aliases=()), make_tokens)
    assert [(doc.procedure, doc.wording) for doc in docs] == [(0, Wording.TITLE), (1, Wording.TITLE)]


def test_an_alias_of_several_codes_names_its_rivals_in_order() -> None:
    rows = [procedure("1.000001", "Cấp thẻ"), procedure("1.000002", "Đổi thẻ")]
    _, docs = collect_docs(catalogue(rows, aliases=[Alias("mất thẻ", ("1.000002", "1.000001"))]), make_tokens)
    assert [(doc.procedure, doc.rivals, doc.place) for doc in docs if doc.wording is Wording.ALIAS] == [
        (0, ("1.000002",), 1),
        (1, ("1.000001",), 0),
    ]
