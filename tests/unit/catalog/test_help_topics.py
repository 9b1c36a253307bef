"""The help topics: read whole, every problem at its place, and sentences for each in every language."""

from __future__ import annotations

from datetime import date

import pytest

from bot.catalog.help_topics import LANGUAGES, MOST_OFFERED, TITLE_LIMIT
from bot.catalog.model import Catalogue, HelpTopic
from bot.texts import load_texts, placeholders
from tests.unit.catalog.conftest import Tiny

FILE = "help_topics.toml"
OFFERED = {"assistant", "operator", "centre", "province", "communes", "hours"}
FEWEST_PHRASES = 12


def test_topics_are_read(second: Catalogue) -> None:
    assert second.help_topics == (
        HelpTopic("full-process", "danh mục của tỉnh Mẫu", date(2026, 10, 3), ("portal",), ("about",), (), ()),
        HelpTopic("about", "", date(2026, 10, 4), (), ("full-process",), (), ("greeting",)),
    )


PROBLEMS = [
    (
        'id = "about"',
        'id = "full-process"',
        [
            f'{FILE}:6:1: "about" is no other topic; expected ids of this file',
            f"{FILE}:9:1: topic full-process stands twice; expected each id once",
            f'{FILE}:13:1: "full-process" is no other topic; expected ids of this file',
            "lexicon/help.csv:4:1: topic about is not known; expected an id of help_topics.toml",
        ],
    ),
    (
        'related = ["about"]',
        'related = ["about", "nowhere"]',
        [f'{FILE}:6:1: "nowhere" is no other topic; expected ids of this file'],
    ),
    (
        'links = ["portal"]',
        'links = ["portal", "https://elsewhere.example"]',
        [f'{FILE}:5:1: link "https://elsewhere.example"; expected portal, identity, or the code of a procedure'],
    ),
    (
        'links = ["portal"]',
        'links = ["1.900009"]',
        [f"{FILE}:5:1: procedure 1.900009 is not known; expected a code of procedures.csv"],
    ),
    (
        "links = []",
        'links = []\nprocedures = ["1.900004"]',
        [f"{FILE}:13:1: procedure 1.900004 has been replaced; expected its successor, 1.900005"],
    ),
    (
        'source = ""',
        'source = "Nghị định 7/2024/NĐ-CP, điều 3"',
        [f"{FILE}:10:1: decision 7/2024/NĐ-CP is not known; expected a number of decisions.csv"],
    ),
    (
        'intents = ["greeting"]',
        'intents = ["weather"]',
        [f'{FILE}:14:1: intent "weather" is not known; expected an intent of lexicon/outside.csv'],
    ),
    (
        'intents = ["greeting"]',
        'intents = ["greeting", "greeting", 5]',
        [
            f'{FILE}:14:1: "greeting" stands twice in intents; expected each entry once',
            f"{FILE}:14:1: 5 in intents; expected texts in quotes",
        ],
    ),
    (
        "intents =",
        "intent =",
        [f"{FILE}:14:1: unknown key intent; expected one of as_of, id, intents, links, procedures, related, source"],
    ),
    (
        "as_of = 2026-10-04",
        'as_of = "soon"',
        [f"{FILE}:11:1: as_of is not a date such as 2026-10-03; expected as_of = a date such as 2026-10-03"],
    ),
]


@pytest.mark.parametrize(("old", "new", "problems"), PROBLEMS)
def test_problem_is_reported_at_its_place(tiny: Tiny, old: str, new: str, problems: list[str]) -> None:
    tiny.change(FILE, old, new)

    assert tiny.problems() == problems


def test_a_decision_that_is_known_may_be_named(tiny: Tiny) -> None:
    tiny.change(FILE, 'source = ""', 'source = "Kế hoạch 1/KH-UBND"')

    assert tiny.problems() == []


def test_a_topic_without_sentences_is_reported(tiny: Tiny) -> None:
    tiny.add(FILE, "", "[[topic]]", 'id = "Wordless"', 'source = ""', "as_of = 2026-10-04")
    tiny.add("lexicon/help.csv", "Wordless,không lời")

    assert tiny.problems() == [
        f'{FILE}:17:1: id is "Wordless"; expected small ASCII letters, digits and dashes, at most six words',
        *(
            f"{FILE}:17:1: no text help_topic.Wordless.{part} in {language}; expected sentences in every language"
            for part in ("text", "title")
            for language in sorted(LANGUAGES)
        ),
    ]


def test_a_topic_that_cannot_be_asked_for_is_reported(tiny: Tiny) -> None:
    tiny.change("lexicon/help.csv", "about,trợ lý này là gì\n", "")

    assert tiny.problems() == ["lexicon/help.csv:0:0: no phrase for about; expected one line at least"]


def test_a_phrase_stands_once(tiny: Tiny) -> None:
    tiny.add("lexicon/help.csv", "about,Toàn trình là gì")

    assert tiny.problems() == [
        'lexicon/help.csv:5:7: "Toàn trình là gì" stands already at lexicon/help.csv:2; expected each phrase once'
    ]


def test_too_many_ways_on(tiny: Tiny) -> None:
    tiny.change(FILE, "links = []", 'links = []\nprocedures = ["1.900001", "1.900002", "1.900003", "1.900005"]')
    assert tiny.problems() == []
    tiny.put(
        "procedures.csv",
        tiny.read("procedures.csv")
        + "".join(f"1.90001{n},Việc {n},ho-tich,official,X,Bộ,C,,,2026-10-03,,\n" for n in range(3)),
    )
    tiny.change(FILE, '"1.900005"]', '"1.900005", "1.900010", "1.900011"]')

    assert tiny.problems() == [
        f"{FILE}:14:1: too many ways on; expected at most {MOST_OFFERED} topics and procedures together"
    ]


def test_shipped_topics_have_sentences_and_ways_of_asking(shipped: Catalogue) -> None:
    ids = [topic.id for topic in shipped.help_topics]
    phrases = [entry.topic for entry in shipped.lexicon.help]
    assert {topic: phrases.count(topic) for topic in ids if phrases.count(topic) < FEWEST_PHRASES} == {}
    for language in LANGUAGES:
        sentences = {i: s for i, s in load_texts(language).sentences.items() if i.startswith("help_topic.")}
        assert set(sentences) == {f"help_topic.{topic}.{part}" for topic in ids for part in ("title", "text")}
        titles = [sentences[f"help_topic.{topic}.title"] for topic in ids]
        texts = [sentences[f"help_topic.{topic}.text"] for topic in ids]
        assert len(set(titles)) == len(titles)
        assert [title for title in titles if len(title) > TITLE_LIMIT] == []
        assert [text for text in texts if text.count("\n") > 4 or len(text) > 900 or placeholders(text) - OFFERED] == []


def test_sentences_are_the_same_in_every_language() -> None:
    vietnamese, english = (load_texts(language).sentences for language in LANGUAGES)
    own = {text_id for text_id in vietnamese if text_id.startswith(("help_topic.", "help_list."))}
    assert own == {text_id for text_id in english if text_id.startswith(("help_topic.", "help_list."))}
    assert {i for i in own if placeholders(vietnamese[i]) != placeholders(english[i])} == set()
