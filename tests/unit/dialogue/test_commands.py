"""Words that mean the same wherever one stands: each finds its target, and none takes a question away."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.model import Catalogue
from bot.dialogue.choices import (
    FORGET_COMMUNE,
    AgenciesChoice,
    BackChoice,
    CardChoice,
    CommuneChoice,
    FieldsChoice,
    GoOnChoice,
    HelpChoice,
    LanguageChoice,
    MenuChoice,
    OnlineListChoice,
    OtherChoice,
    PrivacyChoice,
    PrivacyStep,
    StartChoice,
    Target,
)
from bot.dialogue.commands import Commands
from bot.dialogue.rating_choices import FollowUpsChoice, RateChoice
from bot.search.fold import fold
from bot.texts import LANGUAGES, load_texts
from tests.unit.shipped import shipped_catalogue

TEXTS = tuple(load_texts(language) for language in LANGUAGES)
COMMANDS = Commands(TEXTS)
LISTS: dict[str, Target] = {
    "start": StartChoice(),
    "menu": MenuChoice(),
    "help": HelpChoice(),
    "back": BackChoice(),
    "other": OtherChoice(),
    "go_on": GoOnChoice(),
    "fields": FieldsChoice(),
    "agencies": AgenciesChoice(),
    "online_list": OnlineListChoice(),
    "commune": CommuneChoice(),
    "forget_commune": CommuneChoice(FORGET_COMMUNE),
    "rate": RateChoice(),
    "stop": FollowUpsChoice(),
    "stop_alone": FollowUpsChoice(),
    "ask_again": FollowUpsChoice(are_wanted=True),
    "privacy": PrivacyChoice(),
    "own_data": PrivacyChoice(PrivacyStep.SHOWN),
    "erase": PrivacyChoice(PrivacyStep.ASKED),
    "vietnamese": LanguageChoice("vi"),
    "english": LanguageChoice("en"),
}
WORDS = [(word, name) for texts in TEXTS for name in LISTS for word in texts.words(f"commands.{name}")]
TYPED = [(word, name) for word, name in WORDS if not word.startswith("/")]
AROUND = sorted({word for texts in TEXTS for word in texts.words("commands.around")})


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return shipped_catalogue()


def test_every_list_of_commands_is_here() -> None:
    named = {list_id for texts in TEXTS for list_id in texts.lists if list_id.startswith("commands.")}
    assert named == {f"commands.{name}" for name in LISTS} | {"commands.around", "commands.with_question"}


def test_every_word_finds_its_target_as_it_is_typed() -> None:
    forms = {form: LISTS[name] for word, name in TYPED for form in (word, word.upper(), f"{word}.", f" {word} ?")}
    # Without its marks "dừng" is "đúng" as well.
    forms |= {fold(word): LISTS[name] for word, name in TYPED if name != "stop_alone"}
    assert {form: COMMANDS.find(form) for form in forms} == forms


def test_politeness_around_a_command_changes_nothing() -> None:
    whole = {fold(word) for word, _ in TYPED}
    wrong = [
        (said, name)
        for word, name in TYPED
        if name != "stop_alone"
        for polite in AROUND
        for said in (f"{polite} {word}", f"{word} {polite}")
        # What is a command as a whole means itself.
        if len(said) <= 60 and fold(said) not in whole and COMMANDS.find(said) != LISTS[name]
    ]
    assert wrong == []


def test_what_stops_the_questions_stands_alone() -> None:
    said = ("Dừng", "dung lai", "dừng!", "dựng nhà", "dung nha", "dừng đi", "đúng", "đừng", "dung", "dùng")
    assert [COMMANDS.find(text) for text in said] == [*[FollowUpsChoice()] * 3, *[None] * 7]


def test_politeness_may_be_heaped_up() -> None:
    assert COMMANDS.find("dạ cho tôi xem trợ giúp với ạ nhé") == HelpChoice()
    assert COMMANDS.find("Please could you show me the other ways") is None
    assert COMMANDS.find("please could you show me other ways now thanks") == MenuChoice()


def test_no_word_stands_in_two_lists() -> None:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for word, name in WORDS:
        found[fold(word)].add(name)
    assert {word: names for word, names in found.items() if len(names) > 1} == {}


def test_politeness_alone_is_no_command() -> None:
    assert {word for word in AROUND if COMMANDS.find(word) is not None} == {"giúp"}


def test_no_command_takes_a_procedure_away_from_the_search(shipped: Catalogue) -> None:
    names = [
        *(alias.phrase for lexicon in (shipped.lexicon, shipped.english.lexicon) for alias in lexicon.aliases),
    ]
    for procedure in shipped.procedures.values():
        english = procedure.english
        names += [procedure.code, procedure.name, procedure.title, procedure.short_name or "", procedure.label or ""]
        names += [] if english is None else [english.title, english.label]
    assert [name for name in names if COMMANDS.find(name) is not None] == []


def test_no_command_takes_a_field_an_agency_or_a_commune_away(shipped: Catalogue) -> None:
    names = [
        *(name for field in shipped.fields.values() for name in (field.name, field.name_en)),
        *(name for agency in shipped.agencies.values() for name in (agency.name, *agency.names_before_2025)),
        *(commune.name for commune in shipped.communes.values()),
        *(unit.name for commune in shipped.communes.values() for unit in commune.former_units),
        *(unit.district for commune in shipped.communes.values() for unit in commune.former_units),
        *(title for event in shipped.life_events for title in (event.title, event.title_en, event.group)),
    ]
    assert [name for name in names if COMMANDS.find(name) is not None] == []


def test_no_emergency_is_a_command(shipped: Catalogue) -> None:
    """Save "help" alone: who is in danger says more, and the help says what to write."""
    lexicons = (shipped.lexicon, shipped.english.lexicon)
    urgent = {cue.phrase for lexicon in lexicons for cue in lexicon.outside if cue.intent.startswith("emergency")}
    assert {phrase for phrase in urgent if COMMANDS.find(phrase) is not None} == {"help"}


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("/start", StartChoice()),
        ("/START", StartChoice()),
        ("/start tt_1_001193", CardChoice("1.001193")),
        ("/start tt_1_00119", StartChoice()),
        ("/start anything else", StartChoice()),
        ("/xoa", PrivacyChoice(PrivacyStep.ASKED)),
        ("/en", LanguageChoice("en")),
        ("/online", OnlineListChoice()),
        ("/xa", CommuneChoice()),
        ("#linhvuc", FieldsChoice()),
        ("/tim", StartChoice()),
        ("/tim@mot_cua_bot", StartChoice()),
        ("/linhvuc khai sinh", FieldsChoice()),
        ("#khaisinh", None),
        ("/", None),
        ("/drop tables", None),
    ],
)
def test_commands_with_a_slash(text: str, target: Target | None) -> None:
    assert COMMANDS.slash(text) == target


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("/tim khai sinh", "khai sinh"),
        ("#tim  khai sinh", "khai sinh"),
        ("#TIM khai sinh", "khai sinh"),
        ("/tim@mot_cua_bot khai\nsinh", "khai\nsinh"),
        ("/tim", "/tim"),
        ("/tim ?", "/tim ?"),
        ("/tim tt_1_001193", "/tim tt_1_001193"),
        ("/start khai sinh", "/start khai sinh"),
        ("/linhvuc khai sinh", "/linhvuc khai sinh"),
        ("tim khai sinh", "tim khai sinh"),
        ("khai sinh", "khai sinh"),
        ("", ""),
    ],
)
def test_what_stands_behind_a_command_is_the_question(text: str, question: str) -> None:
    assert COMMANDS.question(text) == question


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("#xaphuong thạch lạc", "thạch lạc"),
        ("/xa@mot_cua_bot Thạch Lạc", "Thạch Lạc"),
        ("/xaphuong", None),
        ("/xaphuong !", None),
        ("/tim thạch lạc", None),
        ("xa thạch lạc", None),
        ("", None),
    ],
)
def test_what_stands_behind_the_command_for_the_commune_is_its_name(text: str, place: str | None) -> None:
    assert COMMANDS.place(text) == place


@pytest.mark.parametrize("text", ["online", "en", "vi", "xa", "xã", "xóa", "ví", ""])
def test_without_its_slash_a_short_word_is_a_word(text: str) -> None:
    assert COMMANDS.find(text) is None


@pytest.mark.parametrize(
    "text", ["khai sinh", "quay lại trường học", "xóa đăng ký thường trú", "đổi xã trong giấy khai sinh", "tiếp " * 20]
)
def test_a_question_that_holds_a_command_is_a_question(text: str) -> None:
    assert COMMANDS.find(text) is None


@given(st.text(max_size=80))
def test_anything_is_survived(text: str) -> None:
    known = {None, *LISTS.values()}
    assert COMMANDS.find(text) in known
    assert isinstance(COMMANDS.slash(text), CardChoice) or COMMANDS.slash(text) in known
