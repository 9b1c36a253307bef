"""Pages of options: never more than eight at a time, each option on exactly one page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.choices import FieldsChoice
from bot.dialogue.messages import Choice
from handlers.offering import MOST
from handlers.paging import page_of


def test_a_last_page_of_eight_needs_no_page_for_one() -> None:
    options = [Choice(f"o{n}", "") for n in range(15)]
    assert [len(page_of(options, page, FieldsChoice, "on")) for page in (1, 2, 3)] == [8, 8, 0]


def test_no_page_lies_beyond_what_an_id_can_name() -> None:
    options = [Choice(f"o{n}", "") for n in range(2000)]
    last = page_of(options, 99, FieldsChoice, "on")
    assert (len(last), last[-1], page_of(options, 100, FieldsChoice, "on")) == (7, Choice("o692", ""), ())


@given(st.integers(0, 60), st.integers(2, MOST))
def test_every_option_stands_on_one_page_and_each_page_leads_to_the_next(count: int, most: int) -> None:
    options = [Choice(f"o{n}", "") for n in range(count)]
    seen: list[Choice] = []
    page = 1
    while shown := page_of(options, page, FieldsChoice, "on", most=most):
        assert len(shown) <= most
        onward = Choice(str(FieldsChoice(page + 1)), "on")
        seen += [choice for choice in shown if choice != onward]
        if onward not in shown:
            break
        page += 1
    assert seen == options
    assert page_of(options, page + 1, FieldsChoice, "on", most=most) == ()
