"""The way back and the way on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import (
    CardChoice,
    CommuneChoice,
    FieldChoice,
    FieldsChoice,
    GoOnChoice,
    HelpfulChoice,
    LanguageChoice,
    LifeEventChoice,
    MenuChoice,
    OnlineListChoice,
    Opinion,
    OtherChoice,
    PickChoice,
    PrivacyChoice,
    PrivacyStep,
    StartChoice,
    Target,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice
from bot.dialogue.trail import MOST_STEPS, ahead, behind, followed, turns_page
from tests.unit.dialogue.targets import TARGETS

TRAILS = st.lists(TARGETS.map(str), max_size=MOST_STEPS).map(tuple)


def choices(*targets: Target) -> tuple[Choice, ...]:
    return tuple(Choice(str(target), "") for target in targets)


def test_a_way_is_walked_and_walked_back() -> None:
    trail: tuple[str, ...] = ()
    for view in (StartChoice(), MenuChoice(), FieldsChoice(), FieldsChoice(2), FieldChoice("dat-dai")):
        trail = followed(trail, view)
    assert trail == ("start", "menu", "fi", "fi:2", "fi:dat-dai")
    assert behind(trail) == ("start", "menu", "fi", "fi:2")
    assert behind(()) == ()


def test_the_beginning_begins_anew_but_its_second_page_does_not() -> None:
    assert followed(("start", "menu", "fi"), StartChoice()) == ("start",)
    assert followed(("start",), StartChoice(2)) == ("start", "start:2")


def test_what_is_shown_twice_stands_once() -> None:
    assert followed(("start", "tt:1.001193"), CardChoice("1.001193")) == ("start", "tt:1.001193")
    assert followed(("tt:1.001193", "menu"), CardChoice("1.001193")) == ("tt:1.001193", "menu", "tt:1.001193")


@pytest.mark.parametrize(
    "passing",
    [
        CommuneChoice(),
        CommuneChoice("H99.101"),
        GoOnChoice(),
        HelpfulChoice(Opinion.NO),
        LanguageChoice("en"),
        OtherChoice(),
        PrivacyChoice(PrivacyStep.ASKED),
    ],
)
def test_nobody_comes_back_to_what_was_asked_on_the_way(passing: Target) -> None:
    asked = followed(("start", "menu"), passing)
    assert behind(asked) == ("start", "menu")
    assert followed(asked, MenuChoice()) == ("start", "menu")
    assert followed(asked, FieldsChoice()) == ("start", "menu", "fi")
    assert followed(asked, PrivacyChoice()) == ("start", "menu", "me")


@given(TRAILS, TARGETS)
def test_a_trail_is_short_and_leads_only_to_what_is_ours(trail: tuple[str, ...], view: Target) -> None:
    after = followed(trail, view)
    assert len(after) <= MOST_STEPS
    assert all(parse(step) is not None for step in after)
    assert followed(after, view) == after


@given(TRAILS, TARGETS)
def test_one_step_on_and_one_step_back_is_where_one_was(trail: tuple[str, ...], view: Target) -> None:
    after = followed(trail, view)
    if len(after) == len(trail) + 1:
        assert behind(after) == trail


@given(st.lists(TARGETS, max_size=12))
def test_only_what_is_on_the_screen_may_be_passing(views: list[Target]) -> None:
    trail: tuple[str, ...] = ()
    for view in views:
        trail = followed(trail, view)
    passing = (CommuneChoice, GoOnChoice, HelpfulChoice, LanguageChoice, OtherChoice, PrivacyChoice)
    assert [step for step in trail[:-1] if isinstance(parse(step), passing)] == []


def test_the_next_wish_comes_before_the_next_page() -> None:
    conversation = Conversation(
        waiting=choices(CardChoice("1.000894"), CardChoice("1.000656")),
        choices=choices(LifeEventChoice("birth", 2)),
        trail=("le:birth",),
    )
    assert ahead(conversation) == CardChoice("1.000894")
    assert ahead(replace(conversation, waiting=())) == LifeEventChoice("birth", 2)


@pytest.mark.parametrize(
    ("view", "offered", "following"),
    [
        (FieldChoice("dat-dai", 3), FieldChoice("dat-dai", 4), FieldChoice("dat-dai", 4)),
        (StartChoice(), StartChoice(2), StartChoice(2)),
        (OnlineListChoice(), OnlineListChoice(), None),
        (FieldChoice("dat-dai"), FieldChoice("ho-tich", 2), None),
        (FieldChoice("dat-dai", 2), FieldChoice("dat-dai"), None),
        (MenuChoice(), FieldsChoice(), None),
        (PickChoice(("1.001193",)), CardChoice("1.001193"), None),
    ],
)
def test_the_next_page_is_that_of_the_list_on_the_screen(
    view: Target, offered: Target, following: Target | None
) -> None:
    assert (
        ahead(Conversation(choices=choices(CardChoice("1.001193"), offered), trail=("start", str(view)))) == following
    )


def test_nothing_comes_next_where_nothing_was_shown() -> None:
    assert ahead(Conversation()) is None
    assert ahead(Conversation(choices=choices(FieldsChoice(2)))) is None
    assert ahead(Conversation(choices=(Choice("nonsense", ""),), trail=("nonsense",))) is None


@pytest.mark.parametrize(
    ("shown", "view", "is_turned"),
    [
        (FieldsChoice(), FieldsChoice(2), True),
        (FieldsChoice(2), FieldsChoice(), True),
        (FieldChoice("dat-dai", 3), FieldChoice("dat-dai", 7), True),
        (StartChoice(), StartChoice(2), True),
        (OnlineListChoice(), OnlineListChoice(), False),
        (FieldChoice("dat-dai"), FieldChoice("dat-dai"), False),
        (FieldChoice("dat-dai"), FieldChoice("ho-tich", 2), False),
        (FieldsChoice(), FieldChoice("dat-dai"), False),
        (MenuChoice(), MenuChoice(), False),
        (CardChoice("1.001193"), CardChoice("1.000894"), False),
    ],
)
def test_a_page_turns_within_one_list_only(shown: Target, view: Target, is_turned: bool) -> None:
    assert turns_page(("menu", str(shown)), view) is is_turned


def test_nothing_turns_where_nothing_was_shown() -> None:
    assert not turns_page((), FieldsChoice(2))
    assert not turns_page(("nonsense",), FieldsChoice(2))


@given(TARGETS, TARGETS)
def test_turning_goes_both_ways(shown: Target, view: Target) -> None:
    assert turns_page((str(shown),), view) == turns_page((str(view),), shown)
    assert not turns_page((str(shown),), shown)
