"""The platforms' example payloads, as they are kept in the fixtures."""

from __future__ import annotations

import json
from pathlib import Path

from tests.fakes.failures import JsonObject

PAYLOADS = Path(__file__).parents[1] / "fixtures" / "platforms"


def payload(name: str) -> JsonObject:
    """The payload of this name, such as `telegram/error_401`."""
    value: JsonObject = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    return value
