"""The verdict over what pip-audit says: only who was asked about and has nothing known is good."""

from __future__ import annotations

import json

import pytest

from tests.supply.audit import requirements, rounds, verdict
from tests.supply.lock import Locked

A, B, B2 = Locked("a", "1", ("01", "02")), Locked("b", "1", ("03",)), Locked("b", "2", ("04",))
WEAK = {"id": "PYSEC-1", "fix_versions": ["1.1"], "aliases": []}
GOOD_A, GOOD_B = {"name": "a", "version": "1", "vulns": []}, {"name": "b", "version": "1", "vulns": []}
SKIPPED = {"name": "b", "skip_reason": "Dependency not found on PyPI and could not be audited: b (1)"}
UNASKED = ["Could not ask about 1 of 2 libraries: b 1.", "That says nothing about them. Is pypi.org reached from here?"]
NONE = ["Could not ask about 2 of 2 libraries: a 1, b 1.", UNASKED[1]]


def said(*dependencies: object) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([said(GOOD_A, GOOD_B)], (True, ["2 libraries of uv.lock, no known weakness."])),
        ([said(GOOD_A), said(GOOD_B)], (True, ["2 libraries of uv.lock, no known weakness."])),
        ([said(GOOD_A, SKIPPED)], (False, UNASKED)),
        ([said(GOOD_A)], (False, UNASKED)),
        ([said(GOOD_A, GOOD_B | {"version": "2"})], (False, UNASKED)),
        ([said(GOOD_A | {"vulns": [WEAK]}, GOOD_B)], (False, ["a 1: PYSEC-1, mended in: 1.1"])),
        (
            [said(GOOD_A | {"vulns": [WEAK | {"fix_versions": []}]}, SKIPPED)],
            (False, ["a 1: PYSEC-1, mended in: none yet", *UNASKED]),
        ),
        ([""], (False, NONE)),
        (["[]", "{}", "no JSON"], (False, NONE)),
    ],
)
def test_the_verdict(texts: list[str], expected: tuple[bool, list[str]]) -> None:
    assert verdict((A, B), texts) == expected


def test_two_versions_are_asked_about_one_after_the_other() -> None:
    assert rounds((A, B, B2)) == [[A, B], [B2]]


def test_hashes_are_asked_with() -> None:
    assert requirements([A, B]) == "a==1 --hash=sha256:01 --hash=sha256:02\nb==1 --hash=sha256:03\n"
