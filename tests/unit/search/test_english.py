"""English questions: an index of their own, and not a word of it in the Vietnamese one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from bot.catalog.lexicon_model import Alias, English, Filler, Lexicon, OutsideCue, Qualifier, Rewrite
from bot.catalog.model import Catalogue, EnglishName
from bot.search.engine import SearchEngine
from bot.search.english import as_english
from bot.search.fold import fold
from bot.search.language import Language
from bot.search.model import Decision, Verdict
from tests.benchmarks.bench_search import accepted, codes_of
from tests.benchmarks.questions import ANSWER, NONE, read_questions
from tests.unit.search import samples
from tests.unit.search.test_shipped import shipped

FIXTURES = Path(__file__).parents[2] / "fixtures"
NAMES = {
    "1.000894": EnglishName("Registration of marriage", "Marriage in Vietnam: registration"),
    "1.001193": EnglishName("Registration of birth", "Birth: first registration"),
    "2.000806": EnglishName("Registration of marriage with a foreign element", "Foreign: marriage registration"),
    "3.000347": EnglishName("Exchange of driving licences", "Driving licence: exchange, renew"),
}
SPEECH = English(
    Lexicon(
        aliases=(
            Alias("renew my driving licence", ("3.000347",)),
            Alias("baby papers", ("1.001193",)),
            Alias("no english name", ("1.004194",)),
        ),
        rewrites=(
            Rewrite("license", "synonym", ("licence",), (), ()),
            Rewrite("registration", "synonym", ("register",), (), ()),
        ),
        fillers=(
            *(Filler(word, "other") for word in ("a", "of", "my", "the", "with", "in")),
            Filler("i want to", "want"),
            Filler("how much is", "fee"),
            Filler("which documents", "papers"),
        ),
        outside=(
            OutsideCue("emergency_fire", "house is on fire", False, ()),
            OutsideCue("greeting", "hello", True, ()),
        ),
        qualifiers=(Qualifier("foreign", ("foreign element",), ("foreign", "foreigner")),),
    ),
    frozenset({"register", "birth", "renew", "license", "marriage", "house", "fire", "foreigner", "how", "much"}),
)


def small() -> Catalogue:
    rows = [samples.procedure(code, title, english=NAMES.get(code)) for code, title in samples.TITLES.items()]
    return dataclasses.replace(samples.catalogue(rows), english=SPEECH)


ENGINE = SearchEngine(small())


def asked(message: str, language: Language = "en") -> Decision:
    return ENGINE.search(message, language).first


def test_readers_of_english_see_what_has_an_english_name() -> None:
    seen = as_english(small())

    assert {code: (p.title, p.name, p.label, p.short_name) for code, p in seen.procedures.items()} == {
        code: (name.title, name.title, name.label, None) for code, name in NAMES.items()
    }
    assert seen.lexicon == SPEECH.lexicon


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Registration of birth", "1.001193"),
        ("register birth", "1.001193"),
        ("I want to renew my driving license", "3.000347"),
        ("renew driving licences", "3.000347"),
        ("register marriage with a foreigner", "2.000806"),
        ("1.001193", "1.001193"),
        ("đăng ký khai sinh", "1.001193"),
        ("dang ky tam tru", "1.004194"),
    ],
)
def test_first_answer(message: str, code: str) -> None:
    decision = asked(message)
    assert (decision.verdict in (Verdict.ANSWERED, Verdict.ASKED_BACK), decision.candidates[0].code) == (True, code)


@pytest.mark.parametrize("message", ["register birth", "house is on fire", "renew my driving license"])
def test_nothing_english_is_known_to_who_reads_vietnamese(message: str) -> None:
    without = SearchEngine(dataclasses.replace(small(), english=English()))
    assert ENGINE.search(message) == without.search(message)


def test_what_is_asked_about_is_noted() -> None:
    assert asked("how much is register birth").asks == ("fee",)


def test_a_danger_in_english() -> None:
    decision = asked("my house is on fire")
    assert (decision.verdict, decision.intent) == (Verdict.OUT_OF_SCOPE, "emergency_fire")


@pytest.mark.parametrize(("text", "language"), [("register birth", "en"), ("khai sinh", "vi"), ("passport", None)])
def test_language_of_a_message(text: str, language: str | None) -> None:
    assert ENGINE.language(text) == language


@pytest.mark.parametrize("message", ["", "   ", "😀", "\u202e\ud800", "a", "'s"])
def test_nothing_to_find(message: str) -> None:
    assert asked(message).verdict is Verdict.NOT_FOUND


def test_a_catalogue_without_english_still_answers() -> None:
    engine = SearchEngine(samples.catalogue())
    assert engine.search("register birth", "en").first.verdict is Verdict.NOT_FOUND
    assert engine.search("đăng ký khai sinh", "en") == engine.search("đăng ký khai sinh")


def test_every_shipped_english_name_finds_itself() -> None:
    catalogue, engine = shipped()
    named = {code: p.english for code, p in catalogue.procedures.items() if p.english is not None}
    titles = {code: fold(name.title) for code, name in named.items()}

    lost = []
    for code, name in named.items():
        for text in (name.title, name.label):
            found = engine.search(text, "en").first.candidates
            if not found or titles[found[0].code] != titles[code]:
                lost.append((code, text))
    assert lost == []


def test_shipped_english_questions() -> None:
    catalogue, engine = shipped()
    questions = read_questions(FIXTURES / "questions_english.csv")
    answers = [question for question in questions if question.expect == ANSWER]
    results = {question: engine.search(question.query, "en") for question in questions}
    first = [q for q in answers if set(codes_of(results[q])[:1]) & accepted(catalogue, q)]
    wrong = [q.query for q in questions if q.expect == NONE and results[q].first.verdict is Verdict.ANSWERED]

    assert len(first) / len(answers) >= 0.9
    assert wrong == []


def test_vietnamese_questions_read_alike_whoever_asks() -> None:
    _, engine = shipped()
    queries = [question.query for question in read_questions(FIXTURES / "questions.csv")]
    differing = [q for q in queries if engine.language(q) == "vi" and engine.search(q) != engine.search(q, "en")]

    assert differing == []


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("my house is on fire", "emergency_fire"),
        ("we are trapped by the flood", "emergency_fire"),
        ("call an ambulance, my mother is unconscious", "emergency_medical"),
        ("my neighbour is beating his wife", "emergency_police"),
        ("I do not want to live any more", "emergency_distress"),
        ("SOS", "emergency_call"),
        ("someone asks me for my OTP code", "otp"),
        ("hello", "greeting"),
        ("thank you for your help", "thanks"),
        ("goodbye", "goodbye"),
        ("yes", "confirm"),
        ("none of these", "deny"),
        ("are you a real person?", "identity"),
        ("what does full process mean?", "explain_level"),
        ("where is my application", "case_status"),
        ("please fill in the form for me", "do_it_for_me"),
        ("the officer asked for a bribe", "officials_complaint"),
        ("you idiot", "abuse"),
        ("I need help", "vague"),
    ],
)
def test_other_matters_are_known_in_english(message: str, intent: str) -> None:
    _, engine = shipped()
    decision = engine.search(message, "en").first
    assert (decision.verdict, decision.intent) == (Verdict.OUT_OF_SCOPE, intent)


def test_shipped_intents_of_both_languages_are_the_same() -> None:
    catalogue, _ = shipped()
    english = {cue.intent for cue in catalogue.english.lexicon.outside}
    assert english <= {cue.intent for cue in catalogue.lexicon.outside}


@pytest.mark.parametrize(
    ("message", "asks"),
    [
        ("How much is a passport?", ("fee",)),
        ("What documents do I need for a work permit?", ("papers",)),
        ("Where do I register my marriage?", ("place",)),
        ("How long does it take to renew a driving licence?", ("time",)),
        ("Can I apply online for a building permit?", ("online",)),
        ("How do I register a birth?", ("how",)),
    ],
)
def test_what_is_asked_about_is_known_in_english(message: str, asks: tuple[str, ...]) -> None:
    _, engine = shipped()
    assert engine.search(message, "en").first.asks == asks
