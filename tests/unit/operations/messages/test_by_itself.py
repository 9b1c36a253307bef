"""What nobody has asked for: when it is night, and how it stands in the inbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.messages import Choice, Reply, Status
from bot.operations.messages.by_itself import morning_after, notice_of, question_of, subject_of
from bot.ratings.model import Subject
from bot.ratings.periods import VIETNAM
from bot.store.follow_ups import FollowUp
from bot.store.inbox import Contact, Kind, Update
from bot.store.memory import MemoryStore
from tests.unit.operations.channel_double import NOW

HOUR = timedelta(hours=1)
ABOUT = Subject("1.001193", "1.001193.01", "H27.118", "H27.119")


def vietnam(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("moment", "morning"),
    [
        (vietnam(21, 6, 59), vietnam(21, 7)),
        (vietnam(21, 7), None),
        (vietnam(21, 20, 59), None),
        (vietnam(21, 21), vietnam(22, 7)),
        (vietnam(21, 23, 59), vietnam(22, 7)),
        (vietnam(22, 0), vietnam(22, 7)),
    ],
)
def test_the_night_is_from_nine_to_seven_in_vietnam(moment: datetime, morning: datetime | None) -> None:
    assert morning_after(moment.astimezone(UTC)) == morning


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds it
def test_the_morning_is_the_next_and_no_night_any_more(moment: datetime) -> None:
    morning = morning_after(moment)
    assert morning is None or (moment < morning <= moment + 10 * HOUR and morning_after(morning) is None)


def test_a_question_says_what_it_is_about() -> None:
    follow_up = FollowUp(7, "p", "zalo_oa", "@p", ABOUT, NOW - 20 * HOUR, NOW, NOW - 21 * HOUR)
    question = question_of(follow_up, NOW)
    assert question == Update("zalo_oa", "follow-up:7", "p", "@p", Kind.FOLLOW_UP, question.body, NOW, NOW + 2 * HOUR)
    assert subject_of(question) == ABOUT


async def test_a_notice_is_posted_once_and_is_the_reply() -> None:
    inbox = MemoryStore().inbox
    reply = Reply(Status.ANSWERED, "Đã sửa ạ.", (Choice("start", "Về đầu"),))
    contact = Contact("p", "zalo_oa", "@p", NOW - HOUR)
    assert [await inbox.accept(notice_of(contact, "outcome:5", reply, NOW), NOW) for _ in range(2)] == [True, False]
    (task,) = await inbox.claim("zalo_oa", "one", NOW, NOW + HOUR, 9)
    assert task.update == Update(
        "zalo_oa", "notice:outcome:5", "p", "@p", Kind.NOTICE, reply.to_json(), NOW, NOW + 48 * HOUR
    )
    assert await inbox.contact("p") is None
