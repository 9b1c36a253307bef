"""From files that were read to a draft, what is found in it, and what is decided: for commands and pages alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.catalog.comparing import Difference, compare
from bot.catalog.folder import Contents
from bot.catalog.imports.answering import makes_sense
from bot.catalog.imports.findings import examine, open_findings
from bot.catalog.imports.kept import Content
from bot.catalog.imports.listing import Answers, Examined
from bot.catalog.imports.model import Action, Answer, Finding, FindingKind, ListTier, Reading
from bot.catalog.imports.own_files import OwnFiles, take_over
from bot.catalog.imports.settle import Issue, settle
from bot.catalog.load import read_catalogue
from bot.catalog.model import Catalogue
from bot.errors import CatalogueError, Problem
from bot.operations.background import in_background
from bot.operations.imports.base import Base
from bot.store.drafts import Decided, Draft, Drafts, DraftState
from bot.store.staff import Act

ADD, DECIDE, DROP, REOPEN = "draft_add", "draft_decide", "draft_drop", "draft_reopen"
"""Actions as the log names them."""
_NOTHING = Examined({}, (), ())


@dataclass(frozen=True, slots=True)
class Looked:
    """A draft beside the catalogue that is served. `open`: findings without an answer."""

    draft: Draft
    content: Content
    decided: Mapping[str, Decided]
    examined: Examined
    open: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.examined.findings

    @property
    def answers(self) -> Answers:
        return {finding: decided.answer for finding, decided in self.decided.items()}

    def counts(self) -> dict[FindingKind, tuple[int, int]]:
        """By kind, in their order: how many there are, and how many of them are open."""
        return counts_of(self.findings, self.open)


@dataclass(slots=True)
class Latest:
    """What was found last: a draft is looked at page by page, and finding takes seconds where it has 20,000 rows."""

    key: tuple[int, str, frozenset[tuple[str, Answer]]] | None = None
    examined: Examined = _NOTHING


@dataclass(frozen=True, slots=True)
class Made:
    """The files that a draft makes, not checked yet. `open`, `left_out`: as in `Preview`."""

    contents: Contents
    open: tuple[Finding, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be published. `catalogue`, `difference`: None where it cannot be served, and `problems` say why.

    `words`: files that change and are no lists. `left_out`: lines of words for procedures that are not known here.
    `labels_lost`: procedures whose label is taken away: it begins like another's beside which it comes to stand.
    """

    contents: Contents
    open: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    catalogue: Catalogue | None
    difference: Difference | None
    words: tuple[str, ...]
    left_out: tuple[str, ...]
    labels_lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of answers. `refused`: ids that are not known, or whose answer makes no sense: then none is kept.

    `is_kept` is False as well where the draft is not open any more.
    """

    is_kept: bool
    refused: tuple[str, ...] = ()


TIERS = (ListTier.PROVINCE, ListTier.COMMUNE, ListTier.OTHER, ListTier.DISTRICT)
"""What a person may say that a list is of, where the files do not."""


def of_tier(reading: Reading, tier: ListTier | None) -> Reading:
    """The reading, as a list of that tier where a person says so."""
    if tier is None:
        return reading
    return replace(
        reading,
        parts=tuple(replace(part, list_tier=tier) for part in reading.parts),
        rows=tuple(replace(row, list_tier=tier) for row in reading.rows),
    )


def counts_of(findings: tuple[Finding, ...], open_: tuple[Finding, ...]) -> dict[FindingKind, tuple[int, int]]:
    all_of, waiting = (Counter(finding.kind for finding in some) for some in (findings, open_))
    return {kind: (all_of[kind], waiting[kind]) for kind in FindingKind if all_of[kind]}


async def examined_in(content: Content, whole: bool, catalogue: Catalogue, answers: Answers) -> Examined:
    """What becomes of the catalogue, and findings; parts in our own format have none."""
    if isinstance(content, OwnFiles):
        return _NOTHING
    return await in_background(examine, catalogue, content, whole, answers)


async def add(drafts: Drafts, content: Content, files: tuple[str, ...], whole: bool, act: Act) -> int:
    """A new draft; its number. Raises StoreError."""
    part = content.part if isinstance(content, OwnFiles) else None
    return await drafts.add(Draft(0, DraftState.OPEN, files, whole, act.actor, act.at, part), content, act)


async def look(drafts: Drafts, number: int, base: Base, latest: Latest | None = None) -> Looked | None:
    """None where there is no such draft. `latest`: is used and filled, where it is given. Raises StoreError."""
    found = await drafts.draft(number)
    if found is None:
        return None
    draft, content = found
    decided = await drafts.decisions(number)
    answers = {finding: one.answer for finding, one in decided.items()}
    key = (number, base.catalogue.version, frozenset(answers.items()))
    if latest is not None and latest.key == key:
        examined = latest.examined
    else:
        examined = await examined_in(content, draft.whole, base.catalogue, answers)
        if latest is not None:
            latest.key, latest.examined = key, examined
    return Looked(draft, content, decided, examined, open_findings(examined.findings, answers))


def refused_of(looked: Looked, base: Base, answers: Answers) -> tuple[str, ...]:
    """The findings whose answers make no sense, or that the draft does not have."""
    by_id = {finding.id: finding for finding in looked.findings}
    codes = _codes(looked.content)
    return tuple(
        one
        for one, answer in answers.items()
        if one not in by_id or not makes_sense(base.catalogue, codes, by_id[one], answer)
    )


async def decide(drafts: Drafts, looked: Looked, base: Base, answers: Answers, act: Act) -> Decision:
    """Keep the answers, all of them or none. Raises StoreError."""
    refused = refused_of(looked, base, answers)
    if refused or not answers:
        return Decision(False, refused)
    return Decision(await drafts.decide(looked.draft.number, answers, act))


async def drop(drafts: Drafts, number: int, act: Act) -> bool:
    """False where it is not open. Raises StoreError."""
    return await drafts.close(number, DraftState.DROPPED, act)


async def reopen(drafts: Drafts, number: int, act: Act) -> bool:
    """Go on with one that was given up, or published and taken back; False where it is open. Raises StoreError."""
    return await drafts.reopen(number, act)


async def preview(looked: Looked, base: Base, issue: Issue) -> Preview:
    """What would be published with the answers so far; what is open stands there as proposed.

    `base`: what the draft was looked at beside, with its files.
    """
    return await in_background(_preview, looked, base, issue)


def made_of(looked: Looked, base: Base, issue: Issue) -> Made:
    """With the answers so far; what is open stands there as proposed. Takes a moment."""
    if isinstance(looked.content, OwnFiles):
        taken = take_over(base.contents, base.catalogue, looked.content)
        return Made(taken.contents, left_out=taken.left_out)
    settled = settle(base.contents, base.catalogue, looked.examined, looked.answers, issue)
    return Made(settled.contents, settled.open)


def proposals(findings: tuple[Finding, ...]) -> dict[str, Answer]:
    """What is proposed, by id, for those that propose anything."""
    return {finding.id: finding.proposal for finding in findings if finding.proposal.action is not Action.ASK}


def issue_of_today(day: date) -> Issue:
    """For looking at a draft before anybody has said by what decision it is published."""
    return Issue("A list that was read", "", day, day)


def _codes(content: Content) -> frozenset[str]:
    if isinstance(content, OwnFiles):
        return frozenset()
    return frozenset(row.code for row in content.rows if row.code)


def _preview(looked: Looked, base: Base, issue: Issue) -> Preview:
    made = made_of(looked, base, issue)
    contents = made.contents
    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    try:
        catalogue, problems = read_catalogue(contents), ()
    except CatalogueError as error:
        catalogue, problems = None, error.problems
    difference = None if catalogue is None else compare(base.catalogue, catalogue)
    paths = base.contents.keys() | contents.keys()
    words = tuple(p for p in sorted(paths - _LISTS) if base.contents.get(p) != contents.get(p))
    lost = () if catalogue is None else tuple(_labels_lost(base.catalogue, catalogue))
    return Preview(contents, made.open, problems, catalogue, difference, words, made.left_out, lost)


def _labels_lost(before: Catalogue, after: Catalogue) -> Iterator[str]:
    for code, procedure in after.procedures.items():
        was = before.procedures.get(code)
        # What is gone from the list needs none.
        if procedure.in_force and not procedure.label and was is not None and was.label:
            yield code


_LISTS = frozenset({"procedures.csv", "services.csv", "fields.csv", "removed.csv", "sources.toml"})
