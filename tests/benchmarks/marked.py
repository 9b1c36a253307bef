"""Catalogues that are told apart by every name in them, and whether an answer belongs to one of them alone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

from bot.catalog.folder import Contents
from bot.dialogue.messages import Reply

_MARK = re.compile(r"đợt (\d+)")


def marked(contents: Contents, number: int) -> dict[str, bytes]:
    """The catalogue in which every procedure's name ends with "đợt <number>", and has no other name."""
    return {
        **contents,
        "procedures.csv": _changed(contents["procedures.csv"], "name", lambda name: f"{name} đợt {number}"),
        "labels.csv": contents["labels.csv"].partition(b"\n")[0] + b"\n",
        "most_used.csv": _changed(contents["most_used.csv"], "name", lambda name: f"{name} đợt {number}"),
    }


def marks_in(reply: Reply) -> frozenset[int]:
    """The numbers of the catalogues whose names stand in the text, the choices and the links."""
    said = [reply.text, *(choice.label for choice in reply.choices), *(link.label for link in reply.links)]
    return frozenset(int(number) for line in said for number in _MARK.findall(line))


def _changed(content: bytes, column: str, change: Callable[[str], str]) -> bytes:
    reader = csv.DictReader(io.StringIO(content.decode("utf-8")))
    written = io.StringIO()
    writer = csv.DictWriter(written, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, column: change(row[column])} for row in reader)
    return written.getvalue().encode("utf-8")
