"""The texts and the code agree; the sentences keep the rules for what a citizen reads."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.texts import TextError, Texts, load_texts, placeholders

ROOT = Path(__file__).resolve().parents[3]
CODE = [path for folder in ("bot", "handlers") for path in sorted((ROOT / folder).rglob("*.py"))]
REPORTS = ("report.column.", "report.fact.", "report.of.", "report.table.", "report.open_data.of.")
OFFICE = ("rating.filing.", "rating.level.", "rating.reason", "staff.", "cases.told.", "official_list.", *REPORTS)
MADE_AT_RUN_TIME = ("help_topic.", "own.held.", "own.page.", "poster.can.", "poster.few.", "outside.", "web.", *OFFICE)
LISTS_MADE_AT_RUN_TIME = (
    "personal.",
    "select.number_",
    "rating_words.filing.",
    "rating_words.three.",
    "rating_words.five.",
)
LANGUAGES = ("vi", "en")
OFFERED_OUTSIDE = {"assistant", "operator", "centre", "province"}
MOST_WORDS = 25
TELL_OF_DISTRICTS = {
    "commune.district",
    "commune.else_in_district",
    "help_topic.no-districts.title",
    "help_topic.no-districts.text",
}
"""What says that there are no districts any more has to name them; so do placeholders."""
MOST_CHARS = 900
_YEAR = re.compile(r"(?:(?<=\d/)|(?<=năm )|(?<=of )|(?<=in )|(?<=from ))20\d\d(?!\d)", re.IGNORECASE)


def sentences(language: str = "vi") -> dict[str, str]:
    return dict(load_texts(language).sentences)


ALL = [(language, text_id) for language in LANGUAGES for text_id in sorted(sentences(language))]


def constants() -> set[str]:
    return {
        node.value
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def calls(method: str) -> Iterator[tuple[str, ast.Call, str]]:
    """Each `….texts.get("id", …)` in the code, with the place."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method):
                continue
            owner = ast.unparse(node.func.value)
            if owner != "texts" and not owner.endswith(".texts"):
                continue
            if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                yield node.args[0].value, node, f"{path.name}:{node.lineno}"


def test_the_languages_have_the_same_sentences_with_the_same_placeholders() -> None:
    wanted = {text_id: placeholders(sentence) for text_id, sentence in sentences().items()}
    assert {i: placeholders(sentence) for i, sentence in sentences("en").items()} == wanted


def test_the_languages_have_the_same_lists_of_words_and_none_is_empty() -> None:
    vietnamese, english = load_texts("vi").lists, load_texts("en").lists
    assert english.keys() == vietnamese.keys()
    assert [i for texts in (vietnamese, english) for i, words in texts.items() if not all(words) or not words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_list_stands_twice_in_it(language: str) -> None:
    lists = load_texts(language).lists
    assert {i: words for i, words in lists.items() if len(set(words)) < len(words)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_read_once(language: str) -> None:
    texts = load_texts(language)
    assert texts.language == language
    assert load_texts(language) is texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_break_alike_in_every_language(language: str) -> None:
    """A list stays a list and a paragraph a paragraph; of a sentence of one line, a translation makes no more."""
    lines = {i: sentence.count("\n") for i, sentence in sentences().items()}
    assert {i: sentence.count("\n") for i, sentence in sentences(language).items()} == lines


def test_every_id_used_in_code_exists_with_its_placeholders() -> None:
    texts = sentences()
    wrong = [
        (place, text_id)
        for text_id, call, place in calls("get")
        if text_id not in texts or placeholders(texts[text_id]) != {str(keyword.arg) for keyword in call.keywords}
    ]
    assert wrong == []


def test_every_list_used_in_code_exists() -> None:
    lists = load_texts().lists
    assert [(place, list_id) for list_id, _, place in calls("words") if list_id not in lists] == []


def test_no_text_is_unused() -> None:
    used = constants()
    unused = [i for i in sentences() if i not in used and not i.startswith(MADE_AT_RUN_TIME)]
    assert unused == []


def test_no_list_is_unused() -> None:
    used = constants()
    assert [i for i in load_texts().lists if i not in used and not i.startswith(LISTS_MADE_AT_RUN_TIME)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_intents_ask_only_for_what_is_offered(language: str) -> None:
    wrong = {i: placeholders(s) - OFFERED_OUTSIDE for i, s in sentences(language).items() if i.startswith("outside.")}
    assert {i: names for i, names in wrong.items() if names} == {}


@pytest.mark.parametrize(("language", "text_id"), ALL)
def test_sentence_keeps_the_rules(language: str, text_id: str) -> None:
    sentence = sentences(language)[text_id]
    parts = re.split(r"(?<=[.?!:])\s+|\n", sentence)
    faults = [
        fault
        for fault, found in {
            "longer than 25 words": any(len(part.split()) > MOST_WORDS for part in parts),
            "names a district": text_id not in TELL_OF_DISTRICTS
            and re.search(r"(?:UBND|[ỦU]y ban nhân dân) huyện|district", sentence, re.IGNORECASE),
            "sends people to a department": re.search(
                r"nộp (?:hồ sơ )?(?:tại|ở) sở|(?:file|hand in)\b.* (?:at|with) the department", sentence, re.IGNORECASE
            ),
            "not in NFC": not unicodedata.is_normalized("NFC", sentence),
            "too long": len(sentence) > MOST_CHARS,
            "blank at an end": sentence != sentence.strip(),
            "double blank": "  " in sentence,
            "another number to call": set(re.findall(r"\d{3,}", _YEAR.sub("", sentence))) - {"113", "114", "115"},
            "control character": any(unicodedata.category(c) == "Cc" and c != "\n" for c in sentence),
        }.items()
        if found
    ]
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_emergencies_begin_with_the_number(language: str) -> None:
    first = {i: s.split()[1] for i, s in sentences(language).items() if i.startswith("outside.emergency")}
    assert first == {
        "outside.emergency_call": "115",
        "outside.emergency_distress": "115",
        "outside.emergency_fire": "114",
        "outside.emergency_medical": "115",
        "outside.emergency_police": "113",
    }


TEXTS = Texts("xx", {"a.plain": "Chào", "a.filled": "Chào {name}"}, {"w.list": ("một", "hai")})


def test_get_fills_a_sentence() -> None:
    assert TEXTS.get("a.plain") == "Chào"
    assert TEXTS.get("a.filled", name="{x}") == "Chào {x}"


@pytest.mark.parametrize(
    ("text_id", "values", "message"),
    [
        ("a.none", {}, "no text 'a.none' in 'xx'"),
        ("a.filled", {}, "text 'a.filled' asks for ['name'], given []"),
        ("a.plain", {"name": 1}, "text 'a.plain' asks for [], given ['name']"),
    ],
)
def test_get_refuses_what_does_not_fit(text_id: str, values: dict[str, object], message: str) -> None:
    with pytest.raises(TextError) as raised:
        TEXTS.get(text_id, **values)
    assert str(raised.value) == message


def test_find_takes_what_it_needs() -> None:
    assert TEXTS.find("a.filled", name="Lan", other="x") == "Chào Lan"
    assert TEXTS.find("a.none", name="Lan") is None


def test_words() -> None:
    assert TEXTS.words("w.list") == ("một", "hai")
    with pytest.raises(TextError, match=re.escape("no list of words 'w.none' in 'xx'")):
        TEXTS.words("w.none")


def test_a_language_without_texts() -> None:
    with pytest.raises(TextError, match="there are no texts in 'zz'"):
        load_texts("zz")
