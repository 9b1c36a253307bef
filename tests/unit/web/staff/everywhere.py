"""Every address of the application with something that is there, and what a page must not hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html.parser import HTMLParser

from aiohttp import web

from bot.dialogue.own_links import own_data_token
from bot.dialogue.receipts import make_receipt
from bot.dialogue.signed_links import PortalLink, RatingLink, ReviewLink, ShareLink, Signer
from bot.ratings.model import Origin
from bot.store.erasing import Deleted
from bot.store.reviews import Team
from tests.unit.web.staff.conftest import SECRET

UNTIL = date(2027, 3, 31)
AT = datetime(2027, 3, 31, tzinfo=UTC)
_SIGNER = Signer(SECRET)
_TOKENS = {
    "/r/": _SIGNER.portal_path(PortalLink("1.900001")),
    "/danh-gia/": _SIGNER.rating_path(RatingLink("1.900001", "H99.100", "H99.100", Origin.COUNTER, "quay-1", UNTIL)),
    "/trai-nghiem/": _SIGNER.review_path(ReviewLink("1.900001", Team.YOUTH, "H99.101", "doan-1", UNTIL)),
    "/s/": f"/s/{_SIGNER.share_id(ShareLink('1900001', 0, '99002'))}",
    "/du-lieu-cua-toi/": f"/du-lieu-cua-toi/{own_data_token(SECRET, 'ab' * 32, AT)}",
    "/bien-nhan-xoa/": f"/bien-nhan-xoa/{make_receipt(_SIGNER, AT, Deleted(1, 1, 2)).number}",
}
_RATING = _TOKENS["/danh-gia/"].rpartition("/")[2]
_FILLED = {
    "{code}": "1.900001",
    "{login}": "quan",
    "{by}": "co-quan",
    "{number}": "1",
    "{kind}": "muc-tieu",
    "/linh-vuc/{id}": "/linh-vuc/ho-tich",
    "/viec/{id}": "/viec/moving-home",
    "/anh/tt/{id}": "/anh/tt/1900001",
    "/bao-cao.{form}": "/bao-cao.csv",
    "/tep/{form}": "/tep/a4.pdf",
    "/hinh/{form}": "/hinh/png",
    "{paper}": "a5",
    "{sheet}": "overview",
    "{hash}": "x",
    "{name}": "chat.js",
}
_ASKED = {
    "/": ["?q=khai sinh", "?c=tt:1.900001"],
    "/tim": ["?q=khai sinh", "?q=khai", "?q=zzzz"],
    "/toan-trinh": ["?q=khai", "?cap=xa"],
    "/tt/1.900001": ["?noi=H99.100"],
    "/staff/phieu": ["?trang=1"],
    "/staff/chia-se": ["?ma=1.900001&xa=H99.101&to=1", "?ma=khai"],
    "/staff/ma-danh-gia/to/a5.pdf": [f"?ma={_RATING}"],
    "/staff/tim-kiem/day": ["?cum=khai&ma=1.900001"],
    "/staff/bien-tap/them": ["?loai=pin", "?loai=notice", "?loai=hiding"],
    "/staff/bien-tap/bo": ["?so=1"],
}
_LEADING = {"href", "src", "action", "formaction"}
_RUN = re.compile(r"\s*(javascript|data|vbscript):", re.IGNORECASE)


def addresses(app: web.Application) -> list[tuple[str, str]]:
    """Method and path of each route, and some with a query."""
    found = []
    for route in app.router.routes():
        resource = route.resource
        assert resource is not None
        path = resource.canonical
        if route.method == "HEAD":
            continue
        for kind, token in _TOKENS.items():
            path = re.sub(rf"{kind}{{\w+}}", lambda _, token=token: token, path)  # type: ignore[misc]
        for name, value in _FILLED.items():
            path = path.replace(name, value)
        assert "{" not in re.sub(r"sitemap-\{\w+\}", "", path).replace("{id}", ""), path
        path = path.replace("{id}", "ho-tich" if "linh-vuc" in path else "moving-home")
        found += [(route.method, path + query) for query in ["", *_ASKED.get(path.removeprefix("/en"), [])]]
    return found


@dataclass
class Dangers(HTMLParser):
    """`found`: code within a page, and places where something of elsewhere would be run or loaded."""

    is_page: bool
    """Pictures are shown alone, or where nothing in them is run: their own styles are let be."""
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"base", "object", "embed", "evil"} or (tag == "style" and self.is_page):
            self.found.append(tag)
        if tag == "script" and "src" not in given and given.get("type") != "application/ld+json":
            self.found.append("script")
        for name, value in attrs:
            if name.startswith("on") or (name == "style" and self.is_page):
                self.found.append(f"{tag} {name}")
            # A picture within the page runs nothing.
            is_picture = tag == "img" and (value or "").startswith("data:image/")
            if name in _LEADING and _RUN.match(value or "") and not is_picture:
                self.found.append(f"{tag} {name}={value}")
        if tag in {"script", "link", "img"} and re.match(r"(https?:)?//", given.get("src") or ""):
            self.found.append(f"{tag} {given['src']}")


def dangers(html: str, *, is_page: bool = True) -> list[str]:
    reader = Dangers(is_page)
    reader.feed(html)
    reader.close()
    return reader.found
