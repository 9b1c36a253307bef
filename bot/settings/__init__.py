"""The settings: read from the environment and from `.env`, checked at once.

Each field is one variable of the same name in capitals; `.env.example` lists them all and is tested against this
model. Those of the messengers are in `channels`, those of ratings and reports in `ratings`, those of staff in `staff`,
those of old data and links in `freshness`, those of figures and health in `watching`, of who is told of errors in
`alerts`, those of deleting on request in `privacy`, an example for each in `examples`. Nothing here touches the
network or the disk.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from bot.settings.alerts import AlertSettings
from bot.settings.channels import ChannelSettings
from bot.settings.freshness import FreshnessSettings
from bot.settings.privacy import PrivacySettings
from bot.settings.ratings import RatingSettings
from bot.settings.staff import StaffSettings
from bot.settings.watching import WatchSettings

APP_FOLDER = "mot-cua"
SHIPPED_CATALOGUE = Path(__file__).resolve().parents[2] / "catalog_data"
SQLITE_PREFIX = "sqlite:///"
POSTGRES_PREFIX = "postgresql://"
MIN_SECRET_CHARS = 32
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?", re.ASCII)
_ORIGIN = re.compile(
    # Encrypted, but for a page on the same machine: nobody can stand in between there.
    r"(?:https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|http://(?:localhost|127\.0\.0\.1|\[::1\]))(?::\d{1,5})?",
    re.ASCII,
)


def default_database_url() -> str:
    """An SQLite file in the user's own data folder."""
    return f"{SQLITE_PREFIX}{user_data_path(APP_FOLDER, appauthor=False) / 'mot-cua.sqlite'}"


class Settings(
    ChannelSettings, RatingSettings, StaffSettings, FreshnessSettings, AlertSettings, PrivacySettings, WatchSettings
):
    """Everything that may be set. Constructing it raises pydantic's ValidationError; see `bot.operations`."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        # What is wrong may be a secret.
        hide_input_in_errors=True,
    )

    # Not in what is printed of all settings: it may hold a password.
    database_url: str = Field(default_factory=default_database_url, repr=False)
    """Where everything is kept: `sqlite:///` and the path of a file, or `postgresql://user:password@host/name`."""
    catalog_dir: Path = SHIPPED_CATALOGUE
    """The folder of the catalogue to serve."""
    public_url: str | None = None
    """The address under which citizens reach the web chat; by default the one listened on."""
    embed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """The sites that may show the web chat in a frame, as origins (`https://xa.example.gov.vn`)."""
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8080, ge=1, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "json", "text"] = "auto"
    """How lines of the log are written: for programs, for people, or as it suits what standard error leads to."""
    secret_key: SecretStr | None = Field(default=None, validate_default=True)
    """Key under which channels' ids are hashed; by default made once and kept beside the database."""
    max_message_chars: int = Field(default=2000, ge=100, le=20000)
    """Longer messages (counted in NFC) are answered with a request to be brief."""
    choices_valid_hours: int = Field(default=24, ge=1, le=720)
    """How long a typed number still means the choices offered last."""
    keep_events_days: int = Field(default=90, ge=1, le=3650)
    """How long it is kept which procedures were looked at, without words and without names."""
    keep_profiles_days: int = Field(default=365, ge=1, le=3650)
    """How long a person's commune and language are kept after they last wrote."""
    max_messages_per_minute: int = Field(default=20, ge=0, le=600)
    """What one person may send; more is answered with a request to go slower. 0: no limit."""
    max_requests_per_minute: int = Field(default=600, ge=0, le=100_000)
    """How many messages and searches one network may send over the web, and five times as many suggestions. 0: no
    limit."""
    max_waiting_updates: int = Field(default=10_000, ge=1, le=1_000_000)
    """How many updates of one messenger may wait for their answers; its platform has to bring more again later."""

    @field_validator("log_format", mode="before")
    @classmethod
    def _small(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value.startswith(POSTGRES_PREFIX):
            return value
        if not value.startswith(SQLITE_PREFIX) or value == SQLITE_PREFIX:
            raise ValueError(f"must begin with {SQLITE_PREFIX} and name a file, or with {POSTGRES_PREFIX}")
        return value

    @field_validator("embed_origins", mode="before")
    @classmethod
    def _origins(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        origins = tuple(dict.fromkeys(part.strip().lower().rstrip("/") for part in value.split(",") if part.strip()))
        if not all(_ORIGIN.fullmatch(origin) for origin in origins):
            raise ValueError("must be addresses of sites that begin with https://, without a path, between commas")
        return origins

    @field_validator("public_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        scheme, separator, rest = value.partition("://")
        if scheme not in {"http", "https"} or not separator or not rest.strip("/") or any(c.isspace() for c in value):
            raise ValueError("must be a web address that begins with http:// or https://")
        # It is printed on posters: our pages are at the root, and letters with marks are not read by every telephone.
        if not _HOST.fullmatch(rest.rstrip("/")):
            raise ValueError("must have a name in plain letters (xn--… for others) and nothing behind it but a port")
        return value.rstrip("/")

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None and str(info.data.get("database_url", "")).startswith(POSTGRES_PREFIX):
            # Each machine would make its own, and take no link and no id of another for real.
            raise ValueError(
                "must be set where DATABASE_URL names a server, and be the same on every machine: where the data come "
                "from an SQLite file, what stands in person.key beside it, or everybody is a new person"
            )
        if value is not None and len(value.get_secret_value()) < MIN_SECRET_CHARS:
            raise ValueError(f"must have at least {MIN_SECRET_CHARS} characters")
        return value

    @property
    def address(self) -> str:
        """The address to print and to link to, without a slash at its end."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def is_public_encrypted(self) -> bool:
        """Whether the public address is given, and reached over TLS: platforms bring updates to no other."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def is_shared(self) -> bool:
        """Whether the store is on a server, where processes on other machines may work on it as well."""
        return self.database_url.startswith(POSTGRES_PREFIX)

    @property
    def database_path(self) -> Path:
        """The SQLite file. Raises ValueError where the store is on a server."""
        if self.is_shared:
            raise ValueError("DATABASE_URL names a server and no file")
        return Path(self.database_url.removeprefix(SQLITE_PREFIX)).expanduser()

    @property
    def has_store(self) -> bool:
        """Whether anything can have been kept yet: a file is made on first use."""
        return self.is_shared or self.database_path.exists()
