"""Materials, the text for a group and the text for the loudspeaker, over all that is shipped."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.catalog.editorial import Editorial, Hiding
from bot.catalog.model import Removal
from bot.dialogue.signed_links import ShareLink
from bot.operations.sharing.as_said import syllables
from bot.operations.sharing.at_home import at_home
from bot.operations.sharing.material import Material, Wanted, Wrong, make_material
from bot.operations.sharing.message import MOST_CHARS, message
from bot.operations.sharing.spoken import MOST_SECONDS, SYLLABLES_A_SECOND, Spoken, spoken
from bot.operations.sharing.targets import Kind, Target, named_target
from handlers.stages import Stage
from tests.unit.operations.sharing.samples import (
    COMMUNE,
    DIFFERS,
    FULL,
    LISTED,
    LONGEST,
    PARTIAL,
    PUBLIC,
    SIGNER,
    UNKNOWN,
    all_materials,
    house,
    material,
)
from tests.unit.shipped import shipped_catalogue


def test_what_is_made_of_a_service() -> None:
    made = material(FULL, is_on_zalo=True)
    assert made == Material(
        target=Target(Kind.PROCEDURE, FULL),
        link=f"{PUBLIC}/s/{SIGNER.share_id(ShareLink('1001193', 12, COMMUNE.statistics_code))}",
        code=FULL,
        names=("Đăng ký khai sinh", "Khai sinh: đăng ký lần đầu"),
        can="Làm được toàn bộ tại nhà, trên mạng, bằng tài khoản VNeID.",
        few="Làm được toàn bộ trên mạng",
        stage=Stage.FULL,
        notes=(),
        team="Tổ công nghệ số cộng đồng thôn Trung Thắng",
        commune="xã Cẩm Xuyên",
        centre="Trung tâm Phục vụ hành chính công xã Cẩm Xuyên",
        assistant="Một Cửa Hà Tĩnh",
        about="Một Cửa Hà Tĩnh: trợ lý tự động của Ủy ban nhân dân tỉnh Hà Tĩnh.",
        zalo="Một Cửa Hà Tĩnh",
        as_of=date(2026, 10, 3),
        language="vi",
    )


@pytest.mark.parametrize(
    ("code", "stage"),
    [
        (FULL, Stage.FULL),
        (PARTIAL, Stage.PARTIAL),
        (DIFFERS, Stage.DIFFERS),
        (UNKNOWN, Stage.UNKNOWN),
        (LISTED, Stage.LISTED),
    ],
)
def test_no_more_is_promised_than_is_published(code: str, stage: Stage) -> None:
    assert material(code).stage is stage


def test_every_link_is_one_of_ours_and_says_what_is_shared() -> None:
    wanted = [(made.link, ShareLink(made.target.in_link, 12, COMMUNE.statistics_code)) for made in all_materials()]
    assert [SIGNER.share_link(link.removeprefix(f"{PUBLIC}/s/")) for link, _ in wanted] == [said for _, said in wanted]


@pytest.mark.parametrize(
    ("written", "target"),
    [
        ("1.001193", Target(Kind.PROCEDURE, "1.001193")),
        ("1001193", Target(Kind.PROCEDURE, "1.001193")),
        ("mã 1.001193.H27", Target(Kind.PROCEDURE, "1.001193")),
        ("having-a-child", Target(Kind.EVENT, "having-a-child")),
        ("sinh con, nuoi con nho", Target(Kind.EVENT, "having-a-child")),
        ("e-having-a-child", Target(Kind.EVENT, "having-a-child")),
        ("ho-tich", Target(Kind.FIELD, "ho-tich")),
        ("Hộ tịch", Target(Kind.FIELD, "ho-tich")),
        ("f-ho-tich", Target(Kind.FIELD, "ho-tich")),
        ("e-ho-tich", None),
        ("9.999999", None),
        ("", None),
        ("không có", None),
    ],
)
def test_what_is_named(written: str, target: Target | None) -> None:
    assert named_target(shipped_catalogue(), written) == target


def test_a_replaced_code_is_shared_as_todays() -> None:
    catalogue = shipped_catalogue()
    old = next(code for code, one in catalogue.procedures.items() if one.superseded_by in catalogue.procedures)
    found = named_target(catalogue, old)
    assert found is not None
    assert (found.id != old, catalogue.procedures[found.id].superseded_by) == (True, None)


def test_every_target_of_the_catalogue_can_stand_in_a_link() -> None:
    catalogue = shipped_catalogue()
    targets = [Target(Kind.EVENT, event.id) for event in catalogue.life_events]
    targets += [Target(Kind.FIELD, field_id) for field_id in catalogue.fields]
    links = [ShareLink(target.in_link) for target in targets]
    assert [SIGNER.share_link(SIGNER.share_id(link)) for link in links] == links
    assert [named_target(catalogue, target.in_link) for target in targets] == targets


def test_what_is_removed_or_hidden_is_not_shared() -> None:
    whole = house()
    target, gone = Target(Kind.PROCEDURE, FULL), Removal(date(2026, 11, 1), "")
    procedures = {FULL: replace(whole.catalogue.procedures[FULL], removal=gone)}
    removed = replace(whole, catalogue=replace(whole.catalogue, procedures=procedures))
    hiding = Editorial(hidings=(Hiding(FULL, "đang sửa", date(2026, 11, 1)),))
    hidden = replace(whole, catalogue=replace(whole.catalogue, editorial=hiding))
    assert make_material(removed, Wanted(target)) is Wrong.REMOVED
    assert make_material(hidden, Wanted(target)) is Wrong.HIDDEN


def test_hidden_at_one_commune_it_is_shared_at_the_others() -> None:
    whole, target = house(), Target(Kind.PROCEDURE, FULL)
    hiding = Editorial(hidings=(Hiding(FULL, "đang sửa", date(2026, 11, 1), COMMUNE.agency_code),))
    hidden = replace(whole, catalogue=replace(whole.catalogue, editorial=hiding))
    assert make_material(hidden, Wanted(target, commune=COMMUNE)) is Wrong.HIDDEN
    everywhere = make_material(hidden, Wanted(target))
    assert isinstance(everywhere, Material)
    # It may hang where it is hidden.
    assert everywhere.stage is Stage.DIFFERS
    elsewhere = next(one for one in whole.catalogue.communes.values() if one != COMMUNE)
    there = make_material(hidden, Wanted(target, commune=elsewhere))
    assert isinstance(there, Material)
    assert there.stage is Stage.FULL


@pytest.mark.parametrize(
    ("code", "commune", "stage"),
    [
        ("1.014231", "Cẩm Xuyên", Stage.FULL),
        ("1.014231", "Trần Phú", Stage.DIFFERS),
        ("1.014231", None, Stage.DIFFERS),
        ("1.011441", "Cẩm Xuyên", Stage.DIFFERS),
        ("1.014746", "Cẩm Xuyên", Stage.FULL),
    ],
)
def test_nothing_is_told_where_the_list_does_not_name_the_body(code: str, commune: str | None, stage: Stage) -> None:
    """Of 69 communes one has no service of the first, of twelve branches two have none of the second."""
    known = shipped_catalogue()
    place = next((one for one in known.communes.values() if one.name == commune), None)
    assert at_home(known, known.procedures[code], place).stage is stage


def test_the_text_for_a_group() -> None:
    made = material(FULL)
    assert message(made) == "\n".join(
        (
            "Đăng ký khai sinh",
            "",
            "Làm được toàn bộ tại nhà, trên mạng, bằng tài khoản VNeID.",
            "",
            "Bấm vào dòng dưới để xem cách làm. Xem thì không cần tài khoản:",
            made.link,
            "",
            "Tổ công nghệ số cộng đồng thôn Trung Thắng, xã Cẩm Xuyên",
            "Một Cửa Hà Tĩnh: trợ lý tự động của Ủy ban nhân dân tỉnh Hà Tĩnh.",
            "Mã thủ tục 1.001193. Dữ liệu ngày 3/10/2026.",
        )
    )


def test_whose_it_is_begins_with_a_capital() -> None:
    made = material(FULL)
    assert replace(made, team="").whose == ("Xã Cẩm Xuyên",)
    assert replace(made, team="thôn 3").whose == ("Thôn 3", "xã Cẩm Xuyên")
    assert replace(made, team="", commune="").whose == ()


def test_every_text_for_a_group_is_one_message_with_its_link_alone_on_a_line() -> None:
    wrong = [
        made.code
        for made in all_materials()
        if len(message(made)) > MOST_CHARS or message(made).split("\n").count(made.link) != 1
    ]
    assert wrong == []


def test_the_text_for_the_loudspeaker() -> None:
    said = (
        "Thưa bà con xã Cẩm Xuyên. Xin báo bà con về thủ tục đăng ký khai sinh. Làm được toàn bộ tại nhà, trên mạng, "
        "bằng tài khoản vê en e ai đi. Muốn biết cách làm, bà con quét mã trên tờ dán, hoặc ra Trung tâm Phục vụ "
        "hành chính công xã Cẩm Xuyên để hỏi. Bà con hỏi theo mã cũng được, mã là một, chấm, không không một, một "
        "chín ba. Thông tin này tính đến ngày mồng ba tháng mười năm hai nghìn không trăm hai mươi sáu. "
        "Xin cảm ơn bà con."
    )
    assert spoken(material(FULL)) == Spoken(said, round(len(said.split()) / SYLLABLES_A_SECOND, 1))


def test_whoever_has_zalo_is_told_of_it() -> None:
    said = spoken(material("having-a-child", is_bare=True, is_on_zalo=True)).text
    assert said == (
        "Thưa bà con. Xin báo bà con về việc sinh con, nuôi con nhỏ. Ở nhà vẫn xem được cần làm thủ tục nào, việc "
        "nào làm được trên mạng. Muốn biết cách làm, bà con mở Zalo, tìm Một Cửa Hà Tĩnh, rồi nhắn tên việc cần làm. "
        "Hoặc ra Trung tâm Phục vụ hành chính công để hỏi. Thông tin này tính đến ngày mồng ba tháng mười năm hai "
        "nghìn không trăm hai mươi sáu. Xin cảm ơn bà con."
    )


def test_a_name_too_long_to_be_read_out_says_so_and_ends_between_words() -> None:
    made = material(LONGEST)
    said = spoken(made).text
    name = said.partition("Thủ tục ")[2].partition(". ")[0]
    assert made.names[0].lower().startswith(name.lower())
    assert "Tên thủ tục còn dài, bà con xem đủ trên trang của thủ tục." in said


def test_all_that_is_read_out_is_short_and_nothing_but_words() -> None:
    """Of every procedure in force: 45 seconds at most, no digit, sign, link or abbreviation."""
    wrong = {}
    for made in all_materials():
        said = spoken(made)
        if syllables(said.text) > MOST_SECONDS * SYLLABLES_A_SECOND or said.seconds > MOST_SECONDS:
            wrong[made.code] = said.text
        if re.search(r"[^\w\s.,?!]|\d|_|[A-ZĐ]{2}|http", said.text):
            wrong[made.code] = said.text
    assert wrong == {}
