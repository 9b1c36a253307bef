"""An update of Telegram as arrivals: what people write, tap and send; the rest is counted and let go.

Nothing here waits or reaches out. The update is Telegram's word, but its shape is not: a field of another type than
documented may raise anything, which `TelegramReceiver` takes for a malformed update.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from telegram import CallbackQuery, ChatMemberUpdated, InlineQuery, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.telegram.address import Address
from bot.channels.telegram.counted import Counted
from bot.channels.telegram.deep_links import choice_behind
from bot.channels.telegram.me import Me
from bot.dialogue.messages import Attachment
from bot.operations.messages.receiving import Arrival
from bot.store.inbox import Kind

MESSAGE_LIFE = timedelta(hours=24)
"""As long as Telegram itself keeps what it could not deliver."""
TAP_LIFE = timedelta(hours=1)
"""The tap's own query lives 150 s, its answer is a message like any other; after an hour the person is elsewhere."""
INLINE_LIFE = timedelta(seconds=30)
"""As long as Telegram waits for the answer."""

CALLBACK = "callback"
"""The id under which a tap is acknowledged, in the extra of an arrival."""
MESSAGE = "message"
"""The number of the message whose choice was tapped, where it may be edited."""

_START = "/start "
_SENT_INSTEAD = (
    ("photo", Attachment.PICTURE),
    ("voice", Attachment.VOICE),
    ("audio", Attachment.VOICE),
    ("video", Attachment.VIDEO),
    ("video_note", Attachment.VIDEO),
    # An animation is told as a document too.
    ("animation", Attachment.VIDEO),
    ("document", Attachment.FILE),
    ("venue", Attachment.PLACE),
    ("location", Attachment.PLACE),
    ("contact", Attachment.CONTACT),
    ("sticker", Attachment.STICKER),
    *((name, Attachment.OTHER) for name in ("poll", "dice", "story", "game", "checklist", "paid_media", "invoice")),
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Under which name to count an update, and what is to be answered of it, if anything."""

    counted: Counted
    arrivals: tuple[Arrival, ...] = ()


def parse(update: Update, me: Me, now: datetime) -> Parsed:
    key = f"update:{update.update_id}"
    if update.message is not None:
        return _message(update.message, me, key, Counted.MESSAGE)
    if update.edited_message is not None:
        return _message(update.edited_message, me, key, Counted.EDITED)
    if update.callback_query is not None:
        return _tap(update.callback_query, key, now)
    if update.inline_query is not None:
        return _inline(update.inline_query, key, now)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member, key)
    if update.chosen_inline_result is not None:
        return Parsed(Counted.INLINE_CHOSEN)
    if update.channel_post is not None or update.edited_channel_post is not None:
        return Parsed(Counted.CHANNEL_POST)
    return Parsed(Counted.UNKNOWN)


def _message(message: Message, me: Me, key: str, counted: Counted) -> Parsed:
    text = message.text or message.caption
    attachment = None if text else _attachment(message)
    if (silence := _silence(message, me, counted, has_content=bool(text or attachment))) is not None:
        return Parsed(silence)
    sender, is_private = message.from_user, message.chat.type == ChatType.PRIVATE
    if sender is None:
        return Parsed(Counted.CHANNEL_POST)
    topic = message.message_thread_id if message.is_topic_message else None
    if attachment is not None and message.media_group_id is not None:
        # Ten pictures sent at once are ten updates; once is enough to say that pictures cannot be read.
        key = f"album:{message.media_group_id}"
    arrival = Arrival(
        key=key,
        kind=Kind.MESSAGE,
        user=_user(message.chat.id, sender.id, is_private=is_private),
        address=str(Address(message.chat.id, None if is_private else message.message_id, topic)),
        sent_at=message.edit_date or message.date,
        life=MESSAGE_LIFE,
        attachment=attachment,
    )
    return Parsed(counted, (arrival if text is None else _with_words(arrival, me.without_name(text)),))


def _silence(message: Message, me: Me, counted: Counted, *, has_content: bool) -> Counted | None:
    """Why a message is not answered, if it is not."""
    if message.from_user is None or message.is_automatic_forward or message.chat.type == ChatType.CHANNEL:
        return Counted.CHANNEL_POST
    if message.via_bot is not None and message.via_bot.id == me.id:
        return Counted.OWN_INLINE
    if message.from_user.is_bot:
        return Counted.FROM_BOT
    if not has_content:
        return Counted.SERVICE
    if counted is Counted.EDITED and not (message.text or message.caption):
        return Counted.EDITED_OTHER
    if message.chat.type != ChatType.PRIVATE and not me.is_meant_by(message):
        return Counted.NOT_ADDRESSED
    return None


def _attachment(message: Message) -> Attachment | None:
    return next((kind for name, kind in _SENT_INSTEAD if getattr(message, name, None)), None)


def _with_words(arrival: Arrival, text: str) -> Arrival:
    """`/start tt_1_001193` stays as it is: the dialogue reads it. Other payloads of ours are the choice itself."""
    choice = choice_behind(text.removeprefix(_START).strip()) if text.startswith(_START) else None
    if choice is None or choice.startswith("tt:"):
        return replace(arrival, text=text)
    return replace(arrival, choice=choice)


def _tap(query: CallbackQuery, key: str, now: datetime) -> Parsed:
    message = query.message
    if query.data is None or message is None:
        return Parsed(Counted.OTHER_TAP)
    is_private = message.chat.type == ChatType.PRIVATE
    extra = {CALLBACK: query.id}
    if is_private and message.is_accessible:
        # In a group the message belongs to everyone who reads there: only a private one is edited.
        extra[MESSAGE] = str(message.message_id)
    topic = message.message_thread_id if isinstance(message, Message) and message.is_topic_message else None
    arrival = Arrival(
        key=key,
        kind=Kind.TAP,
        user=_user(message.chat.id, query.from_user.id, is_private=is_private),
        address=str(Address(message.chat.id, None if is_private else message.message_id, topic)),
        sent_at=now,
        life=TAP_LIFE,
        choice=query.data,
        extra=extra,
    )
    return Parsed(Counted.TAP, (arrival,))


def _inline(query: InlineQuery, key: str, now: datetime) -> Parsed:
    # A user of its own: it must not wait behind the person's messages, and is nobody's conversation.
    user = f"inline:{query.id}"
    return Parsed(Counted.INLINE, (Arrival(key, Kind.INLINE, user, query.id, now, INLINE_LIFE, text=query.query),))


def _membership(change: ChatMemberUpdated, key: str) -> Parsed:
    kinds = {
        ChatMemberStatus.BANNED: (Counted.LEFT, Kind.LEFT),
        ChatMemberStatus.MEMBER: (Counted.RETURNED, Kind.RETURNED),
    }
    status = change.new_chat_member.status
    if change.chat.type != ChatType.PRIVATE or status not in kinds:
        return Parsed(Counted.MEMBERSHIP)
    counted, kind = kinds[ChatMemberStatus(status)]
    user = _user(change.chat.id, change.from_user.id, is_private=True)
    return Parsed(counted, (Arrival(key, kind, user, str(Address(change.chat.id)), change.date, MESSAGE_LIFE),))


def _user(chat: int, sender: int, *, is_private: bool) -> str:
    """Whose conversation it is: in a group everyone has their own, apart from their private one."""
    return str(chat) if is_private else f"{chat}/{sender}"
