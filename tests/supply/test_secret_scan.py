"""A secret that somebody leaves in a file is found by its kind, and what is none is let through."""

from __future__ import annotations

import secrets
import string
from pathlib import Path

import pytest
from detect_secrets.settings import transient_settings
from hypothesis import given
from hypothesis import strategies as st

from tests.supply.secret_scan import LOOKS, Look, known, scan

_UPPER = string.ascii_uppercase + string.digits
_ANY = string.ascii_letters + string.digits


def made(length: int, letters: str = _ANY) -> str:
    """Nobody's: another one each time, so that it stands in no file."""
    return "".join(secrets.choice(letters) for _ in range(length))


def kinds(root: Path, line: str, name: str = "bot/settings.py") -> set[str]:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(f"{line}\n", encoding="utf-8")
    return {found.kind for found in scan(root, [name])}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"TELEGRAM_BOT_TOKEN={made(9, '123456789')}:AA{made(33)}", "bot token"),
        (f"ZALO_BOT_TOKEN={made(19, '123456789')}:{made(64)}", "bot token"),
        (f"# AGE-SECRET-KEY-1{made(58, _UPPER)}", "age secret key"),
        (f'{{"refresh_token": "{made(300)}"}}', "Zalo token"),
        (f"zalo_oa_access_token = {made(200)}", "Zalo token"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "Private Key"),
        (f"DATABASE_URL=postgresql://motcua:{made(16)}@10.0.0.5/motcua", "Basic Auth Credentials"),
        (f'secret_key = "{secrets.token_hex(32)}"', "Hex High Entropy String"),
        (f'password = "{made(20)}"', "Secret Keyword"),
        (f"AKIA{made(16, _UPPER)}", "AWS Access Key"),
    ],
    ids=lambda value: value if " " in value and "=" not in value and len(value) < 30 else "",
)
def test_a_planted_secret_is_found(tmp_path: Path, line: str, kind: str) -> None:
    assert kind in kinds(tmp_path, line)


def test_in_a_test_it_is_found_by_its_shape_too(tmp_path: Path) -> None:
    token = f"TOKEN = '{made(9, '123456789')}:AA{made(33)}'"
    assert "bot token" in kinds(tmp_path, token, "tests/unit/test_x.py")


@pytest.mark.parametrize(
    "line",
    [
        "12:30",
        "2026-11-22T10:00:00",
        "port: 8080",
        "SECRET_KEY=",
        "token = settings.metrics_token",
        "1.001193: Khai sinh",
    ],
)
def test_what_is_none_is_let_through(tmp_path: Path, line: str) -> None:
    assert kinds(tmp_path, line) == set()


def test_what_was_looked_at_is_known_in_every_folder(tmp_path: Path) -> None:
    line = f"# AGE-SECRET-KEY-1{made(58, _UPPER)}"
    told = []
    for folder in ("here", "there"):
        kinds(tmp_path / folder, line)
        told += [found.what for found in scan(tmp_path / folder, ["bot/settings.py"])]
    assert told == [("bot/settings.py", "age secret key", told[0][2])] * 2
    assert [file for file, _, _ in known() if Path(file).is_absolute()] == []


_MARKS = ('"', "'", "=", ":", " ", "://", "@", ".", "AKIA", "AA", "eyJ", "-----BEGIN ", "password", "API_key", "secret")
_LINES = st.lists(
    st.sampled_from(_MARKS)
    | st.text("0123456789abcdefABCDEF", min_size=8, max_size=32)
    | st.text(_ANY + "+/_-=\\", max_size=40),
    max_size=8,
).map("".join)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.detector.secret_type)
@given(line=_LINES)
def test_where_a_look_has_no_sign_its_detector_finds_nothing(look: Look, line: str) -> None:
    if not look.may_find(f"first\n{line}\nlast"):
        with transient_settings({"plugins_used": [], "filters_used": []}):
            assert look.detector.analyze_line(filename="x.py", line=line) == set()
