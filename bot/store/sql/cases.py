"""Cases: read from the ratings, with what staff have added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from operator import itemgetter
from typing import Any

from bot.ratings.model import Filing, Mark, Origin, Subject
from bot.store.cases import Case, CaseChange, CaseOutcome, CaseQuery, CaseState, Changed
from bot.store.inbox import Contact, Update
from bot.store.sql.clauses import Clause, both, one_of, within
from bot.store.sql.inbox import contact_of, put_away
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.staff_log import read_entries_of, write_entry
from bot.store.sql.times import moment_of, stamp
from bot.store.staff import Act, Entry

BAD = "(level = 1 or scale = 'five' and level < 4)"
"""Not satisfied on its scale: as in the index `ratings_bad`, so that it is found."""
_RATED = (
    "r.at, r.code, r.service, r.agency, r.commune, r.channel, r.origin, r.scale, r.level, r.filing, r.mark, "
    "r.is_helped, r.comment, r.may_be_told"
)
_FROM_UNTOUCHED = (
    f"from ratings as r indexed by ratings_bad where is_last = 1 and {BAD} "  # noqa: S608 - our own names
    "and not exists (select 1 from cases where last = r.id)"
)
_FROM_KEPT = "from cases as c join ratings as r on r.id = c.last join ratings as f on f.id = c.rating where 1 = 1"
_UNTOUCHED = f"select r.id, {_RATED}, r.at, 'new', '', '', '', null, null {_FROM_UNTOUCHED}"
_KEPT = f"""
    select c.rating, {_RATED}, f.at, state, owner, outcome, note, changed_at, told_at {_FROM_KEPT}
"""
_KEEP = """
    insert into cases (rating, last, state, owner, outcome, note, changed_at) values (?, ?, ?, ?, ?, ?, ?)
    on conflict (rating) do update set state = excluded.state, owner = excluded.owner, outcome = excluded.outcome,
        note = excluded.note, changed_at = excluded.changed_at
"""
_HELD = "cases"
_FOLLOW = "update cases set last = ? where last = ?"
_BEGIN = "insert into cases (rating, last) values (?, ?)"
_TOLD = "update cases set told_at = ? where rating = ?"
_REACHABLE = """
    select contacts.person, contacts.channel, contacts.address, last_seen, gone, silent_until
    from ratings as r join contacts on contacts.person = r.person
    where r.id = ? and r.person <> '' and r.may_be_told = 1 and gone is null and last_seen > ?
        and not exists (select 1 from cases where last = r.id and told_at is not null)
"""


def follow_rating(database: Database, old: int, new: int, *, was_bad: bool) -> None:
    """A rating has taken the place of another: its case goes on, whatever it says now.

    Within the transaction of whoever calls.
    """
    if not database.execute(_FOLLOW, [new, old]).rowcount and was_bad:
        database.execute(_BEGIN, [old, new])


class SqlCases:
    """`bot.store.cases.Cases` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def listed(self, query: CaseQuery, limit: int, behind: int = 0) -> tuple[Case, ...]:
        def read(database: Database) -> tuple[Case, ...]:
            found: list[tuple[Any, ...]] = []
            if CaseState.NEW in query.states and not query.owner:
                terms = _terms(query, "r")
                statement = f"{_UNTOUCHED} and {terms.sql} and r.id > ? order by r.id limit ?"
                found += database.execute(statement, [*terms.values, behind, limit]).fetchall()
            terms = _kept_terms(query)
            wanted = f"{terms.sql} and state in ({', '.join('?' * len(query.states))})"
            statement = f"{_KEPT} and {wanted} and c.rating > ? order by c.rating limit ?"
            found += database.execute(statement, [*terms.values, *query.states, behind, limit]).fetchall()
            # Both are in order: of those with the lowest numbers none is missing.
            return tuple(map(_case, sorted(found, key=itemgetter(0))[:limit]))

        return await self._readers.run(read)

    async def counts(self, query: CaseQuery) -> Mapping[CaseState, int]:
        def read(database: Database) -> Mapping[CaseState, int]:
            terms = _kept_terms(query)
            by_state = f"select state, count(*) {_FROM_KEPT} and {terms.sql} group by state"
            found: Counter[str] = Counter(dict(database.execute(by_state, list(terms.values)).fetchall()))
            if not query.owner:
                terms = _terms(query, "r")
                untouched = f"select count(*) {_FROM_UNTOUCHED} and {terms.sql}"
                found[CaseState.NEW.value] += database.execute(untouched, list(terms.values)).fetchone()[0]
            return {state: found[state.value] for state in CaseState}

        return await self._readers.run(read)

    async def find(self, number: int, agencies: frozenset[str] | None) -> Case | None:
        case = await self._readers.run(lambda database: _find(database, number))
        return case if case is not None and (agencies is None or case.subject.agency in agencies) else None

    async def history(self, number: int) -> tuple[Entry, ...]:
        return await self._readers.run(lambda database: read_entries_of(database, _subject(number)))

    async def change(self, number: int, change: CaseChange, act: Act) -> Changed:
        def write(database: Transaction) -> Changed:
            database.hold(_HELD)
            was = _find(database, number)
            if was is None:
                return Changed.UNKNOWN
            if was.changed_at != change.seen:
                return Changed.MEANWHILE
            _keep(database, was, change, act)
            return Changed.DONE

        return await self._writer.run(write)

    async def reachable(self, number: int, since: datetime) -> Contact | None:
        return await self._readers.run(lambda database: _reachable(database, number, since))

    async def tell(self, number: int, notice: Update, since: datetime, act: Act) -> Changed:
        def write(database: Transaction) -> Changed:
            database.hold(_HELD)
            case, contact = _find(database, number), _reachable(database, number, since)
            if case is None:
                return Changed.UNKNOWN
            # Between the page and the button the person may have written from elsewhere, or asked to be forgotten.
            if contact is None or (contact.person, contact.address) != (notice.person, notice.address):
                return Changed.UNREACHABLE
            if not put_away(database, notice, act.at):
                return Changed.UNREACHABLE
            state = case.state if case.state is CaseState.CLOSED else CaseState.ANSWERED
            _keep(database, case, CaseChange(state, case.owner, case.outcome, case.note, case.changed_at), act)
            database.execute(_TOLD, [stamp(act.at), number])
            return Changed.DONE

        return await self._writer.run(write)


