"""One process of the service under load: webhook, inbox, worker, assistant, rendering; only the platform is missing.

What it would send to Zalo is handed to a sink, and told to whoever makes the load.
"""

from __future__ import annotations

import asyncio
import gc
import json
import multiprocessing.connection
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aiohttp import web
from pydantic import SecretStr

from bot.app import end_tasks
from bot.app.answering import make_handlers
from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue
from bot.channels.zalo_oa.client import ZaloOaClient
from bot.channels.zalo_oa.receive import ZaloOaReceiver
from bot.channels.zalo_oa.sender import ZaloOaSender
from bot.channels.zalo_oa.transport import Transport
from bot.dialogue.guards import Guards, OffChannels, RateLimit
from bot.dialogue.personal_data import masker_of
from bot.dialogue.router import Assistant
from bot.dialogue.rules import Rules
from bot.operations.log_setup import set_up_log, shape_at_first
from bot.operations.members import Members, this_process
from bot.operations.messages.backlog import Backlog
from bot.operations.messages.clerk import Clerk
from bot.operations.messages.delivering import Deliverer
from bot.operations.messages.handling import Desk
from bot.operations.messages.pacing import Pace, Pacer
from bot.operations.messages.receiving import Door, Intake
from bot.operations.messages.sending import Delivery
from bot.operations.messages.worker import Worker
from bot.operations.metrics import Metrics
from bot.operations.retention import keeping_of
from bot.operations.times import now
from bot.search.engine import SearchEngine
from bot.settings import SHIPPED_CATALOGUE
from bot.store.interface import Store
from bot.store.opening import open_store
from bot.store.postgres.connection import PostgresConnection
from bot.store.resilient import ResilientStore
from bot.store.sqlite.connection import SqliteConnection
from bot.texts import LANGUAGES, load_texts
from bot.web.keys import SETTINGS
from bot.web.middlewares import add_security_headers, refuse_other_sites, tell_errors
from bot.web.patience import PATIENCE, Patience
from bot.web.webhooks import add_webhooks
from tests.benchmarks.bench_search import multiplied
from tests.benchmarks.machine import own_threads_ms, resident_megabytes
from tests.unit.handlers.example import FileFree

APP_ID, ACCOUNT, KEY = "360846524940903967", "579745863508352884", "a key for measuring"
SITE = "https://mot-cua.test"
_SECRET = b"a key for measuring and nothing else"
_AS_FAST_AS_CAN_BE = Pace(per_second=1e6, apart=0, at_once=1e6)
"""A platform's own pace is far below what is measured."""
_SECONDS_TO_FINISH = 10.0


@dataclass(frozen=True, slots=True)
class Served:
    """`address`: of the store. `notices`: the socket that is told who has been answered. `times`: of the catalogue."""

    address: str
    notices: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Ready:
    """`seconds`: from the start of its work to the first request it takes, of them `building` for the catalogue."""

    port: int
    seconds: float
    building: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Work:
    """Until now. `threads`: milliseconds of processors by thread. `statements`: given to the database; `rows`: of
    them, of those that take many at once."""

    threads: Mapping[str, float]
    statements: Mapping[str, int]
    rows: int
    megabytes: float


@dataclass(slots=True)
class Counted:
    statements: Counter[str]
    rows: int = 0

    def count_in(self, kind: type[PostgresConnection] | type[SqliteConnection]) -> None:
        """Count what goes through connections of this kind, from now on."""
        execute, execute_many, commit = kind.execute, kind.execute_many, kind.commit

        def counted(connection: Any, statement: str, values: Any = (), /) -> Any:
            self.statements[statement] += 1
            return execute(connection, statement, values)

        def counted_many(connection: Any, statement: str, rows: Any, /) -> None:
            self.statements[statement] += 1
            self.rows += len(rows)
            execute_many(connection, statement, rows)

        def counted_commit(connection: Any) -> None:
            self.statements["commit"] += 1
            commit(connection)

        for name, method in (("execute", counted), ("execute_many", counted_many), ("commit", counted_commit)):
            setattr(kind, name, method)


class _NoPlatform(Transport):
    """Takes everything."""

    async def post_json(self, url: str, headers: Mapping[str, str], body: Mapping[str, object]) -> dict[str, object]:
        del url, headers, body
        return {"error": 0, "message": "Success", "data": {"quota": {"quota_type": "reply"}}}


