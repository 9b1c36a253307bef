"""What an operator reads when the assistant starts."""

from __future__ import annotations

import pytest

from bot.catalog.model import Catalogue
from bot.settings import Settings
from bot.web import announce

OFF = [
    "Zalo Official Account is switched off: set ZALO_OA_APP_ID and ZALO_OA_SECRET_KEY to switch it on",
    "Telegram is switched off: set TELEGRAM_BOT_TOKEN to switch it on",
    "Zalo Bot is switched off: set ZALO_BOT_TOKEN to switch it on",
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
    settings = Settings.model_validate({"public_url": "https://hoidap.example.gov.vn"})
    assert announce.lines(settings, catalogue)[1] == "Public address: https://hoidap.example.gov.vn"


def test_a_messenger_with_its_keys_is_on(catalogue: Catalogue) -> None:
    keys = {
        "telegram_bot_token": "1:a",
        "zalo_oa_app_id": "1234567890",
        "zalo_oa_secret_key": "s",
        "zalo_bot_token": "b",
    }
    assert announce.lines(Settings.model_validate(keys), catalogue)[2:] == [
        "Zalo Official Account is on",
        "Telegram is on",
        "Zalo Bot is on",
        "Stop with Ctrl+C.",
    ]


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
