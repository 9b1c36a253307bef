from __future__ import annotations

import pytest

from bot.store.postgres.encrypted import is_safe_on_the_way


@pytest.mark.parametrize(
    ("address", "environment", "is_safe"),
    [
        ("postgresql://u@db.example.gov.vn/motcua", {}, False),
        ("postgresql://u@db.example.gov.vn/motcua?sslmode=require", {}, False),
        ("postgresql://u@db.example.gov.vn/motcua?sslmode=verify-full", {}, True),
        ("postgresql://u@db.example.gov.vn/motcua", {"PGSSLMODE": "verify-full"}, True),
        ("postgresql://u@db.example.gov.vn/motcua?sslmode=prefer", {"PGSSLMODE": "verify-full"}, False),
        ("postgresql://u@127.0.0.1/motcua", {}, True),
        ("postgresql://u@localhost,db.example.gov.vn/motcua", {}, False),
        ("postgresql://u@localhost,[::1]/motcua", {}, True),
        ("postgresql:///motcua?host=/var/run/postgresql", {}, True),
        ("postgresql:///motcua", {}, True),
        ("postgresql:///motcua", {"PGHOST": "db.example.gov.vn"}, False),
        ("postgresql:///motcua?hostaddr=192.0.2.7", {}, False),
    ],
)
def test_whether_it_can_be_read_on_the_way(address: str, environment: dict[str, str], is_safe: bool) -> None:
    assert is_safe_on_the_way(address, environment) is is_safe
