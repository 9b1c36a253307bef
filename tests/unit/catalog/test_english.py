"""English names: read, checked, and whole in the shipped catalogue where they are promised."""

from __future__ import annotations

import pytest

from bot.catalog.lexicon_model import Alias, English, Filler, Lexicon, OutsideCue, Qualifier, Rewrite
from bot.catalog.model import Catalogue, EnglishName
from tests.unit.catalog.conftest import Tiny

PATH = "english/procedures.csv"
FIRST = "Birth registration,Birth: first registration,"
PROBLEMS = [
    (
        "1.900001,Birth",
        "1.900009,Birth",
        [f"{PATH}:2:1: procedure 1.900009 is not known; expected a code of procedures.csv"],
    ),
    (
        "1.900001,Birth",
        "1.900004,Birth",
        [f"{PATH}:2:1: procedure 1.900004 has been replaced; expected its successor, 1.900005"],
    ),
    (
        "1.900001,Birth",
        "1.900002,Birth",
        [f"{PATH}:3:1: procedure 1.900002 has an English name already; expected each procedure once"],
    ),
    (FIRST, ",Birth: first registration,", [f"{PATH}:2:10: title is empty; expected something in it"]),
    (FIRST, "Birth registration,,", [f"{PATH}:2:29: label is empty; expected something in it"]),
    (
        FIRST,
        f"Birth registration,{'b' * 41},",
        [f"{PATH}:2:29: label has 41 characters; expected at most 40"],
    ),
    (
        FIRST,
        "Birth registration,copies of civil  status papers,",
        [f"{PATH}:3:67: the same label stands at {PATH}:2; expected labels that differ"],
    ),
    (
        "For a child who has no birth certificate yet.",
        "word " * 25 + "word",
        [f"{PATH}:2:55: difference has 26 words; expected at most 25"],
    ),
    (
        "For a child who has no birth certificate yet.",
        "x" * 201,
        [f"{PATH}:2:55: difference has 201 characters; expected at most 200"],
    ),
]


SPEECH_PROBLEMS = [
    ("words.csv", "birth", "Birth", ['english/words.csv:2:1: word is "Birth"; expected small ASCII letters']),
    (
        "words.csv",
        "birth",
        "the",
        ['english/words.csv:4:1: "the" stands already at english/words.csv:2; expected each word once'],
    ),
    ("words.csv", "birth", "", ["english/words.csv:2:1: an empty line; expected 1 cells: word"]),
    (
        "aliases.csv",
        "1.900005",
        "1.900004",
        ["english/aliases.csv:2:12: procedure 1.900004 has been replaced; expected its successor, 1.900005"],
    ),
    (
        "outside.csv",
        "otp,otp code",
        "greeting,otp code",
        ["english/outside.csv:0:0: no sign of otp; expected one line at least: lives hang on it"],
    ),
]


@pytest.mark.parametrize(("old", "new", "problems"), PROBLEMS)
def test_problem_is_reported_at_its_place(tiny: Tiny, old: str, new: str, problems: list[str]) -> None:
    tiny.change(PATH, old, new)

    assert tiny.problems() == problems


@pytest.mark.parametrize(("path", "old", "new", "problems"), SPEECH_PROBLEMS)
def test_problem_of_how_people_speak_is_reported(
    tiny: Tiny, path: str, old: str, new: str, problems: list[str]
) -> None:
    tiny.change(f"english/{path}", old, new)

    assert tiny.problems() == problems


def test_how_people_speak_is_read(second: Catalogue) -> None:
    assert second.english == English(
        Lexicon(
            aliases=(Alias("move house", ("1.900005",)),),
            rewrites=(Rewrite("license", "spelling", ("licence",), (), ()),),
            fillers=(Filler("please", "polite"), Filler("how much is it", "fee")),
            outside=(
                OutsideCue("greeting", "hello", whole=True, unless=()),
                OutsideCue("emergency_fire", "house is on fire", whole=False, unless=()),
                OutsideCue("emergency_medical", "need an ambulance", whole=False, unless=()),
                OutsideCue("emergency_police", "call the police", whole=False, unless=()),
                OutsideCue("otp", "otp code", whole=False, unless=()),
            ),
            qualifiers=(Qualifier("copy", ("copies",), ("copy", "duplicate")),),
        ),
        frozenset({"birth", "register", "the"}),
    )


def test_names_are_read(second: Catalogue) -> None:
    assert {code: procedure.english for code, procedure in second.procedures.items()} == {
        "1.900001": EnglishName(
            "Birth registration", "Birth: first registration", "For a child who has no birth certificate yet."
        ),
        "1.900002": EnglishName(
            "Issue of copies of civil status extracts (commune level)", "Copies of civil status papers"
        ),
        "1.900003": None,
        "1.900004": None,
        "1.900005": EnglishName("Registration of temporary, permanent residence", "Residence: temporary, permanent"),
    }


def test_names_of_fields_and_life_events_may_be_missing(tiny: Tiny) -> None:
    tiny.change("fields.csv", ",Land,", ",,")
    tiny.change("life_events.csv", ",Moving home", ",")

    catalogue = tiny.load()

    assert (catalogue.fields["dat-dai"].name_en, catalogue.life_events[1].title_en) == ("", "")


def test_shipped_fields_and_life_events_all_have_one(shipped: Catalogue) -> None:
    names = [field.name_en for field in shipped.fields.values()]
    assert [field.id for field in shipped.fields.values() if not field.name_en] == []
    assert [event.id for event in shipped.life_events if not event.title_en] == []
    assert len(set(names)) == len(names)


def test_shipped_most_needed_procedures_all_have_one(shipped: Catalogue) -> None:
    needed = {code for event in shipped.life_events for code in event.codes}
    assert sorted(code for code in needed if shipped.procedures[code].english is None) == []
    assert sum(procedure.english is not None for procedure in shipped.procedures.values()) >= 300


def test_shipped_differences_stand_only_where_the_vietnamese_has_one(shipped: Catalogue) -> None:
    added = [p.code for p in shipped.procedures.values() if p.english and p.english.difference and not p.difference]
    assert added == []
