"""A target is written to only where nothing can be lost by it."""

from __future__ import annotations

import pytest

from bot.errors import StoreError, UnfinishedStore
from bot.store import opening
from bot.store.moving.identity import FINISH
from bot.store.moving.opening import opened_source, opened_target
from tests.unit.store.moving.sides import ENGINES, Address, contents, database, fill, move

REFUSED = "the target is left as it is: {}. With --replace it becomes the source all the same"


async def made(address: str) -> str:
    await (await opening.open_store(address)).close()
    return address


async def refusal(source: str, target: str) -> str:
    before = contents(target)
    with pytest.raises(StoreError) as raised:
        move(source, target)
    assert contents(target) == before
    return str(raised.value)


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_store_in_which_nothing_was_ever_kept_may_become_a_copy(new: Address, engine: str) -> None:
    source, target = new("sqlite"), await made(new(engine))
    await fill(source, 0, 3)
    move(source, target)
    assert contents(target) == contents(source)


@pytest.mark.parametrize("engine", ENGINES)
async def test_the_data_of_another_store_are_not_overwritten(new: Address, engine: str) -> None:
    source, target = new("sqlite"), new(engine)
    await fill(source, 0, 3)
    await fill(target, 3, 5)
    assert await refusal(source, target) == REFUSED.format("it holds the data of another store")
    move(source, target, is_replaced=True)
    assert contents(target) == contents(source)
    move(source, target)


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_copy_that_was_in_service_is_not_overwritten(new: Address, engine: str) -> None:
    source, target = new("sqlite"), new(engine)
    await fill(source, 0, 3)
    move(source, target)
    with database(target) as say:
        say("insert into leases (name, holder, renewals) values ('leader', '', 1)")
    assert await refusal(source, target) == REFUSED.format("it has been in service since it was made")
    move(source, target, is_replaced=True)
    move(source, target)


@pytest.mark.parametrize("one", ENGINES)
@pytest.mark.parametrize("other", ENGINES)
async def test_a_copy_in_which_a_command_has_changed_something_is_not_overwritten(
    new: Address, one: str, other: str
) -> None:
    source, target = new(one), new(other)
    await fill(source, 0, 3)
    move(source, target)
    with database(target) as say:
        say(
            "insert into staff_log (at, actor, action, subject, reason, before, after) "
            "values ('2026', 'a', 'b', 'c', '', '', '')"
        )
    told = await refusal(source, target)
    assert told == REFUSED.format("it has rows that were made there and not in the source (staff_log)")
    move(source, target, is_replaced=True)
    assert contents(target) == contents(source)


@pytest.mark.parametrize("engine", ENGINES)
async def test_nobody_works_on_a_copy_that_is_not_whole(new: Address, engine: str) -> None:
    source, target = new("sqlite"), new(engine)
    await fill(source, 0, 3)
    move(source, target)
    with database(target) as say:
        say("update store_identity set is_whole = 0")
    with pytest.raises(UnfinishedStore) as raised:
        await opening.open_store(target)
    assert (raised.value.what, raised.value.mend) == ("the database is a copy that was broken off", FINISH)
    with pytest.raises(UnfinishedStore) as raised:
        move(target, source)
    assert str(raised.value) == f"the source is itself a copy that was broken off. {FINISH}"
    move(source, target)
    await fill(target, 3, 4)


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_store_is_not_copied_onto_itself(new: Address, engine: str) -> None:
    source = await made(new(engine))
    again = source.replace("?host", "?application_name=x&host").replace("///", "////")
    assert again != source
    assert await refusal(source, again) == "the source and the target are the same store"


@pytest.mark.parametrize("engine", ENGINES)
async def test_tables_of_another_release_are_not_copied(new: Address, engine: str) -> None:
    source, target = new("sqlite"), await made(new(engine))
    await fill(source, 0, 1)
    step = "delete from schema_steps where name = '0002-identity'"
    if engine == "sqlite":
        step = "delete from _sqlite_migrations where migration_set = 'mot_cua_identity'"
    with database(target) as say:
        say(step)
    migrate = "tables are of another release: bring it up to date first (python -m bot migrate)"
    with pytest.raises(StoreError) as raised, opened_target(target):
        pass
    assert str(raised.value) == f"the target's {migrate}"
    with pytest.raises(StoreError) as raised, opened_source(target):
        pass
    assert str(raised.value) == f"the source's {migrate}"


@pytest.mark.parametrize("engine", ENGINES)
async def test_where_there_is_no_store_there_is_nothing_to_copy(new: Address, engine: str) -> None:
    with pytest.raises(StoreError) as raised:
        move(new(engine), new("sqlite"))
    assert str(raised.value) == "there is no store at the address of the source"
