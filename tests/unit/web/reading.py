"""What a page says, taken out of its HTML for comparing."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.unit.web.conftest import Client

_HEADINGS = frozenset({"h1", "h2", "h3"})
_BLOCKS = frozenset({"p", "li", "dt", "dd", "legend", "label", "title", "td", "th", "caption", "option", *_HEADINGS})


@dataclass
class Read(HTMLParser):
    """`said`: (tag, text) of each block; `links`: (text, address); `meta`: by name, property or rel."""

    said: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    hreflang: dict[str, str] = field(default_factory=dict)
    structured: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[list[str]] = []
        self._link: tuple[str, list[str]] | None = None
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given["lang"]
        if tag == "meta":
            self.meta[given.get("name") or given.get("property") or "charset"] = given.get("content", "")
        if tag == "link":
            if "hreflang" in given:
                self.hreflang[given["hreflang"]] = given["href"]
            else:
                self.meta[given["rel"]] = given["href"]
        if tag == "a":
            self._link = (given["href"], [])
        if tag == "script":
            self._in_data = True
        if tag in _BLOCKS:
            self._open.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._link is not None:
            self.links.append((" ".join("".join(self._link[1]).split()), self._link[0]))
            self._link = None
        if tag == "script":
            self._in_data = False
        if tag in _BLOCKS:
            self.said.append((tag, " ".join("".join(self._open.pop()).split())))

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.structured += data
            return
        if self._open:
            self._open[-1].append(data)
        if self._link is not None:
            self._link[1].append(data)

    def of(self, *tags: str) -> list[str]:
        return [text for tag, text in self.said if tag in tags]


def read(html: str) -> Read:
    found = Read()
    found.feed(html)
    found.close()
    return found


async def visit(client: Client, path: str, status: int = 200) -> Read:
    response = await client.get(path, allow_redirects=False)
    assert (response.status, response.content_type) == (status, "text/html")
    return read(await response.text())
