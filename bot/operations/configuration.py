"""Reading the settings, with every mistake told in a sentence that helps."""

from __future__ import annotations

import os
from pathlib import Path

import structlog
from dotenv import dotenv_values
from pydantic import ValidationError

from bot.errors import SettingsError
from bot.settings import Settings
from bot.settings.examples import EXAMPLES

_log = structlog.get_logger(__name__)
_ENV_FILE = Path(".env")
CREDENTIALS = "CREDENTIALS_DIRECTORY"
"""Set by systemd to the folder of `LoadCredential=`, which this process alone can read."""
_WHAT = {
    "int_parsing": "must be a whole number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "bool_parsing": "must be true or false",
    "literal_error": "must be one of {expected}",
    "string_too_short": "must not be empty",
}


def read_settings() -> Settings:
    """The settings of this process. Raises SettingsError with one line for each wrong one.

    Where systemd hands over credentials, a file of it that is named like a setting (`secret_key`) is that setting,
    unless the environment says otherwise: what stands in an environment is inherited by every process that is started.
    """
    folder = os.environ.get(CREDENTIALS, "")
    try:
        # An argument of the library's own, which the type of a model made of fields does not tell.
        settings = Settings(_secrets_dir=folder) if folder and Path(folder).is_dir() else Settings()  # type: ignore[call-arg]
    except ValidationError as error:
        raise SettingsError(explain(error)) from None
    except UnicodeDecodeError:
        raise SettingsError(".env: must be text in UTF-8; save it so, for example with the line PORT=8080") from None
    return settings


def tell_unknown_settings() -> None:
    """In the log: names in `.env` that mean nothing here."""
    for name in unknown_names(_ENV_FILE):
        _log.warning("setting_unknown", name=name, hint="in .env, and no setting; .env.example lists them all")


def unknown_names(path: Path) -> tuple[str, ...]:
    """The names in a settings file that mean nothing here, in their order: most are slips of the pen."""
    if not path.is_file():
        return ()
    return tuple(name for name in dotenv_values(path) if name.lower() not in Settings.model_fields)


def explain(error: ValidationError) -> str:
    """One line for each wrong setting: name, what is wrong, example. The wrong value itself may be a secret."""
    lines = []
    for fault in error.errors(include_url=False, include_input=False):
        name = str(fault["loc"][0]) if fault["loc"] else "settings"
        template = _WHAT.get(fault["type"])
        what = template.format_map(fault.get("ctx", {})) if template else fault["msg"].removeprefix("Value error, ")
        lines.append(f"{name.upper()}: {what}; for example {name.upper()}={EXAMPLES.get(name, '…')}")
    return "\n".join(lines)
