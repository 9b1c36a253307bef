"""A word typed below a long list narrows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.model import Catalogue, LifeEvent
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


def test_agencies_communes_too() -> None:
    outcome = filtered(turn("BINH", conversation=Conversation(trail=("ag",))))
    assert outcome is not None
    assert outcome.reply.choices == (
        Choice("ag:H99.100", "An Bình"),
        Choice("ag:H99.101", "Bình Minh"),
        whole("ag"),
    )


@pytest.mark.parametrize("view", ["fi:dat-dai", "fi:dat-dai:2", "le:animals"])
def test_procedures_by_the_beginnings_of_their_words(view: str) -> None:
    conversation = Conversation(trail=(view,))
    outcome = filtered(turn("bo nuo", conversation=conversation, data=long_field()))
    assert outcome is not None
    assert (outcome.reply.text, len(outcome.reply.choices), outcome.reply.choices[-1]) == (
        "Có 12 mục đúng chữ anh/chị viết, dưới đây là 7 mục đầu. Viết thêm chữ để lọc tiếp.",
        8,
        whole(view),
    )


def test_the_only_one_is_opened() -> None:
    given = turn("cai", conversation=Conversation(trail=("fi:dat-dai",)), data=long_field())
    assert filtered(given) == card.show(given, "2.000099")


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
    ],
)
def test_anything_else_is_a_question(text: str, trail: tuple[str, ...]) -> None:
    assert filtered(turn(text, conversation=Conversation(trail=trail), data=long_field())) is None
