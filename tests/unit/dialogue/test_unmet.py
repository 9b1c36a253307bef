"""Which searches that led nowhere are kept, and that nothing of a person is among them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.dialogue.choices import Opinion
from bot.dialogue.messages import Reply, Status
from bot.dialogue.turn import Outcome
from bot.dialogue.unmet import MANY_DIGITS, MOST_CHARS, MOST_WORDS, LastWords, unfound
from bot.search.fold import fold
from bot.store.interface import Unfound, Unmet

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
FOUND = Outcome(Reply(Status.ANSWERED, ""))
NOT_FOUND = Outcome(Reply(Status.NOT_FOUND, ""))
NO = Outcome(Reply(Status.HELPFULNESS, ""), opinion=Opinion.NO)
WORDS = st.text(alphabet="aăđêư bcg./-–()", max_size=3)


def test_what_is_kept_of_a_search() -> None:
    assert unfound("Giấy Xyz", Unmet.NOT_FOUND, NOW) == Unfound(NOW, "Giấy Xyz", "giay xyz", Unmet.NOT_FOUND)


@pytest.mark.parametrize(
    ("words", "is_kept"),
    [
        ("a" * MOST_CHARS, True),
        ("a" * (MOST_CHARS + 1), False),
        (" ".join(["an"] * MOST_WORDS), True),
        (" ".join(["an"] * (MOST_WORDS + 1)), False),
        ("mẫu 02", True),
        ("mẫu 2026", True),
        ("mẫu 12345", False),
        ("mẫu 12.345", False),
        ("mẫu 1 2 3 4 5", False),
        ("mẫu 1-2-3", True),
        ("An sinh 2/9/1945", False),
        ("", False),
        ("?!", False),
    ],
)
def test_short_and_without_long_numbers(words: str, *, is_kept: bool) -> None:
    assert (unfound(words, Unmet.NOT_FOUND, NOW) is not None) == is_kept


@given(st.lists(st.sampled_from("0123456789٣३"), min_size=MANY_DIGITS, max_size=12), st.data())
def test_words_with_five_digits_are_never_kept(digits: list[str], data: st.DataObject) -> None:
    words = "".join(data.draw(WORDS) + digit for digit in digits)
    assert unfound(words, Unmet.UNHELPFUL, NOW) is None


@given(st.text(max_size=100))
def test_never_more_than_what_was_written(words: str) -> None:
    kept = unfound(words, Unmet.NOT_FOUND, NOW)
    assume(kept is not None)
    assert kept == Unfound(NOW, words, fold(words), Unmet.NOT_FOUND)
    assert len(words) <= MOST_CHARS


def test_what_found_nothing_is_kept_at_once_and_no_second_time() -> None:
    last = LastWords()
    assert last.note("p", "giấy xyz", NOT_FOUND, NOW) == Unfound(NOW, "giấy xyz", "giay xyz", Unmet.NOT_FOUND)
    assert last.note("p", "", NO, NOW) is None


def test_what_was_answered_is_kept_only_if_it_did_not_help() -> None:
    last, later = LastWords(), NOW + timedelta(minutes=59)
    assert last.note("p", "khai sinh", FOUND, NOW) is None
    assert last.note("p", "", NO, later) == Unfound(later, "khai sinh", "khai sinh", Unmet.UNHELPFUL)
    assert last.note("p", "", NO, later) is None


@pytest.mark.parametrize("opinion", [opinion for opinion in Opinion if opinion is not Opinion.NO])
def test_only_no_means_that_it_did_not_help(opinion: Opinion) -> None:
    last = LastWords()
    last.note("p", "khai sinh", FOUND, NOW)
    assert last.note("p", "", Outcome(NO.reply, opinion=opinion), NOW) is None


@pytest.mark.parametrize(
    "between",
    [("p", "", FOUND, NOW), ("p", "", Outcome(FOUND.reply, erase=True), NOW), ("p", "x y", NOT_FOUND, NOW)],
)
def test_whatever_came_between_is_what_did_not_help(between: tuple[str, str, Outcome, datetime]) -> None:
    last = LastWords()
    last.note("p", "khai sinh", FOUND, NOW)
    last.note(*between)
    assert last.note("p", "", NO, NOW) is None


def test_words_are_forgotten_after_an_hour_and_are_their_owners() -> None:
    last = LastWords()
    last.note("p", "khai sinh", FOUND, NOW)
    assert last.note("q", "", NO, NOW) is None
    assert last.note("p", "", NO, NOW + timedelta(hours=1, seconds=1)) is None


def test_only_so_many_people_are_remembered_the_newest() -> None:
    last = LastWords()
    for number in range(10_001):
        last.note(str(number), "khai sinh", FOUND, NOW)
    kept = [last.note(person, "", NO, NOW) is not None for person in ("0", "1", "10000")]
    assert kept == [False, True, True]
