"""Looking at a store and at processes, some of which are away."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot.operations.live.looking import NO_METRICS, WINDOW_SECONDS, Looker, Target, targets_of
from bot.settings import Settings
from bot.store.opening import open_store
from bot.store.processes import Process
from bot.store.registry import Switch
from tests.unit.operations.live.figures import AT, BEFORE, NOW

MOMENT = datetime.fromtimestamp(AT, UTC)
TOKEN = "t" * 32
ALIVE = Process("a", "may-1, port 8080, process 7", "1.0", MOMENT, MOMENT)
OFF = Switch("zalo_oa", is_on=False, reason="bảo trì", changed_at=MOMENT)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class Ticks:
    """A watch that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def telling(*texts: str) -> AsyncIterator[str]:
    """A process that says these one after the other, and the last one from then on, to who knows the token."""
    left = list(texts)

    async def figures(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise web.HTTPForbidden
        return web.Response(text=left.pop(0) if len(left) > 1 else left[0])

    app = web.Application()
    app.router.add_get("/metrics", figures)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def settings(folder: Path, **values: object) -> Settings:
    return Settings.model_validate({"database_url": f"sqlite:///{folder}/data.sqlite"} | values)


@asynccontextmanager
async def furnished(folder: Path) -> AsyncIterator[None]:
    """A store with a process that works on it: one that nobody has open forgets who did."""
    store = await open_store(f"sqlite:///{folder}/data.sqlite")
    await store.processes.beat(ALIVE)
    await store.registry.set_switch(OFF)
    try:
        yield
    finally:
        await store.close()


@asynccontextmanager
async def looking(folder: Path, *targets: Target, ticks: Ticks | None = None) -> AsyncIterator[Looker]:
    looker = Looker(settings(folder), targets, lambda: MOMENT, ticks or Ticks())
    try:
        yield looker
    finally:
        await looker.close()


async def test_store_and_figures_together(tmp_path: Path) -> None:
    ticks = Ticks()
    async with (
        furnished(tmp_path),
        telling(BEFORE, NOW) as url,
        looking(tmp_path, Target(f"{url}/metrics", TOKEN), ticks=ticks) as looker,
    ):
        first = await looker.look()
        ticks.now = 10.0
        view = await looker.look()
    assert (first.seconds, view.seconds, view.unseen) == (None, 10.0, ())
    assert [(row.label, row.silent_seconds) for row in view.processes] == [("may-1, port 8080, process 7", 0.0)]
    assert [(row.name, row.is_on, row.received, row.answered) for row in view.channels] == [
        ("zalo_oa", False, 0.0, 0.0),
        ("telegram", True, 2.0, 2.0),
        ("zalo_bot", None, None, None),
        ("web", True, 0.1, 0.1),
    ]
    assert [(row.name, row.lately) for row in view.errors] == [("job_failed", 1), ("store_write_failed", 0)]


async def test_rates_are_of_the_last_minute(tmp_path: Path) -> None:
    ticks = Ticks()
    async with (
        furnished(tmp_path),
        telling(BEFORE, NOW) as url,
        looking(tmp_path, Target(f"{url}/metrics", TOKEN), ticks=ticks) as looker,
    ):
        for tick in (0.0, 30.0, WINDOW_SECONDS, WINDOW_SECONDS + 5):
            ticks.now = tick
            view = await looker.look()
    # What was said at the beginning is too old by now, and since then nothing has come.
    assert (view.seconds, view.channels[1].answered) == (WINDOW_SECONDS - 25, 0.0)


async def test_one_of_two_processes_is_away(tmp_path: Path) -> None:
    gone = "http://127.0.0.1:9/metrics"
    async with (
        furnished(tmp_path),
        telling(NOW) as url,
        looking(tmp_path, Target(f"{url}/metrics", TOKEN), Target(gone, TOKEN)) as looker,
    ):
        view = await looker.look()
    assert view.unseen == (f"{gone}: no process answers there (ClientConnectorError)",)
    assert view.memory_bytes == (220200960,)


async def test_what_a_process_said_before_it_went_is_not_shown_any_more(tmp_path: Path) -> None:
    async with furnished(tmp_path), AsyncExitStack() as process:
        url = await process.enter_async_context(telling(NOW))
        async with looking(tmp_path, Target(f"{url}/metrics", TOKEN)) as looker:
            before = await looker.look()
            await process.aclose()
            after = await looker.look()
    assert (before.memory_bytes, after.memory_bytes, after.replies) == ((220200960,), (), ())


@pytest.mark.parametrize(
    ("path", "token", "why"),
    [
        ("/metrics", "another", "METRICS_TOKEN is not the one of the process"),
        ("/figures", TOKEN, "404: the process tells no figures there; has it METRICS_PORT or METRICS_TOKEN?"),
    ],
)
async def test_figures_that_are_not_told(tmp_path: Path, path: str, token: str, why: str) -> None:
    async with furnished(tmp_path), telling(NOW) as url, looking(tmp_path, Target(f"{url}{path}", token)) as looker:
        view = await looker.look()
    assert view.unseen == (f"{url}{path}: {why}",)


async def test_what_is_no_figures(tmp_path: Path) -> None:
    async with (
        furnished(tmp_path),
        telling("<html>welcome here</html>") as url,
        looking(tmp_path, Target(f"{url}/metrics", TOKEN)) as looker,
    ):
        view = await looker.look()
    assert view.unseen == (f"{url}/metrics: what it answers is not in Prometheus' format",)


async def test_without_a_store_nothing_is_made(tmp_path: Path) -> None:
    async with looking(tmp_path) as looker:
        view = await looker.look()
    assert view.unseen == ("store: there is none yet; `python -m bot serve` makes it", NO_METRICS)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def damaged(file: Path) -> Iterator[None]:
    """Within the block it is no database."""
    kept = file.read_bytes()
    file.write_bytes(b"no database at all " * 1000)
    try:
        yield
    finally:
        file.write_bytes(kept)


async def test_a_store_that_cannot_be_read_is_seen_again_once_it_can(tmp_path: Path) -> None:
    async with furnished(tmp_path):
        pass
    file = tmp_path / "data.sqlite"
    async with looking(tmp_path) as looker:
        with damaged(file):
            broken = await looker.look()
        mended = await looker.look()
    assert (broken.channels[0].is_on, broken.unseen[0].startswith("store: ")) == (None, True)
    assert (mended.channels[0].is_on, mended.store.trouble) == (False, "")


@pytest.mark.parametrize(
    ("values", "urls", "targets"),
    [
        ({}, (), ()),
        ({"metrics_token": TOKEN}, (), (Target("http://127.0.0.1:8080/metrics", TOKEN),)),
        ({"metrics_token": TOKEN, "host": "::", "port": 81}, (), (Target("http://127.0.0.1:81/metrics", TOKEN),)),
        ({"metrics_token": TOKEN, "host": "10.0.0.7"}, (), (Target("http://10.0.0.7:8080/metrics", TOKEN),)),
        ({"metrics_token": TOKEN, "host": "::1"}, (), (Target("http://[::1]:8080/metrics", TOKEN),)),
        ({"metrics_token": TOKEN, "metrics_port": 9108}, (), (Target("http://127.0.0.1:9108/metrics"),)),
        ({"metrics_port": 9108, "metrics_host": "10.0.0.7"}, (), (Target("http://10.0.0.7:9108/metrics"),)),
        (
            {"metrics_token": TOKEN},
            ("http://10.0.0.7:8080/", "https://b.example.vn/metrics"),
            (Target("http://10.0.0.7:8080/metrics", TOKEN), Target("https://b.example.vn/metrics", TOKEN)),
        ),
        ({}, ("http://10.0.0.7:9108",), (Target("http://10.0.0.7:9108/metrics"),)),
    ],
)
def test_where_figures_are_told(
    tmp_path: Path, values: dict[str, object], urls: tuple[str, ...], targets: tuple[Target, ...]
) -> None:
    assert targets_of(settings(tmp_path, **values), urls) == targets
