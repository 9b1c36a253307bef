"""Texts as they can be kept: what a person sends never makes a write fail, whichever engine it goes to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from bot.store.sql.session import Values

_NEVER_KEPT = re.compile("[\x00\ud800-\udfff]")
"""PostgreSQL has no NUL in a text; lone halves of a character cannot be written in UTF-8."""
_INSTEAD = "\ufffd"


def kept_text(text: str) -> str:
    """With the replacement character for each that no engine keeps."""
    # Asked first, for that is nearly always enough.
    return _NEVER_KEPT.sub(_INSTEAD, text) if _NEVER_KEPT.search(text) else text


def kept(values: Values) -> Values:
    """The values of a statement, each text as it can be kept. Also where something is looked for: it is found again."""
    if isinstance(values, dict):
        return {name: kept_text(value) if isinstance(value, str) else value for name, value in values.items()}
    return kept_row(values)


def kept_row(values: Sequence[Any]) -> list[Any]:
    """The same for values without names."""
    return [kept_text(value) if isinstance(value, str) else value for value in values]
