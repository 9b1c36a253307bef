"""What is related to a procedure: what comes next, and its family."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.choices import RelatedChoice, StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome
from handlers import choice_expired
from handlers.related import has_relatives, related
from tests.unit.handlers.example import catalogue, procedure, turn


def test_what_comes_next() -> None:
    waiting = (Choice("tt:1.000006", "Kết hôn"),)
    given = turn(target=RelatedChoice("1.000001"), conversation=Conversation(waiting=waiting))
    assert related(given) == Outcome(
        Reply(
            Status.BROWSED,
            "Liên quan đến Đăng ký khai sinh:\nThường cần làm tiếp: Đăng ký thường trú.",
            (Choice("tt:1.000004", "Đăng ký thường trú"), Choice("tt:1.000001", "Về thủ tục này")),
            codes=("1.000001",),
        ),
        waiting,
        procedure="1.000001",
    )


def test_the_family_with_what_tells_each_apart() -> None:
    codes = [f"2.00000{n}" for n in range(1, 10)]
    twins = {
        code: procedure(code, "Đăng ký lại khai tử", label=f"Lại khai tử {code}", difference=f"Lần {code}.")
        for code in codes
    }
    data = catalogue()
    given = turn(target=RelatedChoice("2.000001"), data=replace(data, procedures={**data.procedures, **twins}))
    reply = related(given).reply
    shown = codes[1:8]
    assert reply.text.splitlines() == [
        "Liên quan đến Đăng ký lại khai tử:",
        "Cùng loại, dễ nhầm:",
        *(f"• Lại khai tử {code}. Lần {code}." for code in shown),
    ]
    assert reply.choices == (
        *(Choice(f"tt:{code}", f"Lại khai tử {code}") for code in shown),
        Choice("tt:2.000001", "Về thủ tục này"),
    )


def test_who_has_relatives() -> None:
    assert [has_relatives(turn(), code) for code in ("1.000001", "1.000003", "1.000007")] == [True, True, False]


@pytest.mark.parametrize("target", [RelatedChoice("1.000007"), RelatedChoice("9.999999"), StartChoice()])
def test_without_relatives_it_is_an_expired_choice(target: RelatedChoice | StartChoice) -> None:
    given = turn(target=target)
    assert related(given) == choice_expired.expired(given)
