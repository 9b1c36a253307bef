"""Under which names what Telegram sends is counted: a fixed set, so that nobody outside can make new ones."""

from __future__ import annotations

from enum import StrEnum


class Counted(StrEnum):
    MESSAGE = "message"
    EDITED = "edited_message"
    TAP = "tap"
    INLINE = "inline"
    LEFT = "left"
    RETURNED = "returned"
    # What is not answered, and why.
    MALFORMED = "malformed"
    UNKNOWN = "unknown_update"
    CHANNEL_POST = "channel_post"
    SERVICE = "service_message"
    FROM_BOT = "from_bot"
    OWN_INLINE = "own_inline"
    """A card that someone shared out of our own inline answers."""
    NOT_ADDRESSED = "not_addressed"
    """A message of a group that does not speak to us."""
    EDITED_OTHER = "edited_other"
    """An edit without words: a place shared live sends one every few seconds."""
    OTHER_TAP = "other_tap"
    """A tap on nothing of ours: a game, or a message whose chat is not told."""
    INLINE_CHOSEN = "inline_chosen"
    MEMBERSHIP = "membership"
    """We were added to a group, or removed from one."""
