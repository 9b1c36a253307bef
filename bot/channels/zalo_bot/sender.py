"""The way out to Zalo Bot, and what its answers mean for a message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus

from bot.channels.zalo_bot import CHANNEL
from bot.channels.zalo_bot.client import Answer, ZaloBotClient
from bot.channels.zalo_bot.render import render
from bot.operations.messages.sending import (
    Delivery,
    GoneError,
    OperatorError,
    RefusedError,
    SendError,
    UncertainError,
    UnreachableError,
    WaitError,
)

WAIT_SECONDS = 60.0
"""The platform says that there was too much, and not for how long: a minute is what Zalo counts in elsewhere."""


class ZaloBotSender:
    """Implements `Sender`."""

    def __init__(self, client: ZaloBotClient) -> None:
        self._client = client

    @property
    def channel(self) -> str:
        return CHANNEL

    @property
    def window(self) -> timedelta | None:
        return None

    def lane(self, address: str) -> str:
        return address

    def count_parts(self, delivery: Delivery) -> int:
        return len(render(delivery.reply))

    async def acknowledge(self, extra: Mapping[str, str]) -> None:
        """There is nothing to tap here."""

    async def send(self, delivery: Delivery, part: int) -> None:
        text = render(delivery.reply)[part]
        answer = await self._client.call("sendMessage", {"chat_id": delivery.address, "text": text})
        if not answer.is_ok:
            raise send_error(answer)

    async def close(self) -> None:
        await self._client.close()


def send_error(answer: Answer) -> SendError:
    """What an answer that is not ok means for the message that was to be sent."""
    said = str(answer)
    if answer.code >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.code == HTTPStatus.REQUEST_TIMEOUT:
        # Of its own errors the platform says that it has not sent; of somebody's in between nobody knows.
        is_unsent = answer.is_told and answer.code != HTTPStatus.REQUEST_TIMEOUT
        return UnreachableError(said) if is_unsent else UncertainError(said)
    if answer.code == HTTPStatus.TOO_MANY_REQUESTS:
        return OperatorError(said) if "quota" in answer.words.lower() else WaitError(said, WAIT_SECONDS)
    if answer.code == HTTPStatus.UNAUTHORIZED or not answer.is_told:
        return UncertainError(said) if answer.code < HTTPStatus.MULTIPLE_CHOICES else OperatorError(said)
    if answer.code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
        return GoneError(said)
    return RefusedError(said)
