"""What is to be looked at again once a year: which procedures, why each, those that people need most first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.catalog.age import day_of_data, is_old
from bot.catalog.browse import by_need
from bot.catalog.editorial import Scope
from bot.catalog.lookup import portal_page
from bot.catalog.model import Catalogue, OnlineLevel, Procedure
from bot.ratings.periods import day_of
from bot.settings.freshness import USUAL_OLD_DAYS
from bot.store.freshness import Demand, LinkCheck, LinkOutcome

A_YEAR = timedelta(days=365)


class Why(StrEnum):
    """Why a procedure is to be looked at, the gravest first."""

    LINK_GONE = "link_gone"
    """Its page on the portal was gone when it was last answered for."""
    LINK_MOVED = "link_moved"
    HIDDEN = "hidden"
    """Editors have hidden it, or a part of it."""
    ENDS = "ends"
    """A notice or a benefit of it ends soon."""
    MAYBE_SUPERSEDED = "maybe_superseded"
    OLD_DATA = "old_data"
    NO_LEVEL = "no_level"
    """The data do not say how far it goes online."""
    NO_LABEL = "no_label"
    """One of the most used has no short name by hand."""
    NO_ENGLISH = "no_english"
    LINK_UNCHECKED = "link_unchecked"
    """Its page has not answered for long, or never."""
    NO_CONVERSATION = "no_conversation"


@dataclass(frozen=True, slots=True)
class Limits:
    """`most_used`: how many of the procedures asked for most should have labels, beside those that greet people."""

    link_days: int = 90
    old_days: int = USUAL_OLD_DAYS
    ending_days: int = 30
    most_used: int = 50


USUAL_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Found:
    """`day`: of the data, the last answer, the end of what ends, the first of what is hidden; None: there is none."""

    why: Why
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """`asked`: how many answers were about it in the last year, or since they are counted."""

    code: str
    asked: int
    reasons: tuple[Found, ...]


def review(
    catalogue: Catalogue,
    demand: Demand,
    checks: Mapping[str, LinkCheck],
    today: date,
    limits: Limits = USUAL_LIMITS,
) -> tuple[ReviewRow, ...]:
    """Every procedure in force that has a reason: those asked for most first, then as people need them.

    `demand`: of the last year. `checks`: by address. Where nothing has been counted yet nobody can say that something
    was not asked for: it is no reason then.
    """
    rank = {code: place for place, code in enumerate(by_need(catalogue))}
    look = _Looking(catalogue, demand, checks, today, limits, _most_used(catalogue, demand, limits.most_used))
    found = (
        ReviewRow(procedure.code, demand.by_code.get(procedure.code, 0), tuple(look.reasons(procedure)))
        for procedure in catalogue.procedures.values()
        if procedure.in_force
    )
    rows = [row for row in found if row.reasons]
    return tuple(sorted(rows, key=lambda row: (-row.asked, rank.get(row.code, len(rank)), row.code)))


def narrowed(
    catalogue: Catalogue, rows: Iterable[ReviewRow], kinds: Iterable[Why] = (), field_id: str | None = None
) -> tuple[ReviewRow, ...]:
    """Those with one of the reasons (none given: any), of a field (None: any), in their order."""
    wanted = frozenset(kinds)
    return tuple(
        row
        for row in rows
        if (not wanted or any(found.why in wanted for found in row.reasons))
        and (field_id is None or catalogue.procedures[row.code].field_id == field_id)
    )


def _most_used(catalogue: Catalogue, demand: Demand, most: int) -> frozenset[str]:
    asked = sorted(demand.by_code, key=lambda code: (-demand.by_code[code], code))[:most]
    return frozenset((*(used.code for used in catalogue.most_used), *asked))


@dataclass(frozen=True, slots=True)
class _Looking:
    catalogue: Catalogue
    demand: Demand
    checks: Mapping[str, LinkCheck]
    today: date
    limits: Limits
    most_used: frozenset[str]

    def reasons(self, procedure: Procedure) -> Iterator[Found]:
        """In the order of `Why`."""
        looks: tuple[Callable[[Procedure], Iterator[Found]], ...] = (self._led, self._said, self._told, self._lacking)
        found = [one for look in looks for one in look(procedure)]
        order = list(Why)
        yield from sorted(found, key=lambda one: order.index(one.why))

    def _led(self, procedure: Procedure) -> Iterator[Found]:
        page = portal_page(self.catalogue, procedure)
        if page is None:
            return
        check = self.checks.get(page)
        answer = None if check is None else check.answer
        day = None if answer is None else day_of(answer.at)
        if answer is not None and answer.outcome is LinkOutcome.GONE:
            yield Found(Why.LINK_GONE, day)
        if answer is not None and answer.outcome is LinkOutcome.MOVED:
            yield Found(Why.LINK_MOVED, day)
        if day is None or self.today - day > timedelta(days=self.limits.link_days):
            yield Found(Why.LINK_UNCHECKED, day)

    def _said(self, procedure: Procedure) -> Iterator[Found]:
        said = self.catalogue.editorial
        hidden = [hiding.since for hiding in said.hidings if hiding.code == procedure.code]
        if hidden:
            yield Found(Why.HIDDEN, min(hidden))
        ends = [
            *(n.last for n in said.notices if n.scope is Scope.PROCEDURE and n.target == procedure.code),
            *(benefit.last for benefit in said.benefits if benefit.code == procedure.code),
        ]
        soon = [last for last in ends if self.today <= last <= self.today + timedelta(days=self.limits.ending_days)]
        if soon:
            yield Found(Why.ENDS, min(soon))

    def _told(self, procedure: Procedure) -> Iterator[Found]:
        published = bool(self.catalogue.services.get(procedure.code))
        day = day_of_data(self.catalogue, procedure, published=published)
        if procedure.maybe_superseded:
            yield Found(Why.MAYBE_SUPERSEDED)
        if is_old(day, self.today, self.limits.old_days):
            yield Found(Why.OLD_DATA, day)
        known = {service.level for service in self.catalogue.services.get(procedure.code, ())}
        if not known or OnlineLevel.UNKNOWN in known:
            yield Found(Why.NO_LEVEL)

    def _lacking(self, procedure: Procedure) -> Iterator[Found]:
        if procedure.code in self.most_used:
            if procedure.label is None:
                yield Found(Why.NO_LABEL)
            if procedure.english is None:
                yield Found(Why.NO_ENGLISH)
        if self.demand.since is not None and procedure.code not in self.demand.by_code:
            yield Found(Why.NO_CONVERSATION)
