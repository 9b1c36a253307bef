"""What an operator reads when the assistant starts: where it answers, from what, and what is switched off."""

from __future__ import annotations

from bot.catalog.model import Catalogue
from bot.settings import Settings

_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to


def listening_url(settings: Settings) -> str:
    """The address listened on, such that it can be opened on this machine."""
    host = settings.host
    if host in _EVERYWHERE:
        host = "127.0.0.1"
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def lines(settings: Settings, catalogue: Catalogue) -> list[str]:
    """The lines to print, without line ends."""
    where = listening_url(settings)
    if settings.host in _EVERYWHERE:
        where += f" (and on this machine's other addresses, HOST={settings.host})"
    found = [f"{catalogue.province.assistant_name} answers on {where}"]
    if settings.public_url is not None:
        found.append(f"Public address: {settings.public_url}")
    day = f"{catalogue.as_of.day} {catalogue.as_of:%B %Y}"
    found.append(f"Catalogue {catalogue.version}: {len(catalogue.procedures):,} procedures, data of {day}")
    found += _channels(settings)
    found.append("Stop with Ctrl+C.")
    return found


def _channels(settings: Settings) -> list[str]:
    """Which messengers are connected; one without its keys is off and named."""
    found = []
    for name, is_set, keys in (
        ("Zalo Official Account", settings.zalo_oa_is_set, "ZALO_OA_APP_ID and ZALO_OA_SECRET_KEY"),
        ("Telegram", settings.telegram_is_set, "TELEGRAM_BOT_TOKEN"),
        ("Zalo Bot", settings.zalo_bot_is_set, "ZALO_BOT_TOKEN"),
    ):
        found.append(f"{name} is on" if is_set else f"{name} is switched off: set {keys} to switch it on")
    for name, is_set, mode, secret in (
        ("Telegram", settings.telegram_is_set, settings.telegram_mode, settings.telegram_webhook_secret),
        ("Zalo Bot", settings.zalo_bot_is_set, settings.zalo_bot_mode, settings.zalo_bot_webhook_secret),
    ):
        if is_set and mode == "webhook" and secret is None:
            setting = f"{name.upper().replace(' ', '_')}_WEBHOOK_SECRET"
            found.append(f"{name} refuses every update: {setting} is not set")
    return found
