"""Requests that are no proper HTTP, written to the socket byte by byte."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp.test_utils import TestClient

from tests.unit.web.conftest import Client


async def answer(client: Client, request: bytes) -> bytes:
    """All that is said until the server hangs up."""
    assert isinstance(client, TestClient)
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(request)
    await writer.drain()
    said = await asyncio.wait_for(reader.read(), 30)
    writer.close()
    await writer.wait_closed()
    return said


_HIDDEN = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +4\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\nContent-Length: 4\r\n\r\n",
    ],
)
async def test_what_could_be_read_in_two_ways_is_refused(client: Client, head: bytes) -> None:
    said = await answer(client, head + _HIDDEN)
    assert (said.partition(b"\r\n")[0], said.count(b"HTTP/1."), b'"status"' in said) == (
        b"HTTP/1.0 400 Bad Request",
        1,
        False,
    )


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH"])
async def test_no_method_but_those_of_an_address(client: Client, method: str) -> None:
    said = await answer(
        client, f"{method} /healthz HTTP/1.1\r\nHost: a\r\nX-Secret: abc\r\nConnection: close\r\n\r\n".encode()
    )
    assert (said.partition(b"\r\n")[0], b"abc" in said) == (b"HTTP/1.1 405 Method Not Allowed", False)


async def test_after_an_upgrade_that_is_not_made_the_connection_ends(client: Client) -> None:
    """Else the next request on it is never answered, and behind a proxy it is another person's."""
    asked = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    said = await answer(client, asked)
    assert (said.partition(b"\r\n")[0], b"\r\nConnection: close\r\n" in said) == (b"HTTP/1.1 200 OK", True)
