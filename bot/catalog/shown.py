"""What editors add for showing: labels, situations in life, and the procedures that are needed most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from bot.catalog.model import LifeEvent
from bot.catalog.phrases import canonical
from bot.catalog.procedures import LabelTexts
from bot.catalog.tables import Row, Table
from bot.catalog.values import filled, short, slug

SHORT_NAME_LIMIT = 60
LABEL_LIMIT = 40
DIFFERENCE_LIMIT = 200


class Targets:
    """Which procedures another file may point at: known ones, and not those that another has replaced."""

    def __init__(self, table: Table) -> None:
        self._successors = {row["code"]: row["superseded_by"] for row in table.rows} if table.readable else None

    def check(self, row: Row, column: str, code: str) -> None:
        """Reports a code that leads nowhere, or to a procedure that has been replaced."""
        if self._successors is None:
            return
        if code not in self._successors:
            row.problem(column, f"procedure {code or '(empty)'} is not known", "a code of procedures.csv")
        elif self._successors[code]:
            row.problem(column, f"procedure {code} has been replaced", f"its successor, {self._successors[code]}")


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
    titles: dict[str, tuple[str, str]] = {}
    for row in events.rows:
        event = slug(row, "id")
        if event in titles:
            row.problem("id", f"life event {event} stands twice", "each once")
        titles.setdefault(event, (filled(row, "title"), row["title_en"]))
    codes = _needed(events, needed, titles, targets)
    for row in events.rows:
        if needed.readable and not codes[row["id"]]:
            row.problem("id", f"life event {row['id'] or '(empty)'} has no procedures", "lines in most_needed.csv")
    return tuple(LifeEvent(event, title, tuple(codes[event]), english) for event, (title, english) in titles.items())


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
