"""The way of a message: which handler answers, what is kept, and that nothing breaks it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.catalog.guide import Guide
from bot.dialogue.conversation import Conversation
from bot.dialogue.guards import Guard, Guards, OffChannels, RateLimit
from bot.dialogue.messages import Choice, Incoming, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.router import Assistant
from bot.dialogue.rules import Rules
from bot.dialogue.turn import Handler, Outcome, Turn
from bot.errors import StoreError
from bot.search.language import Language
from bot.search.model import SearchResult
from bot.store.erasing import Deleted
from bot.store.interface import Event, Helpfulness, Overtaken, Record, Store
from bot.store.memory import MemoryStore
from bot.store.person import person_key
from bot.store.sqlite.store import SqliteStore
from bot.texts import load_texts
from tests.log import Log
from tests.unit.handlers.example import FileFree, TableEngine, answered, asked_back, catalogue, outside

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
RULES = Rules(b"k" * 32, site="https://site.test")
LANGUAGES = {language: load_texts(language) for language in ("vi", "en")}
TABLE = {
    "khai sinh": SearchResult((answered("1.000001"),)),
    "giấy": SearchResult((asked_back("1.000001", "1.000006", asks=("fee",)),)),
    "cám ơn": SearchResult((outside("thanks"),)),
    "làm khai sinh": SearchResult((answered("1.000001"),)),
    "sinh và cưới": SearchResult((answered("1.000001"), answered("1.000006"))),
}


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class BrokenEngine:
    def search(self, text: str, language: Language = "vi") -> SearchResult:  # noqa: ARG002 - as the engine is asked
        raise ZeroDivisionError(f"broken by {text}")

    def language(self, text: str) -> Language | None:
        raise ZeroDivisionError(f"broken by {text}")

    def help_topic(self, text: str, language: Language = "vi") -> str | None:  # noqa: ARG002 - as the engine is asked
        raise ZeroDivisionError(f"broken by {text}")


class BrokenStore(MemoryStore):
    async def record(self, record: Record) -> None:
        raise StoreError(f"no room for {record.event.status}")

    async def erase(self, person: str, at: datetime) -> Deleted:  # noqa: ARG002 - as a store is asked
        raise StoreError(f"no way to erase {person}")


class EnglishEngine(TableEngine):
    """Hears English in everything."""

    def language(self, text: str) -> Language | None:  # noqa: ARG002 - as the engine is asked
        return "en"


def assistant(
    store: Store | None = None,
    clock: Clock | None = None,
    *,
    broken: bool = False,
    free_text: Handler | None = None,
    guard: Guard | None = None,
) -> Assistant:
    from bot.app.answering import make_handlers

    engine = BrokenEngine() if broken else TableEngine(TABLE)
    handlers = make_handlers(FileFree())
    handlers = replace(handlers, free_text=free_text or handlers.free_text)
    return Assistant(
        Guide.of(catalogue()), engine, store or MemoryStore(), handlers, LANGUAGES, RULES, clock or Clock(), guard
    )


async def test_every_answer_is_told_to_whoever_counts() -> None:
    from bot.app.answering import make_handlers

    told: list[tuple[str, Status]] = []
    seconds: list[float] = []

    def heard(channel: str, status: Status, took: float) -> None:
        told.append((channel, status))
        seconds.append(took)

    handlers = make_handlers(FileFree())
    given = Assistant(
        Guide.of(catalogue()), TableEngine(TABLE), MemoryStore(), handlers, LANGUAGES, RULES, Clock(), heard=heard
    )
    for user, text in (("u", "khai sinh"), ("v", "không biết")):
        await say(given, text, user)
    # Its secret is no key: nobody can be told apart, and an apology is all there is.
    failing = Assistant(
        *(Guide.of(catalogue()), TableEngine(TABLE), MemoryStore(), handlers, LANGUAGES, replace(RULES, secret="")),  # type: ignore[arg-type]
        heard=heard,
    )
    await say(failing, "khai sinh")
    assert told == [("test", Status.ANSWERED), ("test", Status.NOT_FOUND), ("test", Status.FAILED)]
    assert all(0 < took < 60 for took in seconds)


async def say(given: Assistant, text: str, user: str = "u") -> Reply:
    return await given.answer(Incoming("test", user, text=text))


async def tap(given: Assistant, choice: str, user: str = "u") -> Reply:
    return await given.answer(Incoming("test", user, choice=choice))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("khai sinh", Status.ANSWERED),
        ("giấy", Status.ASKED_BACK),
        ("không biết", Status.NOT_FOUND),
        ("cám ơn", Status.OUT_OF_SCOPE),
        ("/start", Status.STARTED),
        ("/start abc", Status.STARTED),
        ("/tim", Status.STARTED),
        ("/tim khai sinh", Status.ANSWERED),
        ("#tim khai sinh", Status.ANSWERED),
        ("/tim@bot khai sinh", Status.ANSWERED),
        ("/tim " + "a" * 1997, Status.TOO_LONG),
        ("/linhvuc khai sinh", Status.BROWSED),
        ("/xaphuong cửa lò", Status.REMEMBERED),
        ("#xaphuong cửa lò", Status.REMEMBERED),
        ("#xaphuong nơi nào đó", Status.ASKED_BACK),
        ("/START", Status.STARTED),
        ("bắt đầu", Status.STARTED),
        ("bat dau", Status.STARTED),
        ("Menu", Status.BROWSED),
        ("/help", Status.HELPED),
        ("trợ giúp", Status.HELPED),
        ("tro giup", Status.HELPED),
        ("/drop tables", Status.HELPED),
        ("#linhvuc", Status.BROWSED),
        ("/linhvuc", Status.BROWSED),
        ("#HUONGDAN", Status.HELPED),
        ("#tt:1.000001", Status.ANSWERED),
        ("#khai sinh", Status.NOT_FOUND),
        ("#", Status.EMPTY),
        ("/start tt_1_000001", Status.ANSWERED),
        ("quay lại", Status.STARTED),
        ("tiếp", Status.BROWSED),
        ("cái khác", Status.ASKED_BACK),
        ("lĩnh vực", Status.BROWSED),
        ("cơ quan", Status.BROWSED),
        ("toàn trình", Status.BROWSED),
        ("xã của tôi", Status.ASKED_BACK),
        ("tôi ở Cửa Lò", Status.REMEMBERED),
        ("quyền riêng tư", Status.HELPED),
        ("xóa dữ liệu của tôi", Status.ASKED_BACK),
        ("tiếng anh", Status.REMEMBERED),
        ("/", Status.EMPTY),
        ("", Status.EMPTY),
        (" \u200b\n", Status.EMPTY),
        ("👍👍", Status.EMPTY),
        ("?", Status.EMPTY),
        ("a" * 2001, Status.TOO_LONG),
        ("a" * 2000, Status.NOT_FOUND),
        ("7", Status.EXPIRED_CHOICE),
        ("tt:1.000001", Status.ANSWERED),
        ("le:birth", Status.BROWSED),
        ("042193001234", Status.PERSONAL_DATA_REFUSED),
        ("làm khai sinh 042193001234", Status.PERSONAL_DATA_REFUSED),
    ],
)
async def test_status_of_a_text(text: str, status: Status) -> None:
    assert (await say(assistant(), text)).status is status


@pytest.mark.parametrize(
    ("choice", "status"),
    [
        ("tt:1.000001", Status.ANSWERED),
        ("tt:1.000003@H99.102", Status.ANSWERED),
        ("tt:1.000003", Status.ASKED_BACK),
        ("more:1.000002", Status.ANSWERED),
        ("le:birth", Status.BROWSED),
        ("start", Status.STARTED),
        ("help", Status.HELPED),
        ("kin:1.000001", Status.BROWSED),
        ("pick:1.000001+1.000006", Status.ASKED_BACK),
        ("menu", Status.BROWSED),
        ("lg:1", Status.BROWSED),
        ("fi:dat-dai", Status.BROWSED),
        ("ag:H99.05", Status.BROWSED),
        ("ol:tier:X:full", Status.BROWSED),
        ("cm:H99.101", Status.REMEMBERED),
        ("lang:en", Status.REMEMBERED),
        ("ok:yes", Status.HELPFULNESS),
        ("me", Status.HELPED),
        ("me:erase", Status.ASKED_BACK),
        ("me:erased", Status.ERASED),
        ("back", Status.STARTED),
        ("other", Status.ASKED_BACK),
        ("next", Status.BROWSED),
        ("tt:9.999999", Status.EXPIRED_CHOICE),
        ("le:nowhere", Status.EXPIRED_CHOICE),
        ("'; drop table events; --", Status.EXPIRED_CHOICE),
        ("\ud800", Status.EXPIRED_CHOICE),
        ("x" * 1_000_000, Status.EXPIRED_CHOICE),
        ("", Status.EXPIRED_CHOICE),
    ],
)
async def test_status_of_a_choice(choice: str, status: Status) -> None:
    assert (await tap(assistant(), choice)).status is status


@pytest.mark.parametrize("typed", ["2", "số 2", "cái thứ hai", "tt:1.000006", "dang ky ket hon", "Đăng ký kết hôn"])
async def test_typing_does_the_same_as_tapping(typed: str) -> None:
    one, other = assistant(), assistant()
    await say(one, "giấy")
    await say(other, "giấy")
    assert await say(one, typed) == await tap(other, "tt:1.000006")


async def test_what_was_asked_is_answered_on_the_card_chosen() -> None:
    given = assistant()
    await say(given, "giấy")
    assert "Lệ phí: ghi trên trang của thủ tục" in (await say(given, "1")).text


async def test_choices_stay_open_until_others_are_offered() -> None:
    given = assistant()
    await say(given, "giấy")
    for text in ("", "👍", "a" * 3000, "9"):
        await say(given, text)
    assert (await say(given, "1")).codes == ("1.000001",)


async def test_choices_are_each_persons_own() -> None:
    given = assistant()
    await say(given, "giấy", user="a")
    assert (await say(given, "1", user="b")).status is Status.EXPIRED_CHOICE
    assert (await say(given, "1", user="a")).codes == ("1.000001",)


async def test_choices_expire() -> None:
    clock = Clock()
    given = assistant(clock=clock)
    await say(given, "giấy")
    clock.now += timedelta(hours=25)
    assert (await say(given, "1")).status is Status.EXPIRED_CHOICE


async def test_two_taps_at_once_give_the_same_answer_twice() -> None:
    given = assistant()
    await say(given, "giấy")
    replies = await asyncio.gather(*(tap(given, "tt:1.000006") for _ in range(20)))
    assert set(replies) == {replies[0]}
    assert replies[0].status is Status.ANSWERED


async def test_one_message_at_a_time_for_each_person() -> None:
    running, most = 0, 0

    class SlowStore(MemoryStore):
        async def conversation(self, person: str) -> str | None:
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            return await super().conversation(person)

        async def record(self, record: Record) -> Overtaken | None:
            nonlocal running
            await asyncio.sleep(0)
            running -= 1
            return await super().record(record)

    given = assistant(SlowStore())
    await asyncio.gather(*(say(given, "khai sinh") for _ in range(10)))
    assert (running, most) == (0, 1)


async def test_the_event_holds_no_word_of_the_message() -> None:
    store = MemoryStore()
    await say(assistant(store), "làm khai sinh 042193001234", user="lan")
    person = person_key(RULES.secret, "test", "lan")
    assert await store.recent_events(10) == (
        Event(NOW, "test", person, "personal_data_refused", ("1.000001",), "0123456789ab", is_first=True),
    )
    kept = Conversation.from_json(await store.conversation(person))
    assert kept == Conversation(
        profile=Profile(commune_asked=True),
        choices=(
            Choice("kin:1.000001", "Việc liên quan, việc làm tiếp"),
            Choice("le:birth", "Xem thêm: Sinh con"),
            Choice("rate:1.000001", "Đánh giá dịch vụ này"),
            Choice("cm:skip", "Không nói nơi ở"),
            Choice("share:1.000001", "Chia sẻ cho người khác"),
            Choice("start", "Việc khác"),
        ),
        procedure="1.000001",
        others=("1.000007",),
        trail=("tt:1.000001",),
        updated_at=NOW,
    )


async def test_a_broken_handler_is_an_apology_and_an_event(log: Log) -> None:
    store = MemoryStore()
    reply = await say(assistant(store, broken=True), "bí mật của tôi")
    assert reply == Reply(Status.FAILED, "Xin lỗi, tôi đang gặp trục trặc. Anh/chị gửi lại giúp tôi sau ít phút.")
    assert [event.status for event in await store.recent_events(10)] == ["failed"]
    assert [(line["event"], line["error"]) for line in log.lines()] == [
        (f"{where}_failed", "ZeroDivisionError") for where in ("language", "handler")
    ]
    assert "bí mật" not in log.text


async def test_a_store_that_fails_does_not_stop_the_answer(log: Log) -> None:
    assert (await say(assistant(BrokenStore()), "khai sinh")).status is Status.ANSWERED
    assert log.events() == ["record_failed"]


@pytest.mark.parametrize(
    "incoming",
    [
        Incoming("test", "u"),
        Incoming("test", "u", text=5),  # type: ignore[arg-type]
        Incoming("test", "u", choice=["x"]),  # type: ignore[arg-type]
        Incoming(None, 7, text="khai sinh"),  # type: ignore[arg-type]
        Incoming("te\ud800st", "\udfff", text="khai sinh"),
        None,
    ],
)
async def test_never_raises_for_what_is_no_message(incoming: Incoming) -> None:
    assert isinstance(await assistant().answer(incoming), Reply)


async def test_numbers_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        reply = await say(assistant(), "cccd 042193001234 otp 482913")
    assert "042193001234" not in caplog.text + reply.text
    assert "482913" not in caplog.text + reply.text


async def test_a_handler_may_be_anything_that_fits() -> None:
    def own(turn: Turn) -> Outcome:
        return Outcome(Reply(Status.HELPED, turn.text.upper()))

    assert await say(assistant(free_text=own), "khai  sinh") == Reply(Status.HELPED, "KHAI SINH")


async def test_back_after_back_to_the_beginning_and_no_further() -> None:
    given = assistant()
    way = ["start", "menu", "lg:1", "le:birth", "tt:1.000001", "kin:1.000001"]
    await tap(given, "start")
    shown = [(await tap(given, step)).text for step in way[1:-1]]
    await tap(given, way[-1])
    # The card asked for the commune the first time, and that only.
    backed = [(await say(given, "quay lại")).text for _ in range(4)]
    assert [text.splitlines()[0] for text in backed] == [text.splitlines()[0] for text in reversed(shown)]
    assert [(await say(given, "quay lại")).status for _ in range(3)] == [Status.STARTED] * 3


async def test_going_on_from_where_one_went_back_to() -> None:
    given = assistant()
    for step in ("start", "menu", "fi", "fi:dat-dai"):
        await tap(given, step)
    assert (await tap(given, "back")).choices[1] == Choice("fi:dat-dai", "Đất đai (2)")
    assert (await say(given, "3")).text == "Khoáng sản: 1 việc."
    assert (await say(given, "lui lại")).text.startswith("Có 3 lĩnh vực.")


async def test_back_from_a_question_on_the_way_is_where_one_was() -> None:
    given = assistant()
    await tap(given, "menu")
    await tap(given, "fi:dat-dai")
    await tap(given, "cm")
    assert (await say(given, "quay lại")).text == "Đất đai: 2 việc."
    await tap(given, "cm:H99.101")
    await tap(given, "me")
    assert (await say(given, "quay lại")).text == "Đất đai: 2 việc."
    assert (await say(given, "quay lại")).text == "Anh/chị muốn tìm theo cách nào?"


async def test_a_number_means_the_list_on_the_screen() -> None:
    given = assistant()
    await tap(given, "menu")
    assert (await say(given, "2")).text.startswith("Có 3 lĩnh vực.")
    assert (await say(given, "2")).text == "Đất đai: 2 việc."
    assert (await say(given, "99")).status is Status.EXPIRED_CHOICE
    assert (await say(given, "1")).codes == ("1.000003",)


async def test_the_next_wish_then_nothing_more() -> None:
    given = assistant()
    first = await say(given, "sinh và cưới")
    assert first.codes == ("1.000001",)
    assert (await say(given, "tiếp")).codes == ("1.000006",)
    assert (await say(given, "tiếp")).text.startswith("Hết rồi ạ.")


async def test_whether_it_helped_is_asked_once_and_kept_with_the_code() -> None:
    store = MemoryStore()
    given = assistant(store)
    await say(given, "khai sinh")
    asked = await say(given, "làm khai sinh")
    assert [choice.id for choice in asked.choices][-4:-2] == ["ok:yes", "ok:no"]
    assert (await tap(given, "ok:no")).status is Status.HELPFULNESS
    assert (await tap(given, "ok:incomplete")).status is Status.HELPFULNESS
    person = person_key(RULES.secret, "test", "u")
    assert await store.recent_helpfulness(9) == (
        Helpfulness(NOW, "test", person, "incomplete", "1.000001", "0123456789ab"),
        Helpfulness(NOW, "test", person, "no", "1.000001", "0123456789ab"),
    )
    later = [await say(given, text) for text in ("khai sinh", "giấy", "cám ơn")]
    assert [choice.id for reply in later for choice in reply.choices if choice.id.startswith("ok:")] == []


async def test_erasing_really_deletes(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "data.sqlite")
    given = assistant(store)
    person = person_key(RULES.secret, "test", "u")
    await say(given, "tôi ở Cửa Lò")
    await say(given, "khai sinh")
    await tap(given, "ok:yes")
    asked = await say(given, "xóa dữ liệu của tôi")
    assert [choice.id for choice in asked.choices] == ["me:erased", "me:kept"]
    assert (await say(given, "1")).status is Status.ERASED
    assert await store.conversation(person) is None
    assert {event.person for event in await store.recent_events(99)} == {""}
    assert [(said.person, said.opinion) for said in await store.recent_helpfulness(9)] == [("", "yes")]
    assert "Nhiều người hỏi" in (await tap(given, "start")).text
    await store.close()


async def test_what_could_not_be_erased_is_never_called_deleted() -> None:
    class NotErasing(MemoryStore):
        async def erase(self, person: str, at: datetime) -> Deleted:  # noqa: ARG002 - as a store is asked
            raise StoreError(f"no way to erase {person}")

    store = NotErasing()
    given = assistant(store)
    await say(given, "tôi ở Cửa Lò")
    with capture_logs() as logged:
        refused = await tap(given, "me:erased")
    assert (refused.status, [choice.id for choice in refused.choices]) == (Status.FAILED, ["me:erased", "start"])
    assert refused.text.startswith("Xin lỗi anh/chị, tôi chưa xóa được")
    person = person_key(RULES.secret, "test", "u")
    kept = Conversation.from_json(await store.conversation(person))
    assert (kept.profile.commune, [event.status for event in await store.recent_events(1)]) == ("H99.102", ["failed"])
    assert logged == [{"event": "data_not_deleted", "log_level": "error", "error": "StoreError"}]


async def ask_privacy(given: Assistant, commune: str | None = None) -> str:
    """What the assistant says that it remembers, for someone who comes in `where`."""
    reply = await given.answer(Incoming("test", "u", choice="me", commune=commune))
    return reply.text.splitlines()[-1]


async def test_the_commune_of_the_page_counts_for_who_has_told_none() -> None:
    given = assistant()
    assert await ask_privacy(given) == "Hiện tôi không nhớ xã, phường nào của anh/chị."
    assert await ask_privacy(given, commune="nowhere") == "Hiện tôi không nhớ xã, phường nào của anh/chị."
    assert await ask_privacy(given, commune="H99.102") == "Hiện tôi nhớ anh/chị ở xã Cửa Lò."
    assert await ask_privacy(given, commune="H99.101") == "Hiện tôi nhớ anh/chị ở xã Bình Minh."
    await say(given, "tôi ở Cửa Lò")
    assert await ask_privacy(given, commune="H99.101") == "Hiện tôi nhớ anh/chị ở xã Cửa Lò."
    await say(given, "quên xã của tôi")
    assert await ask_privacy(given, commune="H99.101") == "Hiện tôi không nhớ xã, phường nào của anh/chị."


async def test_the_language_of_the_page_counts_for_who_has_chosen_none() -> None:
    given = assistant()
    assert (await given.answer(Incoming("test", "u", choice="menu", language="en"))).text == (
        "How would you like to search?"
    )
    assert (await given.answer(Incoming("test", "v", choice="menu", language="fr"))).text == (
        "Anh/chị muốn tìm theo cách nào?"
    )
    await tap(given, "lang:vi")
    assert (await given.answer(Incoming("test", "u", choice="menu", language="en"))).text == (
        "Anh/chị muốn tìm theo cách nào?"
    )


async def test_the_profile_outlives_the_choices() -> None:
    clock = Clock()
    given = assistant(clock=clock)
    await say(given, "tôi ở Cửa Lò")
    await say(given, "giấy")
    clock.now += timedelta(days=30)
    assert (await say(given, "1")).status is Status.EXPIRED_CHOICE
    assert await ask_privacy(given) == "Hiện tôi nhớ anh/chị ở xã Cửa Lò."


async def test_neither_a_command_nor_a_place_tells_the_language() -> None:
    given = assistant()
    given.engine = EnglishEngine(TABLE)
    texts = [(await say(given, said, said)).text for said in ("/start", "#tim", "An Bình", "good morning")]
    assert [text.split()[0] for text in texts] == ["Xin", "Xin", "Tôi", "I"]


class Swapping(MemoryStore):
    """Has another search put in place while a message is being answered."""

    given: Assistant
    newer: tuple[Guide, TableEngine]

    async def record(self, record: Record) -> Overtaken | None:
        self.given.take(*self.newer)
        return await super().record(record)


async def test_another_search_answers_from_the_next_message_on() -> None:
    store = Swapping()
    store.given = given = assistant(store)
    newer = replace(catalogue(), version="newer")
    store.newer = (
        replace(given.guide, catalogue=newer),
        TableEngine({"khai sinh": SearchResult((outside("thanks"),))}),
    )
    replies = [await say(given, "khai sinh") for _ in range(2)]
    assert [reply.status for reply in replies] == [Status.ANSWERED, Status.OUT_OF_SCOPE]
    versions = [event.catalogue_version for event in await store.recent_events(9)]
    assert versions == ["newer", catalogue().version]


class SlowStore(MemoryStore):
    """Between looking and keeping others have their turn."""

    async def conversation(self, person: str) -> str | None:
        found = await super().conversation(person)
        await asyncio.sleep(0)
        return found


async def test_what_two_processes_hear_at_once_is_answered_as_one_after_the_other() -> None:
    store = SlowStore()
    one, other = assistant(store), assistant(store)
    await asyncio.gather(say(one, "tôi ở Cửa Lò"), say(other, "khai sinh"), say(one, "cám ơn"))
    person = person_key(RULES.secret, "test", "u")
    kept = Conversation.from_json(await store.conversation(person))
    # Where they live, and what they were shown: neither answer has taken the place of the other.
    assert (kept.profile.commune, "tt:1.000001" in kept.trail) == ("H99.102", True)
    assert sorted(event.status for event in await store.recent_events(9)) == ["answered", "out_of_scope", "remembered"]


async def test_one_message_to_two_processes_is_answered_once() -> None:
    store = SlowStore()
    one, other = assistant(store), assistant(store)
    message = Incoming("test", "u", text="khai sinh", message="m1")
    first, second = await asyncio.gather(one.answer(message), other.answer(message))
    assert (first, [event.status for event in await store.recent_events(9)]) == (second, ["answered"])
    # Also when it comes much later, and the conversation has gone on.
    await say(one, "cám ơn")
    assert await other.answer(message) == first
    assert len(await store.recent_events(9)) == 2


async def test_what_failed_is_answered_anew_when_it_comes_again() -> None:
    store = MemoryStore()
    message = Incoming("test", "u", text="khai sinh", message="m1")
    failed = await assistant(store, broken=True).answer(message)
    assert (failed.status, (await assistant(store).answer(message)).status) == (Status.FAILED, Status.ANSWERED)


async def test_whoever_is_always_overtaken_is_answered_in_the_end() -> None:
    class Busy(MemoryStore):
        tries = 0

        async def record(self, record: Record) -> Overtaken | None:
            self.tries += 1
            return await super().record(record) if record.since is None else Overtaken(None)

    store = Busy()
    assert ((await say(assistant(store), "khai sinh")).status, store.tries) == (Status.ANSWERED, 5)
    assert [event.status for event in await store.recent_events(9)] == ["answered"]


async def test_two_processes_have_one_limit_for_a_person() -> None:
    store, clock = MemoryStore(), Clock()
    many = [assistant(store, clock, guard=Guards(OffChannels(), RateLimit(3))) for _ in range(2)]
    found = [(await say(many[number % 2], "khai sinh")).status for number in range(6)]
    assert found == [Status.ANSWERED] * 3 + [Status.TOO_FAST] * 3
