"""The catalogue as readers of English see it: the procedures that have an English name, under that name."""

from __future__ import annotations

import dataclasses

from bot.catalog.model import Catalogue, Procedure


def as_english(catalogue: Catalogue) -> Catalogue:
    """The same catalogue with English titles, labels and lexicon, and without what has no English name."""
    named = (_in_english(procedure) for procedure in catalogue.procedures.values())
    procedures = {procedure.code: procedure for procedure in named if procedure is not None}
    return dataclasses.replace(catalogue, procedures=procedures, lexicon=catalogue.english.lexicon)


def _in_english(procedure: Procedure) -> Procedure | None:
    name = procedure.english
    if name is None:
        return None
    return dataclasses.replace(
        procedure,
        name=name.title,
        title=name.title,
        short_name=None,
        label=name.label,
        difference=name.difference,
    )
