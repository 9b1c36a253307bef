"""What a person asks about a procedure: our data has no fees, times or papers, so it says where they are."""

from __future__ import annotations

from bot.texts import Texts

_SENTENCES = (
    (frozenset({"papers", "fee", "time"}), "card.asked.papers_fee_time"),
    (frozenset({"fee", "time"}), "card.asked.fee_time"),
    (frozenset({"papers"}), "card.asked.papers"),
    (frozenset({"fee"}), "card.asked.fee"),
    (frozenset({"time"}), "card.asked.time"),
    (frozenset({"how"}), "card.asked.how"),
)
_KNOWN = frozenset({"papers", "fee", "time"})


def asked_sentence(texts: Texts, asks: tuple[str, ...]) -> str | None:
    """One sentence that answers what was asked first, or None where nothing of the kind was."""
    asked = _KNOWN.intersection(asks)
    if len(asked) > 1 and "papers" in asked:
        asked = _KNOWN
    wanted = asked or frozenset({"how"}).intersection(asks)
    return next((texts.get(text_id) for sides, text_id in _SENTENCES if sides == wanted), None)
