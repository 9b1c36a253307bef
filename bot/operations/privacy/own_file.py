"""What is held of a person as a file: JSON, with what each part is in their language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.store.own_data import OwnRows, Value
from bot.texts import Texts
from handlers.own_data import titled

_WRITTEN_AS_JSON = frozenset({"state", "body", "reply"})


def own_file(texts: Texts, held: Sequence[OwnRows], at: datetime) -> bytes:
    """`at`: when it was read, in UTC. Of a table with more rows than are given, `count` says how many there are."""
    parts = [_part(texts, one) for one in held]
    told = {"about": texts.get("own.page.file"), "read_at": at.isoformat(timespec="seconds"), "held": parts}
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _part(texts: Texts, one: OwnRows) -> dict[str, object]:
    rows = [_readable(row) for row in one.rows]
    return {"table": one.table, "what": titled(texts, one), "count": one.count, "rows": rows}


def _readable(row: Mapping[str, Value]) -> dict[str, object]:
    return {name: _parsed(value) if name in _WRITTEN_AS_JSON else value for name, value in row.items()}


def _parsed(value: Value) -> object:
    try:
        return json.loads(value) if isinstance(value, str) and value else value
    except (ValueError, RecursionError):
        return value
