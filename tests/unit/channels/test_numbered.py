from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.numbered import numbered
from bot.dialogue.messages import Choice, Link, Reply, Status

LIMIT = 120
WORD = st.text("abcđêáơ.:!0", min_size=1, max_size=12)
WORDS = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
TEXTS = st.lists(WORDS, max_size=12).map("\n".join) | st.lists(WORDS, max_size=12).map("\n\n".join)
LINKS = st.builds(Link, WORDS, st.text("abc/", max_size=40).map("https://vi.example/".__add__)).filter(
    lambda link: len(link.label) < 40
)
CHOICES = st.builds(Choice, st.just("start"), WORDS.filter(lambda label: len(label) < LIMIT - 20))
REPLIES = st.builds(
    Reply,
    st.just(Status.ANSWERED),
    TEXTS,
    st.lists(CHOICES, max_size=12).map(tuple),
    st.lists(LINKS, max_size=4).map(tuple),
)


def reply(text: str, choices: tuple[str, ...] = (), links: tuple[Link, ...] = ()) -> Reply:
    return Reply(Status.ASKED_BACK, text, tuple(Choice("start", label) for label in choices), links)


@pytest.mark.parametrize(
    ("given_reply", "expected"),
    [
        (reply("Chào."), ("Chào.",)),
        (reply("Việc nào?", ("Khai sinh", "Về đầu")), ("Việc nào?\n\n1. Khai sinh\n2. Về đầu",)),
        (reply("Nộp ở đây.", (), (Link("Cổng", "https://a.vn"),)), ("Nộp ở đây.\n\nCổng: https://a.vn",)),
        (
            reply("Nộp ở đây.", ("Về đầu",), (Link("Cổng", "https://a.vn"), Link("Xã", "https://b.vn"))),
            ("Nộp ở đây.\n\nCổng: https://a.vn\nXã: https://b.vn\n\n1. Về đầu",),
        ),
        (reply("Việc nào?", ("Khai\nsinh  lại",)), ("Việc nào?\n\n1. Khai sinh lại",)),
        (reply("", ("Khai sinh",)), ("1. Khai sinh",)),
        (
            replace(reply("Việc nào?", ("Khai sinh", "Về đầu")), heading="Nhắn số:"),
            ("Việc nào?\n\nNhắn số:\n1. Khai sinh\n2. Về đầu",),
        ),
    ],
)
def test_short_replies_are_one_message(given_reply: Reply, expected: tuple[str, ...]) -> None:
    assert numbered(given_reply, 2000) == expected


def test_choices_stay_together() -> None:
    """They would fit in part below the text, but a list in two messages is hard to choose from."""
    labels = ("a" * 20, "b" * 20, "c" * 20)
    assert numbered(reply("x" * 80, labels), LIMIT) == (
        f"{'x' * 80}\n(1/2)",
        f"1. {'a' * 20}\n2. {'b' * 20}\n3. {'c' * 20}\n(2/2)",
    )


def test_a_list_longer_than_a_message_breaks_between_lines() -> None:
    labels = tuple(letter * 50 for letter in "abc")
    assert numbered(reply("Việc nào?", labels), LIMIT) == (
        f"Việc nào?\n\n1. {'a' * 50}\n(1/2)",
        f"2. {'b' * 50}\n3. {'c' * 50}\n(2/2)",
    )


def test_letters_are_counted_as_one_sees_them() -> None:
    text = unicodedata.normalize("NFD", "ế" * LIMIT)
    assert numbered(reply(text), LIMIT) == ("ế" * LIMIT,)


@given(REPLIES)
def test_nothing_is_lost_or_torn(given_reply: Reply) -> None:
    parts = numbered(given_reply, LIMIT)
    bodies = [part.rpartition("\n(")[0] for part in parts] if len(parts) > 1 else list(parts)
    assert [len(part) for part in parts if len(part) > LIMIT] == []
    lines = [f"{link.label}: {link.url}" for link in given_reply.links]
    lines += [f"{number}. {choice.label}" for number, choice in enumerate(given_reply.choices, start=1)]
    assert "".join(" ".join(bodies).split()) == "".join(" ".join([given_reply.text, *lines]).split())
    written = [line for body in bodies for line in body.split("\n") if line]
    assert written[len(written) - len(lines) :] == lines
