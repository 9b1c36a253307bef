"""One request as it is sent, and its answer as it was read: no redirect is followed, no cookie is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import requests
import urllib3
from urllib3.exceptions import HTTPError

SECONDS_TO_ANSWER = 10


@dataclass(frozen=True, slots=True)
class Pieces:
    """A body that is sent one piece after the other, each said to be as long as it is (chunked)."""

    pieces: tuple[bytes, ...]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)


class NoAnswerError(Exception):
    """Hung up on, or nothing that is HTTP came back."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`headers`: by names as they are usually written; of one that comes twice, both with a comma."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def type(self) -> str:
        """Without its parameters; empty where none is told."""
        return self.headers.get("Content-Type", "").partition(";")[0]

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")


class Client:
    """Keeps its connections, as a browser does."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool = urllib3.connectionpool.connection_from_url(url, maxsize=1)

    def send(self, request: requests.PreparedRequest) -> Answer:
        """Raises NoAnswerError."""
        try:
            return self._sent(request)
        except NoAnswerError:
            # A connection that was kept may be closed by the server just then; a new one is not.
            self._pool.close()
            self._pool = urllib3.connectionpool.connection_from_url(self._url, maxsize=1)
            return self._sent(request)

    def _sent(self, request: requests.PreparedRequest) -> Answer:
        # The pool says itself that a body comes in pieces.
        headers = {name: str(value) for name, value in request.headers.items() if name != "Transfer-Encoding"}
        body = request.body
        is_chunked = isinstance(body, Pieces)
        try:
            read = self._pool.urlopen(
                request.method or "GET",
                request.path_url,
                body if isinstance(body, bytes | str | Pieces | None) else b"",
                headers,
                retries=False,
                redirect=False,
                timeout=SECONDS_TO_ANSWER,
                chunked=is_chunked,
            )
        except HTTPError as error:
            raise NoAnswerError(type(error).__name__) from error
        return Answer(read.status, read.headers, read.data)
