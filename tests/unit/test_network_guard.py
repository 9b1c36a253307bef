"""The guard of tests/conftest.py itself."""

from __future__ import annotations

import socket

import pytest

from tests.conftest import NetworkReachedError


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 443), ("10.0.0.1", 22)])
def test_other_machines_cannot_be_reached(address: tuple[str, int]) -> None:
    with socket.socket() as unconnected, pytest.raises(NetworkReachedError):
        unconnected.connect(address)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as client:
        assert client.getpeername() == server.getsockname()
