"""What is kept of ratings, comments and searches that led nowhere: messages in, rows of a real file out."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.answering import make_handlers
from bot.catalog.guide import Guide
from bot.dialogue.guards import Guards, OffChannels, RateLimit
from bot.dialogue.messages import Incoming, Reply, Status
from bot.dialogue.rating_rules import RatingRules
from bot.dialogue.router import Assistant
from bot.dialogue.rules import Rules
from bot.errors import StoreError
from bot.ratings.model import Filing, Flag, Identity, Origin, Rating, Subject
from bot.ratings.scales import FIVE
from bot.search.model import SearchResult
from bot.store.interface import Overtaken, Record
from bot.store.memory import MemoryStore
from bot.store.person import person_key
from bot.store.sqlite.store import SqliteStore
from bot.texts import load_texts
from tests.unit.handlers.example import FileFree, TableEngine, answered, catalogue

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
PERIOD = "2026-12"
KEY = b"k" * 32
LAN = person_key(KEY, "test", "lan")
BIRTH = "1.000001"
TABLE = {
    "khai sinh": SearchResult((answered(BIRTH),)),
    "trang treo máy": SearchResult((answered(BIRTH),)),
}
PLAIN = Rating(
    NOW,
    PERIOD,
    LAN,
    Subject(BIRTH, "1.000001.01", "H99.100", "H99.100"),
    "test",
    Origin.CARD,
    "three",
    2,
    Filing.ONLINE,
    Identity.ACCOUNT,
    "0123456789ab",
)


class Disk(SqliteStore):
    """A store that may fail to write, as a full disk does."""

    is_full = False

    async def record(self, record: Record) -> Overtaken | None:
        if self.is_full:
            raise StoreError("the disk is full")
        return await super().record(record)


@dataclass(slots=True)
class House:
    """An assistant on a real file, and whoever talks with it; `at` is the time."""

    path: Path
    store: Disk
    rules: Rules = field(default_factory=lambda: Rules(KEY, site="https://site.test"))
    limit: RateLimit = field(default_factory=lambda: RateLimit(0))
    at: datetime = NOW
    _assistant: Assistant | None = None

    async def hear(self, incoming: Incoming) -> Reply:
        if self._assistant is None:
            languages = {language: load_texts(language) for language in ("vi", "en")}
            self._assistant = Assistant(
                Guide.of(catalogue()),
                TableEngine(TABLE),
                self.store,
                make_handlers(FileFree()),
                languages,
                self.rules,
                lambda: self.at,
                Guards(OffChannels(), self.limit),
            )
        return await self._assistant.answer(incoming)

    async def say(self, text: str, channel: str = "test") -> Reply:
        return await self.hear(Incoming(channel, "lan", text=text))

    async def tap(self, *choices: str, channel: str = "test", task: int | None = None) -> list[Status]:
        replies = [
            await self.hear(Incoming(channel, "lan", choice=choice, task=task, commune="H99.100")) for choice in choices
        ]
        return [reply.status for reply in replies]

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    path = tmp_path / "bot.db"
    store = await Disk.open(path)
    yield House(path, store)
    await store.close()


WAY = (f"tt:{BIRTH}", f"rate:{BIRTH}", f"rate:{BIRTH}@H99.100:online", f"rate:{BIRTH}@H99.100:online:2")


async def test_a_rating_is_kept_with_all_that_it_is_read_by(house: House) -> None:
    assert await house.tap(*WAY) == [Status.ANSWERED, Status.ASKED_TO_RATE, Status.ASKED_TO_RATE, Status.RATED]
    assert await house.store.office.ratings.history(LAN, BIRTH, PERIOD) == (PLAIN,)
    assert house.rows("select code, channel, origin, is_answered from askings") == [(BIRTH, "test", "card", 1)]


async def test_asked_is_counted_once_and_unanswered_until_it_is_answered(house: House) -> None:
    await house.tap(*WAY[:3])
    assert house.rows("select period, person, is_answered from askings") == [(PERIOD, LAN, 0)]
    assert house.rows("select count(*) from ratings") == [(0,)]


async def test_a_browser_is_known_by_its_cookie_only(house: House) -> None:
    await house.tap(*WAY, channel="web")
    person = person_key(KEY, "web", "lan")
    kept = await house.store.office.ratings.last(person, BIRTH, PERIOD)
    assert kept == replace(PLAIN, person=person, channel="web", identity=Identity.COOKIE)


async def test_where_a_browser_is_and_that_staff_sit_at_it_is_kept(house: House) -> None:
    for choice in WAY:
        await house.hear(Incoming("web", "lan", choice=choice, commune="H99.100", address="a" * 64, is_staff=True))
    assert house.rows("select address, flags, mark from ratings") == [("a" * 64, "staff", "aside")]


async def test_in_a_group_one_account_may_be_anybody(house: House) -> None:
    for choice in WAY:
        await house.hear(Incoming("test", "-7/lan", choice=choice, commune="H99.100", is_in_group=True))
    assert house.rows("select flags, mark from ratings") == [("group", "aside")]


async def test_changed_in_the_same_period_the_last_one_counts_and_both_are_kept(house: House) -> None:
    await house.tap(*WAY)
    house.at += timedelta(minutes=1)
    await house.tap(f"rate:{BIRTH}", f"rate:{BIRTH}@H99.100:counter", f"rate:{BIRTH}@H99.100:counter:1")
    later = replace(PLAIN, at=house.at, level=1, filing=Filing.COUNTER)
    assert await house.store.office.ratings.history(LAN, BIRTH, PERIOD) == (PLAIN, later)
    assert await house.store.office.ratings.last(LAN, BIRTH, PERIOD) == later
    assert house.rows("select level, is_last from ratings order by id") == [(2, 0), (1, 1)]
    assert house.rows("select count(*) from askings") == [(1,)]


async def test_in_the_next_period_it_is_another_rating(house: House) -> None:
    await house.tap(*WAY)
    house.at = datetime(2026, 12, 14, 17, 0, tzinfo=UTC)
    assert await house.tap(f"rate:{BIRTH}@H99.100:online:3") == [Status.ASKED_TO_RATE]
    await house.tap(f"rate:{BIRTH}@H99.100:online", f"rate:{BIRTH}@H99.100:online:3")
    assert house.rows("select period, level, is_last from ratings order by id") == [(PERIOD, 2, 1), ("2027-01", 3, 1)]


async def test_with_somebodys_help_it_is_the_same_rating_with_a_flag(house: House) -> None:
    await house.tap(*WAY, f"rate:{BIRTH}@H99.100:online:2+")
    assert await house.store.office.ratings.history(LAN, BIRTH, PERIOD) == (PLAIN, replace(PLAIN, is_helped=True))


async def test_the_scale_is_kept_with_the_level_and_tests_are_flagged(house: House) -> None:
    house.rules = replace(house.rules, rating=RatingRules(FIVE, period_start=1, is_test=True))
    await house.tap(*WAY[:3], f"rate:{BIRTH}@H99.100:online:4")
    kept = await house.store.office.ratings.last(LAN, BIRTH, "2026-11")
    assert kept == replace(PLAIN, period="2026-11", scale="five", level=4, flags=(Flag.TEST,))


async def test_who_rates_without_an_answer_before_is_flagged(house: House) -> None:
    await house.tap(*WAY[1:])
    assert await house.store.office.ratings.last(LAN, BIRTH, PERIOD) == replace(PLAIN, flags=(Flag.NO_CONVERSATION,))


@pytest.mark.parametrize(
    "forged",
    [
        [f"rate:{BIRTH}@H99.100:online:2"],
        [f"rate:{BIRTH}", f"rate:{BIRTH}@H99.100:online:2"],
        [f"rate:{BIRTH}", f"rate:{BIRTH}@H99.100:online", f"rate:{BIRTH}@H99.100:online:5"],
        [f"rate:{BIRTH}", f"rate:{BIRTH}@H99.100:online", f"rate:{BIRTH}@H99.100:helper:2"],
        [f"rate:{BIRTH}", f"rate:{BIRTH}@H99.100:online", f"rate:{BIRTH}@H99.101:online:2"],
        [f"rate:{BIRTH}", f"rate:{BIRTH}@H99.100:online", "rate:1.000006@H99.100:online:2"],
        [f"rate:{BIRTH}@H99.05:online:2", "tell:yes", "note:write"],
    ],
)
async def test_nothing_is_rated_by_an_answer_that_nobody_asked_for(house: House, forged: list[str]) -> None:
    await house.tap(f"tt:{BIRTH}", *forged)
    assert house.rows("select count(*) from ratings") == [(0,)]


async def test_a_comment_is_kept_with_its_numbers_masked(house: House) -> None:
    await house.tap(*WAY, "note:ask", "note:write")
    reply = await house.say("chậm quá, gọi tôi 0912345678 hoặc 042193001234 nhé")
    assert reply.status is Status.COMMENTED
    [(comment, told, level)] = house.rows("select comment, may_be_told, level from ratings")
    assert (told, level) == (0, 2)
    assert comment == "chậm quá, gọi tôi hoặc nhé"
    assert b"0912345678" not in b"".join(path.read_bytes() for path in house.path.parent.iterdir())


async def test_without_consent_no_word_is_a_comment(house: House) -> None:
    await house.tap(*WAY, "note:ask", "note:skip")
    assert (await house.say("trang treo máy")).status is Status.ANSWERED
    assert house.rows("select comment from ratings") == [(None,)]


@pytest.mark.parametrize("meanwhile", [f"tt:{BIRTH}", "start", "help"])
async def test_after_anything_else_words_are_no_comment_any_more(house: House, meanwhile: str) -> None:
    await house.tap(*WAY, "note:ask", "note:write", meanwhile)
    assert (await house.say("trang treo máy")).status is Status.ANSWERED
    assert house.rows("select comment from ratings") == [(None,)]


async def test_a_command_with_a_question_is_no_comment(house: House) -> None:
    await house.tap(*WAY, "note:ask", "note:write")
    assert (await house.say("/tim khai sinh")).status is Status.ANSWERED
    assert (await house.say("trang treo máy")).status is Status.ANSWERED
    assert house.rows("select comment from ratings") == [(None,)]


@pytest.mark.parametrize("unread", ["👍", "", "a" * 2001, "a" * 1001])
async def test_what_cannot_be_read_is_no_comment_and_words_are_awaited_still(house: House, unread: str) -> None:
    await house.tap(*WAY, "note:ask", "note:write")
    assert (await house.say(unread)).status in {Status.EMPTY, Status.TOO_LONG}
    assert (await house.say("5")).status is Status.COMMENTED
    assert house.rows("select comment from ratings") == [("5",)]


async def test_who_wants_to_be_told_is_marked(house: House) -> None:
    bad = (*WAY[:3], f"rate:{BIRTH}@H99.100:online:1", "tell:yes")
    assert (await house.tap(*bad, task=7))[-1] is Status.COMMENTED
    assert house.rows("select level, may_be_told, comment from ratings") == [(1, 1, None)]


async def test_what_kept_somebody_from_filing_is_kept_once_with_their_words(house: House) -> None:
    await house.tap(*WAY[:2], f"rate:{BIRTH}@H99.100:none", "why:other", "note:write")
    await house.say("máy cũ quá")
    query = "select at, person, code, agency, commune, channel, reason, words, catalogue_version from obstacles"
    assert house.rows(query) == [
        (NOW.isoformat(), LAN, BIRTH, "H99.100", "H99.100", "test", "other", "máy cũ quá", "0123456789ab")
    ]
    assert house.rows("select is_answered from askings") == [(1,)]
    assert house.rows("select count(*) from ratings") == [(0,)]


async def test_a_rating_that_is_lost_is_not_thanked_for(house: House) -> None:
    await house.tap(*WAY[:3])
    house.store.is_full = True
    reply = await house.hear(Incoming("test", "lan", choice=WAY[3]))
    assert (reply.status, reply.text) == (Status.FAILED, load_texts().get("rating.not_kept"))
    house.store.is_full = False
    assert house.rows("select count(*) from ratings") == [(0,)]
    assert await house.tap(WAY[3]) == [Status.RATED]
    assert await house.store.office.ratings.history(LAN, BIRTH, PERIOD) == (PLAIN,)


async def test_memory_keeps_no_rating_so_it_thanks_for_none() -> None:
    languages = {language: load_texts(language) for language in ("vi", "en")}
    assistant = Assistant(
        Guide.of(catalogue()),
        TableEngine(TABLE),
        MemoryStore(),
        make_handlers(FileFree()),
        languages,
        Rules(KEY),
        lambda: NOW,
    )
    assert (await assistant.answer(Incoming("test", "lan", choice=WAY[1]))).status is Status.FAILED


async def test_the_assistants_own_question_is_a_follow_up_and_costs_nobody_a_message(house: House) -> None:
    house.limit = RateLimit(4)
    await house.tap(WAY[0])
    about = Subject(BIRTH, "", "H99.100")
    for _ in range(9):
        assert (await house.hear(Incoming("test", "", person=LAN, ask=about))).status is Status.ASKED_TO_RATE
    assert house.rows("select person, origin, is_answered from askings") == [(LAN, "follow_up", 0)]
    assert await house.tap(*WAY[2:]) == [Status.ASKED_TO_RATE, Status.RATED]
    assert await house.store.office.ratings.last(LAN, BIRTH, PERIOD) == replace(PLAIN, origin=Origin.FOLLOW_UP)
    assert await house.tap("start", "start") == [Status.STARTED, Status.TOO_FAST]


async def test_the_assistants_own_question_begins_no_conversation(house: House) -> None:
    await house.hear(Incoming("test", "", person=LAN, ask=Subject(BIRTH)))
    [event] = await house.store.recent_events(9)
    assert (event.person, event.status, event.is_first) == (LAN, "asked_to_rate", False)


async def test_links_in_its_own_question_name_nobody(house: House) -> None:
    """Else a link opened from it would make it ask again."""
    house.rules = replace(house.rules, counted_site="https://site.test")
    asked = await house.hear(Incoming("test", "", person=LAN, ask=Subject(BIRTH)))
    card = await house.hear(Incoming("test", "lan", choice=WAY[0]))
    assert [link.through for link in asked.links if LAN[:12] in link.through] == []
    assert [LAN[:12] in link.through for link in card.links] == [True, False]


async def test_words_that_find_nothing_are_kept_of_nobody_and_counted(house: House) -> None:
    for _ in range(2):
        assert (await house.say("Giấy Xyz")).status is Status.NOT_FOUND
    day = NOW.date()
    [group] = await house.store.office.learning.unfound(day, day, 9)
    assert (group.folded, group.words) == ("giay xyz", "Giấy Xyz")
    # The whole row: nothing else stands in it.
    assert house.rows("select * from unfound") == [("giay xyz", "2026-11-20", "not_found", "Giấy Xyz", 2)]


@pytest.mark.parametrize(
    "words",
    [
        "tôi ở số 12345 đường làng",
        "sổ 12.34.56",
        "042193001234",
        "gọi 0912345678",
        "một hai ba bốn năm sáu bảy tám chín mười một hai ba",
        "a" * 81,
        "👍",
    ],
)
async def test_words_that_may_say_who_it_is_are_not_kept(house: House, words: str) -> None:
    await house.say(words)
    assert house.rows("select count(*) from unfound") == [(0,)]


async def test_words_that_did_not_help_are_kept_only_if_they_say_so(house: House) -> None:
    await house.say("khai sinh")
    assert house.rows("select count(*) from unfound") == [(0,)]
    assert await house.tap("ok:no") == [Status.HELPFULNESS]
    assert house.rows("select folded, why, n from unfound") == [("khai sinh", "unhelpful", 1)]
    await house.tap("ok:no", "ok:wrong")
    assert house.rows("select n from unfound") == [(1,)]


async def test_whose_search_it_was_is_not_mixed_up(house: House) -> None:
    await house.say("khai sinh")
    await house.hear(Incoming("test", "an other person", choice="ok:no"))
    assert house.rows("select count(*) from unfound") == [(0,)]


async def test_a_comment_is_no_search(house: House) -> None:
    await house.tap(*WAY, "note:ask", "note:write")
    await house.say("chẳng ra gì")
    assert house.rows("select count(*) from unfound") == [(0,)]
    assert house.rows("select comment from ratings") == [("chẳng ra gì",)]


async def test_after_deletion_the_rating_is_nobodys_and_its_words_are_gone(house: House) -> None:
    await house.tap(*WAY, "note:ask", "note:write")
    await house.say("chậm quá")
    await house.tap("me:erased")
    assert house.rows("select person, level, comment from ratings") == [("", 2, None)]
    assert house.rows("select person, is_answered from askings") == [("", 1)]
    assert await house.store.conversation(LAN) is None


async def test_no_questions_any_more_is_remembered(house: House) -> None:
    await house.say("dừng")
    assert '"follow_ups": false' in (await house.store.conversation(LAN) or "")
    await house.say("cho phép hỏi lại")
    assert '"follow_ups": true' in (await house.store.conversation(LAN) or "")


async def test_what_looks_old_is_counted_once_a_day_and_kept_without_words(house: House) -> None:
    await house.say("khai sinh")
    assert (await house.say("thông tin này cũ rồi")).status is Status.HELPFULNESS
    await house.tap("old:1.000001", "ok:old")
    house.at += timedelta(days=1)
    await house.tap("old:1.000001@H99.100")
    counted = "select code, agency, version, day, channel, n, closing from stale_counts order by day"
    assert house.rows(counted) == [
        (BIRTH, "", "0123456789ab", "2026-11-20", "test", 1, 0),
        (BIRTH, "H99.100", "0123456789ab", "2026-11-21", "test", 1, 0),
    ]
    assert house.rows("select * from stale_said") == [(LAN, BIRTH, "2026-11-20"), (LAN, BIRTH, "2026-11-21")]
    await house.tap("me:erased")
    assert house.rows("select * from stale_said") == []
    assert len(house.rows(counted)) == 2


async def test_who_says_that_something_is_old_is_not_thanked_where_it_is_lost(house: House) -> None:
    await house.say("khai sinh")
    house.store.is_full = True
    assert await house.tap("old:1.000001") == [Status.FAILED]
    house.store.is_full = False
    assert await house.tap("old:1.000001") == [Status.HELPFULNESS]
    assert house.rows("select n from stale_counts") == [(1,)]
