"""How much of what is private is masked: the floor holds on made-up messages, and the measure sees what is missed."""

from __future__ import annotations

import pytest

from bot.dialogue.masking.addresses import AddressWords
from bot.dialogue.masking.named import NamedWords
from bot.dialogue.personal_data import Masker
from tests.benchmarks.bench_masking import Counted, Measure, main, measure, measured
from tests.benchmarks.private_messages import Message, leaks, loses, private_messages, public_messages
from tests.benchmarks.private_numbers import PRIVATE, PUBLIC


def test_the_floor_holds() -> None:
    found = measured(seed=20261122, of_each=250)
    assert found.misses() == []
    assert {kind: of.messages for kind, of in found.private.items()} == dict.fromkeys(PRIVATE, 250)
    assert {*PUBLIC, "procedure code", "question", "procedure's name"} == set(found.public)


def test_a_masker_that_knows_no_words_misses_the_floor() -> None:
    nothing = ("qqq",)
    blind = Masker(NamedWords(*[nothing] * 5), AddressWords(*[nothing] * 12), {})
    found = measure(blind, private_messages(1, 20, ["làm khai sinh"], ["1.001193"]), [])
    missed = {miss.split(":")[0] for miss in found.misses()}
    assert {"address", "one-time code", "dossier"} <= missed


def test_messages_are_the_same_for_a_seed() -> None:
    def made(seed: int) -> list[Message]:
        return [*private_messages(seed, 3, ["hỏi"], ["1.001193"]), *public_messages(seed, 3, ["hỏi"], ["1.001193"])]

    assert made(5) == made(5)
    assert made(5) != made(6)


@pytest.mark.parametrize(
    ("kind", "masked", "is_left"),
    [
        ("phone, mobile", "lớp 5 gọi", False),
        ("phone, mobile", "lớp 5 gọi 5", True),
        ("phone, mobile", "lớp gọi 0912", True),
        ("e-mail", "lan@", True),
        ("e-mail", "lan a còng", True),
        ("e-mail", "lớp 5", False),
    ],
)
def test_what_is_left(kind: str, masked: str, is_left: bool) -> None:
    assert leaks(Message("", kind, "lớp 5 gọi "), masked) is is_left


def test_what_is_lost() -> None:
    message = Message("Theo 12/QĐ-UBND", "decision or law", "", ("12/QĐ-UBND",))
    assert (loses(message, "theo 12/qđ-ubnd"), loses(message, "theo QĐ-UBND")) == (False, True)


def test_what_is_missed_is_said_by_kind() -> None:
    message = Message("a@b.vn", "e-mail", "")
    lost = Counted(messages=1000, lost=[message])
    public = {"procedure code": Counted(10_000, [message])}
    assert Measure({"e-mail": lost, "phone": Counted(100, [message])}, public).misses() == [
        "phone: recall 99.00%",
        "e-mail: 1 codes or decisions lost",
        "procedure code: 1 masked",
    ]


def test_the_table_and_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--of-each", "5"]) == 0
    told = capsys.readouterr().out
    assert [line.split("  ")[0] for line in told.splitlines() if line.startswith(tuple(PRIVATE))] == list(PRIVATE)
