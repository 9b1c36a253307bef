"""What editors add for showing: labels, situations in life, and the procedures that are needed most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.catalog.model import LifeEvent, MostUsed
from bot.catalog.phrases import canonical
from bot.catalog.procedures import LabelTexts
from bot.catalog.report import Entry
from bot.catalog.tables import Table
from bot.catalog.values import filled, short, slug

SHORT_NAME_LIMIT = 60
LABEL_LIMIT = 40
DIFFERENCE_LIMIT = 200


class Targets:
    """Which procedures another file may point at: known ones, and not those that another has replaced.

    Those that left the list may still be pointed at, replaced or not: a list is published without anybody having gone
    through all that editors ever wrote. Where they lead is worked out here.
    """

    def __init__(self, table: Table, removed: Table) -> None:
        self._successors = {row["code"]: row["superseded_by"] for row in table.rows} if table.readable else None
        self._removed = {row["code"] for row in removed.rows}

    def check(self, row: Entry, column: str, code: str) -> None:
        """Reports a code that leads nowhere, or to a procedure that has been replaced."""
        if self._successors is None:
            return
        if code not in self._successors:
            row.problem(column, f"procedure {code or '(empty)'} is not known", "a code of procedures.csv")
        elif self._successors[code] and code not in self._removed:
            row.problem(column, f"procedure {code} has been replaced", f"its successor, {self._successors[code]}")

    def leading(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The codes, those that left the list replaced by what took their place, each once."""
        return tuple(dict.fromkeys(map(self._lead, codes)))

    def listed(self, codes: Iterable[str]) -> tuple[str, ...]:
        """The same without those that left the list and were not replaced."""
        return tuple(code for code in self.leading(codes) if code not in self._removed)

    def _lead(self, code: str) -> str:
        seen: set[str] = set()
        while code in self._removed and code not in seen:
            seen.add(code)
            code = (self._successors or {}).get(code) or code
        return code


def read_labels(table: Table, targets: Targets) -> dict[str, LabelTexts]:
    """Labels by procedure code. Two procedures never share a label: nobody could tell them apart."""
    labels: dict[str, LabelTexts] = {}
    places: dict[str, str] = {}
    for row in table.rows:
        code = row["code"]
        targets.check(row, "code", code)
        if code in labels:
            row.problem("code", f"procedure {code} has a label already", "each procedure once")
        label = short(row, "label", LABEL_LIMIT)
        if label is not None and canonical(label) in places:
            where = places[canonical(label)]
            row.problem("label", f"the same label stands at {where}", "labels that differ")
        places.setdefault(canonical(label or ""), row.place)
        short_name, difference = short(row, "short_name", SHORT_NAME_LIMIT), short(row, "difference", DIFFERENCE_LIMIT)
        labels.setdefault(code, LabelTexts(short_name, label, difference))
    return labels


def read_life_events(events: Table, needed: Table, targets: Targets) -> tuple[LifeEvent, ...]:
    """The situations in life, in the order of their file, with their procedures in the order of theirs."""
    found: dict[str, LifeEvent] = {}
    for row in events.rows:
        event = slug(row, "id")
        if event in found:
            row.problem("id", f"life event {event} stands twice", "each once")
        group = filled(row, "group")
        found.setdefault(
            event, LifeEvent(event, filled(row, "title"), (), row["title_en"], group, row["group_en"] or group)
        )
    codes = _needed(events, needed, found, targets)
    for row in events.rows:
        if needed.readable and not codes[row["id"]]:
            row.problem("id", f"life event {row['id'] or '(empty)'} has no procedures", "lines in most_needed.csv")
    shown = (replace(event, codes=targets.listed(codes[event.id])) for event in found.values())
    return tuple(event for event in shown if event.codes)


def read_most_used(table: Table, targets: Targets) -> tuple[MostUsed, ...]:
    """The procedures that greet a newcomer, in the order of their file."""
    found: dict[str, MostUsed] = {}
    for row in table.rows:
        code = row["code"]
        targets.check(row, "code", code)
        if code in found:
            row.problem("code", f"procedure {code} stands twice", "each procedure once")
        found.setdefault(code, MostUsed(code, filled(row, "name"), filled(row, "name_en")))
    shown: dict[str, MostUsed] = {}
    for code, used in found.items():
        for current in targets.listed((code,)):
            shown.setdefault(current, replace(used, code=current))
    return tuple(shown.values())


def read_next_steps(table: Table, targets: Targets) -> dict[str, tuple[str, ...]]:
    """What usually follows a procedure, by its code, in the order of the file."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in table.rows:
        code, following = row["code"], row["next"]
        targets.check(row, "code", code)
        targets.check(row, "next", following)
        if following == code or following in found[code]:
            row.problem("next", f"{following} cannot follow {code} here", "another procedure, each once")
        found[code].append(following)
    shown: dict[str, tuple[str, ...]] = {}
    for code, all_following in found.items():
        for current in targets.listed((code,)):
            next_ones = (*shown.get(current, ()), *targets.listed(all_following))
            shown[current] = tuple(one for one in dict.fromkeys(next_ones) if one != current)
    return {code: following for code, following in shown.items() if following}


def _needed(events: Table, needed: Table, known: Collection[str], targets: Targets) -> defaultdict[str, list[str]]:
    codes: defaultdict[str, list[str]] = defaultdict(list)
    for row in needed.rows:
        event, code = row["life_event"], row["code"]
        if events.readable and event not in known:
            row.problem("life_event", f"life event {event or '(empty)'} is not known", "an id of life_events.csv")
        targets.check(row, "code", code)
        if code in codes[event]:
            row.problem("code", f"{code} stands twice under {event}", "each procedure once under an event")
        codes[event].append(code)
    return codes