def _terms(query: CaseQuery, opened: str) -> Clause:
    """What a case has to fulfil, but for its state and owner. `opened`: the table of the first rating."""
    several = {"r.agency": query.agencies, "r.code": query.codes}
    return both(
        (
            *(one_of(column, values) for column, values in several.items() if values is not None),
            *within(query.first, query.last, f"{opened}.day"),
        )
    )


def _kept_terms(query: CaseQuery) -> Clause:
    owner = () if query.owner is None else (Clause("owner = ?", (query.owner,)),)
    return both((_terms(query, "f"), *owner))


def _find(database: Database, number: int) -> Case | None:
    row = database.execute(f"{_KEPT} and c.rating = ?", [number]).fetchone()
    row = row or database.execute(f"{_UNTOUCHED} and r.id = ?", [number]).fetchone()
    return None if row is None else _case(row)


def _keep(database: Database, was: Case, change: CaseChange, act: Act) -> None:
    outcome = "" if change.outcome is None else change.outcome.value
    database.execute(
        _KEEP, [was.number, was.number, change.state.value, change.owner, outcome, change.note, stamp(act.at)]
    )
    now = replace(was, state=change.state, owner=change.owner, outcome=change.outcome, note=change.note)
    before, after = _told(was), _told(now)
    others = [name for name in before if before[name] != after[name]]
    write_entry(
        database,
        Entry(
            act, _subject(was.number), {name: before[name] for name in others}, {name: after[name] for name in others}
        ),
    )


def _subject(number: int) -> str:
    """What the log calls it."""
    return f"case:{number}"


def _told(case: Case) -> dict[str, object]:
    """What the log says of a case: its words are those of staff."""
    outcome = "" if case.outcome is None else case.outcome.value
    return {"state": case.state.value, "owner": case.owner, "outcome": outcome, "note": case.note}


def _reachable(database: Database, number: int, since: datetime) -> Contact | None:
    last = database.execute("select last from cases where rating = ?", [number]).fetchone()
    row = database.execute(_REACHABLE, [number if last is None else last[0], stamp(since)]).fetchone()
    return None if row is None else contact_of(row)


def _case(row: tuple[Any, ...]) -> Case:
    number, at, code, service, agency, commune, channel, origin, scale, level, filing, mark, helped, comment, told = (
        row[:15]
    )
    opened_at, state, owner, outcome, note, changed_at, told_at = row[15:]
    return Case(
        number,
        datetime.fromisoformat(opened_at),
        datetime.fromisoformat(at),
        Subject(code, service, agency, commune),
        channel,
        Origin(origin),
        scale,
        level,
        Filing(filing),
        Mark(mark),
        bool(helped),
        comment,
        bool(told),
        CaseState(state),
        owner,
        CaseOutcome(outcome) if outcome else None,
        note,
        moment_of(changed_at),
        moment_of(told_at),
    )
