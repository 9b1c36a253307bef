"""Settings: defaults, what is refused and how it is told, and that .env.example is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.errors import SettingsError
from bot.operations.configuration import read_settings, tell_unknown_settings
from bot.settings import SHIPPED_CATALOGUE, Settings, default_database_url
from bot.settings.examples import EXAMPLES
from tests.log import Log

ROOT = Path(__file__).resolve().parents[2]
PLAIN_HOST = "must have a name in plain letters (xn--… for others) and nothing behind it but a port"
NAMES = {name.upper() for name in Settings.model_fields}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_defaults() -> None:
    assert read_settings().model_dump() == {
        "database_url": default_database_url(),
        "catalog_dir": SHIPPED_CATALOGUE,
        "public_url": None,
        "host": "127.0.0.1",
        "port": 8080,
        "log_level": "INFO",
        "log_format": "auto",
        "secret_key": None,
        "previous_secret_keys": None,
        "leaked_secret_keys": None,
        "max_message_chars": 2000,
        "choices_valid_hours": 24,
        "keep_events_days": 90,
        "keep_profiles_days": 365,
        "embed_origins": (),
        "max_messages_per_minute": 20,
        "max_requests_per_minute": 600,
        "max_waiting_updates": 10_000,
        "metrics_token": None,
        "metrics_port": None,
        "metrics_host": "127.0.0.1",
        "drain_seconds": 0,
        "data_old_days": 365,
        "links_check_days": 90,
        "link_checks": 0,
        "staff_idle_minutes": 30,
        "staff_session_hours": 12,
        "staff_codes_from": "nobody",
        "staff_refused_passwords": None,
        "rating_scale": "three",
        "rating_test_mode": False,
        "report_start_day": 15,
        "report_due_day": 20,
        "report_year_due": "12-10",
        "digest_days_before": 3,
        "digest_hour": 8,
        "follow_up_hours": 20,
        "trusted_proxies": (),
        "keep_unfound_days": 180,
        "keep_raters_months": 24,
        "keep_erasures_days": 400,
        "keep_backups_days": 14,
        "telegram_bot_token": None,
        "telegram_bot_username": None,
        "telegram_webhook_secret": None,
        "telegram_mode": "webhook",
        "telegram_unsigned": "refuse",
        "telegram_base_url": "https://api.telegram.org",
        "telegram_proxy": None,
        "zalo_oa_id": None,
        "zalo_oa_app_id": None,
        "zalo_oa_secret_key": None,
        "zalo_oa_webhook_key": None,
        "zalo_oa_access_token": None,
        "zalo_oa_refresh_token": None,
        "zalo_oa_unsigned": "ignore",
        "zalo_oa_buttons": False,
        "zalo_oa_anonymous": False,
        "zalo_oa_appsecret_proof": False,
        "zalo_oa_clerk_minutes": 120,
        "zalo_oauth_base": "https://oauth.zaloapp.com",
        "zalo_openapi_base": "https://openapi.zalo.me",
        "zalo_proxy": None,
        "zalo_site_verification": None,
        "zalo_bot_token": None,
        "zalo_bot_webhook_secret": None,
        "zalo_bot_mode": "webhook",
        "zalo_bot_unsigned": "refuse",
        "zalo_bot_base": "https://bot-api.zaloplatforms.com",
        "alert_channel": None,
        "alert_address": None,
    }


def test_the_database_is_a_file_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    settings = read_settings()
    assert settings.database_url == "sqlite:////data/mot-cua/mot-cua.sqlite"
    assert settings.database_path == Path("/data/mot-cua/mot-cua.sqlite")


def test_the_address() -> None:
    assert read_settings().address == "http://127.0.0.1:8080"


def test_environment_and_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=9000\nLOG_LEVEL=debug\nHOST=\nUNKNOWN=1\nPUBLIC_URL=https://x.test/\n")
    monkeypatch.setenv("PORT", "9001")
    settings = read_settings()
    assert (settings.port, settings.log_level, settings.host, settings.address) == (
        9001,
        "DEBUG",
        "127.0.0.1",
        "https://x.test",
    )


def test_names_in_the_file_that_mean_nothing_are_told(tmp_path: Path, log: Log) -> None:
    (tmp_path / ".env").write_text("PROT=9000\nPORT=9000\nLOG_LEVL=debug\n")
    assert read_settings().port == 9000
    tell_unknown_settings()
    hint = "in .env, and no setting; .env.example lists them all"
    assert log.lines() == [
        {"level": "warning", "event": "setting_unknown", "name": name, "hint": hint} for name in ("PROT", "LOG_LEVL")
    ]


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfeP\x00O\x00")
    with pytest.raises(SettingsError, match=r"^\.env: must be text in UTF-8"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("PORT", "80a", "must be a whole number"),
        ("PORT", "0", "must be at least 1"),
        ("PORT", "65536", "must be at most 65535"),
        ("LOG_LEVEL", "loud", "must be one of 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("DATABASE_URL", "mysql://db/x", "must begin with sqlite:/// and name a file, or with postgresql://"),
        ("DATABASE_URL", "data.sqlite", "must begin with sqlite:/// and name a file, or with postgresql://"),
        ("DATABASE_URL", "sqlite:///", "must begin with sqlite:/// and name a file, or with postgresql://"),
        ("PUBLIC_URL", "hoidap.vn", "must be a web address that begins with http:// or https://"),
        ("PUBLIC_URL", "https://", "must be a web address that begins with http:// or https://"),
        ("PUBLIC_URL", "https://hỏiđáp.vn", PLAIN_HOST),
        ("PUBLIC_URL", "https://hoidap.vn/tro-ly", PLAIN_HOST),
        ("PUBLIC_URL", "https://hoidap.vn?x=1", PLAIN_HOST),
        ("PUBLIC_URL", "https://hoidap.vn#x", PLAIN_HOST),
        ("PUBLIC_URL", "https://lan@hoidap.vn", PLAIN_HOST),
        ("MAX_MESSAGES_PER_MINUTE", "-1", "must be at least 0"),
        ("SECRET_KEY", "short", "must have at least 32 characters"),
        ("MAX_MESSAGE_CHARS", "5", "must be at least 100"),
        ("CHOICES_VALID_HOURS", "721", "must be at most 720"),
        ("METRICS_PORT", "0", "must be at least 1"),
        ("DRAIN_SECONDS", "61", "must be at most 60"),
    ],
)
def test_wrong_values_are_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str, what: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert str(raised.value) == f"{name}: {what}; for example {name}={EXAMPLES[name.lower()]}"


def test_a_server_needs_the_key_and_has_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.gov.vn/motcua")
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert str(raised.value) == (
        "SECRET_KEY: must be set where DATABASE_URL names a server, and be the same on every machine: where the data "
        "come from an SQLite file, what stands in person.key beside it, or everybody is a new person; "
        f"for example SECRET_KEY={EXAMPLES['secret_key']}"
    )
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    settings = read_settings()
    assert (settings.is_shared, settings.has_store) == (True, True)
    with pytest.raises(ValueError, match="names a server and no file"):
        _ = settings.database_path


def test_every_wrong_value_is_told_and_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "x")
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert [line.split(":")[0] for line in str(raised.value).splitlines()] == ["PORT", "SECRET_KEY"]
    assert "hunter2" not in str(raised.value)


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "k" * 40)
    settings = read_settings()
    assert settings.secret_key == SecretStr("k" * 40)
    assert "k" * 40 not in repr(settings)


def test_the_example_file_lists_every_setting_with_its_default() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    matches = [match for line in lines if (match := re.fullmatch(r"#?([A-Z_]+)=(.*)", line))]
    given = {match[1]: match[2] for match in matches}
    assert set(given) == NAMES
    defaults = read_settings().model_dump()
    shown = {n for n, value in given.items() if value and not isinstance(defaults[n.lower()], Path)}
    assert {n: given[n] for n in shown - {"DATABASE_URL", "PUBLIC_URL"}} == {
        n: _written(defaults[n.lower()]) for n in shown - {"DATABASE_URL", "PUBLIC_URL"}
    }


def _written(value: object) -> str:
    """As an operator writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_every_setting_has_an_example() -> None:
    assert set(EXAMPLES) == set(Settings.model_fields)


