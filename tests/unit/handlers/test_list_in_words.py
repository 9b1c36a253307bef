"""Lists asked for in words: which part is meant, all of it or what is online, and what stays a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.lexicon_model import Lexicon, Rewrite
from bot.catalog.model import Agency, AgencyKind, Catalogue, Field, LifeEvent, OnlineLevel
from bot.dialogue.choice_ids import parse
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply, Status
from bot.search.model import SearchResult
from handlers.browse import agency, field
from handlers.list_in_words import list_in_words
from handlers.online_list import online_list
from tests.unit.handlers.example import asked_back, catalogue, procedure, service, turn

AGAIN = Choice("start", "Việc khác")
_DEPARTMENTS = (
    Agency("H99.07", "Sở Việc và Người", None, AgencyKind.DEPARTMENT, "", ("Sở Người; nay gọi khác", "Sở Cũ (người)")),
    Agency("H99.08", "Sở Học", None, AgencyKind.DEPARTMENT, "", ("Sở Học", "Sở Cũ (học)", "Ban Học")),
)


def data() -> Catalogue:
    """Beside the example: two departments that were merged of others, and fields named like words around a name."""
    given = catalogue()
    fields = {
        "viec-lam": Field("viec-lam", "Việc làm", official=True, name_en="Jobs"),
        "thue": Field("thue", "Thuế đất", official=True, name_en=""),
    }
    added = {
        "2.000001": procedure("2.000001", "Tìm việc", field="viec-lam"),
        "2.000002": procedure("2.000002", "Nộp thuế", field="thue"),
    }
    return replace(
        given,
        agencies={**given.agencies, **{each.code: each for each in _DEPARTMENTS}},
        fields={**given.fields, **fields},
        procedures={**given.procedures, **added},
        services={
            **given.services,
            "2.000001": (service("2.000001", "H99.07", OnlineLevel.FULL),),
            "2.000002": (service("2.000002", "H99.08", OnlineLevel.PARTIAL),),
        },
        lexicon=Lexicon((), (Rewrite("sở đđ", "former_name", ("sở đất đai",), (), ()),), (), (), ()),
    )


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("danh sách toàn trình lĩnh vực hộ tịch", "ol:field:ho-tich"),
        ("Lĩnh vực Đất đai", "fi:dat-dai"),
        ("linh vuc dat dai", "fi:dat-dai"),
        ("cho tôi xem danh sách thủ tục hộ tịch với ạ", "fi:ho-tich"),
        ("hộ tịch có những thủ tục nào làm được qua mạng", "ol:field:ho-tich"),
        ("lĩnh vực việc làm", "fi:viec-lam"),
        ("khoáng sản", "fi:khoang-san"),
        ("Sở Đất đai", "ag:H99.05"),
        ("so dat dai", "ag:H99.05"),
        ("sở đđ", "ag:H99.05"),
        ("H99.05", "ag:H99.05"),
        ("h99.05 có bao nhiêu thủ tục trực tuyến", "ol:agency:H99.05"),
        ("dvc toàn trình sở đất đai", "ol:agency:H99.05"),
        ("sở đất đai có làm online được không", "ol:agency:H99.05"),
        ("sở việc và", "ag:H99.07"),
        ("xã an bình có bao nhiêu thủ tục toàn trình", "ol:agency:H99.100"),
        ("thủ tục qua mạng ở cửa lò", "ol:agency:H99.102"),
        ("xã an bình có những thủ tục nào", "ag:H99.100"),
        ("danh sách thủ tục một phần của ubnd xã bình minh", "ol:agency:H99.101"),
        ("lĩnh vực thuế", "fi:thue"),
    ],
)
def test_the_view_of_the_part_that_is_named(text: str, view: str) -> None:
    target = parse(view)
    handler = {"ol": online_list, "fi": field, "ag": agency}[view[:2]]
    given = turn(text, data=data())
    assert list_in_words(given) == replace(handler(replace(given, text="", target=target)), view=target)


@pytest.mark.parametrize(
    ("text", "view"),
    [
        ("list of fully online services in An Binh commune", "ol:agency:H99.100"),
        ("which procedures in the field of land can be done online", "ol:field:dat-dai"),
        ("list of civil status procedures", "fi:ho-tich"),
    ],
)
def test_in_english(text: str, view: str) -> None:
    outcome = list_in_words(turn(text, data=data(), language="en"))
    assert outcome is not None
    assert str(outcome.view) == view


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("ban học", "Ban Học cũ nay thuộc Sở Học.\nSở Học: 1 việc."),
        ("danh sách thủ tục xã núi", "Xã Núi cũ nay thuộc xã An Bình.\nAn Bình: 3 việc."),
    ],
)
def test_a_former_name_is_told_to_be_one(text: str, note: str) -> None:
    outcome = list_in_words(turn(text, data=data()))
    assert outcome is not None
    assert outcome.reply.text == note


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        (
            "sở cũ toàn trình",
            Reply(
                Status.ASKED_BACK,
                "Sở Cũ cũ nay chia cho mấy nơi. Anh/chị xem nơi nào?",
                (
                    Choice("ol:agency:H99.07", "Sở Việc và Người: người"),
                    Choice("ol:agency:H99.08", "Sở Học: học"),
                    AGAIN,
                ),
            ),
        ),
        (
            "danh sách thủ tục xã đồi",
            Reply(
                Status.ASKED_BACK,
                "Xã Đồi cũ nay chia cho mấy nơi. Anh/chị xem nơi nào?",
                (Choice("ag:H99.100", "Xã An Bình"), Choice("ag:H99.101", "Xã Bình Minh"), AGAIN),
            ),
        ),
        (
            "lĩnh vực đất",
            Reply(
                Status.ASKED_BACK,
                "Có hơn một danh sách như thế. Anh/chị xem danh sách nào?",
                (Choice("fi:dat-dai", "Đất đai"), Choice("fi:thue", "Thuế đất"), AGAIN),
            ),
        ),
    ],
)
def test_where_several_lists_are_meant_the_person_chooses(text: str, reply: Reply) -> None:
    outcome = list_in_words(turn(text, data=data()))
    assert outcome is not None
    assert (outcome.reply, outcome.view) == (reply, None)


def test_many_fields_are_chosen_from_with_a_way_to_all_of_them() -> None:
    given = data()
    fields = {f"rung-{n}": Field(f"rung-{n}", f"Rừng {n}", official=True, name_en="") for n in range(9)}
    added = {f"3.00000{n}": procedure(f"3.00000{n}", f"Việc {n}", field=f"rung-{n}") for n in range(9)}
    given = replace(given, fields={**given.fields, **fields}, procedures={**given.procedures, **added})
    outcome = list_in_words(turn("lĩnh vực rừng", data=given))
    assert outcome is not None
    assert [choice.id for choice in outcome.reply.choices] == [*(f"fi:rung-{n}" for n in range(6)), "fi", "start"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đăng ký khai sinh ở xã an bình",
        "xã an bình",
        "An Bình",
        "thủ tục xã an bình",
        "sở đất đai ở đâu",
        "sở đất đai làm việc mấy giờ",
        "sở đất đai có làm việc không",
        "những việc làm được trên mạng",
        "việc làm",
        "thuê đất",
        "sổ đất đai",
        "lĩnh vực",
        "lĩnh vực đá",
        "lĩnh vực ai",
        "danh sách toàn trình",
        "danh sách toàn trình xã đâu đâu",
        "văn phòng đăng ký đất đai",
        "ạ " * 16 + "sở đất đai",
    ],
)
def test_anything_else_is_a_question(text: str) -> None:
    assert list_in_words(turn(text, data=data())) is None


@pytest.mark.parametrize("text", ["hộ tịch", "hộ tịch qua mạng", "hộ tịch có toàn trình không", "thủ tục hộ tịch"])
def test_a_field_that_the_search_knows_as_procedures_stays_a_question(text: str) -> None:
    table = {text: SearchResult((asked_back("1.000001", "1.000006"),))}
    assert list_in_words(turn(text, data=data(), table=table)) is None


def test_a_situation_in_life_of_that_name_comes_first() -> None:
    given = data()
    events = (*given.life_events, LifeEvent("mine", "Khoáng sản, đá", ("1.000002",)))
    assert list_in_words(turn("khoáng sản", data=replace(given, life_events=events))) is None


def test_after_a_card_a_place_and_online_are_about_its_procedure() -> None:
    after = Conversation(procedure="1.000001")
    assert list_in_words(turn("xã an bình có làm online được không", conversation=after, data=data())) is None
    listed = list_in_words(turn("xã an bình có thủ tục nào làm online được", conversation=after, data=data()))
    assert listed is not None
    assert str(listed.view) == "ol:agency:H99.100"
