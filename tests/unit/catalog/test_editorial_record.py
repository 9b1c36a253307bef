from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.editorial import Benefit, Hiding, Item, Notice, PartialReason, Pin, Scope
from bot.catalog.editorial_record import as_record, read_record

text = st.text(st.characters(codec="utf-8"), max_size=20)
items: st.SearchStrategy[Item] = st.one_of(
    st.builds(Pin, text, text),
    st.builds(Hiding, text, text, st.dates(), text),
    st.builds(Notice, st.sampled_from(Scope), text, text, st.dates(), st.dates()),
    st.builds(Benefit, text, text, text, st.dates(), st.dates()),
    st.builds(PartialReason, text, text, text, text),
)


@given(items)
def test_what_is_written_is_read_again(item: Item) -> None:
    assert read_record(json.loads(json.dumps(as_record(item)))) == item


def test_the_record_of_a_notice() -> None:
    item = Notice(Scope.FIELD, "ho-tich", "Bảo trì.", date(2026, 11, 22), date(2026, 11, 30))
    assert as_record(item) == {
        "kind": "notice",
        "scope": "field",
        "target": "ho-tich",
        "text": "Bảo trì.",
        "first": "2026-11-22",
        "last": "2026-11-30",
    }


@pytest.mark.parametrize("record", [{}, {"kind": "poem"}, {"kind": "pin", "phrase": "a"}])
def test_what_is_no_record(record: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError)):
        read_record(record)
