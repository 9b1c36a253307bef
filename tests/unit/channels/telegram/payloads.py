"""Telegram's own payloads, as files."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "platforms" / "telegram"
UPDATES = tuple(sorted(path.stem for path in FOLDER.glob("update_*.json")))
ERRORS = tuple(sorted(path.stem for path in FOLDER.glob("error_*.json")))


def payload(name: str) -> dict[str, Any]:
    """The object in a file, by its name without `.json`."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def message(**fields: Any) -> dict[str, Any]:
    """A private text message with other fields; None takes one out."""
    update = payload("update_message_text")
    body = copy.deepcopy(update["message"]) | fields
    update["message"] = {name: value for name, value in body.items() if value is not None}
    return update


GROUP = {"id": -1001, "type": "supergroup", "title": "Tổ dân phố"}
US = {"id": 123456, "is_bot": True, "first_name": "DVC", "username": "dvc_mau_bot"}


def in_group(text: str | None, **fields: Any) -> dict[str, Any]:
    return message(chat=GROUP, text=text, **fields)
