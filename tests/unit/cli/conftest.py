"""An installation of the second province, in whose folder commands are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.catalog.conftest import SECOND_PROVINCE

SECRET = "s" * 32
PUBLIC = "https://hoidap.example.gov.vn"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its folder; the database is `data.sqlite` there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data.sqlite")
    monkeypatch.setenv("CATALOG_DIR", str(SECOND_PROVINCE))
    return tmp_path


@pytest.fixture
def public_address(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where citizens find it, and the secret that its links are signed with."""
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("PUBLIC_URL", PUBLIC)
