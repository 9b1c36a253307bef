from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.splitting import marked, pieces, split

LIMIT = 60
ROOM = 50
"""What is left of LIMIT in a message that is marked."""
LETTERS = "abcđêáơ.:!?;/(0)" + unicodedata.normalize("NFD", "ếặ")
LINK = "https://dichvucong.gov.vn/tt/1.001193"
WORDS = st.text(LETTERS, min_size=1, max_size=20) | st.just(LINK)
BLANKS = st.sampled_from([" ", "\n", "\n\n", "  "])
TEXTS = st.lists(st.tuples(WORDS, BLANKS), max_size=40).map(lambda pairs: "".join(map("".join, pairs)))


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def bodies(parts: tuple[str, ...]) -> list[str]:
    """The parts without their marks."""
    return [part.rpartition("\n(")[0] for part in parts] if len(parts) > 1 else list(parts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("",)),
        (" Chào anh/chị. \n", ("Chào anh/chị.",)),
        ("a" * LIMIT, ("a" * LIMIT,)),
        (unicodedata.normalize("NFD", "ế" * LIMIT), ("ế" * LIMIT,)),
        (f"{'a' * 30}\n\n{'b' * 10}\n{'c' * 30}", (f"{'a' * 30}\n(1/2)", f"{'b' * 10}\n{'c' * 30}\n(2/2)")),
        (f"{'a' * 30}\n{'b' * 10}. {'c' * 30}", (f"{'a' * 30}\n(1/2)", f"{'b' * 10}. {'c' * 30}\n(2/2)")),
        (f"{'a' * 40}. {'c' * 5} {'d' * 30}", (f"{'a' * 40}.\n(1/2)", f"{'c' * 5} {'d' * 30}\n(2/2)")),
        (f"{'a' * 20} {'b' * 20} {'c' * 30}", (f"{'a' * 20} {'b' * 20}\n(1/2)", f"{'c' * 30}\n(2/2)")),
        ("a" * 130, (f"{'a' * ROOM}\n(1/3)", f"{'a' * ROOM}\n(2/3)", f"{'a' * 30}\n(3/3)")),
    ],
    ids=["empty", "blanks", "just-fits", "decomposed", "paragraph", "line", "sentence", "word", "long-word"],
)
def test_split(text: str, expected: tuple[str, ...]) -> None:
    assert split(text, LIMIT) == expected


def test_a_break_near_the_beginning_is_taken_where_only_it_spares_a_word() -> None:
    assert split(f"abc\n{'x' * 45} {'y' * 45}", LIMIT) == (
        f"abc\n{'x' * 45}\n(1/2)",
        f"{'y' * 45}\n(2/2)",
    )
    assert split(f"abcdef\n{'x' * 45} {'y' * 45}", LIMIT) == (
        "abcdef\n(1/3)",
        f"{'x' * 45}\n(2/3)",
        f"{'y' * 45}\n(3/3)",
    )


@given(TEXTS)
def test_nothing_is_lost_but_blanks(text: str) -> None:
    assert "".join("".join(bodies(split(text, LIMIT))).split()) == "".join(nfc(text).split())


@given(TEXTS)
def test_no_word_and_no_link_is_torn(text: str) -> None:
    assert " ".join(bodies(split(text, LIMIT))).split() == nfc(text).split()


@given(TEXTS | st.text(max_size=300))
def test_parts_are_within_the_limit_as_platforms_count(text: str) -> None:
    parts = split(text, LIMIT)
    assert [part for part in parts if len(part) > LIMIT or part != nfc(part)] == []


@given(TEXTS)
def test_parts_say_which_of_how_many_they_are(text: str) -> None:
    parts = split(text, LIMIT)
    marks = [part.rpartition("\n")[2] for part in parts]
    assert len(parts) == 1 or marks == [f"({number}/{len(parts)})" for number in range(1, len(parts) + 1)]


@given(TEXTS)
def test_pieces_of_a_text_that_fits_are_the_text(text: str) -> None:
    whole = nfc(text).strip()
    assert pieces(text, len(text) + 1) == ((text.strip(),) if whole else ())


@pytest.mark.parametrize(("parts", "expected"), [((), ()), (("a",), ("a",)), (("a", "b"), ("a\n(1/2)", "b\n(2/2)"))])
def test_marked(parts: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert marked(parts) == expected
