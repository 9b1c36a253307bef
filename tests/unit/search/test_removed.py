"""What left the list is found behind what stands in it, and never stands in its way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.lexicon_model import Alias
from bot.catalog.model import Catalogue, Removal
from bot.search.engine import SearchEngine
from bot.search.model import Decision, Verdict
from bot.search.suggest import Suggester
from bot.search.wordings import searchable
from tests.unit.search.samples import ALIASES, TITLES, catalogue, procedure
from tests.unit.shipped import shipped_catalogue, shipped_engine

_GONE = Removal(date(2026, 11, 2), "")


def without(whole: Catalogue, codes: Collection[str]) -> Catalogue:
    procedures = {
        code: replace(known, removal=_GONE) if code in codes else known for code, known in whole.procedures.items()
    }
    return replace(whole, procedures=procedures)


@cache
def engine_without(*codes: str) -> SearchEngine:
    return SearchEngine(without(catalogue(), codes))


def outline(decision: Decision) -> tuple[Verdict, list[str]]:
    """The verdict and what is answered or offered."""
    shown = decision.candidates[: 1 if decision.verdict is Verdict.ANSWERED else decision.choices]
    return decision.verdict, [candidate.code for candidate in shown]


@pytest.mark.parametrize("message", ["1.000894", "Đăng ký kết hôn", "dang ky ket hon", "đăng ký kết hôn cần gì ạ"])
def test_what_left_the_list_is_still_found(message: str) -> None:
    assert outline(engine_without("1.000894").search(message).first) == (Verdict.ANSWERED, ["1.000894"])


def test_by_an_alias_too() -> None:
    assert outline(engine_without("1.001193").search("con mới sinh").first) == outline(
        engine_without().search("con mới sinh").first
    )


def test_the_same_title_in_force_answers() -> None:
    rows = [procedure(code, title) for code, title in TITLES.items()]
    both = SearchEngine(without(catalogue([*rows, procedure("2.999999", "Đăng ký kết hôn")]), {"1.000894"}))
    decision = both.search("Đăng ký kết hôn").first
    assert outline(decision) == (Verdict.ANSWERED, ["2.999999"])
    assert "1.000894" not in {candidate.code for candidate in decision.candidates}


def test_an_alias_of_several_means_those_in_force() -> None:
    decision = engine_without("2.000635").search("mất giấy khai sinh").first
    assert outline(decision) == (Verdict.ANSWERED, ["1.004884"])


def test_of_several_that_left_all_are_offered() -> None:
    codes = ("2.000635", "1.004884")
    assert outline(engine_without(*codes).search("mất giấy khai sinh").first) == (Verdict.ASKED_BACK, [*codes])


def test_what_is_offered_has_it_last() -> None:
    both = (*ALIASES, Alias("giấy tờ cư trú", ("1.004194", "1.004222")))
    one_left = SearchEngine(without(catalogue(aliases=both), {"1.004194"}))
    decision = one_left.search("giay cu tru").first
    codes = outline(decision)[1]
    assert codes == sorted(codes, key=lambda code: code == "1.004194")


@settings(max_examples=60, deadline=None)
@given(
    gone=st.sets(st.sampled_from(sorted(TITLES)), max_size=3), asked=st.sampled_from(sorted(TITLES)), case=st.booleans()
)
def test_a_removal_changes_no_answer_to_another_title(gone: set[str], asked: str, case: bool) -> None:
    message = TITLES[asked].upper() if case else TITLES[asked]
    now = outline(engine_without(*sorted(gone)).search(message).first)
    assert now == outline(engine_without().search(message).first) == (Verdict.ANSWERED, [asked])


def test_in_the_shipped_catalogue_too() -> None:
    """Whatever is answered or offered without any of them stays just that."""
    whole = shipped_catalogue()
    codes = searchable(whole)
    gone = set(codes[::40])
    engine = SearchEngine(without(whole, gone))
    changed = []
    for code in codes[::7]:
        title = whole.procedures[code].title
        before = outline(shipped_engine().search(title).first)
        if gone.isdisjoint(before[1]) and outline(engine.search(title).first) != before:
            changed.append(code)
    assert changed == []


def test_while_typing_it_is_offered_where_nothing_else_fits() -> None:
    suggester = Suggester(without(catalogue(), {"1.004884"}))
    assert suggester.suggest("đăng ký lại khai s") == ("1.004884",)
    assert "1.004884" not in suggester.suggest("khai sinh")
    assert "1.004884" in Suggester(catalogue()).suggest("khai sinh")
