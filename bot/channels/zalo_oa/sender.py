"""The way out: a reply as messages of the Official Account, one request each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.channels.zalo_oa.address import is_anonymous, recipient_of
from bot.channels.zalo_oa.client import SEND, SEND_TO_ANONYMOUS, ZaloOaClient
from bot.channels.zalo_oa.errors import ButtonsRefusedError
from bot.channels.zalo_oa.receive import CHANNEL
from bot.channels.zalo_oa.render import Part, as_message, has_picture, picture_message, render
from bot.dialogue.messages import Reply
from bot.operations.messages.receiving import Clock
from bot.operations.messages.sending import Delivery, RefusedError, SendError

_log = structlog.get_logger(__name__)
_WINDOW = timedelta(hours=48)
"""Within that time after the person's last word answers are free; later ones may be charged, or are refused."""
_WITHOUT_BUTTONS = timedelta(hours=1)


class ZaloOaSender:
    """A `Sender`. Where buttons are refused it does without for an hour: the numbered lines are there anyway."""

    def __init__(self, client: ZaloOaClient, clock: Clock, *, buttons: bool) -> None:
        self._client = client
        self._clock = clock
        self._buttons = buttons
        self._no_buttons_until: datetime | None = None

    @property
    def channel(self) -> str:
        return CHANNEL

    @property
    def window(self) -> timedelta | None:
        return _WINDOW

    def lane(self, address: str) -> str:
        return address

    def count_parts(self, delivery: Delivery) -> int:
        return len(render(delivery.reply, buttons=False)) + _has_picture(delivery)

    async def acknowledge(self, extra: Mapping[str, str]) -> None:
        """A tap arrives as a message: there is nothing to acknowledge."""

    async def send(self, delivery: Delivery, part: int) -> None:
        recipient = recipient_of(delivery.address)
        if recipient is None:
            raise RefusedError("this is no address of an Official Account's")
        if _has_picture(delivery) and part == self.count_parts(delivery) - 1:
            await self._send_picture(recipient, delivery.reply)
            return
        message = self._part(delivery, part, has_buttons=not is_anonymous(recipient))
        try:
            await self._send(recipient, message)
        except ButtonsRefusedError as error:
            if not message.buttons:
                raise
            await self._send(recipient, replace(message, buttons=()))
            # Only now is it known that the buttons were to blame.
            self._no_buttons_until = self._clock() + _WITHOUT_BUTTONS
            _log.warning("zalo_buttons_refused", error=str(error), hint="sent without, and so for the next hour")

    async def _send_picture(self, recipient: Mapping[str, str], reply: Reply) -> None:
        """The last part: it says what the text before it has said, so whatever becomes of it nothing is missing."""
        try:
            name = await self._client.upload(reply.picture or b"")
            await self._call(SEND, recipient, picture_message(reply, name))
        except SendError as error:
            _log.warning("zalo_picture_not_sent", error=str(error))

    async def close(self) -> None:
        await self._client.close()

    def _part(self, delivery: Delivery, part: int, *, has_buttons: bool) -> Part:
        may = self._no_buttons_until is None or self._clock() >= self._no_buttons_until
        parts = render(delivery.reply, buttons=self._buttons and has_buttons and may)
        if not 0 <= part < len(parts) or not parts[part].text:
            raise RefusedError("there is nothing to say in this part of the answer")
        return parts[part]

    async def _send(self, recipient: Mapping[str, str], part: Part) -> None:
        path = SEND_TO_ANONYMOUS if is_anonymous(recipient) else SEND
        await self._call(path, recipient, as_message(part))

    async def _call(self, path: str, recipient: Mapping[str, str], message: Mapping[str, object]) -> None:
        data = await self._client.call(path, {"recipient": recipient, "message": message})
        if path == SEND and not _is_free(data):
            # The platform names the quota that a message is taken from; where it names none, it costs money.
            _log.warning("zalo_message_charged", hint="no quota covered a message; see the bill at oa.zalo.me")


def _has_picture(delivery: Delivery) -> bool:
    """Those who are not logged in to Zalo get the text alone."""
    recipient = recipient_of(delivery.address)
    return recipient is not None and not is_anonymous(recipient) and has_picture(delivery.reply)


def _is_free(data: Mapping[str, object]) -> bool:
    quota = data.get("quota")
    return isinstance(quota, dict) and bool(quota.get("quota_type"))
