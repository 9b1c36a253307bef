"""What every report says besides its figures: notes on what is counted, and what the words mean."""

from __future__ import annotations

from bot.operations.figures.model import Ground
from bot.ratings.satisfaction import FEWEST_FOR_A_VERDICT
from bot.ratings.scales import THREE
from bot.ratings.targets import share_of
from bot.texts import Texts
from bot.texts.written import share_written

NATIONAL_INDEX = "766/QĐ-TTg"
"""The decision by which the national index counts every dossier without complaint as satisfied."""
_TERMS = (
    ("report.definition.term.count", "report.definition.text.count"),
    ("report.definition.term.share", "report.definition.text.share_three"),
    ("report.definition.term.interval", "report.definition.text.interval"),
    ("report.definition.term.standing", "report.definition.text.standing"),
    ("report.definition.term.certainty", "report.definition.text.certainty"),
    ("report.definition.term.missing", "report.definition.text.missing"),
    ("report.definition.term.response", "report.definition.text.response"),
    ("report.definition.term.helped", "report.definition.text.helped"),
    ("report.definition.term.flagged", "report.definition.text.flagged"),
    ("report.definition.term.filing", "report.definition.text.filing"),
    ("report.definition.term.scale", "report.definition.text.scale"),
    ("report.definition.term.period", "report.definition.text.period"),
    ("report.definition.term.silence", "report.note.silence"),
    ("report.definition.term.index", "report.note.index"),
    ("report.definition.term.dossiers", "report.note.dossiers"),
)
_SHARE_OF_FIVE = "report.definition.text.share_five"


def notes(texts: Texts, ground: Ground, *, is_empty: bool) -> tuple[str, ...]:
    """`is_empty`: there is no rating in the period."""
    said = [texts.get("report.note.no_data")] if is_empty else []
    if ground.target is None:
        said.append(texts.get("report.note.no_target"))
    if ground.agencies is not None:
        said.append(texts.get("report.note.limited"))
    said += [
        texts.get("report.note.silence"),
        texts.get("report.note.index", decision=NATIONAL_INDEX),
        texts.get("report.note.dossiers"),
    ]
    said.append(texts.get("report.note.empty_months"))
    for target in ground.past_targets:
        share = share_written(texts.language, share_of(target))
        said.append(texts.get("report.note.history", share=share, source=target.source))
    return tuple(said)


def definitions(texts: Texts, ground: Ground) -> tuple[tuple[str, str], ...]:
    return tuple((texts.get(term), _text(texts, text, ground)) for term, text in _TERMS)


def _text(texts: Texts, text_id: str, ground: Ground) -> str:
    if text_id == "report.definition.text.share_three" and ground.scale.id != THREE.id:
        return texts.get(_SHARE_OF_FIVE)
    return texts.find(text_id, fewest=FEWEST_FOR_A_VERDICT, decision=NATIONAL_INDEX) or ""
