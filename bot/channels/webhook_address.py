"""The address to which a platform brings what people send."""

from __future__ import annotations

from bot.errors import SettingsError
from bot.operations.messages.receiving import webhook_path
from bot.settings import Settings

EXAMPLE = "for example PUBLIC_URL=https://hoidap.example.gov.vn"


def webhook_address(settings: Settings, channel: str, platform: str) -> str:
    """`platform`: its name, for people. Raises SettingsError where it would bring nothing to such an address."""
    if settings.public_url is None:
        raise SettingsError(f"PUBLIC_URL: is not set, so {platform} cannot be told where to send; {EXAMPLE}")
    if not settings.is_public_encrypted:
        raise SettingsError(f"PUBLIC_URL: must begin with https://, {platform} sends to nothing else; {EXAMPLE}")
    return f"{settings.public_url}{webhook_path(channel)}"
