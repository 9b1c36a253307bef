"""Findings as they are made, each with what is done about it: as somebody has answered, else as is proposed."""

from __future__ import annotations

import hashlib
from collections import Counter

from bot.catalog.imports.listing import Answers
from bot.catalog.imports.model import Answer, Finding, FindingKind, Spot

ID_LENGTH = 10


class Ledger:
    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._findings: dict[str, Finding] = {}
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._once: dict[tuple[str, ...], Answer] = {}

    def add(
        self,
        kind: FindingKind,
        spot: Spot | None,
        code: str,
        *said: str,
        proposal: Answer,
        choices: tuple[Answer, ...] = (),
        apart: tuple[str, ...] = (),
    ) -> Answer:
        """`said`: what the list says, and what the catalogue says. `apart`: what else sets it apart from its like.

        The id says nothing of rows, so that a line put in above changes none; of those that are alike in everything,
        the first is the first.
        """
        written, known = (*said, "", "")[:2]
        key = (kind.value, code, written, *apart)
        self._counts[key] += 1
        finding = Finding(_hash((*key, str(self._counts[key]))), kind, spot, code, written, known, proposal, choices)
        self._findings[finding.id] = finding
        return self._answers.get(finding.id, proposal)

    def once(
        self,
        kind: FindingKind,
        spot: Spot,
        *said: str,
        proposal: Answer,
        choices: tuple[Answer, ...] = (),
    ) -> Answer:
        """About words that stand in many rows: found where they stand first, and answered once."""
        key = (kind.value, *said[:1])
        if key not in self._once:
            self._once[key] = self.add(kind, spot, "", *said, proposal=proposal, choices=choices)
        return self._once[key]

    def once_of_row(
        self,
        kind: FindingKind,
        spot: Spot,
        code: str,
        *said: str,
        proposal: Answer,
        choices: tuple[Answer, ...] = (),
    ) -> Answer:
        """About one row, however often it comes up there."""
        key = (kind.value, str(spot), code, *said)
        if key not in self._once:
            self._once[key] = self.add(kind, spot, code, *said, proposal=proposal, choices=choices)
        return self._once[key]

    def findings(self) -> tuple[Finding, ...]:
        """Where they stand in the files, and then those that stand nowhere in them."""
        order = {kind: place for place, kind in enumerate(FindingKind)}
        return tuple(
            sorted(
                self._findings.values(),
                key=lambda f: (f.spot is None, f.spot or _NOWHERE, order[f.kind], f.code, f.id),
            )
        )


_NOWHERE = Spot("", "", 0)


def _hash(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]
