"""Which cases a page shows, as its address says: `?trang-thai=mo&phu-trach=toi&co-quan=H99.05&tuoi=7&tu=…&den=…`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from bot.store.cases import OPEN_STATES, CaseQuery, CaseState
from bot.store.staff import Account
from bot.web.staff.dates import read_day

CASES = "/staff/viec"
OPEN = "mo"
ALL = "tat-ca"
MINE = "toi"
NOBODYS = "chua"
AGES = (3, 7, 14, 30)
"""Days that a case may be asked to be old at least."""
_MOST_DIGITS = 18
_STATES: Mapping[str, tuple[CaseState, ...]] = {
    OPEN: OPEN_STATES,
    **{state.value: (state,) for state in CaseState},
    ALL: tuple(CaseState),
}


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """As it stands in the address; empty: whatever it is. `behind`: those with greater numbers."""

    state: str = OPEN
    owner: str = ""
    agency: str = ""
    age: int = 0
    first: date | None = None
    last: date | None = None
    behind: int = 0

    @classmethod
    def read(cls, given: Mapping[str, str]) -> CaseFilter:
        """What cannot be meant counts as not said."""
        state, age, behind = given.get("trang-thai", ""), given.get("tuoi", ""), given.get("sau", "")
        return cls(
            state if state in _STATES else OPEN,
            given.get("phu-trach", "").strip(),
            given.get("co-quan", "").strip(),
            int(age) if age in {str(days) for days in AGES} else 0,
            read_day(given.get("tu", "")),
            read_day(given.get("den", "")),
            int(behind) if behind.isascii() and behind.isdecimal() and len(behind) <= _MOST_DIGITS else 0,
        )

    def query(self, account: Account, today: date) -> CaseQuery:
        """The agencies are always among those that the account may see."""
        owner = {"": None, MINE: account.login, NOBODYS: ""}.get(self.owner, self.owner)
        seen = account.limited_to
        agencies = seen
        if self.agency:
            asked = frozenset({self.agency})
            agencies = asked if seen is None else asked & seen
        last = self.last
        if self.age:
            oldest = today - timedelta(days=self.age)
            last = oldest if last is None else min(last, oldest)
        return CaseQuery(_STATES[self.state], owner, agencies, None, self.first, last)

    def in_days(self, first: date | None, last: date | None) -> CaseFilter:
        """The same ones, opened on these days."""
        return replace(self, first=first, last=last, age=0, behind=0)

    def href(self, state: str | None = None, behind: int = 0) -> str:
        """The address of the same cases in another state, or of the next ones."""
        said = {
            "trang-thai": self.state if state is None else state,
            "phu-trach": self.owner,
            "co-quan": self.agency,
            "tuoi": str(self.age or ""),
            "tu": "" if self.first is None else self.first.isoformat(),
            "den": "" if self.last is None else self.last.isoformat(),
            "sau": str(behind or ""),
        }
        return f"{CASES}?{urlencode({name: value for name, value in said.items() if value})}"


STATES = tuple(_STATES)
