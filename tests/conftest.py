"""For every test: nothing may be reached but this machine."""

from __future__ import annotations

import ipaddress
import logging
import socket
import sys
import threading
from collections.abc import Iterator

import hypothesis
import pytest

from bot.operations.log_setup import structured
from tests.log import Log
from tests.postgres import Server, running_server

# How long an example takes says something of the machine, and nothing of the code.
hypothesis.settings.register_profile("ours", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("ours")
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


class NetworkReachedError(AssertionError):
    """A test tried to reach another machine."""


def _check(address: object) -> None:
    """Raise unless `address` is on this machine: a path (Unix socket) or a loopback host."""
    if not isinstance(address, tuple):
        return
    host = str(address[0]).partition("%")[0]
    if host in {"localhost", ""}:
        return
    try:
        is_here = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_here = False
    if not is_here:
        raise NetworkReachedError(f"a test tried to reach {host}; tests talk to this machine only")


def _guarded_connect(self: socket.socket, address: tuple[str, int]) -> None:
    _check(address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: tuple[str, int]) -> int:
    _check(address)
    return _connect_ex(self, address)


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded_connect)
        patch.setattr(socket.socket, "connect_ex", _guarded_connect_ex)
        yield


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings that the developer's shell carries must not change what a test sees."""
    for name in ("DATABASE_URL", "CATALOG_DIR", "PUBLIC_URL", "HOST", "PORT", "LOG_LEVEL", "LOG_FORMAT", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _log_of_its_own() -> Iterator[None]:
    """Our lines reach Python's logging, and what a test sets up of it is undone."""
    structured()
    # Of the platforms' fakes: where they run in the process of the test, they would speak in a command's place.
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
    root = logging.getLogger()
    level, handlers = root.level, tuple(root.handlers)
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Log:
    """What is logged while a test runs."""
    return Log(caplog)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture
def postgres_address(postgres_server: Server) -> Iterator[str]:
    """Of a database with all tables and nothing in them."""
    address = postgres_server.new_database(has_tables=True)
    yield address
    postgres_server.drop(address)
