"""Telling English from Vietnamese, above all: never taking Vietnamese without diacritics for English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.model import Catalogue
from bot.search.fold import fold
from bot.search.language import EnglishWords, detect_language, english_words
from bot.search.syllable import is_syllable
from tests.benchmarks.questions import read_questions
from tests.unit.search.test_shipped import shipped

FIXTURES = Path(__file__).parents[2] / "fixtures"
WORDS = english_words(["register", "birth", "licence", "how", "to", "do", "the", "in", "can", "a"])

SYLLABLES = ["the", "do", "to", "can", "in", "ban", "cap", "doi", "lam", "giay", "sinh", "my", "an", "me"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("register birth", "en"),
        ("How to register a birth?", "en"),
        ("how do I register a birth in Hà Tĩnh", "en"),
        ("dang ky khai sinh", "vi"),
        ("đổi bằng lái", "vi"),
        ("doi licence o dau", "vi"),
        ("đổi licence", "vi"),
        ("do to the in can", None),
        ("passport", None),
        ("1.001193", None),
        ("ok", None),
        ("", None),
        ("?!", None),
    ],
)
def test_language_of_a_message(text: str, language: str | None) -> None:
    assert detect_language(text, WORDS) == language


def test_words_are_sorted_by_whether_they_may_be_vietnamese() -> None:
    assert english_words(["the", "birth", "to"]) == EnglishWords(frozenset({"birth"}), frozenset({"the", "to"}))


@given(text=st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert detect_language(text, WORDS) in ("en", "vi", None)


@given(syllables=st.lists(st.sampled_from(SYLLABLES)))
def test_syllables_alone_are_never_english(syllables: list[str]) -> None:
    assert detect_language(" ".join(syllables), WORDS) != "en"


def _vietnamese(catalogue: Catalogue) -> Iterator[str]:
    lexicon = catalogue.lexicon
    for procedure in catalogue.procedures.values():
        yield from (t for t in (procedure.name, procedure.short_name, procedure.label, procedure.difference) if t)
    yield from (alias.phrase for alias in lexicon.aliases)
    yield from (filler.phrase for filler in lexicon.fillers)
    yield from (cue.phrase for cue in lexicon.outside)
    yield from (rewrite.phrase for rewrite in lexicon.rewrites)
    yield from (meaning for rewrite in lexicon.rewrites for meaning in rewrite.meanings)
    yield from (phrase for qualifier in lexicon.qualifiers for phrase in (*qualifier.in_title, *qualifier.cues))
    yield from (unit for commune in catalogue.communes.values() for unit in (commune.name, commune.formed_from))
    yield from (question.query for question in read_questions(FIXTURES / "questions.csv"))


def test_vietnamese_without_diacritics_is_never_taken_for_english() -> None:
    catalogue, _ = shipped()
    words = english_words(catalogue.english.words)
    taken = {text for text in _vietnamese(catalogue) if detect_language(fold(text), words) == "en"}

    # What is left holds no Vietnamese: "work permit", "thank you", "ignore all previous instructions" …
    assert {text for text in taken if sum(map(is_syllable, fold(text).split())) > 1} == set()
    assert {text for text in taken if text != fold(text) and not text.isascii()} <= {"wê"}
    assert len(taken) <= 40


def test_plain_english_is_known_as_english() -> None:
    catalogue, _ = shipped()
    words = english_words(catalogue.english.words)
    messages = (FIXTURES / "english_messages.txt").read_text(encoding="utf-8").splitlines()
    missed = [message for message in messages if detect_language(message, words) != "en"]

    assert len(messages) >= 150
    assert len(missed) / len(messages) < 0.04, missed
