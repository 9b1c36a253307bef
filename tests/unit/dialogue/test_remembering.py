"""Everything that is kept of one turn, and the conversation as it goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.choices import CardChoice, MenuChoice, Opinion
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Incoming, Reply, Status
from bot.dialogue.profile import Profile, Rated
from bot.dialogue.rating_rules import USUAL_RULES
from bot.dialogue.remembering import Moment, after, opened, record_of
from bot.dialogue.survey import Asked, Awaits, Circumstances, Said, survey_of
from bot.dialogue.turn import Outcome
from bot.ratings.model import Filing, Subject
from bot.store.freshness import StaleReport
from bot.store.interface import Answered, Event, Helpfulness, Record, Unfound, Unmet
from tests.unit.handlers.example import turn

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LAN = Moment("p", NOW)
VERSION = "0123456789ab"
SAID = Incoming("test", "lan", text="khai sinh")
REPLY = Reply(Status.ANSWERED, "lời", (Choice("menu", "Tìm"),), codes=("1.000001",))
ASKED = Asked(Subject("1.000001"), "2026-12", filing=Filing.ONLINE, level=3)
BEFORE = Conversation(
    profile=Profile(commune="H99.101", commune_asked=True),
    choices=(Choice("start", "Việc khác"),),
    trail=("start",),
    procedure="1.000006",
    asked=replace(ASKED, awaits=Awaits.COMMENT),
    updated_at=NOW - timedelta(minutes=10),
)


def kept(
    outcome: Outcome, *, incoming: Incoming = SAID, before: Conversation = BEFORE, unfound: Unfound | None = None
) -> Record:
    return record_of(incoming, LAN, turn(conversation=before), outcome, unfound, USUAL_RULES, "vi")


def went_on(outcome: Outcome, before: Conversation = BEFORE) -> Conversation:
    return after(NOW, turn(conversation=before), outcome, "vi")


def test_an_ordinary_turn() -> None:
    outcome = Outcome(REPLY, procedure="1.000001", view=CardChoice("1.000001"))
    state = replace(
        BEFORE,
        choices=REPLY.choices,
        trail=("start", "tt:1.000001"),
        procedure="1.000001",
        asked=ASKED,
        updated_at=NOW,
    )
    assert kept(outcome) == Record(Event(NOW, "test", "p", "answered", ("1.000001",), VERSION), state.to_json())


def test_all_that_was_said_is_kept_in_one_go() -> None:
    said, unfound = Said(ASKED, is_answered=True, is_rated=True), Unfound(NOW, "a", "a", Unmet.UNHELPFUL)
    outcome = Outcome(REPLY, opinion=Opinion.NO, asked=ASKED, said=said)
    assert kept(outcome, incoming=replace(SAID, task=7), unfound=unfound) == Record(
        Event(NOW, "test", "p", "answered", ("1.000001",), VERSION),
        went_on(outcome).to_json(),
        Helpfulness(NOW, "test", "p", "no", "1.000006", VERSION),
        Answered(7, REPLY.to_json()),
        survey_of(said, Circumstances("p", NOW, "test", VERSION), USUAL_RULES),
        unfound,
    )


@pytest.mark.parametrize(
    ("silence", "incoming", "is_first"),
    [
        (timedelta(minutes=30), SAID, False),
        (timedelta(minutes=30, seconds=1), SAID, True),
        (timedelta(days=9), Incoming("test", "", ask=Subject("1.000001")), False),
    ],
)
def test_after_half_an_hour_another_conversation_begins(
    silence: timedelta, incoming: Incoming, *, is_first: bool
) -> None:
    before = replace(BEFORE, updated_at=NOW - silence)
    assert kept(Outcome(REPLY), incoming=incoming, before=before).event.is_first is is_first


def test_who_deletes_is_counted_without_who() -> None:
    erased = Outcome(Reply(Status.ERASED, "xong"), erase=True)
    assert kept(erased) == Record(Event(NOW, "test", "", "erased", (), VERSION))
    failed = replace(erased, reply=Reply(Status.FAILED, "lỗi"))
    assert kept(failed) == Record(Event(NOW, "test", "p", "failed", (), VERSION), went_on(failed).to_json())


def test_the_name_of_a_channel_is_outside_input() -> None:
    assert kept(Outcome(REPLY), incoming=replace(SAID, channel=f"a\n{'b' * 99}")).event.channel == f"a; {'b' * 37}"


@pytest.mark.parametrize(
    ("asked", "before", "expected"),
    [
        # Words are awaited only right after they were asked for; what was rated can still be changed.
        (None, BEFORE.asked, ASKED),
        (None, None, None),
        (replace(ASKED, awaits=Awaits.COMMENT), None, replace(ASKED, awaits=Awaits.COMMENT)),
        (replace(ASKED, level=1), BEFORE.asked, replace(ASKED, level=1)),
    ],
)
def test_what_is_awaited_next(asked: Asked | None, before: Asked | None, expected: Asked | None) -> None:
    assert went_on(Outcome(REPLY, asked=asked), replace(BEFORE, asked=before)).asked == expected


def test_open_choices_stay_open_until_others_are_offered() -> None:
    assert [
        went_on(Outcome(Reply(Status.EMPTY, ""))).choices,
        went_on(Outcome(REPLY)).choices,
    ] == [BEFORE.choices, REPLY.choices]


def test_a_changed_profile_takes_the_place_of_the_one_before() -> None:
    silent = Profile(follow_ups=False, rated=(Rated("1.000001", "2026-12", "three", 3),))
    profiles = [went_on(Outcome(REPLY, profile=profile)).profile for profile in (silent, None)]
    assert profiles == [silent, BEFORE.profile]


def test_it_is_asked_once_if_the_answers_help() -> None:
    helpful = replace(REPLY, choices=(Choice("ok:yes", ""), Choice("ok:no", "")))
    assert [
        went_on(Outcome(REPLY)).judged,
        went_on(Outcome(helpful)).judged,
        went_on(Outcome(REPLY), replace(BEFORE, judged=True)).judged,
    ] == [False, True, True]


@pytest.mark.parametrize(
    ("status", "is_opened"), [(Status.ANSWERED, True), (Status.EXPIRED_CHOICE, False), (Status.FAILED, False)]
)
def test_what_could_not_be_shown_leads_nowhere_back(status: Status, *, is_opened: bool) -> None:
    outcome = Outcome(Reply(status, ""), view=MenuChoice())
    assert opened(outcome) == (MenuChoice() if is_opened else None)
    assert went_on(outcome).trail == (("start", "menu") if is_opened else ("start",))


def test_what_looks_old_is_kept_without_words() -> None:
    found = kept(Outcome(REPLY, stale=Subject("1.000001", agency="H99.05"))).stale
    assert found == StaleReport(NOW, "test", "p", "1.000001", "H99.05", VERSION)
