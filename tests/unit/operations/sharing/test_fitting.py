"""Words in boxes: never cut inside a word, never outside the box."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.operations.sharing.fitting import Box, Fitted, fit, fit_one_of, wrapped

WORDS = st.lists(st.text(alphabet="abcđê", min_size=1, max_size=7), min_size=1, max_size=40).map(" ".join)
BOXES = st.builds(Box, st.floats(40, 300), st.floats(10, 200), st.just(20.0), st.just(5.0), st.just(1.2))


def width(text: str) -> float:
    return len(text) * 0.6


@given(WORDS, BOXES)
def test_what_fits_is_whole_and_within_its_box(text: str, box: Box) -> None:
    found = fit(text, box, width)
    if found is not None:
        assert " ".join(found.lines) == text
        assert box.smallest <= found.size <= box.largest
        assert max(map(width, found.lines)) * found.size <= box.width + 1e-6
        assert len(found.lines) * found.size * box.line <= box.height
    if found is None or found.size < box.largest:
        larger = box.smallest if found is None else found.size + 1
        lines = wrapped(text, box.width / larger, width)
        assert lines is None or len(lines) * larger * box.line > box.height


@given(WORDS, BOXES)
def test_what_does_not_fit_ends_between_words(text: str, box: Box) -> None:
    found = fit_one_of((text,), box, width)
    said = " ".join(found.lines)
    if found.is_whole:
        assert said == text
    else:
        assert said.endswith("…")
        assert text.split()[: len(said.split())] == said.removesuffix("…").split()


def test_a_shorter_name_comes_before_an_ellipsis() -> None:
    box = Box(60, 24, 10, 10, 1.2)
    names = ("a long name that is far too long", "short name")
    assert fit_one_of(names, box, width) == Fitted(("short name",), 10, is_whole=False)
    assert fit_one_of(("one",), box, width) == Fitted(("one",), 10)


def test_lines_are_about_as_long_as_each_other() -> None:
    assert fit("aaa bbb ccc ddd", Box(80, 30, 10, 10, 1.2), width) == Fitted(("aaa bbb", "ccc ddd"), 10)
