"""The level of a service in a sentence, and what it means for the person. Unknown is said as unknown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.catalog.editorial import partial_reason
from bot.catalog.model import Catalogue, OnlineLevel, Procedure
from bot.texts import Texts
from handlers.beside import ended, unended
from handlers.stages import Stage, stage_of

_SENTENCES = {
    Stage.FULL: "card.level.full",
    Stage.INFORMATION: "card.level.information",
    Stage.BY_CASE: "card.level.by_case",
    Stage.NOT_LISTED: "card.level.unknown_not_listed",
    Stage.UNKNOWN: "card.level.unknown",
}
_WORDS = {
    OnlineLevel.FULL: "card.level.word_full",
    OnlineLevel.PARTIAL: "card.level.word_partial",
    OnlineLevel.INFORMATION: "card.level.word_information",
    OnlineLevel.UNKNOWN: "card.level.word_unknown",
}
_NEEDS_ACCOUNT = frozenset({OnlineLevel.FULL, OnlineLevel.PARTIAL})


def level_sentence(
    catalogue: Catalogue,
    texts: Texts,
    procedure: Procedure,
    levels: frozenset[OnlineLevel],
    agencies: Sequence[str],
) -> str:
    """For one body (or several that offer the same), `agencies`; `levels` is empty where none is published."""
    stage = stage_of(procedure, levels)
    if stage is Stage.PARTIAL:
        return _partial(catalogue, texts, procedure, agencies)
    if stage is Stage.LISTED:
        return texts.get("card.level.unknown_listed", province=catalogue.province.name)
    return texts.get(_SENTENCES[stage])


def _partial(catalogue: Catalogue, texts: Texts, procedure: Procedure, agencies: Sequence[str]) -> str:
    """With the reason why, where it is published, instead of where to look for it."""
    reason = partial_reason(catalogue.editorial, procedure.code, agencies)
    if reason is None:
        return texts.get("card.level.partial")
    return texts.get("editorial.partial", text=ended(reason.text), source=unended(reason.source))


def level_words(texts: Texts, levels: frozenset[OnlineLevel]) -> str:
    """The same in a few words, for a list."""
    if len(levels) > 1:
        return texts.get("card.level.word_by_case")
    return texts.get(_WORDS[next(iter(levels), OnlineLevel.UNKNOWN)])


def needs_account(procedure: Procedure, levels: Iterable[frozenset[OnlineLevel]]) -> bool:
    """Whether something can be filed online, so that an account is needed."""
    published = frozenset().union(*levels)
    return bool(published & _NEEDS_ACCOUNT) or (not published and procedure.online_listed is True)
