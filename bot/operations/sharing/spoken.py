"""What a loudspeaker says of something shared: at most 45 seconds, every word as it is said, and no link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.catalog.titles import begin_lower
from bot.operations.sharing.as_said import as_said, syllables
from bot.operations.sharing.material import Material
from bot.operations.sharing.targets import Kind
from bot.texts import Texts, load_texts
from bot.texts.written import day_written

SYLLABLES_A_SECOND = 3.3
"""As one reads for a whole village: slower than one talks."""
MOST_SECONDS = 45.0
MOST_SYLLABLES = int(SYLLABLES_A_SECOND * MOST_SECONDS)
_MOST_NAME = 45
"""Nobody remembers a longer name from hearing it once, if there is a shorter one."""
_PAUSE = re.compile(r"[,.]? (?:theo|đối với|cho|của|tại|do|bằng|trong|để|và|hoặc|mà|khi|có|thuộc) |, ")
"""Where a name may end early: at a comma, or before what only narrows it."""
_PROCEDURE = "Thủ tục "


@dataclass(frozen=True, slots=True)
class Spoken:
    """`seconds`: about how long it takes."""

    text: str
    seconds: float


def spoken(material: Material) -> Spoken:
    """Ready to be read out. What is left out where the name is long: the code, then the day of the data."""
    texts = load_texts(material.language)
    for said in _versions(material, texts):
        if syllables(said) <= MOST_SYLLABLES:
            break
    return Spoken(said, round(syllables(said) / SYLLABLES_A_SECOND, 1))


def _versions(material: Material, texts: Texts) -> Iterator[str]:
    """The most complete first; the last one always fits."""
    names = [as_said(name) for name in material.names]
    name = next((name for name in names if syllables(name) <= _MOST_NAME), None)
    for has_code, has_day in ((True, True), (False, True), (False, False)):
        if name is not None:
            yield _text(material, texts, name, has_code=has_code, has_day=has_day)
            continue
        rest = syllables(_text(material, texts, "", has_code=has_code, has_day=has_day, is_cut=True))
        for whole in names:
            yield _text(material, texts, whole, has_code=has_code, has_day=has_day)
        if rest + _MOST_NAME <= MOST_SYLLABLES or not has_day:
            cut = _cut(names[-1], max(1, min(_MOST_NAME, MOST_SYLLABLES - rest)))
            yield _text(material, texts, cut, has_code=has_code, has_day=has_day, is_cut=True)


def _text(material: Material, texts: Texts, name: str, *, has_code: bool, has_day: bool, is_cut: bool = False) -> str:
    begin = (
        texts.get("spoken.begin_commune", commune=material.commune) if material.commune else texts.get("spoken.begin")
    )
    parts = [
        begin,
        _named(material, texts, name),
        texts.get("spoken.long_name") if is_cut else None,
        material.can,
        *material.notes,
        *_ways(material, texts),
        texts.get("spoken.code", code=material.code) if has_code and material.code else None,
        texts.get("spoken.data", date=day_written(material.language, material.as_of)) if has_day else None,
        texts.get("spoken.end"),
    ]
    return as_said(" ".join(part for part in parts if part))


def _named(material: Material, texts: Texts, name: str) -> str:
    kind = material.target.kind
    if kind is Kind.PROCEDURE:
        return texts.get("spoken.procedure", name=begin_lower(name.removeprefix(_PROCEDURE)))
    said = "spoken.event" if kind is Kind.EVENT else "spoken.field"
    return texts.get(said, name=begin_lower(name))


def _ways(material: Material, texts: Texts) -> Iterator[str]:
    """How to get there without a link."""
    if material.zalo:
        yield texts.get("spoken.zalo", zalo=material.zalo)
        yield texts.get("spoken.centre", centre=material.centre)
    else:
        yield texts.get("spoken.poster_or_centre", centre=material.centre)


def _cut(said: str, most: int) -> str:
    """As far as the last pause within `most` syllables, or between words where there is none."""
    words = said.split()
    length = next((n for n in range(len(words), 0, -1) if syllables(" ".join(words[:n])) <= most), 1)
    short = " ".join(words[:length])
    pauses = [match.start() for match in _PAUSE.finditer(short)]
    kept = short[: pauses[-1]] if pauses and pauses[-1] > len(short) // 2 else short
    return kept.rstrip(" ,.")
