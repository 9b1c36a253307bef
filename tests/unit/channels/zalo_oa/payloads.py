"""Payloads as the platform documents them, and events signed like its own."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from bot.settings import Settings

FOLDER = Path(__file__).resolve().parents[3] / "fixtures" / "platforms" / "zalo_oa"
APP = "360846524940903967"
ACCOUNT = "388613280878808645"
PERSON = "246845883529197922"
WEBHOOK_KEY = "EXAMPLE_OA_SECRET_KEY"
SECRET_KEY = "EXAMPLE_APP_SECRET"


def payload(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def compact(value: object) -> bytes:
    """As the platform writes it: no blanks, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def signed(body: bytes, timestamp: object, key: str = WEBHOOK_KEY) -> dict[str, str]:
    digest = hashlib.sha256(APP.encode() + body + str(timestamp).encode() + key.encode()).hexdigest()
    return {"X-ZEvent-Signature": f"mac={digest}"}


def settings(**given: object) -> Settings:
    values: dict[str, object] = {
        "zalo_oa_app_id": APP,
        "zalo_oa_secret_key": SECRET_KEY,
        "zalo_oa_webhook_key": WEBHOOK_KEY,
        **given,
    }
    return Settings.model_validate(values)
