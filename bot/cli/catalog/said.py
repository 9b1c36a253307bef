"""Findings and differences in English, a line each, for whoever works at the machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.catalog.comparing import Difference, Entered, Offered, Standing
from bot.catalog.imports.model import Action, Answer, Finding, FindingKind
from bot.catalog.imports.spelling import is_spelling
from bot.catalog.imports.written_agencies import written
from bot.catalog.model import Catalogue, Tier

_TIERS = {Tier.PROVINCE: "the province", Tier.COMMUNE: "communes"}
_MOST_CHARS = 100


def finding_line(finding: Finding, answer: Answer | None = None) -> str:
    """`file:sheet:row: what; proposal … [id]`; with its answer in the proposal's place where there is one."""
    where = "catalogue" if finding.spot is None else str(finding.spot)
    then = f"proposal: {answer_said(finding, finding.proposal)}"
    if answer is not None:
        then = f"answered: {answer_said(finding, answer)}"
    return f"{where}: {_what(finding)}; {then} [{finding.id}]"


def answer_said(finding: Finding, answer: Answer) -> str:
    """What is done with an answer."""
    value = f"{_short(answer.value)!r}"
    if answer.action is Action.ASK:
        choices = " | ".join(answer_said(finding, one) for one in finding.choices)
        return f"none, somebody has to say{f' ({choices})' if choices else ''}"
    if answer.action is Action.REMOVE and finding.kind is FindingKind.LEVEL_BLANK:
        return "it is online no longer"
    if answer.action is Action.REMOVE:
        return f"it is gone, {answer.value} took its place" if answer.value else "it is gone"
    if answer.action is Action.KEEP:
        return "leave the catalogue as it is"
    if answer.action is Action.LEAVE_OUT:
        return "leave it out"
    is_tier = finding.kind in (FindingKind.DISTRICT, FindingKind.TIER_UNKNOWN)
    return f"list it for {_TIERS[Tier(answer.value)]}" if is_tier else f"use {value}"


def _what(finding: Finding) -> str:
    code, new, old = finding.code, _short(finding.written), _short(finding.known)
    kind = finding.kind
    if kind is FindingKind.RENAMED:
        how = "is spelled otherwise" if is_spelling(finding.written, finding.known) else "is renamed"
        return f"{code} {how}: {new!r}, until now {old!r}"
    if kind is FindingKind.AGENCY_UNKNOWN and code:
        return f"{code} {old!r} is new, and no agency is named"
    if kind is FindingKind.FIELD_UNKNOWN and code:
        return f"{code} {old!r} is new, and no field is named"
    return {
        FindingKind.UNREADABLE: f"a row without a code or a name: {new!r}",
        FindingKind.CODE_FORM: f"{new!r} is not written N.NNNNNN",
        FindingKind.STRUCK: f"{code} {new!r} is struck through",
        FindingKind.INTERNAL_CODE: f"{code} {new!r} is internal between state bodies",
        FindingKind.TWO_NAMES: f"{code} is called {new!r} here, and {old!r} elsewhere",
        FindingKind.DUPLICATE: f"{code} comes again: {new!r}, before it {old!r}",
        FindingKind.LEVEL_WORSE: f"{code} would get worse: {new}, until now {old}",
        FindingKind.OLD_LEVEL: f"{code} has a level of the old lists: {new!r}",
        FindingKind.LEVEL_UNKNOWN: f"{new!r} is no level",
        FindingKind.LEVEL_BLANK: f"{code} {new!r} has no level in the list, until now {old}",
        FindingKind.TIER_UNKNOWN: f"{new!r} is no tier of the province",
        FindingKind.AGENCY_UNKNOWN: f"agency {new!r} is not known" + (f"; perhaps {old!r}" if old else ""),
        FindingKind.FIELD_UNKNOWN: f"field {new!r} is not known" + (f"; perhaps {old!r}" if old else ""),
        FindingKind.DISTRICT: f"{code} {new!r} is of a list of former districts",
        FindingKind.REMOVED: f"{code} {old!r} is not in the list",
    }[kind]


def difference_lines(difference: Difference, before: Catalogue, after: Catalogue) -> Iterator[str]:
    """What is other, a line for each thing; nothing where nothing is."""
    names = {code: procedure.title for code, procedure in ({**before.procedures, **after.procedures}).items()}
    known = {**before.agencies, **after.agencies}

    def told(word: str, code: str, rest: str = "") -> str:
        return f"{word:<16} {code} {_short(names[code])}{f': {rest}' if rest else ''}"

    for entered in difference.added:
        yield told("added", entered.code, _everything(entered, known))
    for entered in difference.removed:
        yield told("removed", entered.code, _everything(entered, known))
    for change in difference.renamed:
        how = "spelled otherwise" if is_spelling(change.before, change.after) else "renamed"
        yield f"{how:<16} {change.code} {_short(change.before)!r} -> {_short(change.after)!r}"
    for change in difference.superseded:
        yield told("superseded", change.code, f"by {change.after}" if change.after else "no longer")
    for level in difference.level_changed:
        agencies = written(level.agencies, known)
        rest = f"{level.service_code} {_standing(level.before)} -> {_standing(level.after)} at {agencies}"
        yield told("level changed", level.code, rest)
    for one in difference.agencies_changed:
        gained, lost = (", ".join(_offered(each, known) for each in side) for side in (one.gained, one.lost))
        rest = "; ".join([*([f"now {gained}"] if gained else []), *([f"no longer {lost}"] if lost else [])])
        yield told("agencies changed", one.code, rest)
    for change in difference.field_changed:
        yield told("field changed", change.code, f"{change.before} -> {change.after}")


def _everything(entered: Entered, known: Mapping[str, object]) -> str:
    return ", ".join(_offered(one, known) for one in entered.offered)


def _offered(offered: Offered, known: Mapping[str, object]) -> str:
    return f"{offered.service_code} {_standing(offered.standing)} at {written(offered.agencies, known.keys())}"


def _standing(standing: Standing) -> str:
    return f"{standing.level.value}{' (trial)' if standing.trial else ''}"


def counted(counts: Iterable[tuple[str, int]]) -> str:
    """`3 renamed, 1 removed`, without what there is none of."""
    return ", ".join(f"{number} {word.replace('_', ' ')}" for word, number in counts if number)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_CHARS else f"{text[: _MOST_CHARS - 1]}…"
