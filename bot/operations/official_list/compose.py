"""From a catalogue to its printed list. Pure: the same catalogue and heading give the same list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.catalog.agency_words import agency_words
from bot.catalog.codes import is_public_code
from bot.catalog.editorial import hidings_of
from bot.catalog.model import Catalogue, OnlineLevel, Procedure, Tier
from bot.catalog.online_list import tier_of
from bot.catalog.phrases import folded
from bot.catalog.titles import begin_upper
from bot.operations.official_list.model import Appendix, Heading, ListRow, OfficialList, Section, TierChoice
from bot.texts import Texts, load_texts
from bot.texts.written import day_written

_COLUMNS = ("number", "name", "code", "agency", "level", "note")
_LEVELS = (OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.INFORMATION, OnlineLevel.UNKNOWN, None)
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_Group = tuple[OnlineLevel | None, bool, tuple[str, ...]]
"""A level, whether it is on trial, and the bodies that offer it so. None: editors hide it there for now."""


def official_list(catalogue: Catalogue, choice: TierChoice, heading: Heading) -> OfficialList:
    """Every service that is published and in force, once for each level at which bodies of a tier offer it.

    Where editors hide it, it stands there without a level; a catalogue as it was published has nothing of theirs.

    Appendices without a row are left out, but each tier keeps its number. In Vietnamese: it is the State's own list.
    """
    texts = load_texts()
    made = (_appendix(catalogue, texts, tier, heading) for tier in choice.tiers)
    return OfficialList(
        title=texts.get("official_list.name", province=catalogue.province.full_name),
        as_of=catalogue.as_of,
        columns=tuple(texts.get(f"official_list.column.{column}") for column in _COLUMNS),
        appendices=tuple(appendix for appendix in made if appendix.sections),
    )


def roman(number: int) -> str:
    """A number from 1 in Roman letters, as sections are numbered."""
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _appendix(catalogue: Catalogue, texts: Texts, tier: Tier, heading: Heading) -> Appendix:
    by_field: dict[str, list[tuple[Procedure, _Group]]] = {}
    for procedure in _listed(catalogue):
        for group in _groups(catalogue, procedure.code, tier):
            by_field.setdefault(procedure.field_id, []).append((procedure, group))
    sections: list[Section] = []
    number = 0
    for field_id in sorted(by_field, key=lambda field: (folded(catalogue.fields[field].name), field)):
        rows = []
        for procedure, group in sorted(by_field[field_id], key=_order):
            number += 1
            rows.append(_row(catalogue, texts, number, procedure, group))
        name = begin_upper(catalogue.fields[field_id].name)
        sections.append(
            Section(texts.get("official_list.field", number=roman(len(sections) + 1), name=name), tuple(rows))
        )
    return Appendix(
        tier=tier,
        sheet=texts.get(f"official_list.sheet.{tier}"),
        heading=_heading(catalogue, texts, tier, heading, sections),
        sections=tuple(sections),
        notes=_notes(texts, sections),
    )


def _listed(catalogue: Catalogue) -> Iterator[Procedure]:
    """What is published for the province: in force, public, and offered by somebody."""
    for code in catalogue.services:
        procedure = catalogue.procedures[code]
        if procedure.in_force and is_public_code(code):
            yield procedure


def _groups(catalogue: Catalogue, code: str, tier: Tier) -> tuple[_Group, ...]:
    """The highest level first. A body at which it depends on the case stands in more than one group."""
    found: dict[tuple[OnlineLevel | None, bool], set[str]] = {}
    hidden = hidings_of(catalogue.editorial, code)
    for service in catalogue.services[code]:
        for agency in service.agencies:
            if tier_of(catalogue, agency) is tier:
                is_told = "" not in hidden and agency not in hidden
                key = (service.level, service.trial) if is_told else (None, False)
                found.setdefault(key, set()).add(agency)
    order = sorted(found, key=lambda key: (_LEVELS.index(key[0]), key[1]))
    return tuple((level, trial, tuple(sorted(found[level, trial]))) for level, trial in order)


def _order(item: tuple[Procedure, _Group]) -> tuple[str, str, int, bool]:
    procedure, (level, trial, _) = item
    return folded(procedure.title), procedure.code, _LEVELS.index(level), trial


def _row(catalogue: Catalogue, texts: Texts, number: int, procedure: Procedure, group: _Group) -> ListRow:
    level, trial, agencies = group
    notes = (
        texts.get("official_list.trial") if trial else "",
        "" if procedure.field_is_official else texts.get("official_list.assigned"),
    )
    return ListRow(
        number=number,
        # As published, but for blanks and line ends: it is printed, not shown.
        name=" ".join(procedure.name.split()),
        code=procedure.code,
        agencies=agency_words(catalogue, agencies),
        level=begin_upper(texts.get(f"official_list.level.{level}" if level else "editorial.hidden_level")),
        note="; ".join(filter(None, notes)),
    )


def _heading(
    catalogue: Catalogue, texts: Texts, tier: Tier, heading: Heading, sections: Iterable[Section]
) -> tuple[str, ...]:
    rows = [row for section in sections for row in section.rows]
    lines = (
        texts.get("official_list.appendix", number=roman(list(Tier).index(tier) + 1)).upper(),
        texts.get(f"official_list.title.{tier}").upper(),
        _of_decision(texts, heading),
        texts.get(
            "official_list.made_of",
            province=catalogue.province.full_name,
            date=day_written(texts.language, catalogue.as_of),
            version=catalogue.version,
            rows=len(rows),
            procedures=len({row.code for row in rows}),
        ),
    )
    return tuple(line for line in lines if line)


def _of_decision(texts: Texts, heading: Heading) -> str:
    date = "" if heading.day is None else day_written(texts.language, heading.day)
    if heading.decision and date:
        return texts.get("official_list.with_decision_of", decision=heading.decision, date=date)
    if heading.decision:
        return texts.get("official_list.with_decision", decision=heading.decision)
    return texts.get("official_list.of_day", date=date) if date else ""


def _notes(texts: Texts, sections: Iterable[Section]) -> tuple[str, ...]:
    assigned = texts.get("official_list.assigned")
    is_noted = any(assigned in row.note for section in sections for row in section.rows)
    return (texts.get("official_list.notes"),) if is_noted else ()