class _Tokens:
    async def access(self) -> str:
        return "none"

    async def access_instead(self, refused: str) -> str:
        return refused

    async def close(self) -> None:
        pass


class _Sender(ZaloOaSender):
    """Renders as in earnest; tells of each answer that it is out."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(ZaloOaClient(FileFree(), _Tokens(), _NoPlatform(), now), now, buttons=True)
        self._tell = tell

    async def send(self, delivery: Delivery, part: int) -> None:
        await super().send(delivery, part)
        if part == self.count_parts(delivery) - 1:
            self._tell(json.loads(delivery.address)["user_id"])


def serve(served: Served, pipe: multiprocessing.connection.Connection) -> None:
    """The process. It says `Ready`, then answers each "work" with `Work`, until "stop"."""
    set_up_log(shape_at_first())
    asyncio.run(_serve(served, pipe))


async def _serve(served: Served, pipe: multiprocessing.connection.Connection) -> None:
    began = time.perf_counter()
    counted = Counted(Counter())
    for kind in (PostgresConnection, SqliteConnection):
        counted.count_in(kind)
    catalogue = load_catalogue(SHIPPED_CATALOGUE)
    if served.times > 1:
        catalogue = multiplied(catalogue, served.times)
    guide, engine = Guide.of(catalogue), SearchEngine(catalogue)
    del catalogue
    gc.collect()
    gc.freeze()
    building = time.perf_counter() - began
    store = ResilientStore(await open_store(served.address))
    _, notices = await asyncio.open_unix_connection(served.notices)

    def tell(person: str) -> None:
        notices.write(f"{person}\n".encode())

    members = Members(store.processes, this_process(0, now()), now)
    await members.beat()
    metrics = Metrics()
    backlog = Backlog(store.inbox, FileFree().max_waiting_updates, metrics)
    door, worker = _wired(store, guide, engine, tell, metrics, backlog, members)
    app = web.Application(middlewares=[tell_errors, refuse_other_sites])
    app[PATIENCE], app[SETTINGS] = Patience(), FileFree()
    app.on_response_prepare.append(add_security_headers)
    add_webhooks(app, (door,))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    working = asyncio.create_task(worker.run())
    others = [asyncio.create_task(members.keep_beating()), asyncio.create_task(backlog.watch())]
    port = runner.addresses[0][1]
    pipe.send(Ready(port, time.perf_counter() - began, building, resident_megabytes()))
    while await asyncio.to_thread(pipe.recv) != "stop":
        pipe.send(Work(own_threads_ms(), dict(counted.statements), counted.rows, resident_megabytes()))
    await runner.cleanup()
    await worker.stop(_SECONDS_TO_FINISH)
    await working
    await end_tasks(others)
    await members.leave()
    notices.close()
    await store.close()


def _wired(
    store: Store,
    guide: Guide,
    engine: SearchEngine,
    tell: Callable[[str], None],
    metrics: Metrics,
    backlog: Backlog,
    members: Members,
) -> tuple[Door, Worker]:
    """As `bot.app` does, without what happens once a minute or once a day."""
    settings = FileFree(zalo_oa_app_id=APP_ID, zalo_oa_id=ACCOUNT, zalo_oa_webhook_key=SecretStr(KEY))
    languages = {language: load_texts(language) for language in LANGUAGES}
    rules = Rules(_SECRET, settings.max_message_chars, keeping_of(settings), SITE)
    off = OffChannels()
    guard = Guards(off, RateLimit(0))
    assistant = Assistant(guide, engine, store, make_handlers(settings), languages, rules, guard=guard)
    clerk = Clerk(timedelta(minutes=settings.zalo_oa_clerk_minutes), languages, now)
    sender = _Sender(tell)
    deliverer = Deliverer(sender, store.inbox, Pacer(_AS_FAST_AS_CAN_BE), metrics, now)
    worker = Worker(Desk(store, assistant, clerk, metrics, now, off, members.me.id), sender, deliverer)
    people = rules.people(store)
    intake = Intake(store.inbox, backlog, masker_of(languages.values()), people, settings.max_message_chars, metrics)
    return Door(ZaloOaReceiver(settings), intake, metrics, worker.wake, now, "ZALO_OA_WEBHOOK_KEY"), worker
