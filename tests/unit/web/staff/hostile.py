"""A catalogue and a store in which every name and every word that people write tries to become code."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.catalog.editorial import Benefit, Editorial, Notice, PartialReason, Pin, Scope
from bot.catalog.imports.reading import read_files
from bot.catalog.model import Catalogue
from bot.ratings.model import Remark, Subject, Survey
from bot.store.cases import CaseChange, CaseState
from bot.store.drafts import Draft, DraftState
from bot.store.freshness import LinkCheck, LinkOutcome, StaleReport
from bot.store.interface import Record, Unfound, Unmet
from bot.store.learning import TaughtAlias
from bot.store.reviews import Question, Review, Team, TimeNeeded, Verdict
from bot.store.sharing import Count, Via
from bot.store.staff import Account, Act, Keys, Role
from tests.unit.store.samples import event
from tests.unit.store.test_cases import rating
from tests.unit.web.staff.conftest import PASSWORD, START, Office
from tests.unit.web.staff.test_import_pages import BIRTH, HEADINGS, LAND

WORDS = """'"><evil onevil=1>{{7*7}}{evil}%s</evil></title></script><script>alert(1)</script>"""
"""Of every way out: of an attribute, of a text, of a script, of a template, of a text that is filled in."""
SAID = {
    source: f"{source} {WORDS}"
    for source in (
        *("remark", "note", "reason", "search", "alias", "review", "team", "name", "pin", "notice", "benefit"),
        *("source", "partial", "decision", "file", "field", "agency"),
    )
}
"""By who writes them; each is shown on some page."""
_SHOWN = frozenset(
    {
        *("name", "title", "short_name", "label", "difference", "name_en", "title_en", "ministry", "full_name"),
        *("full_name_en", "operator", "operator_en", "assistant_name", "service_centre", "work", "formed_from"),
        *("district", "origin", "issuer", "note", "group", "group_en"),
    }
)
DAY = date(2026, 11, 22)
LAST = DAY + timedelta(days=8)
_PIN = Pin(SAID["pin"], "1.900001")
_NOTICE = Notice(Scope.ALL, "", SAID["notice"], DAY, LAST)
_BENEFIT = Benefit("1.900001", SAID["benefit"], SAID["source"], DAY, LAST)
_REASON = PartialReason("1.900003", SAID["partial"], SAID["decision"])
OURS = Subject("1.900001", "1.900001.01", "H99.05", "H99.101")


def hostile(catalogue: Catalogue) -> Catalogue:
    """The same codes; behind every name the words, which editors say as well."""
    changed: Catalogue = _changed(catalogue)
    said = Editorial((_PIN,), (), (_NOTICE,), (_BENEFIT,), (_REASON,))
    return replace(changed, lexicon=catalogue.lexicon, english=catalogue.english, editorial=said)


def _changed(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        return value + WORDS if name in _SHOWN and value else value
    if isinstance(value, Mapping):
        return {key: _changed(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return tuple(_changed(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: _changed(getattr(value, one.name), one.name) for one in fields(value) if one.init}
        return replace(value, **changed)
    return value


def written(rows: Sequence[tuple[str, ...]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


async def fill(office: Office) -> None:
    """Somebody of staff, a bad rating with a remark, a case, a team, words taught and not found, what editors say, a
    review, a list that was uploaded, links that are gone, and reasons in the log."""
    store, act = office.store, Act(START, f"quan{WORDS}", "team_add", SAID["reason"])
    account = Account("quan", SAID["name"], Role.ADMIN, (), START, must_change=False)
    assert await store.office.staff.add(account, Keys(await office.passwords.hash(PASSWORD)), act)
    other = Account(f"lan{WORDS}", f"Chị {WORDS}", Role.VIEWER, ("H99.101",), START)
    assert await store.office.staff.add(other, Keys("x"), act)
    given = rating("a", 1, about=OURS)
    remark = Remark("a", OURS.code, given.period, SAID["remark"], may_be_told=True)
    await store.record(Record(event(), survey=Survey(rating=given)))
    await store.record(Record(event(), survey=Survey(remark=remark)))
    change = CaseChange(CaseState.TAKEN, f"lan{WORDS}", None, SAID["note"], None)
    await store.office.cases.change(1, change, replace(act, actor="quan"))
    team = await store.office.sharing.add_team(SAID["team"], "H99.101", act)
    await store.office.sharing.count(DAY, Via(team.number, "H99.101"), "tt:1.900001", Count.VISIT)
    await store.record(Record(event(), unfound=Unfound(START, SAID["search"], SAID["search"], Unmet.NOT_FOUND)))
    await store.office.learning.teach(TaughtAlias(SAID["alias"], "1.900001", "quan", START), act)
    for item in (_PIN, _NOTICE, _BENEFIT, _REASON):
        await store.office.editorial.add(item, act)
    verdicts = dict.fromkeys(Question, Verdict.NO)
    review = Review(START, "1.900001", Team.YOUTH, "H99.101", "doan-1", verdicts, TimeNeeded.SHORT, SAID["review"])
    await store.office.reviews.add(review, "1")
    await store.office.stale.add(StaleReport(START, "web", "", "1.900001", "", "v1"))
    name = SAID["file"]
    listed = [
        HEADINGS,
        *((code, f"{called} {WORDS}", SAID["field"], SAID["agency"], WORDS) for code, called, *_ in (BIRTH, LAND)),
    ]
    reading = read_files({name: written(listed)})
    drafted = Draft(0, DraftState.OPEN, (name,), whole=True, by="quan", at=START)
    await store.office.drafts.add(drafted, reading, act)
    gone = LinkCheck(f"https://portal.example.vn/?x={WORDS}", START, LinkOutcome.COULD_NOT_CHECK, WORDS)
    await store.office.links.keep(gone)
