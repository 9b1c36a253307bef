"""Publishing, putting back, withdrawing: checked as a whole, with the decision in the files, one at a time."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalog.decided import Decision, with_decision
from bot.catalog.folder import Contents
from bot.catalog.load import check_contents, version_of
from bot.errors import CatalogueError, StoreError
from bot.operations.publishing.publish import SHIPPED as AS_SHIPPED
from bot.operations.publishing.publish import Prepared, PublishingDesk, Refused, Wanted
from bot.operations.publishing.served import contents_of
from bot.store.publications import Publication, PublicationKind
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Act
from tests.unit.operations.publishing.samples import ACT, LAND, SECOND_PROVINCE, SHIPPED, TITLE, TODAY, changed, renamed
from tests.unit.store.samples import NOW

DAY = timedelta(days=1)
NEW, NEWER = renamed("Tách thửa đất"), renamed("Hợp thửa đất")
CORRECTION = Wanted()
DECIDED = date(2026, 11, 20)
WANTED = Wanted("12/QĐ-UBND", DECIDED, TODAY + DAY, supersedes="1/KH-UBND")
OPERATOR = "Ủy ban nhân dân tỉnh Mẫu"


@dataclass
class Clock:
    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(store: SqliteStore, clock: Clock) -> PublishingDesk:
    return PublishingDesk(store.office.publications, store.office.drafts, SECOND_PROVINCE, clock)


async def prepared(desk: PublishingDesk, contents: Contents, wanted: Wanted = CORRECTION) -> Prepared:
    made = await desk.prepare(contents, wanted)
    assert isinstance(made, Prepared)
    return made


async def published(
    desk: PublishingDesk, contents: Contents, wanted: Wanted = CORRECTION, act: Act = ACT
) -> Publication:
    done = await desk.publish(await prepared(desk, contents, wanted), act)
    assert isinstance(done, Publication)
    return done


async def rolled_back(desk: PublishingDesk, number: int | None = None) -> Publication:
    made = await desk.prepare_rollback(number)
    assert isinstance(made, Prepared)
    done = await desk.publish(made, ACT)
    assert isinstance(done, Publication)
    return done


async def test_a_publication_names_its_decision_in_its_files(desk: PublishingDesk) -> None:
    done = await published(desk, NEW, WANTED)
    decision = Decision("12/QĐ-UBND", DECIDED, TODAY + DAY, supersedes="1/KH-UBND")
    files = with_decision(NEW, decision, OPERATOR)
    kind = PublicationKind.PUBLISHED
    assert done == Publication(
        1, version_of(files), kind, TODAY + DAY, "12/QĐ-UBND", DECIDED, "chi.lan", NOW, "danh mục quý IV"
    )
    assert await desk.contents(1) == files
    assert (await desk.in_force(), await desk.waiting()) == (None, done)


async def test_a_correction_has_none_and_changes_no_other_file(desk: PublishingDesk) -> None:
    done = await published(desk, NEW)
    assert (done.decision, done.decided_on, done.since) == ("", None, TODAY)
    assert (await desk.contents(1), await desk.in_force(), await desk.waiting()) == (NEW, done, None)


async def test_what_is_prepared_shows_both_and_changes_nothing(desk: PublishingDesk, store: SqliteStore) -> None:
    made = await prepared(desk, NEW)
    assert made.before is not None
    names = [one.procedures[LAND].name for one in (made.before, made.catalogue)]
    assert (names, made.after) == ([TITLE, "Tách thửa đất"], 0)
    assert (await desk.publications.listed(), await store.office.staff.entries(9)) == ((), ())


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [
        (replace(WANTED, decision=" "), Refused.DECISION),
        (replace(WANTED, decided_on=None), Refused.DECISION),
        (Wanted(supersedes="1/KH-UBND"), Refused.DECISION),
        (replace(WANTED, decision="1" * 61), Refused.DECISION),
        (replace(WANTED, decision='12/QĐ-UBND"; <b>'), Refused.DECISION),
        (replace(WANTED, decision="QĐ"), Refused.DECISION),
        (replace(WANTED, decision="12/QĐ-"), Refused.DECISION),
        (replace(WANTED, decision="12/QĐ-UBND/" + "A" * 60), Refused.DECISION),
        (replace(WANTED, issuer="U" * 121), Refused.DECISION),
        (replace(WANTED, decided_on=TODAY + DAY), Refused.DATE),
        (replace(WANTED, since=DECIDED - DAY), Refused.SINCE),
        (replace(WANTED, supersedes="2/KH-UBND"), Refused.SUPERSEDED),
    ],
)
async def test_what_is_wrong_with_a_decision_is_told(desk: PublishingDesk, wanted: Wanted, refused: Refused) -> None:
    assert await desk.prepare(NEW, wanted) is refused


async def test_a_catalogue_with_problems_is_refused_and_all_are_told(desk: PublishingDesk) -> None:
    wrong = changed(changed(SHIPPED, "labels.csv", "1.900001", "9.999999"), "services.csv", "full", "fully")
    with pytest.raises(CatalogueError) as told:
        await desk.prepare(wrong, CORRECTION)
    assert told.value.problems == check_contents(wrong)
    assert len(told.value.problems) > 1


async def test_what_is_in_force_is_not_published_again(desk: PublishingDesk) -> None:
    assert await desk.prepare(SHIPPED, CORRECTION) is Refused.SAME
    await published(desk, NEW)
    assert await desk.prepare(NEW, CORRECTION) is Refused.SAME
    assert (await published(desk, SHIPPED)).number == 2


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301, "dòng\nkhác"])
async def test_nothing_is_done_without_a_reason(desk: PublishingDesk, reason: str) -> None:
    act = replace(ACT, reason=reason)
    assert await desk.publish(await prepared(desk, NEW), act) is Refused.REASON
    waiting = await published(desk, NEW, WANTED)
    assert await desk.withdraw(waiting.number, act) is Refused.REASON
    assert await desk.waiting() == waiting


async def test_only_what_was_seen_is_published(desk: PublishingDesk) -> None:
    seen = await prepared(desk, NEW)
    await published(desk, NEWER)
    assert await desk.publish(seen, ACT) is Refused.CHANGED
    assert await desk.prepare(NEW, CORRECTION, after=0) is Refused.CHANGED
    assert isinstance(await desk.prepare(NEW, CORRECTION, after=1), Prepared)


async def test_while_one_waits_nothing_else_is_published(desk: PublishingDesk) -> None:
    await published(desk, NEWER)
    seen = await prepared(desk, NEW)
    waiting = await published(desk, NEW, WANTED)
    assert await desk.prepare(NEW, CORRECTION) is Refused.WAITING
    assert await desk.prepare_rollback() is Refused.WAITING
    assert await desk.publish(seen, ACT) is Refused.WAITING
    assert [await desk.withdraw(number, ACT) for number in (1, 2, 2)] == [Refused.UNKNOWN, None, Refused.UNKNOWN]
    done = replace(waiting, number=3, version=version_of(NEW), since=TODAY, decision="", decided_on=None)
    assert await desk.publish(seen, ACT) == done


async def test_going_back_is_a_publication_of_its_own(desk: PublishingDesk) -> None:
    first = await published(desk, NEW, replace(WANTED, since=TODAY))
    await published(desk, NEWER)
    back = await rolled_back(desk)
    kind = PublicationKind.ROLLED_BACK
    assert back == replace(first, number=3, kind=kind, since=TODAY)
    assert await desk.contents(3) == await desk.contents(1)
    assert (await rolled_back(desk, AS_SHIPPED)).version == version_of(SHIPPED)
    assert (await rolled_back(desk, 2)).version == version_of(NEWER)
    assert [one.number for one in await desk.publications.listed()] == [5, 4, 3, 2, 1]


async def test_behind_the_first_lies_what_is_shipped(desk: PublishingDesk) -> None:
    assert await desk.prepare_rollback() is Refused.UNKNOWN
    await published(desk, NEW)
    back = await rolled_back(desk)
    assert (back.version, back.decision, back.decided_on) == (version_of(SHIPPED), "", None)


async def test_what_never_was_is_not_put_back(desk: PublishingDesk) -> None:
    await published(desk, NEW)
    await published(desk, NEWER, WANTED)
    await desk.withdraw(2, ACT)
    assert [await desk.prepare_rollback(number) for number in (1, 2, 3, -1)] == [Refused.UNKNOWN] * 4
    await published(desk, NEWER)
    assert await desk.prepare_rollback(2) is Refused.UNKNOWN


async def test_broken_files_in_force_are_replaced_by_what_is_whole(store_file: Path, desk: PublishingDesk) -> None:
    await published(desk, NEWER)
    await published(desk, NEW)
    database = sqlite3.connect(store_file)
    with database:
        database.execute("delete from publication_files where version = ?", [version_of(NEW)])
    database.close()
    made = await desk.prepare_rollback()
    assert isinstance(made, Prepared)
    assert (made.before, made.catalogue.version) == (None, version_of(NEWER))
    with pytest.raises(StoreError):
        await desk.contents(2)
    # The very same again is no waste then.
    assert (await published(desk, NEW)).number == 3


async def test_files_of_what_there_is_not(desk: PublishingDesk, tmp_path: Path) -> None:
    assert (await desk.contents(AS_SHIPPED), await desk.contents(1)) == (SHIPPED, None)
    with pytest.raises(CatalogueError):
        contents_of(tmp_path / "none")


async def test_the_day_is_that_of_vietnam(desk: PublishingDesk, clock: Clock) -> None:
    clock.at = NOW.replace(hour=17)
    assert (await published(desk, NEW, act=replace(ACT, at=clock.at))).since == TODAY + DAY
