"""A made-up next release: another version number, and one more step that only adds."""

from __future__ import annotations

from functools import partial

from bot.operations import members
from bot.store.postgres import steps
from bot.store.sqlite import migrations
from tests.unit.store.ahead.next_version import NEXT, next_part

VERSION = "9999.0"


def become_next() -> None:
    """This process, from now on; before it opens the store."""
    known = steps.all_steps()
    vars(steps)["all_steps"] = lambda: (*known, NEXT)
    parts = (*migrations.PARTS, next_part)
    vars(migrations)["PARTS"] = parts
    for name in ("all_steps", "apply"):
        vars(migrations)[name] = partial(vars(migrations)[name], parts=parts)
    vars(members)["release"] = lambda: VERSION
