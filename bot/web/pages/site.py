"""What the pages need of a catalogue, prepared once for each of its versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from math import sqrt

from bot.catalog.editorial import NO_EDITORIAL
from bot.catalog.guide import Guide
from bot.catalog.lookup import successor
from bot.catalog.model import Catalogue
from bot.catalog.online_list import OnlineList, Row
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.search.fold import fold
from bot.web.pages.names import names_to_find

_MOST_NEAR = 8


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Site:
    """A catalogue as the pages show it.

    `words`: what the words of a row are looked for in, by code: the folded names with a blank at both ends, and the
    code. `replaced`: the codes whose place a code took. `since`: when this was prepared (UTC, whole seconds).
    `today`: the day in Vietnam, by which it is known what editors say.
    """

    guide: Guide
    list: OnlineList
    rows: Mapping[str, Row]
    words: Mapping[str, str]
    replaced: Mapping[str, tuple[str, ...]]
    since: datetime = field(default_factory=_now)
    today: date = field(default_factory=lambda: day_of(now()))

    @property
    def catalogue(self) -> Catalogue:
        return self.guide.catalogue


class Sites:
    """The site of today's catalogue; made anew when another one has been published, editors have changed what they
    say, or a day has begun on which something of it begins or ends."""

    def __init__(self) -> None:
        self._current: Site | None = None
        self._next: Site | None = None

    @staticmethod
    def make(guide: Guide) -> Site:
        """The site of what will be served (see `Follower`)."""
        return prepare(guide)

    def wants(self, guide: Guide) -> bool:
        return not any(site is not None and _is_of(site, guide) for site in (self._current, self._next))

    def get_ready(self, made: object) -> None:
        if isinstance(made, Site):
            self._next = made

    def of(self, guide: Guide) -> Site:
        was, ready = self._current, self._next
        if was is None or not _is_of(was, guide):
            site = ready if ready is not None and _is_of(ready, guide) else prepare(guide)
            site = site if site.guide is guide else replace(site, guide=guide)
        elif was.guide is not guide or (was.today != day_of(now()) and guide.catalogue.editorial != NO_EDITORIAL):
            site = replace(was, guide=guide, since=_now(), today=day_of(now()))
        else:
            return was
        if was is not None and site.since <= was.since:
            # Browsers compare whole seconds: what is new has to look newer.
            site = replace(site, since=was.since + timedelta(seconds=1))
        self._current, self._next = site, None
        return site


def _is_of(site: Site, guide: Guide) -> bool:
    """Whether its lists are the guide's: what editors say changes them only where something is hidden."""
    return site.list is guide.online


def prepare(guide: Guide) -> Site:
    found = guide.online
    return Site(
        guide=guide,
        list=found,
        rows={row.procedure.code: row for row in found.rows},
        words={row.procedure.code: _words_of(row) for row in found.rows},
        replaced=_replaced(guide.catalogue),
    )


def holds_all(words: str, wanted: str) -> bool:
    """Whether each word of `wanted` (folded) begins a word of `words`."""
    return all(f" {word}" in words for word in wanted.split())


def near_of_field(site: Site, code: str) -> tuple[Row, ...]:
    """At most eight others of the procedure's field, those first whose names are most like its own.

    Words that many names of the field hold count for less: they do not make two procedures alike. Nor do words
    that are found because a name is a paragraph.
    """
    row = site.rows[code]
    others = [other for other in site.list.rows if other.procedure.field_id == row.procedure.field_id]
    words = {other.procedure.code: frozenset(site.words[other.procedure.code].split()) for other in others}
    own = words[code]
    shared_by = {word: sum(word in names for names in words.values()) for word in own}

    def likeness(other: Row) -> float:
        theirs = words[other.procedure.code]
        return sum(1 / shared_by[word] for word in own & theirs) / sqrt(len(theirs))

    ranked = sorted((o for o in others if o is not row), key=lambda o: (o.procedure.maybe_superseded, -likeness(o)))
    return tuple(ranked[:_MOST_NEAR])


def rows_of_event(site: Site, codes: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of a situation in life, by today's codes, in its order, each once."""
    current = dict.fromkeys(successor(site.catalogue, code) for code in codes)
    return tuple(site.rows[code] for code in current if code is not None and code in site.rows)


def _words_of(row: Row) -> str:
    names = dict.fromkeys(fold(name) for name in names_to_find(row.procedure))
    return f" {' '.join(names)} {fold(row.procedure.code)} "


def _replaced(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for old, procedure in catalogue.procedures.items():
        new = successor(catalogue, old) if procedure.superseded_by is not None else None
        if new is not None:
            found[new] = (*found.get(new, ()), old)
    return found
