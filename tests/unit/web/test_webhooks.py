"""What platforms call, on a real server: statuses, sizes, methods; and the figures for whoever knows the token."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot.operations.messages.receiving import Door, Verdict, webhook_path
from bot.operations.metrics import Metrics
from bot.settings import Settings
from bot.store.memory import MemoryStore
from bot.web.server import Messengers, create_app
from bot.web.webhooks import MAX_BODY_BYTES
from tests.unit.operations.arrivals import ScriptedReceiver, arrival, intake
from tests.unit.store.samples import NOW
from tests.unit.web.conftest import ScriptedAssistant

PATH = "/webhooks/zalo-oa"
TOKEN = "known to nobody else"
Client = TestClient[web.Request, web.Application]


class Building:
    """The application with one channel."""

    def __init__(self) -> None:
        self.receiver = ScriptedReceiver()
        self.metrics = Metrics()
        self.store = MemoryStore()
        door = Door(self.receiver, intake(self.store.inbox), self.metrics, lambda: None, lambda: NOW, "KEY")
        self.messengers = Messengers((door,), self.metrics)

    @property
    def sizes(self) -> list[int]:
        """Of the bodies that reached the receiver."""
        return [len(body) for _, body, _ in self.receiver.heard]

    def counted(self, what: str) -> float | None:
        text = self.metrics.as_text().decode()
        name = f'mot_cua_received_total{{channel="zalo_oa",what="{what}"}} '
        return next((float(line.removeprefix(name)) for line in text.splitlines() if line.startswith(name)), None)


MakeClient = Callable[..., Awaitable[Client]]


@pytest.fixture
def building() -> Building:
    return Building()


@pytest.fixture
def open_building(
    building: Building, aiohttp_client: AiohttpClient, assistant: ScriptedAssistant, tmp_path: Path
) -> MakeClient:
    async def make(**settings: object) -> Client:
        values: dict[str, object] = {"database_url": f"sqlite:///{tmp_path}/test.sqlite"} | settings
        return await aiohttp_client(create_app(assistant, Settings.model_validate(values), building.messengers))

    return make


@pytest.fixture
async def client(open_building: MakeClient) -> Client:
    return await open_building()


async def chunks(size: int, count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * size
        await asyncio.sleep(0)


def test_the_address_of_a_channel() -> None:
    assert [webhook_path(channel) for channel in ("telegram", "zalo_oa", "zalo_bot")] == [
        "/webhooks/telegram",
        "/webhooks/zalo-oa",
        "/webhooks/zalo-bot",
    ]


@pytest.mark.parametrize("status", [HTTPStatus.OK, HTTPStatus.FORBIDDEN, HTTPStatus.BAD_REQUEST])
async def test_what_the_channel_says_is_passed_on(client: Client, building: Building, status: HTTPStatus) -> None:
    building.receiver.verdict = Verdict(status, "message", (arrival(),) if status is HTTPStatus.OK else ())
    answer = await client.post(PATH, data='{"a": "Đ"}'.encode(), headers={"X-Sign": "s", "Content-Type": "text/x"})
    assert (answer.status, await answer.read(), answer.headers["Cache-Control"]) == (status, b"", "no-store")
    assert building.receiver.heard == [({"X-Sign": "s"}, '{"a": "Đ"}'.encode(), NOW)]
    waiting = await building.store.inbox.waiting()
    assert [found.count for found in waiting] == ([1] if status is HTTPStatus.OK else [])


async def test_a_body_may_be_as_large_as_that(client: Client, building: Building) -> None:
    assert (await client.post(PATH, data=b"x" * MAX_BODY_BYTES)).status == HTTPStatus.OK
    assert (await client.post(PATH, data=chunks(1024, 256))).status == HTTPStatus.OK
    assert building.sizes == [MAX_BODY_BYTES] * 2


async def test_a_body_that_is_larger_is_refused(client: Client, building: Building) -> None:
    large = await client.post(PATH, data=b"x" * (MAX_BODY_BYTES + 1))
    in_pieces = await client.post(PATH, data=chunks(1024, 257))
    assert (large.status, in_pieces.status) == (HTTPStatus.REQUEST_ENTITY_TOO_LARGE,) * 2
    assert (building.sizes, building.counted("too_large")) == ([], 2)


async def test_a_body_without_anything_is_the_channels_business(client: Client, building: Building) -> None:
    assert (await client.post(PATH)).status == HTTPStatus.OK
    assert building.sizes == [0]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_other_methods_are_refused(client: Client, building: Building, method: str) -> None:
    answer = await client.request(method, PATH)
    assert (answer.status, answer.headers["Allow"], building.sizes) == (HTTPStatus.METHOD_NOT_ALLOWED, "POST", [])


@pytest.mark.parametrize("path", ["/webhooks", "/webhooks/", "/webhooks/telegram", "/webhooks/zalo_oa", f"{PATH}/"])
async def test_there_is_nothing_at_other_addresses(client: Client, building: Building, path: str) -> None:
    assert ((await client.post(path)).status, building.sizes) == (HTTPStatus.NOT_FOUND, [])


async def test_a_request_that_breaks_off_is_counted_and_is_no_fault(
    building: Building, assistant: ScriptedAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    # As it is served: the test client's own server ends a handler whose caller is gone.
    runner = web.AppRunner(create_app(assistant, Settings(), building.messengers))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    _, port = runner.addresses[0]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = (f"POST {PATH} HTTP/1.1", "Host: x", "Content-Length: 99", "Expect: 100-continue")
    writer.write("\r\n".join([*head, "", ""]).encode())
    assert await reader.readline() == b"HTTP/1.1 100 Continue\r\n"
    writer.close()
    await writer.wait_closed()
    async with asyncio.timeout(5):
        while not (building.counted("broken_off") or caplog.messages):
            await asyncio.sleep(0)
    assert (building.counted("broken_off"), building.sizes, caplog.messages) == (1, [], [])
    await runner.cleanup()


async def test_without_a_token_there_are_no_figures(client: Client) -> None:
    assert (await client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})).status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    "given", [None, "", TOKEN, "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"bearer {TOKEN}", "Bearer Đ", "Basic eDp5"]
)
async def test_the_figures_are_for_whoever_knows_the_token(open_building: MakeClient, given: str | None) -> None:
    client = await open_building(metrics_token=TOKEN)
    answer = await client.get("/metrics", headers={} if given is None else {"Authorization": given})
    assert answer.status == HTTPStatus.FORBIDDEN
    assert "mot_cua" not in await answer.text()


async def test_the_figures(open_building: MakeClient, building: Building) -> None:
    client = await open_building(metrics_token=TOKEN)
    building.receiver.verdict = Verdict(HTTPStatus.OK, "message")
    await client.post(PATH)
    answer = await client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status, answer.headers["Cache-Control"]) == (HTTPStatus.OK, "no-store")
    assert answer.headers["Content-Type"] == Metrics.CONTENT_TYPE
    assert 'mot_cua_received_total{channel="zalo_oa",what="message"} 1.0' in (await answer.text()).splitlines()


async def test_without_messengers_there_is_neither(aiohttp_client: AiohttpClient, assistant: ScriptedAssistant) -> None:
    client = await aiohttp_client(create_app(assistant, Settings.model_validate({"metrics_token": TOKEN})))
    assert [(await client.post(PATH)).status, (await client.get("/metrics")).status] == [HTTPStatus.NOT_FOUND] * 2
