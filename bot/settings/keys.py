"""The settings of secret keys that were in use before the one of now."""

from __future__ import annotations

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings

MIN_SECRET_CHARS = 32


class KeySettings(BaseSettings):
    """The part of `Settings` that is about a change of SECRET_KEY."""

    previous_secret_keys: SecretStr | None = Field(default=None)
    """Keys before SECRET_KEY, between commas: people are still known by them, what they signed is still taken."""
    leaked_secret_keys: SecretStr | None = Field(default=None)
    """Such keys that others know: people are still known by them, what they signed is not taken any more."""

    @field_validator("previous_secret_keys", "leaked_secret_keys")
    @classmethod
    def _each_long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        if any(len(key) < MIN_SECRET_CHARS for key in _split(value)):
            raise ValueError(f"must be keys between commas, each of at least {MIN_SECRET_CHARS} characters")
        return value

    @property
    def previous_keys(self) -> tuple[bytes, ...]:
        return tuple(key.encode() for key in _split(self.previous_secret_keys))

    @property
    def leaked_keys(self) -> tuple[bytes, ...]:
        return tuple(key.encode() for key in _split(self.leaked_secret_keys))


def _split(value: SecretStr | None) -> tuple[str, ...]:
    written = "" if value is None else value.get_secret_value()
    return tuple(key.strip() for key in written.split(",") if key.strip())
