"""A person of the authority takes over, and the assistant is called back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Reply, Status
from bot.operations.messages.clerk import Clerk
from bot.store.inbox import Contact, Kind
from bot.store.interface import Record
from bot.store.memory import MemoryStore
from bot.texts import load_texts
from tests.unit.store.samples import NOW, event, update

SILENCE = timedelta(hours=2)
CONTACT = Contact("p", "zalo_oa", "to p", NOW)


@dataclass(slots=True)
class Office:
    """A clerk with an inbox and a clock."""

    now: datetime = NOW
    store: MemoryStore = field(default_factory=MemoryStore)
    clerk: Clerk = field(init=False)

    def __post_init__(self) -> None:
        languages = {language: load_texts(language) for language in ("vi", "en")}
        self.clerk = Clerk(SILENCE, languages, lambda: self.now)

    async def writes(self, seconds: int) -> Reply | None:
        """A person of the authority writes so long after NOW; what is said of it."""
        given = replace(update("c", sent=seconds, channel="zalo_oa"), kind=Kind.CLERK)
        return await self.clerk.takes_over(self.store, given, await self.contact())

    async def contact(self) -> Contact | None:
        return await self.store.inbox.contact("p")


def test_nobody_is_at_work_until_silence_is_kept() -> None:
    office = Office()
    silent = replace(CONTACT, silent_until=NOW + SILENCE)
    assert [office.clerk.is_at_work(contact) for contact in (None, CONTACT, silent)] == [False, False, True]
    office.now = NOW + SILENCE
    assert not office.clerk.is_at_work(silent)


async def test_it_is_said_once_and_the_silence_grows() -> None:
    office = Office()
    assert await office.writes(0) == Reply(
        Status.ANSWERED,
        "Từ bây giờ cán bộ trả lời anh/chị tại đây. Tôi là trợ lý tự động, tôi tạm dừng đến 17:00.\n"
        "Muốn hỏi tôi ngay thì anh/chị nhắn: trợ lý.",
    )
    office.now = NOW + timedelta(minutes=30)
    assert await office.writes(1800) is None
    contact = await office.contact()
    assert contact is not None
    assert contact.silent_until == NOW + timedelta(seconds=1800) + SILENCE


async def test_after_the_silence_it_is_said_again() -> None:
    office = Office()
    await office.writes(0)
    office.now = NOW + timedelta(hours=5)
    said = await office.writes(5 * 3600)
    assert said is not None
    assert "tạm dừng đến 22:00" in said.text


async def test_what_a_clerk_wrote_long_ago_silences_nobody() -> None:
    office = Office(now=NOW + SILENCE)
    assert await office.writes(0) is None
    assert await office.contact() is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "trợ lý",
            "Trợ lý ơi",
            "tro ly",
            "tro li",
            "troly",
            "trợ lí",
            "TRỢ LÝ TỰ ĐỘNG",
            "assistant",
            "bot",
            " trợ  lý ",
        ),
        *("cho hỏi trợ lý", "tôi muốn hỏi trợ lý", "trợ lý giúp tôi với", "nhắn trợ lý", "bot ơi"),
    ],
)
def test_the_assistant_is_called_back(text: str) -> None:
    called = Office().clerk.called_back(Incoming("zalo_oa", "u", text=text))
    assert called == Incoming("zalo_oa", "u", choice="start")


@pytest.mark.parametrize(
    "incoming",
    [
        Incoming("zalo_oa", "u", text="#linhvuc"),
        Incoming("zalo_oa", "u", text="/tim khai sinh"),
        Incoming("zalo_oa", "u", choice="tt:1.001193"),
    ],
)
def test_what_is_the_assistant_s_own_is_answered_as_it_is(incoming: Incoming) -> None:
    assert Office().clerk.called_back(incoming) == incoming


@pytest.mark.parametrize(
    "incoming",
    [
        Incoming("zalo_oa", "u", text="cám ơn anh"),
        Incoming("zalo_oa", "u", text="trợ lý hồ sơ của tôi đâu"),
        Incoming("zalo_oa", "u", text=""),
        Incoming("zalo_oa", "u"),
    ],
)
def test_nothing_else_calls_it_back(incoming: Incoming) -> None:
    assert Office().clerk.called_back(incoming) is None


async def test_it_is_said_in_the_language_of_the_conversation() -> None:
    office = Office()
    await office.store.record(Record(event(), Conversation(language="en", updated_at=NOW).to_json()))
    assert await office.writes(0) == Reply(
        Status.ANSWERED,
        "From now on a member of staff answers you here. I am the automatic assistant and pause until 17:00.\n"
        "To ask me at once, write: assistant.",
    )
