"""Loading a catalogue from its folder: everything is checked, and every problem found is reported together."""

from __future__ import annotations

import hashlib
from pathlib import Path

from bot.catalog.english import read_names, read_speech
from bot.catalog.folder import Contents, make_folder, read_contents
from bot.catalog.goals import read_decisions, read_targets
from bot.catalog.help_topics import check_phrases, read_help_topics
from bot.catalog.lexicon import read_lexicon
from bot.catalog.model import Catalogue
from bot.catalog.places import check_commune_agencies, read_agencies, read_communes
from bot.catalog.plain import check_beginnings, check_plain_language
from bot.catalog.procedures import read_fields, read_procedures
from bot.catalog.province import as_of, check_listing, read_province, read_sources
from bot.catalog.removals import read_removals
from bot.catalog.report import Report
from bot.catalog.schema import HELP_TOPICS, PROVINCE, SOURCES
from bot.catalog.services import read_services
from bot.catalog.shown import Targets, read_labels, read_life_events, read_most_used, read_next_steps
from bot.errors import CatalogueError, Problem

VERSION_LENGTH = 12


def load_catalogue(directory: Path) -> Catalogue:
    """The catalogue in `directory`, checked.

    Raises CatalogueError with *all* problems, sorted by file and place, when there is any: a catalogue with errors
    is never served. Paths in problems are relative to `directory`.
    """
    return _whole(*_read(directory))


def read_catalogue(contents: Contents) -> Catalogue:
    """The catalogue that these files are, checked as one in a folder is. Raises CatalogueError."""
    return _whole(*_read_files(contents, Report()))


def check_catalogue(directory: Path) -> tuple[Problem, ...]:
    """Every problem of the catalogue in `directory`, sorted by file and place; none when it can be served."""
    return _read(directory)[1]


def check_contents(contents: Contents) -> tuple[Problem, ...]:
    """Every problem of the catalogue that these files are; none when it can be served."""
    return _read_files(contents, Report())[1]


def _whole(catalogue: Catalogue | None, problems: tuple[Problem, ...]) -> Catalogue:
    if catalogue is None or problems:
        raise CatalogueError(problems)
    return catalogue


def _read(directory: Path) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    if not directory.is_dir():
        return None, (Problem(str(directory), 0, 0, "no such folder", "the folder of a catalogue"),)
    report = Report()
    return _read_files(read_contents(directory, report), report)


def _read_files(contents: Contents, report: Report) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """What could be read, and every problem. Only without problems is the catalogue whole."""
    folder = make_folder(contents, report)
    tables = folder.tables
    province_file = folder.toml(PROVINCE)
    province = read_province(province_file)
    sources_file = folder.toml(SOURCES)
    sources = read_sources(sources_file)
    if not sources_file.broken:
        check_listing(sources, folder.contents.keys() - {SOURCES}, report)

    agencies = read_agencies(tables["agencies.csv"])
    communes = read_communes(tables["communes.csv"], tables["communes_before_2025.csv"], agencies)
    if tables["communes.csv"].readable:
        check_commune_agencies(tables["agencies.csv"], communes)

    if tables["agencies.csv"].readable and province.code and province.code not in agencies:
        province_file.top().problem("code", f"agency {province.code} is not known", "a code of agencies.csv")

    fields = read_fields(tables["fields.csv"])
    targets = Targets(tables["procedures.csv"], tables["removed.csv"])
    labels = read_labels(tables["labels.csv"], targets)
    known_fields = fields if tables["fields.csv"].readable else None
    names = read_names(tables["english/procedures.csv"], targets)
    removals = read_removals(tables["removed.csv"], tables["procedures.csv"])
    procedures = read_procedures(tables["procedures.csv"], known_fields, labels, names, removals)
    services = read_services(
        tables["services.csv"],
        procedures if tables["procedures.csv"].readable else None,
        agencies if tables["agencies.csv"].readable else None,
        province.link_hosts or None,
    )
    life_events = read_life_events(tables["life_events.csv"], tables["most_needed.csv"], targets)
    check_plain_language(tables["labels.csv"], tables["life_events.csv"])
    check_beginnings(tables["labels.csv"], procedures, life_events)
    topics_file = folder.toml(HELP_TOPICS)
    topics = read_help_topics(topics_file, tables["decisions.csv"], tables["lexicon/outside.csv"], targets)
    if not topics_file.broken:
        check_phrases(topics, tables["lexicon/help.csv"])
    catalogue = Catalogue(
        province=province,
        version=version_of(contents),
        as_of=as_of(sources, "services.csv"),
        procedures=procedures,
        services=services,
        agencies=agencies,
        communes=communes,
        fields=fields,
        life_events=life_events,
        most_used=read_most_used(tables["most_used.csv"], targets),
        next_steps=read_next_steps(tables["next_steps.csv"], targets),
        targets=read_targets(tables["targets.csv"], province.name),
        decisions=read_decisions(tables["decisions.csv"]),
        sources=tuple(source for source, _ in sources),
        lexicon=read_lexicon(
            folder.aliases,
            tables["lexicon/rewrites.csv"],
            tables["lexicon/fillers.csv"],
            tables["lexicon/outside.csv"],
            tables["lexicon/qualifiers.csv"],
            targets,
            tables["lexicon/help.csv"],
        ),
        help_topics=topics,
        english=read_speech(tables, targets),
    )
    problems = report.problems()
    folder.let_go()
    return catalogue, problems


def version_of(contents: Contents) -> str:
    """A hash over the names and bytes of all files: the same files give the same version, anywhere."""
    digest = hashlib.sha256()
    for path, content in sorted(contents.items()):
        digest.update(f"{path}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:VERSION_LENGTH]
