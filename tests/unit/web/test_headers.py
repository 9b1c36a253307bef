from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.web.assets import load_assets
from bot.web.middlewares import SECURITY_HEADERS
from tests.unit.web.conftest import Client, MakeClient

ASSET_URLS = [load_assets().url(name) for name in load_assets().by_name]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=a",
        "/healthz",
        "/readyz",
        "/none",
        "/api/chat",
        "/api/suggest?q=kh",
        "/sw.js",
        "/embed.js",
        *ASSET_URLS,
    ],
)
async def test_every_answer_carries_them(client: Client, path: str) -> None:
    response = await client.get(path)
    assert {name: response.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert response.headers["Server"] == "mot-cua"


def test_the_page_may_load_its_own_files_only() -> None:
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    assert dict(rule.split(" ", 1) for rule in policy.split("; ")) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://hoidap.example.gov.vn"}, 200),
        ({"Origin": "https://other.example.gov.vn"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/api/chat", "/"])
async def test_other_sites_are_refused(
    make_client: MakeClient, path: str, headers: dict[str, str], status: int
) -> None:
    client = await make_client(public_url="https://hoidap.example.gov.vn")
    if path == "/":
        response = await client.post(path, data={"text": "một"}, headers=headers)
    else:
        response = await client.post(path, json={"text": "một"}, headers=headers)
    assert response.status == status


async def test_what_another_site_sent_leaves_a_line(client: Client) -> None:
    with capture_logs() as told:
        await client.post("/api/chat", json={"text": "một"}, headers={"Origin": "https://evil.example"})
        await client.post("/no/such/page", data={"text": "một"}, headers={"Origin": "https://evil.example"})
    assert told == [
        {"event": "other_site_refused", "page": "/api/chat", "log_level": "warning"},
        {"event": "other_site_refused", "page": "", "log_level": "warning"},
    ]


async def test_the_own_origin_is_known_without_a_public_address(client: Client) -> None:
    own = {"Origin": str(client.make_url("")).rstrip("/")}
    response = await client.post("/api/chat", json={"text": "một"}, headers=own)
    assert response.status == 200


@pytest.mark.parametrize(
    ("public_url", "told"),
    [("https://hoidap.example.gov.vn", "max-age=31536000"), ("http://hoidap.example.gov.vn", None), (None, None)],
)
@pytest.mark.parametrize("path", ["/", "/none", "/api/none", "/healthz", "/toan-trinh"])
async def test_browsers_are_held_to_tls_where_the_public_address_has_it(
    make_client: MakeClient, path: str, public_url: str | None, told: str | None
) -> None:
    client = await make_client(public_url=public_url)
    assert (await client.get(path)).headers.get("Strict-Transport-Security") == told
