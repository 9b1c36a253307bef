"""Parts of a catalogue in our own format, taken over into another: newer lists, or the words of a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.catalog.folder import Contents
from bot.catalog.imports.lines import Line, Lines
from bot.catalog.imports.pointing import carried, pointing_at
from bot.catalog.imports.sources_text import blocks_of, with_blocks
from bot.catalog.lookup import successor
from bot.catalog.model import Catalogue
from bot.catalog.schema import HELP_TOPICS, SOURCES


class OwnPart(StrEnum):
    LISTS = "lists"
    """What a decision says: procedures, services, agencies, communes, fields, and what is gone."""
    WORDS = "words"
    """What people say and are told: labels, the lexicon, English, situations in life, help topics."""


_LISTS = frozenset(
    {
        *("procedures.csv", "services.csv", "agencies.csv", "fields.csv", "removed.csv"),
        *("communes.csv", "communes_before_2025.csv"),
    }
)
_WORDS = frozenset({"labels.csv", "life_events.csv", "most_needed.csv", "most_used.csv", "next_steps.csv", HELP_TOPICS})
_WORD_FOLDERS = ("lexicon/", "english/")


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """The files of one part, by path, with the sources.toml of the catalogue that they come from."""

    part: OwnPart
    files: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TakenOver:
    """Files that nobody has checked yet. `left_out`: lines that point to procedures which the catalogue does not have,
    as `path: line`.
    """

    contents: Contents
    left_out: tuple[str, ...]


def part_of(contents: Contents, part: OwnPart) -> OwnFiles:
    """What belongs to the part."""
    return OwnFiles(part, {p: content for p, content in contents.items() if p == SOURCES or _belongs(p, part)})


def take_over(contents: Contents, catalogue: Catalogue, own: OwnFiles) -> TakenOver:
    """The files with those of the part instead of their own; `catalogue` is what `contents` are.

    Words that point to a procedure which has been replaced here point to what took its place; those that point to
    one which is not known here are left out.
    """
    mine = {path: content for path, content in contents.items() if not _belongs(path, own.part)}
    files = {path: content for path, content in own.files.items() if path != SOURCES}
    new = {**mine, **files}
    left_out: tuple[str, ...] = ()
    if own.part is OwnPart.WORDS:
        replaced = {
            p.code: successor(catalogue, p.code) or p.code for p in catalogue.procedures.values() if p.superseded_by
        }
        new |= carried(new, replaced)
        new, left_out = _known_only(new, frozenset(catalogue.procedures))
    theirs = own.files.get(SOURCES, b"").decode("utf-8")
    text = with_blocks(contents[SOURCES].decode("utf-8"), blocks_of(theirs), files, new)
    new[SOURCES] = text.encode("utf-8")
    return TakenOver(new, left_out)


def _belongs(path: str, part: OwnPart) -> bool:
    if part is OwnPart.LISTS:
        return path in _LISTS
    return path in _WORDS or path.startswith(_WORD_FOLDERS)


def _known_only(contents: Mapping[str, bytes], known: frozenset[str]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    new = dict(contents)
    left_out: list[str] = []
    for path in sorted(contents):
        columns = pointing_at(path)
        if not columns:
            continue
        lines = Lines(contents[path])

        def keep(line: Line, path: str = path, columns: tuple[str, ...] = columns) -> Line | None:
            codes = {column: [one.strip() for one in line[column].split(";")] for column in columns}
            if all(code in known for found in codes.values() for code in found):
                return line
            left_out.append(f"{path}: {line.raw.strip()}")
            left = {column: "; ".join(code for code in found if code in known) for column, found in codes.items()}
            # An alias of several procedures leads to those that there are.
            return line.changed(left) if columns == ("codes",) and all(left.values()) else None

        lines.replace(keep)
        new[path] = lines.content()
    return new, tuple(left_out)
