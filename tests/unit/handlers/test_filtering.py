"""A word typed below a long list narrows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.model import Agency, AgencyKind, Catalogue, LifeEvent, Tier
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply, Status
from handlers import card
from handlers.filtering import filtered
from tests.unit.handlers.example import catalogue, procedure, turn


def long_field(count: int = 12) -> Catalogue:
    """A field of several procedures about cows, one about a goat, and a situation in life with all of them."""
    added = {f"2.0000{n:02}": procedure(f"2.0000{n:02}", f"Nuôi bò {n}", field="dat-dai") for n in range(1, count + 1)}
    added["2.000099"] = procedure("2.000099", "Nuôi dê", field="dat-dai", label="Dê cái")
    data = catalogue((LifeEvent("animals", "Nuôi", tuple(added), group="Nuôi"),))
    return replace(data, procedures={**data.procedures, **added})


def whole(view: str) -> Choice:
    return Choice(view, "Xem cả danh sách")


FIELDS = Conversation(trail=("menu", "fi"))


def test_fields() -> None:
    outcome = filtered(turn("dat", conversation=FIELDS))
    assert outcome is not None
    assert outcome.reply == Reply(
        Status.BROWSED, "Có 1 mục đúng chữ anh/chị viết:", (Choice("fi:dat-dai", "Đất đai"), whole("fi"))
    )


def test_agencies_communes_too_those_that_begin_with_it_in_front() -> None:
    outcome = filtered(turn("BINH", conversation=Conversation(trail=("ag",))))
    assert outcome is not None
    assert outcome.reply.choices == (
        Choice("ag:H99.101", "Bình Minh"),
        Choice("ag:H99.100", "An Bình"),
        whole("ag"),
    )


def test_an_agency_of_which_nothing_is_published() -> None:
    data = catalogue()
    police = Agency("H99.police", "Công an tỉnh", None, AgencyKind.POLICE, "", ())
    data = replace(data, agencies={**data.agencies, police.code: police})
    residence = replace(data.procedures["1.000004"], tiers=frozenset({Tier.OTHER}))
    listed = replace(data, procedures={**data.procedures, residence.code: residence})
    outcome = filtered(turn("công an", conversation=Conversation(trail=("ag",)), data=listed))
    assert outcome is not None
    assert outcome.reply == Reply(
        Status.BROWSED,
        "Tôi chưa có danh sách riêng của Công an tỉnh. Anh/chị viết việc cần làm, hoặc chọn dưới đây.",
        (Choice("ol:tier:K", "Cơ quan khác (công an, thuế, bảo hiểm)"), whole("ag")),
    )
    without = filtered(turn("công an", conversation=Conversation(trail=("ag",)), data=data))
    assert without is not None
    assert without.reply.choices == (whole("ag"),)


@pytest.mark.parametrize("view", ["fi:dat-dai", "fi:dat-dai:2", "le:animals"])
def test_procedures_the_last_word_may_be_a_beginning(view: str) -> None:
    conversation = Conversation(trail=(view,))
    outcome = filtered(turn("nuoi b", conversation=conversation, data=long_field()))
    assert outcome is not None
    assert (outcome.reply.text, len(outcome.reply.choices), outcome.reply.choices[-1]) == (
        "Có 12 mục đúng chữ anh/chị viết, dưới đây là 7 mục đầu. Anh/chị viết thêm chữ để tìm tiếp.",
        8,
        whole(view),
    )


def test_one_that_is_shown_by_another_name_is_listed() -> None:
    outcome = filtered(turn("nuôi dê", conversation=Conversation(trail=("fi:dat-dai",)), data=long_field()))
    assert outcome is not None
    assert outcome.reply.choices == (Choice("tt:2.000099", "Dê cái"), whole("fi:dat-dai"))


def test_the_only_one_is_opened() -> None:
    given = turn("cai", conversation=Conversation(trail=("fi:dat-dai",)), data=long_field())
    assert filtered(given) == card.show(given, "2.000099")


def apart() -> Catalogue:
    """A field in which the same words stand beside each other, apart, across two names, and with other accents."""
    titles = (
        ("2.000001", "Đổi sổ đỏ", None),
        ("2.000002", "Quán ăn: sổ theo dõi, giấy đỏ", None),
        ("2.000003", "Cấp giấy chứng nhận lần đầu", "Sổ đỏ lần đầu"),
        ("2.000004", "Cấp lại sổ", "Đỏ và vàng"),
        ("2.000005", "Việc chưa chạy", None),
        ("2.000006", "Phòng cháy", None),
        ("2.000007", "Báo cháy", None),
        *((f"2.00001{n}", f"Việc khác {n}", None) for n in range(3)),
    )
    data = catalogue(())
    added = {code: procedure(code, title, field="khoang-san", label=label) for code, title, label in titles}
    return replace(data, procedures={**data.procedures, **added})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sổ đỏ", ["tt:2.000003", "tt:2.000001"]),
        ("SO DO", ["tt:2.000003", "tt:2.000001"]),
        ("sổ đ", ["tt:2.000003", "tt:2.000001"]),
        ("cháy", ["tt:2.000007", "tt:2.000006"]),
        ("chay", ["tt:2.000007", "tt:2.000006", "tt:2.000005"]),
    ],
)
def test_words_stand_beside_each_other_in_one_name_with_the_accents_that_were_typed(
    text: str, found: list[str]
) -> None:
    outcome = filtered(turn(text, conversation=Conversation(trail=("fi:khoang-san",)), data=apart()))
    assert outcome is not None
    assert [choice.id for choice in outcome.reply.choices] == [*found, "fi:khoang-san"]


@pytest.mark.parametrize("text", ["đỏ sổ", "quán đỏ", "so vang", "ổ đỏ", "sổ dọ"])
def test_words_that_stand_apart_are_a_question(text: str) -> None:
    assert filtered(turn(text, conversation=Conversation(trail=("fi:khoang-san",)), data=apart())) is None


@pytest.mark.parametrize("view", ["ol:field:dat-dai:unknown", "ol:field:dat-dai:unknown:2"])
def test_the_online_list(view: str) -> None:
    outcome = filtered(turn("bò 1", conversation=Conversation(trail=(view,)), data=long_field()))
    assert outcome is not None
    assert outcome.reply == Reply(
        Status.BROWSED,
        "Có 4 mục đúng chữ anh/chị viết:",
        (*(Choice(f"tt:2.0000{n:02}", f"Nuôi bò {n}") for n in (1, 10, 11, 12)), whole(view)),
    )


@pytest.mark.parametrize(
    ("text", "trail"),
    [
        ("bò", ()),
        ("bò", ("menu",)),
        ("bò", ("fi:nowhere",)),
        ("bò", ("le:nowhere",)),
        ("bò", ("ag:nowhere",)),
        ("lợn", ("fi:dat-dai",)),
        ("một hai ba bốn năm", ("fi:dat-dai",)),
        ("", ("fi:dat-dai",)),
        ("kết hôn", ("fi:ho-tich",)),
        ("bò", ("ol",)),
        ("bò", ("ol:field:dat-dai",)),
        ("bò", ("ol:field:nowhere:full",)),
        ("tách", ("ol:field:dat-dai:full",)),
    ],
)
def test_anything_else_is_a_question(text: str, trail: tuple[str, ...]) -> None:
    assert filtered(turn(text, conversation=Conversation(trail=trail), data=long_field())) is None
