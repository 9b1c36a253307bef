"""Publishing a catalogue, putting an older one back, and withdrawing one that waits: the one way, whoever asks.

What is to be published is prepared first, which changes nothing: people see what would become other, and only what
they have seen is published then.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from bot.catalog.decided import SERVICES, Decision, UnknownDecisionError, with_decision
from bot.catalog.folder import Contents
from bot.catalog.imports.settle import Issue
from bot.catalog.load import read_catalogue, version_of
from bot.catalog.model import Catalogue
from bot.catalog.province import read_province, source_of
from bot.catalog.report import Report
from bot.catalog.schema import PROVINCE
from bot.catalog.toml_files import TomlFile
from bot.dialogue.clean import clean
from bot.errors import CatalogueError, StoreError
from bot.operations.background import in_background
from bot.operations.imports.base import base_of
from bot.operations.imports.drafting import look, preview
from bot.operations.publishing.served import contents_of, published
from bot.operations.staff.accounts import MOST_REASON_CHARS
from bot.ratings.periods import day_of
from bot.store.drafts import Drafts, DraftState
from bot.store.publications import NotPublished, Publication, PublicationKind, Publications
from bot.store.staff import Act

SHIPPED = 0
"""In the place of a publication's number: what is shipped."""
MOST_NUMBER_CHARS = 60
MOST_ISSUER_CHARS = 120
_NUMBER_OF_DECISION = re.compile(r"[0-9]{1,6}[^\W\d_]?(?:\s?[/-]\s?[^\W_]+)*")
"""`12/QĐ-UBND`, `42/2022/NĐ-CP`: citizens read it, and files are searched for it."""


class Refused(StrEnum):
    """Why nothing is published or withdrawn; nothing is changed then."""

    REASON = "reason"
    """None was given, or it is too long."""
    DECISION = "decision"
    """A number without a day or the other way round, or something that is no number of a decision."""
    DATE = "date"
    """Decided on a day that has not come."""
    SINCE = "since"
    """To hold before it was decided."""
    SUPERSEDED = "superseded"
    """What it supersedes is not among the decisions of the catalogue."""
    SAME = "same"
    """It is what is in force."""
    CHANGED = "changed"
    """Something else was published since it was prepared."""
    WAITING = "waiting"
    """Another one waits for its day."""
    DRAFT = "draft"
    """There is no such draft, or it is open no longer."""
    OPEN = "open"
    """Something of the draft is still to be decided."""
    UNKNOWN = "unknown"
    """There is no such publication, or it cannot be put back, or it does not wait."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """As somebody typed it. `decision` and `decided_on`: both, or none for a correction. `since`: None: from today."""

    decision: str = ""
    decided_on: date | None = None
    since: date | None = None
    issuer: str = ""
    supersedes: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A catalogue that may be published. `after`: the number in force on which it is made. `before`: what that one is;
    None where it cannot be read any more. `draft`: the number of the one that it is made of.
    """

    contents: Contents
    before: Catalogue | None
    catalogue: Catalogue
    after: int
    kind: PublicationKind
    since: date
    decision: str
    decided_on: date | None
    draft: int | None = None


