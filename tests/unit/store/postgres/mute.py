"""Something between a store and its server that stops passing anything on, and closes nothing: a black hole."""

from __future__ import annotations

import selectors
import socket
import threading
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo

_NAME = ".s.PGSQL.5432"


class Mute:
    """`address`: of the server through it."""

    def __init__(self, address: str) -> None:
        given = conninfo_to_dict(address)
        self._server = str(Path(str(given["host"])) / _NAME)
        self._folder = TemporaryDirectory(prefix="mute")
        self.address = make_conninfo(address, host=self._folder.name)
        self._heard = selectors.DefaultSelector()
        self._door = socket.socket(socket.AF_UNIX)
        self._wake, self._woken = socket.socketpair()
        self._speaks = threading.Event()
        self._speaks.set()
        self._has_ended = False
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._door.bind(str(Path(self._folder.name) / _NAME))
        self._door.listen()
        self._heard.register(self._door, selectors.EVENT_READ)
        self._heard.register(self._woken, selectors.EVENT_READ)
        self._thread.start()
        return self

    def be_silent(self) -> None:
        self._speaks.clear()
        self._wake.send(b".")

    def speak(self) -> None:
        self._speaks.set()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._has_ended = True
        self.speak()
        self._wake.send(b".")
        self._thread.join()
        for key in list(self._heard.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        self._wake.close()
        self._heard.close()
        self._folder.cleanup()

    def _serve(self) -> None:
        while not self._has_ended:
            for key, _ in self._heard.select():
                self._speaks.wait()
                if key.fileobj is self._door:
                    self._let_in()
                elif key.fileobj is self._woken:
                    self._woken.recv(64)
                elif isinstance(key.fileobj, socket.socket):
                    self._pass_on(key.fileobj, key.data)

    def _let_in(self) -> None:
        ours, _ = self._door.accept()
        theirs = socket.socket(socket.AF_UNIX)
        theirs.connect(self._server)
        for one, other in ((ours, theirs), (theirs, ours)):
            self._heard.register(one, selectors.EVENT_READ, other)

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        if one.fileno() < 0:
            return
        said = b""
        with suppress(OSError):
            said = one.recv(65536)
            other.sendall(said)
        if not said:
            for each in (one, other):
                self._heard.unregister(each)
                each.close()
