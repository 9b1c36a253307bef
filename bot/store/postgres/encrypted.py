"""Whether what goes to the server and comes back can be read, or answered by somebody else, on the way."""

from __future__ import annotations

from collections.abc import Mapping

from psycopg.conninfo import conninfo_to_dict

_HERE = frozenset({"", "localhost", "127.0.0.1", "::1"})
_CHECKED = "verify-full"


def is_safe_on_the_way(address: str, environment: Mapping[str, str]) -> bool:
    """Every host is this machine, or has to prove by its certificate that it is itself. Raises psycopg.Error.

    `environment`: PGHOST and PGSSLMODE count where the address does not say.
    """
    given = conninfo_to_dict(address)
    hosts = str(given.get("host") or given.get("hostaddr") or environment.get("PGHOST", "")).split(",")
    mode = given.get("sslmode") or environment.get("PGSSLMODE", "")
    return mode == _CHECKED or all(host in _HERE or host.startswith(("/", "@")) for host in hosts)
