"""The fast scorer against its slow twin, on random catalogues and queries."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.lexicon_model import Alias
from bot.search.index import Index
from bot.search.query import Reader
from bot.search.repair import Repairer
from bot.search.score import likeness
from bot.search.terms import TermFinder
from bot.search.wordings import collect_docs
from tests.unit.search import slow_twin
from tests.unit.search.samples import catalogue, procedure

WORDS = st.sampled_from(
    ["đăng", "ký", "ky", "khai", "sinh", "xinh", "tử", "tạm", "trú", "chú", "cấp", "lại", "giấy", "xe"]
)
PHRASES = st.lists(WORDS, min_size=1, max_size=7).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(titles=st.lists(PHRASES, min_size=1, max_size=12), aliases=st.lists(PHRASES, max_size=5), query=PHRASES)
def test_fast_scorer_agrees_with_its_slow_twin(titles: list[str], aliases: list[str], query: str) -> None:
    rows = [procedure(f"1.{at:06d}", title) for at, title in enumerate(titles)]
    sample = catalogue(rows, aliases=[Alias(phrase, (rows[0].code,)) for phrase in aliases])
    reader = Reader(sample.lexicon)
    codes, docs = collect_docs(sample, reader.wording)
    index = Index(codes, docs)
    repairer = Repairer(index.word_counts, index.pair_count)
    reader.use(repairer)
    for reading in reader.read(reader.words(query)):
        terms = TermFinder(index, repairer).find(reading)
        fast = likeness(index, terms).tolist()
        assert fast == pytest.approx(slow_twin.likeness(docs, len(codes), terms), abs=1e-4)
