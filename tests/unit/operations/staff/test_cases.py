"""What staff make of a case is checked before it is kept, and what the person is told before it is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.catalog.load import load_catalogue
from bot.dialogue.messages import Reply, Status
from bot.dialogue.personal_data import masker_of
from bot.operations.staff.cases import MAX_NOTE_CHARS, MAX_SENTENCE_CHARS, CaseDesk, CaseFault
from bot.store.cases import Case, CaseChange, CaseOutcome, CaseState, Changed
from bot.store.inbox import Kind, Update
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Account, Act, Keys, Role
from bot.store.staff import Change as AccountChange
from bot.texts import LANGUAGES, load_texts
from tests.unit.store.samples import NOW
from tests.unit.store.test_cases import agree, give, rating

SECOND = load_catalogue(Path(__file__).resolve().parents[3] / "fixtures" / "second_province")
HOUR = timedelta(hours=1)
ACT = Act(NOW, "lan", "case")
NIGHT = NOW + 7 * HOUR
"""22:00 in Vietnam."""
FIXED = CaseChange(CaseState.CLOSED, "lan", CaseOutcome.FIXED, "", None)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(tmp_path / "data.sqlite")
    for login, role in (("lan", Role.EDITOR), ("xem", Role.VIEWER)):
        account = Account(login, login, role, (), NOW, must_change=False)
        await opened.office.staff.add(account, Keys("x"), replace(ACT, action="add"))
    await give(opened, rating())
    yield opened
    await opened.close()


@pytest.fixture
def desk(store: SqliteStore) -> CaseDesk:
    masker = masker_of(load_texts(language) for language in LANGUAGES)
    return CaseDesk(store.office.cases, store.office.staff, masker, load_texts(), SECOND)


async def case_of(store: SqliteStore) -> Case:
    case = await store.office.cases.find(1, None)
    assert case is not None
    return case


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (FIXED, Changed.DONE),
        (replace(FIXED, outcome=None), CaseFault.OUTCOME),
        (replace(FIXED, owner=""), CaseFault.NOBODY),
        (replace(FIXED, state=CaseState.TAKEN, owner=""), CaseFault.NOBODY),
        (replace(FIXED, state=CaseState.TAKEN, owner="xem"), CaseFault.OWNER),
        (replace(FIXED, state=CaseState.TAKEN, owner="ai đó"), CaseFault.OWNER),
        (replace(FIXED, state=CaseState.NEW, owner=""), Changed.DONE),
        (replace(FIXED, note="a" * MAX_NOTE_CHARS), Changed.DONE),
        (replace(FIXED, note="a" * (MAX_NOTE_CHARS + 1)), CaseFault.NOTE),
        (replace(FIXED, seen=NOW), Changed.MEANWHILE),
    ],
)
async def test_what_may_be_made_of_a_case(
    store: SqliteStore, desk: CaseDesk, change: CaseChange, expected: Changed | CaseFault
) -> None:
    assert await desk.change(1, change, ACT) == expected
    kept = await case_of(store)
    if expected is Changed.DONE:
        assert (kept.state, kept.owner, kept.outcome, kept.note) == (
            change.state,
            change.owner,
            change.outcome,
            change.note,
        )
    else:
        assert kept.changed_at is None


async def test_who_has_left_owns_nothing_new_but_closes_what_they_had(store: SqliteStore, desk: CaseDesk) -> None:
    await store.office.staff.change("lan", AccountChange(is_active=False), ACT)
    assert await desk.change(1, replace(FIXED, state=CaseState.TAKEN), ACT) is CaseFault.OWNER
    assert await desk.change(1, FIXED, ACT) is Changed.DONE


async def test_private_numbers_are_taken_out_of_a_note(store: SqliteStore, desk: CaseDesk) -> None:
    await desk.change(1, replace(FIXED, note="Gọi 0912 345 678\nthì gặp."), ACT)
    assert (await case_of(store)).note == "Gọi thì gặp."


async def told(store: SqliteStore) -> list[Update]:
    tasks = await store.inbox.claim("telegram", "w", NIGHT, NIGHT + HOUR, 9)
    for task in tasks:
        await store.inbox.close(task.id, "answered", NIGHT)
    more = await store.inbox.claim("telegram", "w", NIGHT, NIGHT + HOUR, 9)
    return [task.update for task in (*tasks, *more) if task.update.kind is Kind.NOTICE]


async def test_the_person_reads_the_outcome_and_a_sentence(store: SqliteStore, desk: CaseDesk) -> None:
    await agree(store)
    await desk.change(1, FIXED, ACT)
    assert await desk.can_be_told(1, NOW + HOUR)
    act = replace(ACT, at=NOW + HOUR, action="case_told")
    assert await desk.tell(await case_of(store), " Nút nộp nay\nđã chạy. ", act) is Changed.DONE
    (notice,) = await told(store)
    assert (notice.key, notice.person, notice.address) == ("notice:case:1", "p", "to p")
    assert Reply.from_json(notice.body) == Reply(
        Status.ANSWERED,
        "Anh/chị đã đánh giá dịch vụ: Khai sinh: lần đầu.\n"
        "Chỗ chưa tốt đã được sửa.\n"
        "Cán bộ nhắn: Nút nộp nay; đã chạy.\n"
        "Cảm ơn anh/chị đã góp ý.",
        codes=("1.900001",),
    )
    assert await desk.tell(await case_of(store), "", act) is Changed.UNREACHABLE


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("a" * (MAX_SENTENCE_CHARS + 1), CaseFault.SENTENCE),
        ("Xem https://lua.dao", CaseFault.LINK),
        ("Vào lua-dao.com xem", CaseFault.LINK),
        ("Gọi 0912345678", CaseFault.PRIVATE),
    ],
)
async def test_what_is_not_sent(store: SqliteStore, desk: CaseDesk, sentence: str, fault: CaseFault) -> None:
    await agree(store)
    await desk.change(1, FIXED, ACT)
    assert await desk.tell(await case_of(store), sentence, ACT) is fault
    assert await told(store) == []


async def test_nobody_is_told_of_nothing(store: SqliteStore, desk: CaseDesk) -> None:
    await agree(store)
    assert await desk.tell(await case_of(store), "", ACT) is CaseFault.OUTCOME
    assert await told(store) == []


async def test_who_cannot_be_reached_in_time_is_not_told(store: SqliteStore, desk: CaseDesk) -> None:
    await agree(store)
    assert [await desk.can_be_told(1, NOW + hours * HOUR) for hours in (0, 47, 48)] == [True, True, False]


async def test_at_night_it_is_the_morning_that_counts(store: SqliteStore, desk: CaseDesk) -> None:
    await agree(store, seen=NOW - 12 * HOUR)
    assert await desk.can_be_told(1, NIGHT)
    # 43 hours have passed; in the morning it will be 52.
    assert not await desk.can_be_told(1, NIGHT + 24 * HOUR)


async def test_nothing_is_told_in_a_group(store: SqliteStore, desk: CaseDesk) -> None:
    await agree(store)
    group = Update("telegram", "in a group", "p", "-100200:5", Kind.MESSAGE, "{}", NOW + HOUR, NOW + 2 * HOUR)
    await store.inbox.accept(group, NOW + HOUR)
    assert not await desk.can_be_told(1, NOW + HOUR)


async def test_a_procedure_that_the_catalogue_has_no_longer_is_called_by_its_code(
    store: SqliteStore, desk: CaseDesk
) -> None:
    case = await case_of(store)
    gone = replace(case, subject=replace(case.subject, code="1.999999"))
    assert desk.notice(gone, CaseOutcome.FIXED, "").text.splitlines()[0] == "Anh/chị đã đánh giá dịch vụ: 1.999999."
