"""A reply survives being put away as JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.messages import Choice, Forward, Link, Reply, Status

TEXTS = st.text()
REPLIES = st.builds(
    Reply,
    st.sampled_from(Status),
    TEXTS,
    st.lists(st.builds(Choice, TEXTS, TEXTS), max_size=4).map(tuple),
    st.lists(st.builds(Link, TEXTS, TEXTS, TEXTS), max_size=4).map(tuple),
    st.lists(TEXTS, max_size=4).map(tuple),
    st.booleans(),
    TEXTS,
    st.none() | st.binary(),
    st.none() | st.builds(Forward, TEXTS, TEXTS),
)


@given(REPLIES)
def test_what_was_put_away_comes_back_the_same(reply: Reply) -> None:
    assert Reply.from_json(reply.to_json()) == reply


def test_how_it_is_put_away() -> None:
    reply = Reply(Status.ANSWERED, "Đăng ký", (Choice("start", "Về đầu"),), (Link("Mở", "https://x.test"),), ("1.1",))
    assert json.loads(reply.to_json()) == {
        "status": "answered",
        "text": "Đăng ký",
        "choices": [["start", "Về đầu"]],
        "links": [["Mở", "https://x.test", ""]],
        "codes": ["1.1"],
        "turns_page": False,
        "heading": "",
        "picture": None,
        "forward": None,
    }
    assert "Đăng ký" in reply.to_json()


def test_what_an_older_version_put_away_is_read() -> None:
    old = '{"status": "helped", "text": "Vâng.", "choices": [], "links": [], "codes": [], "turns_page": false}'
    assert Reply.from_json(old) == Reply(Status.HELPED, "Vâng.")
