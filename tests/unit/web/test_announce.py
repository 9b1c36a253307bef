from __future__ import annotations

import pytest

from bot.catalog.model import Catalogue
from bot.settings import Settings
from bot.web import announce

OFF = [
    "Telegram is switched off: set TELEGRAM_BOT_TOKEN to switch it on",
    "Zalo is switched off: set ZALO_OA_APP_ID, ZALO_OA_SECRET_KEY and ZALO_OA_REFRESH_TOKEN to switch it on",
]


def test_what_is_said_at_the_start(catalogue: Catalogue) -> None:
    day = f"{catalogue.as_of.day} {catalogue.as_of:%B %Y}"
    assert announce.lines(Settings(), catalogue) == [
        f"{catalogue.province.assistant_name} answers on http://127.0.0.1:8080",
        f"Catalogue {catalogue.version}: {len(catalogue.procedures)} procedures, data of {day}",
        *OFF,
        "Stop with Ctrl+C.",
    ]


def test_the_public_address_is_said_too(catalogue: Catalogue) -> None:
    settings = Settings(public_url="https://hoidap.example.gov.vn", telegram_bot_token="1:a")  # type: ignore[arg-type]
    said = announce.lines(settings, catalogue)
    assert said[1] == "Public address: https://hoidap.example.gov.vn"
    assert said[3] == "Telegram is switched off: its key is set, but this version has no Telegram channel yet"


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("0.0.0.0", "http://127.0.0.1:8080"),  # noqa: S104
        ("::", "http://127.0.0.1:8080"),
        ("::1", "http://[::1]:8080"),
        ("localhost", "http://localhost:8080"),
    ],
)
def test_the_address_can_be_opened(host: str, address: str) -> None:
    assert announce.listening_url(Settings(host=host)) == address
