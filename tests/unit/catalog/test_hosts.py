"""Which hosts may be linked."""

from __future__ import annotations

import pytest

from bot.catalog.hosts import host_of, is_allowed, is_host_pattern

PATTERNS = ("portal.example.vn", "*.mau.example.vn")


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://portal.example.vn/a/b?c=d", "portal.example.vn"),
        ("portal.example.vn", "portal.example.vn"),
        ("portal.example.vn/#/a", "portal.example.vn"),
        ("http://portal.example.vn", ""),
        ("https://portal.example.vn:443/", ""),
        ("https://portal.example.vn@evil.example/", ""),
        ("https://portal.example.vn?x", ""),
        ("https://PORTAL.example.vn", ""),
        ("https://pörtal.example.vn", ""),
        ("javascript:alert(1)", ""),
        ("//portal.example.vn", ""),
        ("localhost", ""),
        ("", ""),
    ],
)
def test_host_of(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("portal.example.vn", True),
        ("a.portal.example.vn", False),
        ("dvc.mau.example.vn", True),
        ("a.b.mau.example.vn", True),
        ("mau.example.vn", False),
        ("evilmau.example.vn", False),
        ("portal.example.vn.evil.example", False),
        ("", False),
    ],
)
def test_is_allowed(host: str, allowed: bool) -> None:
    assert is_allowed(host, PATTERNS) is allowed


@pytest.mark.parametrize(
    ("text", "is_pattern"),
    [("a.vn", True), ("*.a.vn", True), ("*", False), ("*.vn", False), ("a.*.vn", False), ("https://a.vn", False)],
)
def test_is_host_pattern(text: str, is_pattern: bool) -> None:
    assert is_host_pattern(text) is is_pattern
