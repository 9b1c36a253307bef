"""Telegram's way out: a tap is acknowledged, a reply sent, or put in place of the page that was turned."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from telegram import LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.channels.telegram import errors
from bot.channels.telegram.address import Address
from bot.channels.telegram.client import Client, close
from bot.channels.telegram.in_group import GroupHint
from bot.channels.telegram.parse import CALLBACK, MESSAGE
from bot.channels.telegram.receive import CHANNEL
from bot.channels.telegram.render import Part, render
from bot.operations.messages.sending import Delivery, RefusedError
from bot.texts import LANGUAGES, load_texts

ACKNOWLEDGE_SECONDS = 3.0
"""The answer itself is worth more than the end of the little clock on the button."""
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Attempt:
    """How a part is sent. Each one after a refusal asks for less than the one before, so that there is an end."""

    chat: int
    edits: int | None = None
    is_html: bool = True
    has_buttons: bool = True
    has_picture: bool = True


def after_refusal(attempt: Attempt, error: BadRequest | ChatMigrated) -> Attempt | None:
    """What to try next; None where nothing would help."""
    if isinstance(error, ChatMigrated):
        # A group that moves gets a lower number: that it only goes down is what ends it.
        return replace(attempt, chat=error.new_chat_id) if error.new_chat_id < attempt.chat else None
    if attempt.edits is not None and errors.is_not_editable(error):
        return replace(attempt, edits=None)
    if attempt.has_picture and errors.is_about_the_picture(error):
        return replace(attempt, has_picture=False)
    if attempt.is_html and errors.is_unparsable(error):
        return replace(attempt, is_html=False)
    if attempt.has_buttons and errors.is_about_buttons(error):
        return replace(attempt, has_buttons=False)
    return None


class TelegramSender:
    def __init__(self, bot: Client) -> None:
        self._bot = bot
        self._hint = GroupHint(map(load_texts, LANGUAGES))

    @property
    def channel(self) -> str:
        return CHANNEL

    @property
    def window(self) -> timedelta | None:
        """Telegram delivers until the person blocks us."""
        return None

    def lane(self, address: str) -> str:
        """The chat: a group has many addresses, one for each message that is answered."""
        return address.partition(":")[0]

    def count_parts(self, delivery: Delivery) -> int:
        return len(render(self._hint.added(delivery)))

    async def acknowledge(self, extra: Mapping[str, str]) -> None:
        """Answer the tap, in a few seconds or not at all. Never raises."""
        query = extra.get(CALLBACK)
        if query is None:
            return
        try:
            async with asyncio.timeout(ACKNOWLEDGE_SECONDS):
                await self._bot.answer_callback_query(query)
        except Exception as error:  # noqa: BLE001 - whatever it is, the answer to the tap goes out
            level = logging.DEBUG if errors.is_too_old(error) else logging.INFO
            _log.log(level, "tap_not_acknowledged", error=errors.said(error))

    async def send(self, delivery: Delivery, part: int) -> None:
        """Send one part, or put it in place of the message that was tapped. Raises SendError."""
        parts = render(self._hint.added(delivery))
        try:
            address, edits = Address.parse(delivery.address), _message_to_edit(delivery, len(parts))
        except ValueError:
            raise RefusedError("the address is none of this channel's") from None
        attempt: Attempt | None = Attempt(address.chat, edits)
        while attempt is not None:
            attempt = await self._try(attempt, address, parts[part])

    async def _try(self, attempt: Attempt, address: Address, part: Part) -> Attempt | None:
        """None where it went out, else what to try next. Raises SendError."""
        try:
            await (self._send(attempt, address, part) if attempt.edits is None else self._edit(attempt, part))
        except (BadRequest, ChatMigrated) as error:
            if isinstance(error, BadRequest) and attempt.edits is not None and errors.is_unchanged(error):
                return None
            further = after_refusal(attempt, error)
            if further is None:
                raise errors.send_error(error) from None
            _log.info("telegram_tried_again", error=errors.said(error))
            return further
        except TelegramError as error:
            raise errors.send_error(error) from None
        return None

    async def _send(self, attempt: Attempt, address: Address, part: Part) -> None:
        text, mode = _written(attempt, part)
        keyboard = part.keyboard if attempt.has_buttons else None
        answered = None
        if address.reply_to is not None:
            # The message may have been deleted in the meantime.
            answered = ReplyParameters(address.reply_to, allow_sending_without_reply=True)
        if part.picture is not None and attempt.has_picture:
            await self._bot.send_photo(
                attempt.chat,
                part.picture,
                caption=text or None,
                parse_mode=mode,
                reply_markup=keyboard,
                message_thread_id=address.topic,
                reply_parameters=answered,
            )
        elif text:
            await self._bot.send_message(
                attempt.chat,
                text,
                parse_mode=mode,
                link_preview_options=_NO_PREVIEW,
                reply_markup=keyboard,
                message_thread_id=address.topic,
                reply_parameters=answered,
            )

    async def _edit(self, attempt: Attempt, part: Part) -> None:
        text, mode = _written(attempt, part)
        await self._bot.edit_message_text(
            text,
            attempt.chat,
            attempt.edits,
            parse_mode=mode,
            link_preview_options=_NO_PREVIEW,
            reply_markup=part.keyboard if attempt.has_buttons else None,
        )

    async def close(self) -> None:
        await close(self._bot)


def _message_to_edit(delivery: Delivery, parts: int) -> int | None:
    """The message that was tapped, where the reply may take its place."""
    message = delivery.extra.get(MESSAGE)
    if message is None or not (delivery.is_tap and delivery.reply.turns_page and parts == 1):
        return None
    return int(message)


def _written(attempt: Attempt, part: Part) -> tuple[str, ParseMode | None]:
    """The text to send and how it is marked up. In words alone there is no markup that could be refused."""
    if not attempt.has_buttons:
        return part.bare, None
    return (part.html, ParseMode.HTML) if attempt.is_html else (part.plain, None)