@pytest.mark.parametrize(
    ("value", "origins"),
    [
        ("", ()),
        ("https://xa.example.gov.vn", ("https://xa.example.gov.vn",)),
        (
            " https://XA.example.gov.vn/ ,https://b.example:8443,, https://b.example:8443",
            ("https://xa.example.gov.vn", "https://b.example:8443"),
        ),
        ("http://localhost:9000,http://127.0.0.1", ("http://localhost:9000", "http://127.0.0.1")),
    ],
)
def test_origins_for_embedding(monkeypatch: pytest.MonkeyPatch, value: str, origins: tuple[str, ...]) -> None:
    monkeypatch.setenv("EMBED_ORIGINS", value)
    assert read_settings().embed_origins == origins


@pytest.mark.parametrize(
    "value",
    [
        "*",
        "xa.example.gov.vn",
        "http://xa.example.gov.vn",
        "https://*.example.gov.vn",
        "https://xa.example.gov.vn/trang",
        "https://xa.example.gov.vn;script-src *",
        "https://xa.example.gov.vn https://b.example",
        "https://",
        "https://a@b.example",
        "'self'",
        "https://b.example,*",
    ],
)
def test_what_is_no_origin_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("EMBED_ORIGINS", value)
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert str(raised.value) == (
        "EMBED_ORIGINS: must be addresses of sites that begin with https://, without a path, between commas; "
        f"for example EMBED_ORIGINS={EXAMPLES['embed_origins']}"
    )


