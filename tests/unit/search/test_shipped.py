"""Promises that hold for the whole shipped catalogue."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.search.engine import SearchEngine
from bot.search.fold import fold
from bot.search.wordings import searchable

SHIPPED = Path(__file__).parents[3] / "catalog_data"


@cache
def shipped() -> tuple[Catalogue, SearchEngine]:
    catalogue = load_catalogue(SHIPPED)
    return catalogue, SearchEngine(catalogue)


def _finds(message: str, code: str) -> bool:
    catalogue, engine = shipped()
    found = engine.search(message).first.candidates
    return bool(found) and fold(catalogue.procedures[found[0].code].title) == fold(catalogue.procedures[code].title)


def test_every_title_and_every_code_finds_itself() -> None:
    catalogue, engine = shipped()
    codes = searchable(catalogue)
    assert [code for code in codes if not _finds(catalogue.procedures[code].title, code)] == []
    assert [code for code in codes if engine.search(code).first.candidates[0].code != code] == []


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_fillers_case_and_missing_accents_never_lose_a_title(data: st.DataObject) -> None:
    catalogue, _ = shipped()
    code = data.draw(st.sampled_from(searchable(catalogue)))
    before = data.draw(st.sampled_from(["", "Cho tôi hỏi ", "em muốn làm thủ tục ", "Xin hướng dẫn "]))
    after = data.draw(st.sampled_from(["", " ạ", " cần giấy tờ gì ạ?", " nộp ở đâu", " hết bao nhiêu tiền vậy"]))
    message = before + catalogue.procedures[code].title + after
    typed = data.draw(st.sampled_from([message, message.upper(), fold(message)]))
    assert _finds(typed, code), typed
