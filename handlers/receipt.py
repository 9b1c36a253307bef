"""The proof that a person's data were deleted: given when it is done, and checked for whoever brings its number."""

from __future__ import annotations

from bot.dialogue.choices import ReceiptChoice
from bot.dialogue.messages import Link, Reply, Status
from bot.dialogue.receipts import RECEIPT_PATH, Receipt
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.ratings.periods import VIETNAM, day_of
from bot.texts import Texts
from bot.texts.written import day_written, number_written, time_written
from handlers import choice_expired
from handlers.offering import home


def erased(turn: Turn, receipt: Receipt) -> Outcome:
    """What is said once it is done: what went, what is gone later, and the number."""
    texts = turn.texts
    until = day_written(texts.language, day_of(receipt.at + turn.keeping.backups))
    lines = (
        texts.get("receipt.done", time=_time(texts, receipt), day=_day(texts, receipt)),
        *counted(texts, receipt),
        texts.get("receipt.copies", day=until),
        texts.get("receipt.number", number=receipt.number),
        texts.get("receipt.keep"),
    )
    page = Link(texts.get("receipt.link"), f"{turn.site}{RECEIPT_PATH}/{receipt.number}")
    return Outcome(Reply(Status.ERASED, "\n".join(lines), (home(turn),), (page,)), erase=True)


def check(turn: Turn) -> Outcome:
    """What a number says, or that it is none of ours."""
    if not isinstance(turn.target, ReceiptChoice):
        return choice_expired.expired(turn)
    receipt = turn.receipt(turn.target.letters)
    if receipt is None:
        return unchanged(turn, Reply(Status.ASKED_BACK, turn.texts.get("receipt.unknown"), (home(turn),)))
    return unchanged(turn, Reply(Status.HELPED, "\n".join(confirmed(turn.texts, receipt)), (home(turn),)))


def confirmed(texts: Texts, receipt: Receipt) -> tuple[str, ...]:
    """What whoever has the number is told."""
    return (
        texts.get("receipt.genuine", time=_time(texts, receipt), day=_day(texts, receipt)),
        *counted(texts, receipt),
        texts.get("receipt.nameless"),
    )


def counted(texts: Texts, receipt: Receipt) -> tuple[str, ...]:
    """A line for each kind of which there was something."""
    deleted = receipt.deleted
    if not deleted:
        return (texts.get("receipt.nothing"),)
    lines = (
        (deleted.remembered, texts.get("receipt.remembered", n=_number(texts, deleted.remembered))),
        (deleted.accounts, texts.get("receipt.accounts", n=_number(texts, deleted.accounts))),
        (deleted.words, texts.get("receipt.words", n=_number(texts, deleted.words))),
        (deleted.ratings, texts.get("receipt.ratings", n=_number(texts, deleted.ratings))),
        (deleted.uses, texts.get("receipt.uses", n=_number(texts, deleted.uses))),
    )
    return tuple(line for count, line in lines if count)


def _number(texts: Texts, count: int) -> str:
    return number_written(texts.language, count)


def _time(texts: Texts, receipt: Receipt) -> str:
    return time_written(texts.language, receipt.at.astimezone(VIETNAM).time())


def _day(texts: Texts, receipt: Receipt) -> str:
    return day_written(texts.language, day_of(receipt.at))
