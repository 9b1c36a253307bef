"""An engine that comes from another process answers as the one that was built there."""

from __future__ import annotations

import csv
import pickle
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue, Tier
from bot.catalog.online_list import Selection, Standing
from bot.search.engine import SearchEngine
from bot.search.language import Language

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures"


@cache
def questions() -> tuple[str, ...]:
    found: list[str] = []
    for name in ("questions.csv", "questions_english.csv"):
        with (FIXTURES / name).open(encoding="utf-8", newline="") as file:
            found.extend(row["query"] for row in csv.DictReader(file))
    return tuple(found)


@cache
def both() -> tuple[tuple[Catalogue, Guide, SearchEngine], tuple[Catalogue, Guide, SearchEngine]]:
    """As it was built, and as it comes from another process."""
    catalogue = load_catalogue(ROOT / "catalog_data")
    built = catalogue, Guide.of(catalogue), SearchEngine(catalogue)
    return built, pickle.loads(pickle.dumps(built))  # noqa: S301


def test_all_of_it_shares_one_catalogue() -> None:
    catalogue, guide, engine = both()[1]
    assert guide.catalogue is catalogue
    assert engine._catalogue is catalogue
    assert all(row.procedure is catalogue.procedures[row.procedure.code] for row in guide.online.rows)
    assert engine.reader._repairer is engine._vietnamese._ranker._finder._repairer


def test_nothing_that_was_remembered_comes_along() -> None:
    engine = SearchEngine(load_catalogue(FIXTURES / "second_province"))
    before = pickle.dumps(engine)
    assert engine.search("gấy khai snh").first.candidates
    assert pickle.dumps(engine) == before


def test_the_guide_is_the_same() -> None:
    (catalogue, guide, _), (other, same, _) = both()
    kept = [name for name in Guide.__slots__ if name != "part"]
    assert other == catalogue
    assert [getattr(same, name) for name in kept] == [getattr(guide, name) for name in kept]
    for selection in (Selection(), Selection(Standing.FULL), Selection(tier=Tier.COMMUNE), Selection(agency="H27.118")):
        assert same.part(selection) == guide.part(selection)


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_it_answers_alike(data: st.DataObject) -> None:
    (catalogue, _, engine), (_, _, same) = both()
    phrases = tuple(alias.phrase for alias in catalogue.lexicon.aliases)
    text = data.draw(st.one_of(st.sampled_from(questions()), st.sampled_from(phrases), st.text(max_size=60)))
    language: Language = data.draw(st.sampled_from(("vi", "en")))
    assert same.search(text, language) == engine.search(text, language)
    assert same.help_topic(text, language) == engine.help_topic(text, language)
    assert same.language(text) == engine.language(text)
