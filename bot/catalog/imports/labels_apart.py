"""Labels that a new list has brought side by side and that begin alike: nobody could tell them apart.

Which procedures stand in one list depends on their fields, which the list may change. The label that an editor wrote
is taken away from the later one, its short name stays; `catalog check` would refuse the catalogue otherwise.
"""

from __future__ import annotations

from bot.catalog.folder import Contents
from bot.catalog.imports.lines import Lines
from bot.catalog.load import check_contents

_MOST_ROUNDS = 5
_LABELS = "labels.csv"
_NAMES = "english/procedures.csv"


def labels_apart(contents: Contents) -> Contents:
    """The files, with labels that stand apart. Anything else that is wrong with them is left to whoever checks them."""
    new = dict(contents)
    for _ in range(_MOST_ROUNDS):
        clashes = {(p.path, p.line) for p in check_contents(new) if p.path in (_LABELS, _NAMES) and "label" in p.what}
        if not clashes:
            break
        for path in {path for path, _ in clashes}:
            new[path] = _without(new[path], path, {line for p, line in clashes if p == path})
    return new


def _without(content: bytes, path: str, at: set[int]) -> bytes:
    lines = Lines(content)
    place = 2
    kept = []
    for line in lines:
        here, place = place, place + line.raw.count("\n")
        if here not in at:
            kept.append(line)
        elif path == _LABELS:
            kept.append(line.changed({"label": ""}))
    lines.lines = kept
    return lines.content()
