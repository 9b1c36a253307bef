"""province.toml and sources.toml: the province itself, and where every file comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase

from bot.catalog.hosts import host_of, is_allowed, is_host_pattern
from bot.catalog.model import Province, Source
from bot.catalog.report import Report, quote
from bot.catalog.toml_files import TomlFile, TomlSection

_TOP = frozenset(
    {
        "name",
        "full_name",
        "code",
        "assistant_name",
        "operator",
        "service_centre",
        "full_name_en",
        "operator_en",
        "links",
    },
)
_LINKS = frozenset({"hosts", "home", "procedure", "search", "identity_help", "checked"})
_SOURCE = frozenset({"path", "title", "origin", "as_of", "note"})
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def read_province(file: TomlFile) -> Province:
    """The province; empty texts stand for what is missing or wrong, which is reported."""
    top, links = file.top(), file.section("links")
    top.only(_TOP)
    links.only(_LINKS)
    hosts = _hosts(links)
    return Province(
        name=top.text("name"),
        full_name=top.text("full_name"),
        code=top.text("code"),
        assistant_name=top.text("assistant_name"),
        operator=top.text("operator"),
        service_centre=top.text("service_centre"),
        full_name_en=top.text("full_name_en"),
        operator_en=top.text("operator_en"),
        link_hosts=hosts,
        portal_home=_address(links, "home", hosts, ""),
        portal_procedure=_address(links, "procedure", hosts, "portal_id"),
        portal_search=_address(links, "search", hosts, "code"),
        identity_help=_address(links, "identity_help", hosts, ""),
        links_checked=links.day("checked"),
    )


def _hosts(links: TomlSection) -> tuple[str, ...]:
    hosts = links.get("hosts", list) or []
    for host in hosts:
        if not isinstance(host, str) or not is_host_pattern(host):
            links.problem("hosts", f"host {quote(str(host))}", "a host name, or *. and a host name")
    return tuple(host for host in hosts if isinstance(host, str))


def _address(links: TomlSection, key: str, hosts: tuple[str, ...], placeholder: str) -> str:
    address = links.text(key)
    if not address:
        return ""
    if not address.startswith("https://") or not host_of(address):
        links.problem(key, f"address {quote(address)}", "https:// and a plain host name")
    elif not is_allowed(host_of(address), hosts):
        links.problem(key, f"host {host_of(address)} is not on the allow-list", "a host of [links] hosts")
    wanted = [placeholder] if placeholder else []
    if _PLACEHOLDER.findall(address) != wanted:
        expected = f"{{{placeholder}}} in it, once" if placeholder else "no placeholder in it"
        links.problem(key, f"wrong placeholders in {quote(address)}", expected)
    return address


def read_sources(file: TomlFile) -> tuple[tuple[Source, TomlSection], ...]:
    """The sources, in order, each with its place in the file. `path` may be a pattern: `lexicon/aliases/*.csv`."""
    sources = []
    seen: set[str] = set()
    for section in file.sections("source"):
        section.only(_SOURCE)
        source = Source(
            path=section.text("path"),
            title=section.text("title"),
            origin=section.text("origin"),
            as_of=section.day("as_of"),
            note=section.text("note", may_be_empty=True),
        )
        if source.path in seen:
            section.problem("path", f"{quote(source.path)} is listed twice", "each path once")
        seen.add(source.path)
        sources.append((source, section))
    return tuple(sources)


def check_listing(sources: Iterable[tuple[Source, TomlSection]], files: Iterable[str], report: Report) -> None:
    """Every file is listed, and every listed path is there."""
    present, listed = sorted(files), list(sources)
    for path in present:
        if not any(covers(source.path, path) for source, _ in listed):
            report.add(path, 0, 0, "the file is not listed in sources.toml", "an entry that says where it comes from")
    for source, section in listed:
        if source.path and not any(covers(source.path, path) for path in present):
            section.problem("path", f"{quote(source.path)} matches no file", "a file that is there")


def covers(pattern: str, path: str) -> bool:
    """Whether an entry of sources.toml tells of a file."""
    # A star does not reach into folders below, so that a new folder has to be listed.
    return fnmatchcase(path, pattern) and pattern.count("/") == path.count("/")


def source_of(sources: Iterable[Source], path: str) -> Source | None:
    """Where a file comes from; None where it is not listed."""
    return next((source for source in sources if covers(source.path, path)), None)


def as_of(sources: Iterable[tuple[Source, TomlSection]], path: str) -> date:
    """The day that a file describes."""
    source = source_of((source for source, _ in sources), path)
    return date.min if source is None else source.as_of
