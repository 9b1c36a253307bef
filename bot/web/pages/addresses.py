"""The addresses of the pages, in every language: Vietnamese at the root, others below a prefix (`/en/…`).

`/toan-trinh` the list, `/toan-trinh.csv` the same as a table, `.xlsx` and `.pdf` to print,
`/tt/1.001193` a procedure, `/tim` the search,
`/rieng-tu` what is kept, `/linh-vuc` the fields, `/linh-vuc/ho-tich` one of them, `/viec/marrying` a situation in life.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from aiohttp import web

from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import CardChoice, LifeEventChoice
from bot.settings import Settings
from handlers.share import BODY as BODY_OF_PAGE
from handlers.share import page_of
from handlers.start import PRIVACY_PAGE

HOME_LANGUAGE = "vi"
LIST = "/toan-trinh"
LIST_CSV = "/toan-trinh.csv"
SEARCH = "/tim"
FIELDS = "/linh-vuc"
PRIVACY = PRIVACY_PAGE
PAGE = "trang"
BODY = BODY_OF_PAGE
COMMUNE = "xa"
SHARED = "s"
"""The id of the shared link by which a page is read."""

# A name or an IPv4 address with or without a port: nothing else of a request may stand in an address.
_PLAIN_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[0-9]{1,5})?", re.IGNORECASE)
_IPV6_HOST = re.compile(r"\[[0-9a-f:.]{2,45}\](?::[0-9]{1,5})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language; `language` is what goes into `hreflang`."""

    language: str
    url: str


def in_language(language: str, path: str) -> str:
    """A path of the Vietnamese pages, in another language."""
    return path if language == HOME_LANGUAGE else f"/{language}{path}"


def list_file_path(form: str) -> str:
    """The list to print, as a file of this kind."""
    return f"{LIST}.{form}"


def stale_path(code: str) -> str:
    """Where readers say that what is told of a procedure looks old."""
    return f"{procedure_path(code)}/bao-cu"


def procedure_path(code: str) -> str:
    return page_of("", HOME_LANGUAGE, code)


def field_path(field_id: str) -> str:
    return f"{FIELDS}/{quote(field_id)}"


def event_path(event_id: str) -> str:
    return f"/viec/{quote(event_id)}"


def with_query(path: str, query: Mapping[str, str]) -> str:
    """The path with the parameters that are not empty."""
    filled = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(filled)}" if filled else path


def chat_address(language: str, choice: str | None = None) -> str:
    """The chat, where `choice` is asked at once."""
    spoken = "" if language == HOME_LANGUAGE else language
    return with_query("/", {"c": choice or "", "lang": spoken})


def choice_address(language: str, choice: str) -> str:
    """Where a choice of the assistant leads: its page where there is one, else the chat."""
    target = parse(choice)
    # A page is about one body, or all; a group of bodies is asked for in the chat.
    if isinstance(target, CardChoice) and not target.alike:
        return page_of("", language, target.code, target.agency)
    if isinstance(target, LifeEventChoice):
        return in_language(language, event_path(target.id))
    return chat_address(language, choice)


def base_of(request: web.Request, settings: Settings) -> str | None:
    """Scheme and host of absolute addresses: PUBLIC_URL, else this machine as it was asked for. None: neither.

    Any other host may be made up by who asks, and a cache in between would hand it on to everybody.
    """
    if settings.public_url is not None:
        return settings.public_url
    host = request.host.lower()
    if not (_PLAIN_HOST.fullmatch(host) or _IPV6_HOST.fullmatch(host)) or not _is_this_machine(host, request):
        return None
    return f"{request.scheme}://{host}"


def _is_this_machine(host: str, request: web.Request) -> bool:
    """Whether it is the address at which the connection arrived, or the name that every machine has for itself."""
    name = host.rpartition("]")[0].removeprefix("[") or host.partition(":")[0]
    arrived = None if request.transport is None else request.transport.get_extra_info("sockname")
    return name == "localhost" or (isinstance(arrived, tuple) and name == arrived[0])


def alternates(base: str, path: str, languages: Sequence[str]) -> tuple[Alternate, ...]:
    """The page in every language it exists in, and the one for everyone else; none where there is one only."""
    if len(languages) < 2:
        return ()
    found = [Alternate(language, base + in_language(language, path)) for language in languages]
    return (*found, Alternate("x-default", base + path))


def only(query: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """The parameters of these names that are given, in the order of the names."""
    return {name: query[name] for name in names if query.get(name)}
