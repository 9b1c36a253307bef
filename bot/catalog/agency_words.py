"""The bodies of a row of a printed list: named together where they go together, and read again.

`agency_words` and `read_agency_words` undo each other for every set of bodies of one catalogue. The words are those
of the texts, in Vietnamese: lists are published in no other language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from bot.catalog.model import Catalogue
from bot.texts import Texts, load_texts, placeholders

BETWEEN = ";"
_IN_A_LIST = ", "
_WITH_CODE = re.compile(r".+ \[([A-Z0-9.]+)\]")


def agency_words(catalogue: Catalogue, agencies: Collection[str]) -> str:
    """A line for each body or group, with a semicolon between them; in the order of agencies.csv.

    All communes are one line with their number, some a line with their names; so are all bodies of one name. A body
    that shares its name with others that are not meant has its code behind it.
    """
    texts = load_texts()
    meant = [code for code in catalogue.agencies if code in agencies]
    names = Counter(catalogue.agencies[code].name for code in catalogue.agencies)
    lines: dict[str, None] = {}
    for code in meant:
        if code in catalogue.communes:
            lines[_communes(catalogue, texts, [one for one in meant if one in catalogue.communes])] = None
            continue
        name = catalogue.agencies[code].name
        alike = sum(catalogue.agencies[one].name == name for one in meant)
        if names[name] == 1:
            lines[name] = None
        elif alike == names[name]:
            lines[texts.get("official_list.alike", name=name, count=alike)] = None
        else:
            lines[f"{name} [{code}]"] = None
    return f"{BETWEEN}\n".join(lines)


def read_agency_words(catalogue: Catalogue, written: str) -> tuple[str, ...] | None:
    """The codes, in the order of agencies.csv; None where a part names no body of the catalogue.

    However the lines are broken: only semicolons part what stands there.
    """
    texts, found = load_texts(), set[str]()
    for part in written.split(BETWEEN):
        codes = _read(catalogue, texts, " ".join(part.split()))
        if codes is None:
            return None
        found.update(codes)
    return tuple(code for code in catalogue.agencies if code in found)


def _communes(catalogue: Catalogue, texts: Texts, codes: list[str]) -> str:
    if len(codes) == len(catalogue.communes):
        return texts.get("official_list.communes", count=len(codes))
    if len(codes) == 1:
        return catalogue.agencies[codes[0]].name
    return texts.get("official_list.communes_named", names=_IN_A_LIST.join(_commune_names(catalogue, codes)))


def _commune_names(catalogue: Catalogue, codes: Iterable[str]) -> list[str]:
    """Their names; where two bear one name, the code behind it."""
    names = Counter(commune.name for commune in catalogue.communes.values())
    return [
        commune.name if names[commune.name] == 1 else f"{commune.name} [{commune.agency_code}]"
        for commune in (catalogue.communes[code] for code in codes)
    ]


def _read(catalogue: Catalogue, texts: Texts, part: str) -> tuple[str, ...] | None:
    named = tuple(code for code, agency in catalogue.agencies.items() if agency.name == part)
    if len(named) == 1:
        return named
    coded = _WITH_CODE.fullmatch(part)
    if coded is not None and ":" not in part:
        return (coded[1],) if coded[1] in catalogue.agencies else None
    if part == texts.get("official_list.communes", count=len(catalogue.communes)):
        return tuple(catalogue.communes)
    listed = _filled(texts, "official_list.communes_named", part)
    if listed is not None:
        known = dict(zip(_commune_names(catalogue, catalogue.communes), catalogue.communes, strict=True))
        codes = [known.get(name) for name in listed["names"].split(_IN_A_LIST)]
        return None if None in codes else tuple(code for code in codes if code is not None)
    counted = _filled(texts, "official_list.alike", part)
    if counted is None:
        return None
    alike = tuple(code for code, agency in catalogue.agencies.items() if agency.name == counted["name"])
    return alike if alike and str(len(alike)) == counted["count"] else None


def _filled(texts: Texts, text_id: str, part: str) -> dict[str, str] | None:
    """What the sentence was filled with to read like this; None where it was not."""
    pattern = re.escape(texts.sentences[text_id])
    for name in placeholders(texts.sentences[text_id]):
        pattern = pattern.replace(re.escape(f"{{{name}}}"), f"(?P<{name}>.+)")
    match = re.fullmatch(pattern, part)
    return None if match is None else match.groupdict()
