"""Serving in this process: starting, stopping, and the sentences when an address cannot be listened on."""

from __future__ import annotations

import asyncio
import os
import signal
import socket

import aiohttp
import pytest

from bot.dialogue.messages import Incoming, Reply
from bot.settings import Settings
from bot.web.server import ListenError, serve
from tests.unit.web.conftest import ANSWER, ScriptedAssistant


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


class SlowAssistant(ScriptedAssistant):
    """Answers when it is let."""

    asked: asyncio.Event
    let: asyncio.Event

    async def answer(self, incoming: Incoming) -> Reply:
        self.heard.append(incoming)
        self.asked.set()
        await self.let.wait()
        return ANSWER


async def test_requests_under_way_are_finished(
    assistant: ScriptedAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = SlowAssistant(assistant.catalogue, assistant.engine)
    slow.asked, slow.let = asyncio.Event(), asyncio.Event()
    settings = Settings(port=free_port())
    serving = asyncio.create_task(serve(slow, settings))
    async with aiohttp.ClientSession() as session:
        asking = asyncio.create_task(_ask(session, f"http://127.0.0.1:{settings.port}/api/chat"))
        await asyncio.wait_for(slow.asked.wait(), 10)
        os.kill(os.getpid(), signal.SIGTERM)
        while "Stopping." not in (said := capsys.readouterr().out):
            await asyncio.sleep(0)
        assert not asking.done()
        slow.let.set()
        assert await asyncio.wait_for(asking, 10) == 200
    await asyncio.wait_for(serving, 10)
    assert said.endswith("Stopping.\n")


async def _ask(session: aiohttp.ClientSession, url: str) -> int:
    while True:
        try:
            async with session.post(url, json={"text": "một"}) as response:
                return response.status
        except aiohttp.ClientConnectorError:
            await asyncio.sleep(0)


async def test_a_balancer_hears_before_requests_are_refused(
    assistant: ScriptedAssistant, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(port=free_port(), metrics_port=free_port(), drain_seconds=60)
    serving = asyncio.create_task(serve(assistant, settings))
    chat, watching = (f"http://127.0.0.1:{port}" for port in (settings.port, settings.metrics_port))
    async with aiohttp.ClientSession() as session:
        assert await asyncio.wait_for(_ask(session, f"{chat}/api/chat"), 10) == 200
        before = [await _standing(session, f"{address}/readyz") for address in (chat, watching)]
        os.kill(os.getpid(), signal.SIGTERM)
        while "Stopping." not in capsys.readouterr().out:
            await asyncio.sleep(0)
        during = [await _standing(session, f"{address}/readyz") for address in (chat, watching)]
        lives = [await _standing(session, f"{address}/healthz") for address in (chat, watching)]
        assert await asyncio.wait_for(_ask(session, f"{chat}/api/chat"), 10) == 200
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 10)
    assert before == [(200, "ready", [])] * 2
    assert during == [(503, "unready", ["stopping"])] * 2
    assert lives == [(200, "ok", None)] * 2


async def _standing(session: aiohttp.ClientSession, url: str) -> tuple[int, str, list[str] | None]:
    async with session.get(url) as response:
        said = await response.json()
        return response.status, said["status"], said.get("reasons")


async def test_a_taken_port_of_the_figures_is_named_with_its_setting(assistant: ScriptedAssistant) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ListenError) as told:
            await serve(assistant, Settings(port=free_port(), metrics_port=port))
    assert str(told.value) == (
        f"Port {port} on 127.0.0.1 is taken by another program. Stop that program, or choose another port with the "
        f"setting METRICS_PORT, for example METRICS_PORT={port + 1}."
    )


async def test_a_taken_port(assistant: ScriptedAssistant) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ListenError) as told:
            await serve(assistant, Settings(port=port))
    assert str(told.value).startswith(f"Port {port} on 127.0.0.1 is taken by another program. ")
    assert "with the setting PORT, for example PORT=" in str(told.value)


async def test_a_host_that_is_not_ours(assistant: ScriptedAssistant) -> None:
    with pytest.raises(ListenError) as told:
        await serve(assistant, Settings(host="192.0.2.1", port=free_port()))
    assert str(told.value).startswith("Cannot listen on 192.0.2.1 (")
    assert str(told.value).endswith("Check the setting HOST, for example HOST=127.0.0.1.")


async def test_a_request_that_cannot_be_read_leaves_no_words_in_the_log(
    assistant: ScriptedAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(port=free_port())
    serving = asyncio.create_task(serve(assistant, settings))
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", settings.port)
            break
        except ConnectionError:
            await asyncio.sleep(0)
    writer.write("GET /tim?q=mật_khẩu_của_tôi HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert (await asyncio.wait_for(reader.readline(), 10)).startswith(b"HTTP/1.0 400")
    writer.close()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, 10)
    assert [(record.getMessage(), vars(record)["error"]) for record in caplog.records] == [
        ("http_request_unreadable", "InvalidURLError")
    ]
    assert "khẩu" not in caplog.text
    assert "xe1" not in caplog.text
