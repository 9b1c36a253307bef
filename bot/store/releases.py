"""Which steps came with which release: from then on they are never changed, and versions side by side stand them.

`faults` tells what breaks the rule. A step may stand in release N only if version N - 1 goes on working beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.store.sql.steps import Step


@dataclass(frozen=True, slots=True)
class Release:
    """`steps`: by engine, the digest of each step that came with it, by name (`digest_of`)."""

    number: str
    steps: Mapping[str, Mapping[str, str]]


RELEASES: tuple[Release, ...] = ()
"""The oldest first. Nothing has been released yet; with the first release all steps are written down here."""


def digest_of(step: Step) -> str:
    """Of what it does to the tables, not of what is said about it."""
    return hashlib.sha256("\0".join(step.statements).encode()).hexdigest()[:16]


def faults(engine: str, steps: Sequence[Step], releases: Sequence[Release]) -> Iterator[str]:
    """What is wrong with the steps of an engine; those that no release has yet come with the next one."""
    released = {name: place for place, release in enumerate(releases) for name in release.steps.get(engine, {})}
    digests = {name: digest for release in releases for name, digest in release.steps.get(engine, {}).items()}
    there = {step.name: step for step in steps}
    for name, digest in digests.items():
        if name not in there:
            yield f"{name} was released and is gone"
        elif digest_of(there[name]) != digest:
            yield f"{name} was released and has been changed"
    for step in steps:
        place = released.get(step.name, len(releases))
        if place > 0 and not step.is_safe:
            yield from _unsafe(step, place, [release.number for release in releases])


def _unsafe(step: Step, place: int, numbers: Sequence[str]) -> Iterator[str]:
    """`place`: of the release that it comes with."""
    if not step.last_used_by:
        only = "; ".join(change.words for change in step.changes if not change.only_adds)
        yield f"{step.name} does not only add, and says neither why it does no harm nor who used it last: {only}"
    elif step.last_used_by not in numbers:
        yield f"{step.name} removes what {step.last_used_by} used last, which is no release"
    elif place - numbers.index(step.last_used_by) < 2:
        yield f"{step.name} removes what {step.last_used_by} uses, one release too early: it may be running beside it"
