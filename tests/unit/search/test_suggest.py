"""What is offered while someone types."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.search.fold import fold
from bot.search.suggest import MOST, Suggester
from bot.settings import SHIPPED_CATALOGUE

BIRTH, DEATH, MARRIAGE = "1.001193", "1.000656", "1.000894"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(SHIPPED_CATALOGUE)


@pytest.fixture(scope="module")
def suggester(catalogue: Catalogue) -> Suggester:
    return Suggester(catalogue)


def called(catalogue: Catalogue, code: str) -> str:
    procedure = catalogue.procedures[code]
    return fold(procedure.label or procedure.short_name or procedure.title)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kh", BIRTH),
        ("khai s", BIRTH),
        ("khai sinh", BIRTH),
        ("KHAI SINH", BIRTH),
        ("giay khai si", BIRTH),
        ("mần giấy khai", BIRTH),
        ("toi muon lam giay khai si", BIRTH),
        ("khai tử", DEATH),
        ("ket ho", MARRIAGE),
        ("kết hôn", MARRIAGE),
    ],
)
def test_the_first_offered(suggester: Suggester, typed: str, first: str) -> None:
    assert suggester.suggest(typed)[0] == first


def test_a_finished_word_is_no_beginning(suggester: Suggester) -> None:
    """ "khai t" may become "khai tử"; "khai t " with a blank behind it may not."""
    assert DEATH in suggester.suggest("khai tu")
    assert suggester.suggest("ket ho") != suggester.suggest("ket ho ")


def test_marks_that_were_typed_count(suggester: Suggester, catalogue: Catalogue) -> None:
    typed = suggester.suggest("bán")
    assert typed != suggester.suggest("ban")
    assert "ban" in called(catalogue, typed[1])


@pytest.mark.parametrize("typed", ["", " ", "k", "k ", "ậ", "...", "xxxx", "qwrtz zzz", "a" * 5000, "khai " * 25])
def test_nothing_to_offer(suggester: Suggester, typed: str) -> None:
    assert suggester.suggest(typed) == ()


def test_every_procedure_is_offered_for_its_own_words(suggester: Suggester, catalogue: Catalogue) -> None:
    needed = dict.fromkeys(code for event in catalogue.life_events for code in event.codes)
    labelled = {code: label for code in needed if (label := catalogue.procedures[code].label)}
    assert [code for code, label in labelled.items() if code not in suggester.suggest(label)] == []


def test_what_was_replaced_is_not_offered(suggester: Suggester, catalogue: Catalogue) -> None:
    replaced = [procedure for procedure in catalogue.procedures.values() if procedure.superseded_by is not None]
    assert replaced
    assert [p.code for p in replaced if p.code in suggester.suggest(p.title[:60])] == []


ALPHABET = "abcdđeêghiklmnoôơpqrstuưvxyáàảãạ ắếộ1.\u0301\n\ud800\u200b"


@settings(max_examples=300, deadline=None)
@given(typed=st.text(st.characters(exclude_categories=[])) | st.text(ALPHABET, max_size=40), most=st.integers(1, 9))
def test_whatever_is_typed(suggester: Suggester, catalogue: Catalogue, typed: str, most: int) -> None:
    offered = suggester.suggest(typed, most)
    assert len(offered) <= most
    assert len({called(catalogue, code) for code in offered}) == len(offered)
    assert set(offered) <= catalogue.procedures.keys()
    assert suggester.suggest(typed, most) == offered


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_beginnings_of_titles(suggester: Suggester, catalogue: Catalogue, data: st.DataObject) -> None:
    """However far one has typed a title, with or without marks: something is offered, and never more than fits."""
    title = data.draw(st.sampled_from(list(catalogue.procedures.values()))).title
    typed = title[: data.draw(st.integers(2, 60))]
    for text in (typed, fold(typed), unicodedata.normalize("NFD", typed)):
        offered = suggester.suggest(text)
        assert len(offered) <= MOST
        assert offered or len(fold(text).replace(" ", "")) < 2
