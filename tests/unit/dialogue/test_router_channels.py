"""What messengers bring along: no text, texts that were masked already, guards, tasks of the inbox, pages that turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.answering import make_handlers
from bot.catalog.guide import Guide
from bot.dialogue.conversation import Conversation
from bot.dialogue.guards import Guards, OffChannels, RateLimit
from bot.dialogue.messages import Attachment, Incoming, Reply, Status
from bot.dialogue.router import Assistant
from bot.dialogue.rules import Rules
from bot.search.model import SearchResult
from bot.store.inbox import Kind, Update
from bot.store.interface import Answered, Overtaken, Record
from bot.store.memory import MemoryStore
from bot.store.person import person_key
from bot.texts import load_texts
from tests.unit.handlers.example import FileFree, TableEngine, answered, asked_back, catalogue, outside
from tests.unit.shipped import shipped_guide

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
RULES = Rules(b"k" * 32, site="https://site.test")
PERSON = person_key(RULES.secret, "telegram", "u")
TABLE = {
    "khai sinh": SearchResult((answered("1.000001"),)),
    "giấy": SearchResult((asked_back("1.000001", "1.000006", asks=("fee",)),)),
    "cứu": SearchResult((outside("emergency_fire"),)),
}


@dataclass(slots=True)
class Room:
    """An assistant with its guards, its store and its clock."""

    off: OffChannels = field(default_factory=OffChannels)
    per_minute: int = 0
    store: MemoryStore = field(default_factory=MemoryStore)
    now: datetime = NOW
    guide: Guide = field(default_factory=lambda: Guide.of(catalogue()))
    assistant: Assistant = field(init=False)

    def __post_init__(self) -> None:
        languages = {language: load_texts(language) for language in ("vi", "en")}
        self.assistant = Assistant(
            self.guide,
            TableEngine(TABLE),
            self.store,
            make_handlers(FileFree()),
            languages,
            RULES,
            lambda: self.now,
            Guards(self.off, RateLimit(self.per_minute)),
        )

    async def say(self, text: str, *, is_masked: bool = False, task: int | None = None) -> Reply:
        return await self.assistant.answer(Incoming("telegram", "u", text=text, is_masked=is_masked, task=task))

    async def tap(self, choice: str) -> Reply:
        return await self.assistant.answer(Incoming("telegram", "u", choice=choice))

    async def send(self, attachment: Attachment) -> Reply:
        return await self.assistant.answer(Incoming("telegram", "u", attachment=attachment))

    async def kept(self) -> Conversation:
        return Conversation.from_json(await self.store.conversation(PERSON))

    async def statuses(self) -> list[str]:
        """Of all events, the oldest first."""
        return [event.status for event in reversed(await self.store.recent_events(99))]


@pytest.mark.parametrize("attachment", Attachment)
async def test_what_is_no_text_is_answered_and_forgets_nothing(attachment: Attachment) -> None:
    room = Room()
    await room.say("giấy")
    before = await room.kept()
    assert (await room.send(attachment)).status is Status.NOT_TEXT
    assert await room.kept() == before
    assert await room.statuses() == ["asked_back", "not_text"]
    assert "Lệ phí" in (await room.say("1")).text


async def test_after_a_picture_a_call_for_help_is_still_heard() -> None:
    room = Room()
    fire = await room.say("cứu")
    assert fire.status is Status.OUT_OF_SCOPE
    before = await room.kept()
    await room.send(Attachment.PICTURE)
    assert await room.kept() == before
    assert before.urgent == "emergency_fire"


async def test_words_that_were_masked_before_are_refused_though_nothing_is_left_in_them() -> None:
    room = Room()
    assert await room.say("khai sinh", is_masked=True) == await Room().say("khai sinh 042193001234")
    assert (await room.say("", is_masked=True)).status is Status.PERSONAL_DATA_REFUSED
    assert (await room.say("khai sinh")).status is Status.ANSWERED


async def test_a_channel_that_is_off_says_so_and_forgets_nothing() -> None:
    room = Room()
    await room.say("giấy")
    before = await room.kept()
    room.off.replace(frozenset({"telegram"}))
    said = [await room.say("khai sinh"), await room.tap("tt:1.000001"), await room.send(Attachment.VOICE)]
    assert set(said) == {
        Reply(
            Status.SWITCHED_OFF,
            "Tôi là trợ lý tự động, đang tạm nghỉ, chưa trả lời được. Xin lỗi anh/chị.\n"
            "Anh/chị nhắn lại sau, hoặc đến Trung tâm Phục vụ hành chính công gần nhất. "
            "Thủ tục nào cũng có trên dichvucong.gov.vn.\n"
            "Nguy hiểm thì gọi ngay 113, 114 hoặc 115.",
        )
    }
    assert await room.kept() == before
    room.off.replace(frozenset())
    assert (await room.say("1")).codes == ("1.000001",)
    assert await room.statuses() == ["asked_back", *["switched_off"] * 3, "answered"]


async def test_too_much_at_once_is_answered_with_a_request_and_forgets_nothing() -> None:
    room = Room(per_minute=2)
    await room.say("giấy")
    await room.say("👍")
    before = await room.kept()
    assert await room.say("khai sinh") == Reply(
        Status.TOO_FAST,
        "Tôi trả lời chưa kịp. Anh/chị chờ một phút, rồi nhắn lại việc mình cần giúp tôi. "
        "Nguy hiểm thì gọi ngay 113, 114 hoặc 115.",
    )
    assert await room.kept() == before
    assert (await room.assistant.answer(Incoming("telegram", "v", text="khai sinh"))).status is Status.ANSWERED
    room.now += timedelta(seconds=30)
    assert (await room.say("1")).codes == ("1.000001",)


async def test_what_is_refused_deletes_nothing() -> None:
    room = Room(per_minute=1)
    await room.say("tôi ở Cửa Lò")
    assert (await room.tap("me:erased")).status is Status.TOO_FAST
    assert (await room.kept()).profile.commune == "H99.102"


class Recording(MemoryStore):
    """Remembers which answers were kept with a task."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Answered | None] = []

    async def record(self, record: Record) -> Overtaken | None:
        self.answers.append(record.answered)
        return await super().record(record)