@dataclass(frozen=True, slots=True)
class PublishingDesk:
    """Every method may raise StoreError, and CatalogueError with all problems of what is to be published."""

    publications: Publications
    drafts: Drafts
    shipped: Path
    clock: Callable[[], datetime]

    @property
    def today(self) -> date:
        """In Vietnam."""
        return day_of(self.clock())

    async def in_force(self) -> Publication | None:
        """None: what is shipped."""
        return await self.publications.in_force(self.today)

    async def waiting(self) -> Publication | None:
        """The one that waits for its day."""
        today = self.today
        return next((one for one in await self.publications.listed() if one.since > today and not one.withdrawn), None)

    async def prepare(self, contents: Contents, wanted: Wanted, after: int | None = None) -> Prepared | Refused:
        """`after`: the number that the files are made on, where that is known; else the one in force."""
        decision = self._decision(wanted)
        if isinstance(decision, Refused):
            return decision
        if decision is not None:
            try:
                contents = with_decision(contents, decision, _operator(contents))
            except UnknownDecisionError:
                return Refused.SUPERSEDED
        since = wanted.since or self.today
        number = "" if decision is None else decision.number
        on = await self.in_force()
        if after not in {None, _number(on)}:
            return Refused.CHANGED
        return await self._prepared(contents, on, PublicationKind.PUBLISHED, since, number, wanted.decided_on)

    async def prepare_draft(self, number: int, wanted: Wanted) -> Prepared | Refused:
        """The catalogue in force with what was read and decided; nothing of it may be open."""
        decision = self._decision(wanted)
        if isinstance(decision, Refused):
            return decision
        after = _number(await self.in_force())
        base = await base_of(await self._contents_in_force(after))
        looked = await look(self.drafts, number, base)
        if looked is None or looked.draft.state is not DraftState.OPEN:
            return Refused.DRAFT
        if looked.open:
            return Refused.OPEN
        since = wanted.since or self.today
        made = await preview(looked, base, _issue(base.catalogue, decision, since))
        if made.problems:
            raise CatalogueError(made.problems)
        prepared = await self.prepare(made.contents, wanted, after)
        return prepared if isinstance(prepared, Refused) else replace(prepared, draft=number)

    async def prepare_rollback(self, number: int | None = None) -> Prepared | Refused:
        """An older catalogue, to hold from today; None: the one that was in force before, or what is shipped."""
        on = await self.in_force()
        if on is None:
            return Refused.UNKNOWN
        older = [one for one in await self.publications.listed() if one.number < on.number and not one.withdrawn]
        if number is None:
            number = next((one.number for one in older if one.version != on.version), SHIPPED)
        found = next((one for one in older if one.number == number), None)
        if found is None and number != SHIPPED:
            return Refused.UNKNOWN
        contents = await self.contents(number)
        decision, decided_on = ("", None) if found is None else (found.decision, found.decided_on)
        kind = PublicationKind.ROLLED_BACK
        return await self._prepared(contents or {}, on, kind, self.today, decision, decided_on)

    async def publish(self, prepared: Prepared, act: Act) -> Publication | Refused:
        """What was prepared, if nothing else was published since."""
        if not is_reason(act.reason):
            return Refused.REASON
        publication = Publication(
            number=0,
            version=prepared.catalogue.version,
            kind=prepared.kind,
            since=prepared.since,
            decision=prepared.decision,
            decided_on=prepared.decided_on,
            by=act.actor,
            at=act.at,
            reason=act.reason,
        )
        done = await self.publications.publish(publication, prepared.contents, prepared.after, act, prepared.draft)
        return Refused(done.value) if isinstance(done, NotPublished) else done

    async def withdraw(self, number: int, act: Act) -> Refused | None:
        """Take back the one that waits."""
        if not is_reason(act.reason):
            return Refused.REASON
        return None if await self.publications.withdraw(number, act) else Refused.UNKNOWN

    async def contents(self, number: int) -> Contents | None:
        """The files of a publication, or those shipped; None where there is none of this number."""
        if number == SHIPPED:
            return await in_background(contents_of, self.shipped)
        return await published(self.publications, number)

    def _decision(self, wanted: Wanted) -> Decision | Refused | None:
        number, supersedes = _tidy(wanted.decision), _tidy(wanted.supersedes)
        issuer, since = _tidy(wanted.issuer), wanted.since or self.today
        if not number and wanted.decided_on is None and not supersedes:
            return None
        if wanted.decided_on is None or _NUMBER_OF_DECISION.fullmatch(number) is None:
            return Refused.DECISION
        if max(len(number), len(supersedes)) > MOST_NUMBER_CHARS or len(issuer) > MOST_ISSUER_CHARS:
            return Refused.DECISION
        if wanted.decided_on > self.today:
            return Refused.DATE
        if since < wanted.decided_on:
            return Refused.SINCE
        return Decision(number, wanted.decided_on, since, issuer, supersedes)

    async def _prepared(
        self,
        contents: Contents,
        on: Publication | None,
        kind: PublicationKind,
        since: date,
        decision: str,
        decided_on: date | None,
    ) -> Prepared | Refused:
        if await self.waiting() is not None:
            return Refused.WAITING
        before = await self._read(on)
        if before is not None and version_of(contents) == before.version:
            return Refused.SAME
        catalogue = await in_background(read_catalogue, contents)
        return Prepared(contents, before, catalogue, _number(on), kind, since, decision, decided_on)

    async def _contents_in_force(self, number: int) -> Contents:
        """Raises StoreError where they are not whole: a draft is made on nothing else."""
        contents = await self.contents(number)
        if contents is None:
            raise StoreError(f"publication {number} is gone")
        return contents

    async def _read(self, publication: Publication | None) -> Catalogue | None:
        """None where it cannot be read: then it is all the more to be replaced."""
        try:
            contents = await self.contents(_number(publication))
            return None if contents is None else await in_background(read_catalogue, contents)
        except (StoreError, CatalogueError):
            return None


def is_reason(reason: str) -> bool:
    """A publication is never without one."""
    return 0 < len(reason.strip()) <= MOST_REASON_CHARS and reason.isprintable()


def _number(publication: Publication | None) -> int:
    return SHIPPED if publication is None else publication.number


def _operator(contents: Contents) -> str:
    """Who runs the assistant: most decisions are theirs."""
    return read_province(TomlFile(contents.get(PROVINCE), PROVINCE, Report())).operator


def _issue(catalogue: Catalogue, decision: Decision | None, since: date) -> Issue:
    """A correction leaves the list what it was: of the same day, from the same source."""
    if decision is not None:
        return Issue(decision.issuer, decision.number, decision.on, since)
    source = source_of(catalogue.sources, SERVICES)
    return Issue(catalogue.province.operator if source is None else source.origin, "", catalogue.as_of, since)


def _tidy(written: str) -> str:
    return clean(written, MOST_ISSUER_CHARS)
