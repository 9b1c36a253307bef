"""Whether an answer to a finding makes sense: it may come from a form or a terminal, with any value."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.catalog.codes import is_public_code
from bot.catalog.imports.agency_names import AgencyNames, agencies_in
from bot.catalog.imports.field_names import FieldNames
from bot.catalog.imports.model import Action, Answer, Finding, FindingKind
from bot.catalog.imports.spelling import tidied
from bot.catalog.imports.written_agencies import written
from bot.catalog.model import Catalogue, Tier
from bot.catalog.ranges import RangeError
from bot.catalog.tables import wrong_characters

MOST_NAME_CHARS = 2000
_ACTIONS: Mapping[FindingKind, frozenset[Action]] = {
    FindingKind.UNREADABLE: frozenset({Action.LEAVE_OUT}),
    FindingKind.CODE_FORM: frozenset({Action.USE, Action.LEAVE_OUT}),
    FindingKind.STRUCK: frozenset({Action.USE, Action.LEAVE_OUT}),
    FindingKind.INTERNAL_CODE: frozenset({Action.LEAVE_OUT}),
    FindingKind.TWO_NAMES: frozenset({Action.USE, Action.LEAVE_OUT}),
    FindingKind.RENAMED: frozenset({Action.USE, Action.KEEP}),
    FindingKind.DUPLICATE: frozenset({Action.USE, Action.LEAVE_OUT}),
    FindingKind.LEVEL_WORSE: frozenset({Action.USE, Action.KEEP}),
    FindingKind.OLD_LEVEL: frozenset({Action.USE, Action.KEEP, Action.LEAVE_OUT}),
    FindingKind.LEVEL_UNKNOWN: frozenset({Action.USE, Action.KEEP, Action.LEAVE_OUT}),
    FindingKind.LEVEL_BLANK: frozenset({Action.USE, Action.KEEP, Action.REMOVE, Action.LEAVE_OUT}),
    FindingKind.TIER_UNKNOWN: frozenset({Action.USE, Action.LEAVE_OUT}),
    FindingKind.AGENCY_UNKNOWN: frozenset({Action.USE, Action.LEAVE_OUT}),
    FindingKind.FIELD_UNKNOWN: frozenset({Action.USE, Action.KEEP}),
    FindingKind.DISTRICT: frozenset({Action.USE, Action.LEAVE_OUT}),
    FindingKind.REMOVED: frozenset({Action.REMOVE, Action.KEEP}),
}
_FREE = frozenset({FindingKind.TWO_NAMES, FindingKind.RENAMED})


def makes_sense(catalogue: Catalogue, codes: Collection[str], finding: Finding, answer: Answer) -> bool:
    """`codes`: those that stand in the list. To ask again takes an answer back, and always makes sense."""
    if answer.action is Action.ASK:
        return not answer.value
    if answer.action not in _ACTIONS[finding.kind] or len(answer.value) > MOST_NAME_CHARS:
        return False
    if answer in (finding.proposal, *finding.choices):
        return True
    if answer.action is Action.REMOVE:
        is_other = answer.value != finding.code and (answer.value in catalogue.procedures or answer.value in codes)
        return finding.kind is FindingKind.REMOVED and is_other
    if answer.action is Action.USE:
        return _is_usable(catalogue, finding, answer.value)
    # Whoever keeps the field of a procedure that is new has said nothing.
    return not answer.value and not (finding.kind is FindingKind.FIELD_UNKNOWN and not finding.written)


def as_typed(catalogue: Catalogue, finding: Finding, typed: str) -> str:
    """The value of an answer as a person types it: an agency or a field may be called by its name, several agencies
    with semicolons between. What is not certain stays as it was typed, and makes no sense then.
    """
    if finding.kind is FindingKind.AGENCY_UNKNOWN:
        names = AgencyNames(catalogue)
        resolved = [names.resolve(name.strip()).codes for name in typed.split(";") if name.strip()]
        codes = dict.fromkeys(code for some in resolved for code in some)
        return written(codes, catalogue.agencies) if resolved and all(resolved) else typed
    if finding.kind is FindingKind.FIELD_UNKNOWN:
        return FieldNames(catalogue).resolve(typed) or typed
    return tidied(typed)


def rejected(finding: Finding) -> Answer:
    """The other way than is proposed: the catalogue stays as it is, or the row is left out."""
    actions = _ACTIONS[finding.kind]
    return Answer(Action.KEEP if Action.KEEP in actions else Action.LEAVE_OUT)


def _is_usable(catalogue: Catalogue, finding: Finding, value: str) -> bool:
    kind = finding.kind
    if kind is FindingKind.CODE_FORM:
        return is_public_code(value)
    if kind in _FREE:
        return bool(value) and value == tidied(value) and wrong_characters(value) is None
    if kind is FindingKind.AGENCY_UNKNOWN:
        try:
            return bool(agencies_in(value, catalogue.agencies))
        except RangeError:
            return False
    if kind is FindingKind.FIELD_UNKNOWN:
        return value in catalogue.fields
    # Levels and tiers are all among the choices.
    return kind is FindingKind.DISTRICT and value in (Tier.PROVINCE, Tier.COMMUNE)