@pytest.mark.parametrize(
    ("value", "networks"),
    [("", ()), ("127.0.0.1, 10.0.0.0/8,,::1", ("127.0.0.1/32", "10.0.0.0/8", "::1/128"))],
)
def test_proxies_that_are_believed(monkeypatch: pytest.MonkeyPatch, value: str, networks: tuple[str, ...]) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", value)
    assert read_settings().trusted_proxies == networks


@pytest.mark.parametrize("value", ["*", "proxy.example.gov.vn", "10.0.0.1/8", "10.0.0.0/33"])
def test_what_is_no_proxy_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", value)
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert str(raised.value) == (
        "TRUSTED_PROXIES: must be addresses of proxies, or networks like 10.0.0.0/8, between commas; "
        f"for example TRUSTED_PROXIES={EXAMPLES['trusted_proxies']}"
    )


def test_a_password_is_in_nothing_that_is_printed() -> None:
    address = "postgresql://mot-cua:verborgen@db.example/mot-cua"
    with pytest.raises(ValidationError) as refused:
        Settings(database_url=address.replace("postgresql", "postgres"), secret_key=SecretStr("verborgen"))
    shown = f"{refused.value} {Settings(database_url=address, secret_key=SecretStr('k' * 32))!r}"
    assert ("verborgen" in shown, "database_url" in shown, "secret_key" in shown) == (False, True, True)


def test_deletions_are_remembered_for_as_long_as_backups_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEEP_BACKUPS_DAYS", "30")
    monkeypatch.setenv("KEEP_ERASURES_DAYS", "30")
    assert read_settings().keep_erasures_days == 30
    monkeypatch.setenv("KEEP_ERASURES_DAYS", "29")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert str(refused.value) == (
        "KEEP_ERASURES_DAYS: must be at least KEEP_BACKUPS_DAYS: in an older backup nobody would be deleted again; "
        "for example KEEP_ERASURES_DAYS=400"
    )


def test_credentials_of_systemd_are_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "credentials"
    folder.mkdir()
    (folder / "secret_key").write_text("c" * 40 + "\n", encoding="utf-8")
    (folder / "metrics_token").write_text("of the file", encoding="utf-8")
    (folder / "something_else").write_text("x", encoding="utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    monkeypatch.setenv("METRICS_TOKEN", "of the environment")
    settings = read_settings()
    assert settings.secret_key == SecretStr("c" * 40)
    assert settings.metrics_token == SecretStr("of the environment")


def test_a_wrong_credential_is_told_without_what_it_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("short", encoding="utf-8")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    with pytest.raises(SettingsError, match="SECRET_KEY") as told:
        read_settings()
    assert "short" not in str(told.value)


def test_a_folder_of_credentials_that_is_not_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "none"))
    assert read_settings().secret_key is None
