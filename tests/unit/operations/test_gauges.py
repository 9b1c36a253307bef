"""How things stand, as the figures tell it: taken from what the process knows, the disk, and the store."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.dialogue.guards import OffChannels
from bot.errors import StoreError
from bot.operations.aliases import TaughtWords
from bot.operations.gauges import Account, Gauges, Sources, watch_lag
from bot.operations.members import Members
from bot.operations.metrics import Metrics
from bot.operations.publishing.watch import CatalogueWatch, Trouble
from bot.operations.readiness import Readiness, Reason
from bot.store.memory import MemoryStore
from bot.store.memory_inbox import NoRegistry
from bot.store.processes import Process
from bot.store.registry import Tokens
from bot.store.sqlite.store import SqliteStore
from tests.unit.operations.counted import counted
from tests.unit.operations.publishing.samples import SECOND_PROVINCE
from tests.unit.store.samples import NOW

HOUR = timedelta(hours=1)


@dataclass
class Hall:
    """A process on a store, with nothing published. `passed`: seconds that only grow."""

    store: SqliteStore
    folder: Path
    catalogue: Catalogue
    watch: CatalogueWatch
    passed: float = 0.0
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.metrics, self.off = Metrics(), OffChannels()
        me = Process("one", "one", "0.1.0", NOW, NOW)
        self.members = Members(self.store.processes, me, lambda: self.now, lambda: self.passed)
        self.readiness = Readiness({Reason.STORE_AWAY: lambda: not self.members.is_heard})
        self.sources = Sources(
            lambda: self.catalogue,
            *(self.watch, self.members, self.readiness, self.store.registry, self.off),
            channels=("web", "zalo_oa"),
            accounts=(Account("zalo_oa", "zalo_oa:7", 90 * 86_400.0),),
            folder=self.folder,
            clock=lambda: self.now,
        )
        self.gauges = Gauges(self.metrics, self.sources)

    def told(self, *names: str) -> dict[str, float]:
        return counted(self.metrics, *(f"mot_cua_{name}" for name in names))


@pytest.fixture
async def hall(store: SqliteStore, tmp_path: Path) -> Hall:
    office = store.office
    taught = TaughtWords(office.learning)
    watch = CatalogueWatch(SECOND_PROVINCE, office.publications, taught, office.editorial, lambda: NOW)
    await watch.at_first()
    return Hall(store, tmp_path, load_catalogue(SECOND_PROVINCE), watch)


async def test_of_this_process(hall: Hall) -> None:
    await hall.gauges.look()
    names = ("store_up", "leader", "processes", "ready")
    assert hall.told(*names) == {
        "mot_cua_store_up": 0,
        "mot_cua_leader": 0,
        "mot_cua_processes": 1,
        "mot_cua_ready": 1,
    }
    await hall.members.beat()
    await hall.gauges.look()
    assert list(hall.told(*names).values()) == [1, 1, 1, 1]
    hall.passed += 6
    hall.readiness.stop()
    await hall.gauges.look()
    assert hall.told(*names) == {
        "mot_cua_store_up": 0,
        "mot_cua_leader": 0,
        "mot_cua_processes": 1,
        "mot_cua_ready": 0,
    }


async def test_of_the_channels(hall: Hall) -> None:
    hall.off.replace(frozenset({"zalo_oa"}))
    await hall.gauges.look()
    assert hall.told("channel_on") == {
        'mot_cua_channel_on{channel="web"}': 1,
        'mot_cua_channel_on{channel="zalo_oa"}': 0,
    }


async def test_of_the_catalogue(hall: Hall) -> None:
    day = hall.catalogue.as_of
    hall.now = datetime.fromisoformat(f"{day + timedelta(days=3)}T20:00:00+00:00")
    await hall.gauges.look()
    begun = datetime.fromisoformat(f"{day}T00:00:00+07:00").timestamp()
    version, taken = hall.catalogue.version, hall.now.timestamp()
    expected = {
        f'mot_cua_catalogue_info{{publication="0",version="{version}"}}': 1.0,
        "mot_cua_catalogue_procedures": len(hall.catalogue.procedures),
        # In Vietnam it is the fourth day already.
        "mot_cua_catalogue_age_days": 4,
        "mot_cua_catalogue_data_timestamp_seconds": begun,
        "mot_cua_catalogue_published_timestamp_seconds": 0,
        "mot_cua_catalogue_taken_up_timestamp_seconds": taken,
        "mot_cua_catalogue_not_in_force": 0,
    }
    assert hall.told("catalogue") == expected
    hall.now += HOUR
    hall.watch.trouble = Trouble.FILES
    await hall.gauges.look()
    assert hall.told("catalogue") == expected | {"mot_cua_catalogue_not_in_force": 1}
    hall.catalogue = replace(hall.catalogue, version="another", as_of=date(2026, 11, 21))
    await hall.gauges.look()
    found = hall.told("catalogue_info", "catalogue_taken")
    assert found == {
        'mot_cua_catalogue_info{publication="0",version="another"}': 1,
        "mot_cua_catalogue_taken_up_timestamp_seconds": taken + 3600,
    }


async def test_of_tokens(hall: Hall) -> None:
    await hall.gauges.look()
    assert hall.told("token") == {}
    registry = hall.store.registry
    assert await registry.lock_tokens("zalo_oa:7", "one", NOW, NOW + HOUR)
    assert await registry.keep_tokens("zalo_oa:7", Tokens("a", "r", NOW, NOW + 25 * HOUR), "one")
    await hall.gauges.look()
    made = NOW.timestamp()
    assert hall.told("token") == {
        'mot_cua_token_renewed_timestamp_seconds{channel="zalo_oa",token="access"}': made,
        'mot_cua_token_renewed_timestamp_seconds{channel="zalo_oa",token="refresh"}': made,
        'mot_cua_token_expires_timestamp_seconds{channel="zalo_oa",token="access"}': made + 25 * 3600,
        'mot_cua_token_expires_timestamp_seconds{channel="zalo_oa",token="refresh"}': made + 90 * 86_400,
    }


async def test_of_the_disk(hall: Hall) -> None:
    hall.gauges.look_within()
    assert hall.told("store_disk") == {}
    await hall.gauges.look()
    found = hall.told("store_disk")
    size = shutil.disk_usage(hall.folder).total
    assert found['mot_cua_store_disk_size_bytes{store="sqlite"}'] == size
    assert 0 < found['mot_cua_store_disk_free_bytes{store="sqlite"}'] < size


async def test_on_a_server_the_disk_is_not_known(hall: Hall) -> None:
    await Gauges(hall.metrics, replace(hall.sources, folder=None)).look()
    assert hall.told("store_disk") == {}


async def test_a_store_that_cannot_be_read_leaves_what_the_process_knows(hall: Hall) -> None:
    away = replace(hall.sources, registry=MemoryStore(registry=NoRegistry()).registry)
    with pytest.raises(StoreError):
        await Gauges(hall.metrics, away).look()
    assert hall.told("processes") == {"mot_cua_processes": 1}


async def test_how_late_the_event_loop_is() -> None:
    metrics, times = Metrics(), iter([10.0, 10.5, 20.0, 21.5, 30.0])
    slept: list[float] = []

    async def pause(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await watch_lag(metrics, lambda: next(times), pause)
    told = dict(line.rsplit(" ", 1) for line in metrics.as_text().decode().splitlines())
    assert (slept, told["mot_cua_loop_lag_seconds_sum"], told["mot_cua_loop_lag_seconds_count"]) == (
        [0.5] * 3,
        "1.0",
        "2.0",
    )
