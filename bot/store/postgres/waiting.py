"""How long a server is waited for: one that is gone without a word must not hold up those who wait here."""

from __future__ import annotations

import time
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict

_Value = TypeVar("_Value")
_SECONDS_TO_CONNECT = 2
_SECONDS_ON_THE_WAY = 2
"""For so much longer than a statement may take its answer is waited for."""
_LOCK_SECONDS = 2
"""Whoever waits longer for a row waits in vain: the other has died, or is stopped."""
_IDLE_SECONDS = 5
"""Whoever says nothing for so long within a transaction has died, or is stopped: what it holds is let go of."""
_DEFAULTS: dict[str, str | int] = {
    "connect_timeout": _SECONDS_TO_CONNECT,
    "application_name": "mot-cua",
    # A machine that is gone from the net says nothing either.
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
    # Of several servers, or after another has taken over, the one that can be written to.
    "target_session_attrs": "read-write",
}


class ServerSilent(psycopg.OperationalError):
    """The server has not answered in time."""


def parameters(address: str, statement_seconds: int) -> dict[str, Any]:
    """What a connection is opened with besides its address, which has the last word. Raises psycopg.Error."""
    given = conninfo_to_dict(address)
    ours = (
        f"-c lock_timeout={_LOCK_SECONDS}s -c statement_timeout={statement_seconds}s"
        f" -c idle_in_transaction_session_timeout={_IDLE_SECONDS}s -c client_encoding=UTF8 -c timezone=UTC"
    )
    options = f"{ours} {given.get('options') or ''}".rstrip()
    return {name: value for name, value in _DEFAULTS.items() if name not in given} | {"options": options}


class BoundedConnection(psycopg.Connection[Any]):
    """Closes itself where the server says nothing for too long, whatever the network believes of it.

    `longest_wait`: seconds for one answer; None: for ever.
    """

    longest_wait: float | None = None

    def bound(self, statement_seconds: int) -> None:
        """Wait no longer than the server itself lets a statement run."""
        self.longest_wait = statement_seconds + _SECONDS_ON_THE_WAY

    def wait(self, gen: PQGen[_Value], interval: float = 0.1, timeout: float | None = None) -> _Value:
        """Raises ServerSilent."""
        longest = self.longest_wait if timeout is None else timeout
        begun = time.monotonic()
        try:
            return super().wait(gen, interval, longest)
        except psycopg.OperationalError as error:
            if longest is None or time.monotonic() - begun < longest:
                raise
            self.close()
            raise ServerSilent(f"no answer for {longest:.0f} seconds") from error
