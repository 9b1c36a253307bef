"""The settings of the messengers: Telegram, Zalo Official Account, Zalo Bot. Each is off while its keys are empty."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

_HEADER_SECRET = re.compile(r"[A-Za-z0-9_\-]{8,256}", re.ASCII)

Unsigned = Literal["refuse", "ignore"]
"""What becomes of a request without a signature: 403, or 200 and nothing is done."""
Mode = Literal["webhook", "polling"]


def revealed(secret: SecretStr | None) -> str | None:
    """What is kept secret, for who has to use it."""
    return None if secret is None else secret.get_secret_value()


class ChannelSettings(BaseSettings):
    """The part of `Settings` that only the channels read."""

    telegram_bot_token: SecretStr | None = None
    telegram_bot_username: str | None = None
    """The bot's public name, without @: pages then link to it."""
    telegram_webhook_secret: SecretStr | None = None
    """What Telegram sends along with each update, so that nobody else can: 8 to 256 of A-Z a-z 0-9 _ -."""
    telegram_mode: Mode = "webhook"
    telegram_unsigned: Unsigned = "refuse"
    telegram_base_url: str = "https://api.telegram.org"
    telegram_proxy: SecretStr | None = None
    """It may hold a password, as the other one may."""

    zalo_oa_id: str | None = None
    """The Official Account's public number: pages then link to it."""
    zalo_oa_app_id: str | None = None
    zalo_oa_secret_key: SecretStr | None = None
    """The application's secret key: renews the tokens."""
    zalo_oa_webhook_key: SecretStr | None = None
    """The "OA Secret Key" of the webhook's page: signs the events."""
    zalo_oa_access_token: SecretStr | None = None
    zalo_oa_refresh_token: SecretStr | None = None
    """The first pair; the newer ones are in the store."""
    zalo_oa_unsigned: Unsigned = "ignore"
    zalo_oa_buttons: bool = False
    """Buttons below a message, besides the numbered lines: not every account may send them."""
    zalo_oa_anonymous: bool = False
    """Answer those who write without being logged in to Zalo."""
    zalo_oa_appsecret_proof: bool = False
    zalo_oa_clerk_minutes: int = Field(default=120, ge=1, le=2880)
    """How long the assistant is silent after a person of the authority wrote in the same conversation."""
    zalo_oauth_base: str = "https://oauth.zaloapp.com"
    zalo_openapi_base: str = "https://openapi.zalo.me"
    zalo_proxy: SecretStr | None = None
    zalo_site_verification: str | None = None
    """What Zalo gives to prove that the domain is ours; it is shown in the head of the chat's page."""

    zalo_bot_token: SecretStr | None = None
    zalo_bot_webhook_secret: SecretStr | None = None
    zalo_bot_mode: Mode = "webhook"
    zalo_bot_unsigned: Unsigned = "refuse"
    zalo_bot_base: str = "https://bot-api.zaloplatforms.com"

    @field_validator("telegram_bot_username")
    @classmethod
    def _user_name(cls, value: str | None) -> str | None:
        name = value.removeprefix("@") if value is not None else None
        if name is not None and not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{4,31}", name):
            raise ValueError("must be the bot's name: 5 to 32 letters, digits and _, a letter first")
        return name

    @field_validator("telegram_webhook_secret", "zalo_bot_webhook_secret")
    @classmethod
    def _header_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _HEADER_SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("must have 8 to 256 letters (without marks), digits, _ and -")
        return value

    @field_validator("zalo_oa_id", "zalo_oa_app_id")
    @classmethod
    def _number(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[0-9]{6,24}", value):
            raise ValueError("must be the number that Zalo shows, digits only")
        return value

    @field_validator("telegram_base_url", "zalo_oauth_base", "zalo_openapi_base", "zalo_bot_base")
    @classmethod
    def _base(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#]+(?:/[^\s?#]*)?", value):
            raise ValueError("must be an address that begins with https:// or http://")
        return value.rstrip("/")

    @field_validator("telegram_proxy", "zalo_proxy")
    @classmethod
    def _proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"https?://[^\s/]+/?", value.get_secret_value()):
            raise ValueError("must be the address of a proxy that begins with http:// or https://")
        return value

    @property
    def telegram_proxy_address(self) -> str | None:
        return revealed(self.telegram_proxy)

    @property
    def zalo_proxy_address(self) -> str | None:
        return revealed(self.zalo_proxy)

    @property
    def telegram_is_set(self) -> bool:
        return self.telegram_bot_token is not None

    @property
    def zalo_oa_is_set(self) -> bool:
        return None not in (self.zalo_oa_app_id, self.zalo_oa_secret_key)

    @property
    def zalo_bot_is_set(self) -> bool:
        return self.zalo_bot_token is not None
