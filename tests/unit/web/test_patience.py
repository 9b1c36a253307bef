"""Nobody holds a connection for ever: real sockets, a server as it is served, and little patience."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest
from aiohttp import web

from bot.settings import Settings
from bot.web.patience import PATIENCE, Patience
from bot.web.server import create_app, running
from bot.web.webhooks import MAX_BODY_BYTES
from tests.unit.web.conftest import ScriptedAssistant
from tests.unit.web.test_webhooks import PATH, Building

SHORT = 0.3
LONG = 600.0
DEADLINE = 30.0
"""Nothing is measured: it is only not to hang for ever."""
CHAT = "POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n"
FORM = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\n"
HOOK = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"
READ_AT_ALL = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"


@asynccontextmanager
async def served(app: web.Application, **patience: float) -> AsyncIterator[int]:
    """The port. What is not said is as good as endless."""
    app[PATIENCE] = Patience(**{"headers": LONG, "body": LONG, "upload": LONG, "reading": LONG} | patience)
    async with running(app) as runner:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]


Dial = Callable[[int], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]


@pytest.fixture
async def dial() -> AsyncIterator[Dial]:
    opened: list[asyncio.StreamWriter] = []

    async def connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        opened.append(writer)
        return reader, writer

    yield connect
    for writer in opened:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, letter: bytes) -> bytes:
    """Letter after letter until there is an answer or an end; what is answered first."""
    async with asyncio.timeout(DEADLINE):
        while True:
            try:
                async with asyncio.timeout(SHORT / 10):
                    return await reader.read(65_536)
            except TimeoutError:
                writer.write(letter)
            except ConnectionError:
                return b""


@pytest.fixture
def app(assistant: ScriptedAssistant) -> web.Application:
    return create_app(assistant, Settings())


@pytest.mark.parametrize("begun", ["", "GET /", "GET / HTTP/1.1\r\nHost: x\r\nX-Long: "])
async def test_headers_that_trickle_in_are_cut(app: web.Application, dial: Dial, begun: str) -> None:
    async with served(app, headers=SHORT) as port:
        reader, writer = await dial(port)
        writer.write(begun.encode())
        assert await trickle(reader, writer, b"a" if begun else b"") == b""


async def test_between_two_requests_as_well(app: web.Application, dial: Dial) -> None:
    async with served(app, headers=SHORT) as port:
        reader, writer = await dial(port)
        writer.write(READ_AT_ALL.encode())
        async with asyncio.timeout(DEADLINE):
            assert await reader.readline() == b"HTTP/1.1 200 OK\r\n"
            await reader.read()


@pytest.mark.parametrize("head", [CHAT, FORM])
async def test_a_body_that_trickles_in_is_answered_and_let_go(
    app: web.Application, assistant: ScriptedAssistant, dial: Dial, head: str
) -> None:
    async with served(app, body=SHORT) as port:
        reader, writer = await dial(port)
        writer.write(head.encode())
        answer = await trickle(reader, writer, b"a")
        assert answer.splitlines()[0] == b"HTTP/1.1 408 Request Timeout"
        assert assistant.heard == []
        # The rest is not waited for either: what is sent on is thrown away for ten seconds at the most.
        async with asyncio.timeout(DEADLINE):
            with suppress(ConnectionError):
                await reader.read()


async def test_an_update_that_trickles_in_too(assistant: ScriptedAssistant, dial: Dial) -> None:
    building = Building()
    app = create_app(assistant, Settings(), building.messengers)
    async with served(app, body=SHORT) as port:
        reader, writer = await dial(port)
        writer.write(HOOK.encode())
        answer = await trickle(reader, writer, b"a")
    assert answer.splitlines()[0] == b"HTTP/1.1 408 Request Timeout"
    assert (building.sizes, building.counted("broken_off")) == ([], 1)


async def test_who_does_not_read_is_hung_up_on(app: web.Application) -> None:
    """The answer is larger than what the network holds by itself, so that it stands on our side."""
    held = asyncio.Event()

    async def large(_: web.Request) -> web.Response:
        held.set()
        return web.Response(body=b"x" * 64 * 1024 * 1024)

    app.router.add_get("/large", large)
    loop = asyncio.get_running_loop()
    async with served(app, reading=SHORT) as port:
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.setblocking(False)
            await loop.sock_connect(client, ("127.0.0.1", port))
            await loop.sock_sendall(client, b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
            async with asyncio.timeout(DEADLINE):
                await held.wait()
                with suppress(ConnectionError):
                    while True:
                        # A broken connection is told of at once, without taking anything of the answer.
                        await loop.sock_sendall(client, b"X")
                        await asyncio.sleep(SHORT / 10)


async def test_who_reads_is_not(app: web.Application, dial: Dial) -> None:
    size = 64 * 1024 * 1024

    async def large(_: web.Request) -> web.Response:
        return web.Response(body=b"x" * size)

    app.router.add_get("/large", large)
    async with served(app) as port:
        reader, writer = await dial(port)
        writer.write(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        async with asyncio.timeout(DEADLINE):
            await reader.readuntil(b"\r\n\r\n")
            assert len(await reader.readexactly(size)) == size


@pytest.mark.parametrize(
    "head",
    [
        "GET /" + "a" * 9_000 + " HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "a" * 9_000 + "\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n" + "".join(f"X-{n}: a\r\n" for n in range(200)) + "\r\n",
    ],
    ids=["line", "header", "headers"],
)
async def test_headers_without_measure_are_refused(app: web.Application, dial: Dial, head: str) -> None:
    async with served(app) as port:
        reader, writer = await dial(port)
        writer.write(head.encode())
        async with asyncio.timeout(DEADLINE):
            assert (await reader.readline()).split()[1] == b"400"


@pytest.mark.parametrize(
    ("framing", "body"),
    [
        ("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nGET /none HTTP/1.1\r\nHost: x\r\n\r\n"),
        ("Content-Length: 3\r\nContent-Length: 30\r\n", "abc"),
        ("Content-Length: +3\r\n", "abc"),
        ("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
        ("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
        ("X: a\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
    ],
)
async def test_a_request_that_can_be_read_in_two_ways_is_refused(
    app: web.Application, assistant: ScriptedAssistant, dial: Dial, framing: str, body: str
) -> None:
    """A proxy in front that reads it in the other way would hand one person's request to the next."""
    async with served(app, headers=SHORT) as port:
        reader, writer = await dial(port)
        writer.write(f"POST /api/chat HTTP/1.1\r\nHost: x\r\n{framing}\r\n{body}".encode())
        async with asyncio.timeout(DEADLINE):
            answers = (await reader.read()).split(b"HTTP/1.")[1:]
    assert [answer.split()[1] for answer in answers] == [b"400"]
    assert assistant.heard == []


@pytest.mark.parametrize(("path", "status"), [("/api/chat", b"413"), ("/", b"413"), (PATH, b"413")])
async def test_a_small_body_that_unpacks_to_a_large_one_is_refused(
    assistant: ScriptedAssistant, dial: Dial, path: str, status: bytes
) -> None:
    building = Building()
    app = create_app(assistant, Settings(), building.messengers)
    packed = gzip.compress(b"a" * 40 * MAX_BODY_BYTES)
    kind = "application/json" if path == "/api/chat" else "application/x-www-form-urlencoded"
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Encoding: gzip\r\n"
    async with served(app) as port:
        reader, writer = await dial(port)
        writer.write(f"{head}Content-Length: {len(packed)}\r\n\r\n".encode() + packed)
        async with asyncio.timeout(DEADLINE):
            assert (await reader.readline()).split()[1] == status
    assert (assistant.heard, building.sizes) == ([], [])


def test_a_proxy_that_keeps_connections_does_not_send_into_a_closed_one() -> None:
    nginx_keeps_upstream = 60.0
    assert Patience().headers > nginx_keeps_upstream
