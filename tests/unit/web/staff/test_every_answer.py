"""What holds for every answer of every address, whoever asks and whoever has added it."""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientResponse
from yarl import URL

from bot.store.staff import Role
from bot.web.middlewares import SECURITY_HEADERS
from tests.unit.web.staff.conftest import Browser, Office
from tests.unit.web.staff.everywhere import addresses, dangers

PUBLIC = "https://hoidap.example.gov.vn"
KEPT = {"Content-Security-Policy", "Cross-Origin-Resource-Policy", "Referrer-Policy"}
"""Told by the answer itself where it may be otherwise: files for other sites, and what leads elsewhere."""


@pytest.fixture
def public_url() -> str | None:
    return PUBLIC


@pytest.fixture(params=["nobody", "admin"])
async def visitor(request: pytest.FixtureRequest, office: Office, browser: Browser) -> Browser:
    """The cookies of staff are sent over TLS only: as a browser behind the proxy has them."""
    await office.hire("quan", Role.ADMIN)
    if request.param == "admin":
        response = await browser.log_in("quan")
        token = response.cookies["__Host-mot_cua_staff"].value
        browser.client.session.headers["Cookie"] = f"__Host-mot_cua_staff={token}"
        assert (await browser.client.get("/staff/tai-khoan", allow_redirects=False)).status == 200
    return browser


async def answers(office: Office, browser: Browser) -> list[tuple[str, ClientResponse]]:
    found = []
    for method, path in addresses(office.app):
        url = browser.client.make_url("/").join(URL(path))
        response = await browser.client.session.request(method, url, allow_redirects=False)
        await response.read()
        found.append((f"{method} {path}", response))
    return found


async def test_headers_cookies_and_pages(office: Office, visitor: Browser) -> None:
    seen = await answers(office, visitor)
    assert len(seen) > 100
    for where, response in seen:
        path = where.partition(" ")[2]
        assert response.status < 500 or response.status == 503, where
        told = {name: response.headers.get(name) for name in SECURITY_HEADERS}
        assert {name for name in told if told[name] != SECURITY_HEADERS[name]} <= KEPT, where
        assert None not in told.values(), where
        policy = response.headers["Content-Security-Policy"]
        assert ("unsafe" in policy, "script-src 'self'" in policy, "frame-ancestors 'none'" in policy) == (
            *(False, True, True),
        ), where
        assert response.headers["Strict-Transport-Security"] == "max-age=31536000", where
        assert response.headers["Server"] == "mot-cua", where
        if path.startswith("/staff") or response.status >= 400:
            assert response.headers["Cache-Control"] == "no-store", where
        if response.content_type == "text/html":
            assert dangers(await response.text()) == [], where
        for line in response.headers.getall("Set-Cookie", []):
            (cookie,) = SimpleCookie(line).values()
            flags = (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"], cookie["domain"])
            assert flags == (True, True, "Lax", "/", ""), where


async def test_nobody_is_led_to_another_site_but_the_portal(office: Office, visitor: Browser) -> None:
    led = [
        (where, response.headers["Location"])
        for where, response in await answers(office, visitor)
        if "Location" in response.headers
    ]
    assert len(led) > 3
    for where, location in led:
        parts = urlsplit(location)
        if where.startswith("GET /r/"):
            assert (parts.scheme, parts.netloc) == ("https", "portal.example.vn"), where
        else:
            assert (parts.scheme, parts.netloc, location[:1], location[1:2] in {"/", "\\"}) == ("", "", "/", False), (
                where
            )


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"])
async def test_other_methods_are_refused_everywhere(office: Office, visitor: Browser, method: str) -> None:
    for path in {path for _, path in addresses(office.app)}:
        url = visitor.client.make_url("/").join(URL(path))
        response = await visitor.client.session.request(method, url, allow_redirects=False)
        refused = {405, 303} if path.startswith("/staff") else {405}
        assert response.status in refused, (method, path)


@pytest.mark.parametrize(
    "path",
    [
        *("//evil.example/", "//evil.example/tt/1.900001", "/\\evil.example/", "/%5cevil.example", "/tt//evil.example"),
        *("/tt/%0d%0aLocation:%20https://evil.example", "/tt/1.900004%0d%0aX: y", "/tt/1.900004/..//evil.example"),
        *(
            "/en//evil.example",
            "/?lang=//evil.example",
            "/?lang=en%0d%0aX:y&q=a",
            "/?embedded=1&lang=https://evil.example",
        ),
        *(
            "/s/1900001...https:%2f%2fevil.example",
            "/s/%2f%2fevil.example",
            "/staff//evil.example",
            "/staff/%5c%5cevil.example",
        ),
        *(
            "/staff/dang-nhap?ve=//evil.example",
            "/staff/dang-nhap?ve=https://a@evil.example",
            "/static/x/..%2f..%2fevil",
        ),
        *(
            "/staff/can-bo?ve=%0d%0aSet-Cookie:a=b",
            "/%2f%2fevil.example",
            "/;//evil.example",
            "/@evil.example",
            "/.evil.example",
        ),
    ],
)
async def test_no_address_that_somebody_makes_up_leads_elsewhere(visitor: Browser, path: str) -> None:
    base = visitor.client.make_url("/")
    url = URL(f"{str(base).rstrip('/')}{path}", encoded=True)
    response = await visitor.client.session.get(url, allow_redirects=False, headers={"Host": "hoidap.example.gov.vn"})
    location = response.headers.get("Location", "/")
    parts = urlsplit(location)
    assert (parts.scheme, parts.netloc, location[:1], location[1:2] in {"/", "\\"}) == ("", "", "/", False)
    assert {"X", "Set-Cookie"} & set(response.headers) <= {"Set-Cookie"}
    assert "evil" not in response.headers.get("Set-Cookie", "")
    assert dangers(await response.text()) == []


async def test_whatever_host_is_asked_for_links_are_those_of_the_public_address(visitor: Browser) -> None:
    for path in ("/", "/toan-trinh", "/tt/1.900001", "/sitemap.xml", "/robots.txt", "/staff/dang-nhap"):
        headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
        response = await visitor.client.get(path, headers=headers, allow_redirects=False)
        assert "evil.example" not in await response.text(), path
