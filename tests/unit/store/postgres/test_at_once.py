"""Who looks before they write, on a server where others write in between: of two at once, one does it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import pytest

from bot.catalog.editorial import Pin
from bot.catalog.imports.model import Action, Answer
from bot.catalog.load import version_of
from bot.ratings.deadlines import DigestKind
from bot.ratings.model import Filing, Identity, Origin, Rating, Remark, Subject, Survey
from bot.store.cases import CaseChange, CaseState, Changed
from bot.store.drafts import DraftState
from bot.store.freshness import StaleReport, StaleState
from bot.store.inbox import Kind, Update
from bot.store.interface import Record
from bot.store.learning import TaughtAlias
from bot.store.publications import NotPublished, Publication, PublicationKind
from bot.store.reviews import Question, Review, Team, TimeNeeded, Verdict
from bot.store.sql.store import SqlStore
from bot.store.staff import Account, Act, Change, ChatCode, Keys, Limit, Outcome, Role
from tests.unit.store.engines import Place
from tests.unit.store.postgres.meeting import meet
from tests.unit.store.samples import NOW, event, update
from tests.unit.store.test_drafts import DRAFT, READING

One = TypeVar("One")
Other = TypeVar("Other")
Meet = Callable[
    [Callable[[SqlStore], Awaitable[One]], Callable[[SqlStore], Awaitable[Other]]], Awaitable[tuple[One, Other]]
]
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
ACT = Act(NOW, "chi.lan", "act", "vì thế")
CONTENTS = {"a.csv": b"x\n1\n"}
CATALOGUE = Publication(
    number=0,
    version=version_of(CONTENTS),
    kind=PublicationKind.PUBLISHED,
    since=date(2026, 11, 21),
    decision="",
    decided_on=None,
    by="chi.lan",
    at=NOW,
    reason="",
)
LATER = replace(CATALOGUE, since=date(2026, 11, 30))
BIRTH = Subject("1.900001", "1.900001.01", "H99.05", "H99.101")
AN = "a" * 64


@pytest.fixture
async def stores(postgres_address: str) -> AsyncIterator[tuple[SqlStore, SqlStore]]:
    place = Place(postgres_address)
    one, other = await place.open(), await place.open()
    yield one, other
    await one.close()
    await other.close()


@pytest.fixture
def store(stores: tuple[SqlStore, SqlStore]) -> SqlStore:
    """For what is there before."""
    return stores[0]


@pytest.fixture
def at_once(postgres_address: str, stores: tuple[SqlStore, SqlStore]) -> Meet[One, Other]:
    async def both(
        first: Callable[[SqlStore], Awaitable[One]], second: Callable[[SqlStore], Awaitable[Other]]
    ) -> tuple[One, Other]:
        return await meet(postgres_address, stores, first, second)

    return both


async def logged(store: SqlStore) -> list[str]:
    """What the log is about, the oldest first."""
    return [entry.subject for entry in reversed(await store.office.staff.entries(99))]


async def test_on_one_catalogue_one_is_published(store: SqlStore, at_once: Meet[object, object]) -> None:
    made = await at_once(
        lambda s: s.office.publications.publish(CATALOGUE, CONTENTS, 0, ACT),
        lambda s: s.office.publications.publish(CATALOGUE, CONTENTS, 0, ACT),
    )
    assert made == (replace(CATALOGUE, number=1), NotPublished.CHANGED)
    assert await logged(store) == ["publication:1"]


async def test_beside_one_that_waits_for_its_day_none_is_published(at_once: Meet[object, object]) -> None:
    made = await at_once(
        lambda s: s.office.publications.publish(LATER, CONTENTS, 0, ACT),
        lambda s: s.office.publications.publish(CATALOGUE, CONTENTS, 0, ACT),
    )
    assert made == (replace(LATER, number=1), NotPublished.WAITING)


async def test_what_waits_is_withdrawn_once(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    await store.office.publications.publish(LATER, CONTENTS, 0, ACT)
    assert await at_once(
        lambda s: s.office.publications.withdraw(1, ACT), lambda s: s.office.publications.withdraw(1, ACT)
    ) == (True, False)


async def test_the_last_admin_stays(store: SqlStore, at_once: Meet[Outcome, Outcome]) -> None:
    for login in ("an", "binh"):
        await store.office.staff.add(Account(login, login, Role.ADMIN, (), NOW), Keys("hash"), ACT)
    found = await at_once(
        lambda s: s.office.staff.change("an", Change(is_active=False), ACT),
        lambda s: s.office.staff.change("binh", Change(role=Role.VIEWER), ACT),
    )
    assert found == (Outcome.DONE, Outcome.LAST_ADMIN)
    assert [(one.login, one.is_active, one.role) for one in await store.office.staff.accounts()] == [
        ("an", False, Role.ADMIN),
        ("binh", True, Role.ADMIN),
    ]


async def test_a_login_is_given_once(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    account = Account("an", "An", Role.VIEWER, (), NOW)
    added = await at_once(
        lambda s: s.office.staff.add(account, Keys("one"), ACT),
        lambda s: s.office.staff.add(account, Keys("other"), ACT),
    )
    assert (added, await store.office.staff.keys("an")) == ((True, False), Keys("one", given_at=NOW))


async def test_changes_of_one_account_follow_each_other(store: SqlStore, at_once: Meet[Outcome, Outcome]) -> None:
    await store.office.staff.add(Account("an", "An", Role.VIEWER, (), NOW), Keys("hash"), ACT)
    await at_once(
        lambda s: s.office.staff.change("an", Change(name="Bà An"), ACT),
        lambda s: s.office.staff.change("an", Change(role=Role.EDITOR), ACT),
    )
    account = await store.office.staff.account("an")
    assert account is not None
    assert (account.name, account.role) == ("Bà An", Role.EDITOR)


async def test_every_try_to_log_in_counts(store: SqlStore, at_once: Meet[object, object]) -> None:
    limits = (Limit("name", 3), Limit("address", 9))
    await store.office.staff.attempt(limits, NOW)
    tried = await at_once(
        lambda s: s.office.staff.attempt(limits, NOW), lambda s: s.office.staff.attempt(limits[::-1], NOW)
    )
    assert (tried, await store.office.staff.attempt(limits, NOW)) == ((None, None), NOW + MINUTE)


async def test_while_the_last_free_try_is_made_the_next_one_waits(at_once: Meet[object, object]) -> None:
    limits = (Limit("name", 1),)
    tried = await at_once(lambda s: s.office.staff.attempt(limits, NOW), lambda s: s.office.staff.attempt(limits, NOW))
    assert tried == (None, NOW + MINUTE)


async def test_a_code_of_a_telephone_serves_once(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    await store.office.staff.add(Account("an", "An", Role.VIEWER, (), NOW), Keys("hash", "SECRET"), ACT)
    used = await at_once(lambda s: s.office.staff.use_step("an", 7), lambda s: s.office.staff.use_step("an", 7))
    assert used == (True, False)


async def test_a_code_of_a_chat_serves_once(store: SqlStore, at_once: Meet[object, object]) -> None:
    account = Account("an", "An", Role.VIEWER, (), NOW)
    await store.office.staff.add(account, Keys("hash"), ACT)
    await store.office.staff.keep_chat_code(ChatCode("code", "an", NOW + HOUR))
    linked = await at_once(
        lambda s: s.office.staff.link_chat("p", "code", ACT), lambda s: s.office.staff.link_chat("q", "code", ACT)
    )
    assert (linked, await store.office.staff.chats_of("an")) == ((account, None), ("p",))


async def test_no_chat_is_linked_to_who_is_being_disabled(store: SqlStore, at_once: Meet[object, object]) -> None:
    for login in ("an", "binh"):
        await store.office.staff.add(Account(login, login, Role.ADMIN, (), NOW), Keys("hash"), ACT)
    await store.office.staff.keep_chat_code(ChatCode("code", "an", NOW + HOUR))
    found = await at_once(
        lambda s: s.office.staff.change("an", Change(is_active=False, unlinks_chats=True), ACT),
        lambda s: s.office.staff.link_chat("p", "code", ACT),
    )
    assert (found, await store.office.staff.chats_of("an")) == ((Outcome.DONE, None), ())


async def test_a_chat_is_unlinked_once(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    await store.office.staff.add(Account("an", "An", Role.VIEWER, (), NOW), Keys("hash"), ACT)
    await store.office.staff.keep_chat_code(ChatCode("code", "an", NOW + HOUR))
    await store.office.staff.link_chat("p", "code", ACT)
    unlinked = await at_once(
        lambda s: s.office.staff.unlink_chat("p", ACT), lambda s: s.office.staff.unlink_chat("p", ACT)
    )
    assert (unlinked, await logged(store)) == ((True, False), ["an", "an", "an"])


async def test_of_a_draft_that_is_being_closed_nothing_is_decided(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    await store.office.drafts.add(DRAFT, READING, ACT)
    done = await at_once(
        lambda s: s.office.drafts.close(1, DraftState.DROPPED, ACT),
        lambda s: s.office.drafts.decide(1, {"a": Answer(Action.LEAVE_OUT)}, ACT),
    )
    assert (done, await store.office.drafts.decisions(1)) == ((True, False), {})


async def test_a_draft_is_closed_once_and_taken_up_once(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    await store.office.drafts.add(DRAFT, READING, ACT)
    closed = await at_once(
        lambda s: s.office.drafts.close(1, DraftState.DROPPED, ACT),
        lambda s: s.office.drafts.close(1, DraftState.PUBLISHED, ACT),
    )
    reopened = await at_once(lambda s: s.office.drafts.reopen(1, ACT), lambda s: s.office.drafts.reopen(1, ACT))
    assert (closed, reopened, len(await logged(store))) == ((True, False), (True, False), 3)


async def test_a_draft_is_published_or_dropped(store: SqlStore, at_once: Meet[object, object]) -> None:
    await store.office.drafts.add(DRAFT, READING, ACT)
    done = await at_once(
        lambda s: s.office.drafts.close(1, DraftState.DROPPED, ACT),
        lambda s: s.office.publications.publish(CATALOGUE, CONTENTS, 0, ACT, 1),
    )
    assert (done, await store.office.publications.listed()) == ((True, NotPublished.DRAFT), ())


def rating(level: int) -> Record:
    given = Rating(
        *(NOW, "2026-12", AN, BIRTH, "telegram", Origin.COUNTER, "three", level),
        *(Filing.ONLINE, Identity.ACCOUNT, "v1"),
    )
    return Record(event(), survey=Survey(rating=given))


async def test_a_case_is_changed_by_who_has_seen_how_it_is(store: SqlStore, at_once: Meet[Changed, Changed]) -> None:
    await store.record(rating(1))
    taken = CaseChange(CaseState.TAKEN, "an", None, "", None)
    changed = await at_once(
        lambda s: s.office.cases.change(1, taken, ACT),
        lambda s: s.office.cases.change(1, replace(taken, owner="binh"), ACT),
    )
    assert (changed, await logged(store)) == ((Changed.DONE, Changed.MEANWHILE), ["case:1"])


async def test_a_case_goes_on_while_its_rating_is_given_anew(store: SqlStore, at_once: Meet[object, object]) -> None:
    await store.record(rating(1))
    taken = CaseChange(CaseState.TAKEN, "an", None, "", None)
    await at_once(lambda s: s.office.cases.change(1, taken, ACT), lambda s: s.record(rating(3)))
    case = await store.office.cases.find(1, None)
    assert case is not None
    assert (case.owner, case.level) == ("an", 3)


async def test_a_person_is_told_once(store: SqlStore, at_once: Meet[Changed, Changed]) -> None:
    await store.record(rating(1))
    await store.record(Record(event(), survey=Survey(remark=Remark(AN, BIRTH.code, "2026-12", "Chậm.", True))))
    await store.inbox.accept(update("k", AN, channel="telegram"), NOW)

    def notice(key: str) -> Update:
        return Update("telegram", key, AN, f"to {AN}", Kind.NOTICE, "{}", NOW, NOW + DAY)

    told = await at_once(
        lambda s: s.office.cases.tell(1, notice("one"), NOW - DAY, ACT),
        lambda s: s.office.cases.tell(1, notice("other"), NOW - DAY, ACT),
    )
    assert (told, await store.inbox.is_known("telegram", "other")) == ((Changed.DONE, Changed.UNREACHABLE), False)


async def test_what_looked_old_is_closed_once(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    await store.office.stale.add(StaleReport(NOW, "web", "p", "1.900001", "", "v1"))
    closed = await at_once(
        lambda s: s.office.stale.close("1.900001", StaleState.FINE, "", ACT),
        lambda s: s.office.stale.close("1.900001", StaleState.FINE, "", ACT),
    )
    assert (closed, len(await store.office.stale.closed(9))) == ((True, False), 1)


async def test_who_says_it_while_it_is_closed_opens_it_again(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    await store.office.stale.add(StaleReport(NOW, "web", "p", "1.900001", "", "v1"))
    await at_once(
        lambda s: s.office.stale.close("1.900001", StaleState.FINE, "", ACT),
        lambda s: s.office.stale.add(StaleReport(NOW, "web", "q", "1.900001", "", "v1")),
    )
    assert [case.count for case in await store.office.stale.closed(9)] == [1]
    assert [case.count for case in await store.office.stale.open()] == [1]


async def test_a_phrase_is_taught_once(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    alias = TaughtAlias("giấy ra đời", "1.900001", "an", NOW)
    taught = await at_once(
        lambda s: s.office.learning.teach(alias, ACT),
        lambda s: s.office.learning.teach(replace(alias, code="1.900002"), ACT),
    )
    assert (taught, await store.office.learning.aliases(), await store.office.learning.version()) == (
        (True, False),
        (alias,),
        1,
    )


async def test_what_editors_said_is_taken_back_once(store: SqlStore, at_once: Meet[object, object]) -> None:
    await store.office.editorial.add(Pin("giấy ra đời", "1.900001"), ACT)
    gone = await at_once(lambda s: s.office.editorial.remove(1, ACT), lambda s: s.office.editorial.remove(1, ACT))
    assert ([one is None for one in gone], await store.office.editorial.version()) == ([False, True], 2)


async def test_a_form_that_is_sent_twice_counts_once(at_once: Meet[bool, bool]) -> None:
    verdicts = dict.fromkeys(Question, Verdict.YES)
    review = Review(NOW, "1.900001", Team.YOUTH, "H99.101", "", verdicts, TimeNeeded.SHORT, "")
    added = await at_once(
        lambda s: s.office.reviews.add(review, "once"), lambda s: s.office.reviews.add(review, "once")
    )
    assert added == (True, False)


async def test_a_digest_is_handed_over_once(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    def notice(key: str) -> Update:
        return replace(update(key), kind=Kind.NOTICE)

    sent = await at_once(
        lambda s: s.office.digests.hand_over("an", "2026-12", notice("one"), NOW),
        lambda s: s.office.digests.hand_over("an", "2026-12", notice("other"), NOW),
    )
    assert (sent, await store.inbox.is_known("test", "other")) == ((True, False), False)


async def test_who_takes_digests_back_twice_is_in_the_log_once(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    await store.office.staff.add(Account("an", "An", Role.VIEWER, (), NOW), Keys("hash"), ACT)
    await store.office.digests.subscribe("an", {DigestKind.MONTHLY}, ACT)
    done = await at_once(
        lambda s: s.office.digests.subscribe("an", (), ACT),
        lambda s: s.office.digests.subscribe("an", (), ACT),
    )
    assert (done, await logged(store)) == ((True, True), ["an", "an", "an"])


async def opened(store: SqlStore) -> None:
    await store.office.follow_ups.opened(AN[:12], BIRTH, "web", NOW, NOW + HOUR)


def question(key: str) -> Update:
    return replace(update(key, AN), kind=Kind.FOLLOW_UP)


async def test_a_person_is_asked_once(store: SqlStore, at_once: Meet[bool, bool]) -> None:
    await store.inbox.accept(update("k", AN), NOW)
    await opened(store)
    asked = await at_once(
        lambda s: s.office.follow_ups.hand_over(1, question("one"), NOW + HOUR),
        lambda s: s.office.follow_ups.hand_over(1, question("other"), NOW + HOUR),
    )
    assert (asked, await store.inbox.is_known("test", "other")) == ((True, False), False)


async def test_for_who_is_being_asked_no_other_question_waits(store: SqlStore, at_once: Meet[bool, None]) -> None:
    await store.inbox.accept(update("k", AN), NOW)
    await opened(store)
    await at_once(lambda s: s.office.follow_ups.hand_over(1, question("one"), NOW + HOUR), opened)
    assert await store.office.follow_ups.due(NOW + DAY, 9) == ()


async def test_a_team_is_added_once(store: SqlStore, at_once: Meet[object, object]) -> None:
    one, other = await at_once(
        lambda s: s.office.sharing.add_team("Tổ 1", "H99.101", ACT),
        lambda s: s.office.sharing.add_team("tổ 1", "H99.101", ACT),
    )
    assert ((one, other), await logged(store)) == ((one, one), ["team:1"])


async def test_one_holds_the_tokens(at_once: Meet[bool, bool]) -> None:
    held = await at_once(
        lambda s: s.registry.lock_tokens("oa", "one", NOW, NOW + MINUTE),
        lambda s: s.registry.lock_tokens("oa", "other", NOW, NOW + MINUTE),
    )
    assert held == (True, False)
