"""The settings of the messengers: which are on, what is refused and how it is told, and what is never shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.operations.configuration import read_settings
from bot.settings import Settings
from bot.settings.examples import EXAMPLES

SECRETS = (
    "telegram_bot_token",
    "telegram_webhook_secret",
    "zalo_oa_secret_key",
    "zalo_oa_webhook_key",
    "zalo_oa_access_token",
    "zalo_oa_refresh_token",
    "zalo_bot_token",
    "zalo_bot_webhook_secret",
    "metrics_token",
    "secret_key",
)
_USER_NAME = "must be the bot's name: 5 to 32 letters, digits and _, a letter first"
_HEADER = "must have 8 to 256 letters (without marks), digits, _ and -"
_NUMBER = "must be the number that Zalo shows, digits only"
_BASE = "must be an address that begins with https:// or http://"
_PROXY = "must be the address of a proxy that begins with http:// or https://"


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(name.upper(), value)
    return read_settings()


def are_on(settings: Settings) -> tuple[bool, bool, bool]:
    return settings.telegram_is_set, settings.zalo_oa_is_set, settings.zalo_bot_is_set


def test_without_keys_everything_is_off() -> None:
    assert are_on(read_settings()) == (False, False, False)


def test_each_channel_is_on_by_its_own_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    assert are_on(given(monkeypatch, telegram_bot_token="1:a")) == (True, False, False)
    assert are_on(given(monkeypatch, zalo_bot_token="b")) == (True, False, True)
    assert are_on(given(monkeypatch, zalo_oa_app_id="1234567890")) == (True, False, True)
    assert are_on(given(monkeypatch, zalo_oa_secret_key="s")) == (True, True, True)
    assert are_on(given(monkeypatch, zalo_oa_app_id="")) == (True, False, True)


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("telegram_bot_username", "x y", _USER_NAME),
        ("telegram_bot_username", "bot", _USER_NAME),
        ("telegram_bot_username", "9bots", _USER_NAME),
        ("telegram_bot_username", "@@vidu_bot", _USER_NAME),
        ("telegram_webhook_secret", "short", _HEADER),
        ("telegram_webhook_secret", "a" * 257, _HEADER),
        ("telegram_webhook_secret", "with a blank", _HEADER),
        ("telegram_webhook_secret", "mật-khẩu-dài", _HEADER),
        ("zalo_bot_webhook_secret", "12345678\n", _HEADER),
        ("telegram_mode", "push", "must be one of 'webhook' or 'polling'"),
        ("telegram_unsigned", "allow", "must be one of 'refuse' or 'ignore'"),
        ("zalo_oa_id", "zalo.me/123456", _NUMBER),
        ("zalo_oa_id", "12345", _NUMBER),
        ("zalo_oa_app_id", "1" * 25, _NUMBER),
        ("zalo_oa_app_id", "١٢٣٤٥٦٧", _NUMBER),
        ("zalo_oa_clerk_minutes", "0", "must be at least 1"),
        ("zalo_oa_clerk_minutes", "2881", "must be at most 2880"),
        ("zalo_oa_buttons", "maybe", "must be true or false"),
        ("telegram_base_url", "api.telegram.org", _BASE),
        ("telegram_base_url", "https://", _BASE),
        ("telegram_base_url", "https://x.test/?a=1", _BASE),
        ("zalo_oauth_base", "ftp://x.test", _BASE),
        ("zalo_openapi_base", "https://x test", _BASE),
        ("zalo_bot_base", "https://x.test/a#b", _BASE),
        ("telegram_proxy", "proxy.example.gov.vn:3128", _PROXY),
        ("zalo_proxy", "socks5://proxy.example.gov.vn", _PROXY),
        ("zalo_proxy", "http://proxy.example.gov.vn/path", _PROXY),
    ],
)
def test_wrong_values_are_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str, what: str) -> None:
    with pytest.raises(SettingsError) as raised:
        given(monkeypatch, **{name: value})
    assert str(raised.value) == f"{name.upper()}: {what}; for example {name.upper()}={EXAMPLES[name]}"


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("telegram_bot_username", "@vidu_bot", "vidu_bot"),
        ("telegram_base_url", "http://127.0.0.1:8081/", "http://127.0.0.1:8081"),
        ("zalo_oauth_base", "https://proxy.test/zalo/", "https://proxy.test/zalo"),
        ("telegram_proxy", "http://proxy.example.gov.vn:3128", SecretStr("http://proxy.example.gov.vn:3128")),
        ("zalo_oa_buttons", "true", True),
        ("telegram_mode", "polling", "polling"),
    ],
)
def test_values_are_taken_as_people_write_them(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, kept: object
) -> None:
    assert given(monkeypatch, **{name: value}).model_dump()[name] == kept


@pytest.mark.parametrize("name", SECRETS)
def test_no_secret_is_ever_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    secret = "hunter2-" * 5
    settings = given(monkeypatch, **{name: secret})
    assert getattr(settings, name).get_secret_value() == secret
    assert secret not in f"{settings} {settings!r} {settings.model_dump()}"


def test_a_wrong_secret_is_not_shown_either(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as raised:
        given(monkeypatch, telegram_webhook_secret="hunter2 with blanks")
    assert "hunter2" not in str(raised.value)
