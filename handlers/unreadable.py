"""What cannot be read: no words, too many, something else than words; too much at once; nobody there to read it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogue.message_code import apology
from bot.dialogue.messages import Attachment, Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.ratings.model import MAX_COMMENT_CHARS
from handlers.rating import skip_choice


def _unread(turn: Turn, reply: Reply) -> Outcome:
    """The reply; not even a call for help before it is forgotten, nor that words were asked for."""
    return replace(unchanged(turn, reply), urgent=turn.conversation.urgent, asked=turn.conversation.asked)


def _no_words(turn: Turn, status: Status, text_id: str) -> Outcome:
    if turn.awaits_words:
        return _unread(turn, Reply(status, turn.texts.get("rating.words_please"), (skip_choice(turn),)))
    return _unread(turn, Reply(status, turn.texts.get(text_id)))


def empty(turn: Turn) -> Outcome:
    return _no_words(turn, Status.EMPTY, "unreadable.empty")


def wordless(turn: Turn) -> Outcome:
    return _no_words(turn, Status.EMPTY, "unreadable.wordless")


@dataclass(frozen=True, slots=True)
class TooLong:
    """`limit` in characters, as the settings have it."""

    limit: int

    def __call__(self, turn: Turn) -> Outcome:
        if turn.awaits_words:
            text = turn.texts.get("rating.too_long", most=min(self.limit, MAX_COMMENT_CHARS))
            return _unread(turn, Reply(Status.TOO_LONG, text, (skip_choice(turn),)))
        text = turn.texts.get("unreadable.too_long", limit=self.limit)
        return _unread(turn, Reply(Status.TOO_LONG, text))


def failed(turn: Turn) -> Outcome:
    return _unread(turn, Reply(Status.FAILED, apology(turn.texts, turn.code)))


_NOT_TEXT = {
    Attachment.PICTURE: "messenger.picture",
    Attachment.VOICE: "messenger.voice",
    Attachment.FILE: "messenger.file",
    Attachment.PLACE: "messenger.place",
    Attachment.CONTACT: "messenger.contact",
    Attachment.LINK: "messenger.link",
}


def not_text(turn: Turn, attachment: Attachment) -> Outcome:
    """Please write: what was sent instead is not looked at."""
    return _no_words(turn, Status.NOT_TEXT, _NOT_TEXT.get(attachment, "messenger.other"))


def too_fast(turn: Turn) -> Outcome:
    return _unread(turn, Reply(Status.TOO_FAST, turn.texts.get("messenger.too_fast")))


def switched_off(turn: Turn) -> Outcome:
    text = turn.texts.get("messenger.switched_off", centre=turn.catalogue.province.service_centre)
    return _unread(turn, Reply(Status.SWITCHED_OFF, text))