async def test_the_answer_to_a_task_is_kept_with_it() -> None:
    store = Recording()
    room = Room(store=store, per_minute=3)
    replies = [await room.say("khai sinh", task=7), await room.say("giấy")]
    replies += [await room.say("xin chào", task=-3), await room.say("quá nhanh", task=9)]
    assert store.answers == [
        Answered(7, replies[0].to_json()),
        None,
        Answered(-3, replies[2].to_json()),
        Answered(9, replies[3].to_json()),
    ]
    assert replies[3].status is Status.TOO_FAST


async def test_the_answer_reaches_the_inbox() -> None:
    room = Room()
    update = Update("telegram", "k", PERSON, "u", Kind.MESSAGE, "{}", NOW, NOW + timedelta(hours=1))
    await room.store.inbox.accept(update, NOW)
    (task,) = await room.store.inbox.claim("telegram", "one", NOW, NOW, 1)
    reply = await room.say("khai sinh", task=task.id)
    (again,) = await room.store.inbox.claim("telegram", "two", NOW + timedelta(1), NOW + timedelta(2), 1)
    assert again.reply is not None
    assert Reply.from_json(again.reply) == reply


async def test_deleting_everything_is_answered_through_the_inbox_too() -> None:
    store = Recording()
    room = Room(store=store)
    await room.say("tôi ở Cửa Lò")
    await room.say("xóa dữ liệu của tôi")
    reply = await room.say("1", task=5)
    assert reply.status is Status.ERASED
    assert store.answers[-1] == Answered(5, reply.to_json())
    assert await store.conversation(PERSON) is None


async def turned(room: Room, *steps: str) -> list[bool]:
    return [(await room.tap(step)).turns_page for step in steps]


async def test_another_page_of_the_same_list_takes_its_place() -> None:
    room = Room(guide=shipped_guide())
    assert await turned(room, "start", "start:2", "start", "menu") == [False, True, True, False]
    assert await turned(room, "fi", "fi:2", "fi:3", "fi:3", "fi") == [False, True, True, False, True]
    assert await turned(room, "fi:dat-dai", "fi:dat-dai:2", "fi:ho-tich:2") == [False, True, False]


async def test_back_within_a_list_turns_the_page_and_back_out_of_it_does_not() -> None:
    room = Room(guide=shipped_guide())
    assert await turned(room, "menu", "fi", "fi:2", "back", "back") == [False, False, True, True, False]


async def test_words_that_turn_the_page_say_so_too() -> None:
    room = Room(guide=shipped_guide())
    await room.tap("fi:dat-dai")
    assert [(await room.say(words)).turns_page for words in ("tiếp", "tiếp", "quay lại")] == [True] * 3


async def test_what_is_no_other_page_stays_where_it_is() -> None:
    room = Room(guide=shipped_guide())
    assert await turned(room, "fi", "fi", "fi:dat-dai", "ag", "tt:1.001193", "back") == [False] * 6
    await room.tap("fi")
    assert not (await room.say("không biết")).turns_page
    assert not (await room.send(Attachment.PICTURE)).turns_page
    assert (await room.tap("fi:2")).turns_page


async def test_a_page_that_does_not_exist_takes_no_lists_place() -> None:
    room = Room(guide=shipped_guide())
    await room.tap("fi:dat-dai")
    before = await room.kept()
    for choice in ("fi:dat-dai:99", "fi:nowhere:2"):
        reply = await room.tap(choice)
        assert (reply.status, reply.turns_page) == (Status.EXPIRED_CHOICE, False)
    assert (await room.kept()).trail == before.trail


async def test_several_choices_bear_a_heading_in_the_language_of_the_reply() -> None:
    room = Room()
    said = [await room.say("giấy"), await room.say("không biết cái chi"), await room.send(Attachment.PICTURE)]
    assert [(len(reply.choices) > 1, reply.heading) for reply in said] == [
        (True, "Anh/chị nhắn số đứng trước việc cần chọn:"),
        (True, "Anh/chị nhắn số đứng trước việc cần chọn:"),
        (False, ""),
    ]
    assert (await room.say("#en")).heading == "Please type the number of the line you want:"
