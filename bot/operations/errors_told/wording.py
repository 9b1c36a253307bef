"""What an alert says in the chat of operators: names and counts, never what anybody wrote."""

from __future__ import annotations

from collections.abc import Iterator

from bot.operations.errors_told.model import Round, Told
from bot.operations.times import in_vietnam
from bot.texts import Texts


def worded(told: Round, texts: Texts, process: str) -> str:
    """One message, however much there is to tell."""
    return "\n".join(_lines(told, texts, process))


def trial(texts: Texts, process: str) -> str:
    return texts.get("alert.trial", process=process)


def _lines(told: Round, texts: Texts, process: str) -> Iterator[str]:
    yield texts.get("alert.lead", process=process)
    for one in told.named:
        yield from _kind(one, texts)
    if told.other_kinds:
        yield texts.get("alert.others", kinds=told.other_kinds, count=told.other_errors)
    yield texts.get("alert.end")


def _kind(one: Told, texts: Texts) -> Iterator[str]:
    what = f"{one.kind.event} ({one.kind.error})" if one.kind.error else one.kind.event
    since = in_vietnam(one.since)
    if one.is_new:
        yield texts.get("alert.new", what=what, count=one.count, since=since)
    else:
        yield texts.get("alert.again", what=what, count=one.count, since=since)
    if one.message:
        yield texts.get("alert.message", id=one.message)
