"""Findings, answers and differences of a draft as staff read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalog.comparing import Difference, Offered, Standing
from bot.catalog.imports.agency_names import agencies_in
from bot.catalog.imports.answering import rejected
from bot.catalog.imports.model import Action, Answer, Finding, FindingKind, Listed, Note, Reading, Spot
from bot.catalog.imports.spelling import is_spelling
from bot.catalog.imports.written_agencies import written
from bot.catalog.model import Catalogue, OnlineLevel
from bot.catalog.ranges import RangeError
from bot.operations.imports.drafting import Looked
from bot.texts import Texts

MOST_NAMED = 3
"""Agencies named one by one; of more, how many."""
_FREE = {
    FindingKind.CODE_FORM: "code",
    FindingKind.TWO_NAMES: "name",
    FindingKind.RENAMED: "name",
    FindingKind.AGENCY_UNKNOWN: "agency",
    FindingKind.FIELD_UNKNOWN: "field",
    FindingKind.REMOVED: "successor",
}
"""What may be typed in for an answer of these kinds."""
_OF_LEVELS = frozenset(
    {
        *(FindingKind.OLD_LEVEL, FindingKind.LEVEL_UNKNOWN, FindingKind.LEVEL_BLANK, FindingKind.LEVEL_WORSE),
        FindingKind.DUPLICATE,
    }
)
_PREFIX = "web.staff.import_finding."
_TABLE = re.compile(r"(?:page ([0-9]+))?(?: ?table ?([0-9]*))?")
"""What the tables of documents, of pages and of files of text are called."""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """`sent`: what the form sends for it."""

    sent: str
    said: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """`row`: whose row it is, where `what` does not say. `proposed`: None: there is none. `answer`, `by`: empty: nobody
    has answered. `free`: what may be typed in.
    """

    id: str
    kind: str
    where: str
    what: str
    row: str
    proposed: ChoiceView | None
    choices: tuple[ChoiceView, ...]
    free: str
    answer: str
    by: str


def finding_views(findings: Sequence[Finding], looked: Looked, catalogue: Catalogue, texts: Texts) -> list[FindingView]:
    rows = looked.content.rows if isinstance(looked.content, Reading) else ()
    says = _Says(texts, catalogue, rows, len(looked.draft.files))
    return [_finding_view(finding, looked, says) for finding in findings]


def _finding_view(finding: Finding, looked: Looked, says: _Says) -> FindingView:
    what = says.what(finding)
    decided = looked.decided.get(finding.id)
    proposed = None if finding.proposal.action is Action.ASK else says.choice(finding, finding.proposal)
    others = [one for one in (*finding.choices, rejected(finding)) if one != finding.proposal]
    choices = tuple(says.choice(finding, one) for one in dict.fromkeys(others))
    return FindingView(
        id=finding.id,
        kind=says.kind(finding.kind),
        where=says.where(finding.spot),
        what=what,
        row=says.row(finding, what),
        proposed=proposed,
        choices=choices,
        free=_FREE.get(finding.kind, ""),
        answer="" if decided is None else says.answer(finding, decided.answer),
        by="" if decided is None else decided.by,
    )


def table_name(sheet: str, texts: Texts) -> str:
    """A sheet bears its own name; the tables of other files are counted."""
    found = _TABLE.fullmatch(sheet)
    if not sheet or found is None:
        return sheet
    numbers = {"page_number": found[1], "table_number": found[2] or None}
    named = [texts.find(f"web.staff.imports.{name}", number=n) or "" for name, n in numbers.items() if n is not None]
    return ", ".join(named) or texts.get("web.staff.imports.only_table")


def answer_of(sent: str) -> Answer | None:
    """`use:1.001193` as an answer; None for anything else."""
    action, _, value = sent.partition(":")
    try:
        return Answer(Action(action), value.strip())
    except ValueError:
        return None


def note_said(note: Note, texts: Texts) -> str:
    """What was passed over, or read otherwise than whoever handed the file in may expect."""
    said = texts.find(f"web.staff.imports.note.{note.kind}", file=note.file, table=note.sheet, count=note.count)
    return said or note.kind


def sent_of(answer: Answer) -> str:
    return f"{answer.action.value}:{answer.value}"


class _Says:
    """`rows`: of the list; `files`: how many there are."""

    def __init__(self, texts: Texts, catalogue: Catalogue, rows: Sequence[Listed] = (), files: int = 1) -> None:
        self._texts = texts
        self._catalogue = catalogue
        self._rows = {row.spot: row for row in rows}
        self._spots = {str(spot): spot for spot in self._rows}
        self._files = files

    def kind(self, kind: FindingKind) -> str:
        return self._texts.find(f"{_PREFIX}kind.{kind}") or kind

    def where(self, spot: Spot | None) -> str:
        if spot is None:
            return self._texts.get("web.staff.imports.in_catalogue")
        table = table_name(spot.sheet, self._texts)
        of = "of_several" if self._files > 1 else "of_one"
        return self._texts.find(f"web.staff.imports.where.{of}", file=spot.file, table=table, row=spot.row) or str(spot)

    def _place(self, spot: str) -> str:
        found = self._spots.get(spot)
        return spot if found is None else self.where(found)

    def row(self, finding: Finding, what: str) -> str:
        """The procedure of the row, and how many more rows say the same; empty where `what` has told its name."""
        row = None if finding.spot is None else self._rows.get(finding.spot)
        if row is None or row.name in what:
            return ""
        same = [one for one in self._rows.values() if finding.written and finding.written in (*one.agencies, one.field)]
        more = max(0, len(same) - 1)
        ids = {"code": row.code or row.code_written, "name": row.name}
        if more:
            return self._texts.get("web.staff.imports.row_and_more", more=more, **ids)
        return self._texts.get("web.staff.imports.row_of", **ids)

    def choice(self, finding: Finding, answer: Answer) -> ChoiceView:
        return ChoiceView(sent_of(answer), self.answer(finding, answer))

    def answer(self, finding: Finding, answer: Answer) -> str:
        value = self._value(finding.kind, answer.value)
        how = answer.action.value
        if answer.action is Action.REMOVE:
            how = "replaced" if answer.value else "remove"
            how = "offline" if finding.kind is FindingKind.LEVEL_BLANK else how
        if finding.kind is FindingKind.AGENCY_UNKNOWN and answer.action is Action.LEAVE_OUT:
            how = "leave_agency_out"
        is_field = finding.kind is FindingKind.FIELD_UNKNOWN and answer.action is Action.USE
        if is_field and answer.value not in self._catalogue.fields:
            how = "new_field"
        return self._texts.find(f"{_PREFIX}answer.{how}", value=value) or how

    def what(self, finding: Finding) -> str:
        kind = finding.kind.value
        if finding.kind is FindingKind.RENAMED and is_spelling(finding.written, finding.known):
            kind = "spelled"
        if finding.kind in (FindingKind.AGENCY_UNKNOWN, FindingKind.FIELD_UNKNOWN) and finding.code:
            kind = f"{kind}_of_new"
        new, old = finding.written, finding.known
        if finding.kind is FindingKind.LEVEL_BLANK:
            old = ", ".join(self._level(level) for level in old.split())
        if finding.kind is FindingKind.LEVEL_WORSE:
            level, _, agencies = old.partition(" ")
            new, old = self._level(new), f"{self._level(level)} ({self.agencies(agencies.split())})"
        if finding.kind is FindingKind.DUPLICATE:
            level, _, spot = old.partition(" ")
            if level in set(OnlineLevel):
                kind, new, old = "two_levels", self._level(new), f"{self._level(level)} ({self._place(spot)})"
            else:
                old = self._place(old)
        said = self._texts.find(f"{_PREFIX}what.{kind}", code=finding.code, written=new, known=old)
        return said or f"{finding.code} {new} {old}"

    def agencies(self, codes: Sequence[str]) -> str:
        known = self._catalogue.agencies
        if len(codes) > MOST_NAMED:
            return self._texts.get("web.staff.imports.agencies", count=len(codes), codes=written(codes, known))
        return ", ".join(known[code].name if code in known else code for code in codes)

    def _value(self, kind: FindingKind, value: str) -> str:
        if kind in _OF_LEVELS:
            return self._level(value)
        if kind in (FindingKind.DISTRICT, FindingKind.TIER_UNKNOWN):
            return self._texts.find(f"web.staff.imports.tier.{value}") or value
        if kind is FindingKind.FIELD_UNKNOWN and value in self._catalogue.fields:
            return self._catalogue.fields[value].name
        if kind is FindingKind.AGENCY_UNKNOWN:
            try:
                return self.agencies(agencies_in(value, self._catalogue.agencies))
            except RangeError:
                return value
        return value

    def _level(self, level: str) -> str:
        return self._texts.find(f"web.staff.imports.level.{level}") or level


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """One kind of change with its lines; `more`: how many lines are not shown."""

    title: str
    count: int
    lines: tuple[str, ...]
    more: int


MOST_LINES = 100


def difference_views(difference: Difference, before: Catalogue, after: Catalogue, texts: Texts) -> list[DifferenceView]:
    """Only the kinds that there are."""
    says = _Says(texts, after)
    names = {code: procedure.title for code, procedure in {**before.procedures, **after.procedures}.items()}
    fields = {id_: field.name for id_, field in {**before.fields, **after.fields}.items()}

    def standing(one: Standing) -> str:
        level = OnlineLevel(one.level).value
        return (
            texts.find(f"web.staff.imports.level.{level}_trial" if one.trial else f"web.staff.imports.level.{level}")
            or level
        )

    def offered(ones: Sequence[Offered]) -> str:
        return "; ".join(f"{standing(one.standing)}: {says.agencies(one.agencies)}" for one in ones)

    def line(code: str, rest: str) -> str:
        return f"{code} {names[code]}{f': {rest}' if rest else ''}"

    told = {
        "added": [line(one.code, offered(one.offered)) for one in difference.added],
        "removed": [line(one.code, offered(one.offered)) for one in difference.removed],
        "renamed": [f"{one.code} {one.before} → {one.after}" for one in difference.renamed],
        "superseded": [line(one.code, f"{one.before or '–'} → {one.after or '–'}") for one in difference.superseded],
        "level_changed": [
            line(one.code, f"{standing(one.before)} → {standing(one.after)}: {says.agencies(one.agencies)}")
            for one in difference.level_changed
        ],
        "gained": [line(one.code, offered(one.gained)) for one in difference.agencies_changed if one.gained],
        "lost": [line(one.code, offered(one.lost)) for one in difference.agencies_changed if one.lost],
        "field_changed": [
            line(one.code, f"{fields[one.before]} → {fields[one.after]}") for one in difference.field_changed
        ],
    }
    return [
        DifferenceView(
            texts.find(f"web.staff.imports.difference.{kind}") or kind,
            len(lines),
            tuple(lines[:MOST_LINES]),
            max(0, len(lines) - MOST_LINES),
        )
        for kind, lines in told.items()
        if lines
    ]
