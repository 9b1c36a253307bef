"""Loading a whole catalogue: what is there, what is missing, and all problems at once."""

from __future__ import annotations

import csv
import os
import re
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalog.load import check_catalogue, load_catalogue
from bot.catalog.model import Catalogue
from bot.catalog.schema import ADDED_LATER, COLUMNS
from bot.errors import CatalogueError, Problem
from tests.unit.catalog.conftest import SHIPPED, Tiny


def test_all_problems_come_together_sorted_by_place(tiny: Tiny) -> None:
    tiny.change("services.csv", ",full,", ",half,")
    tiny.change("agencies.csv", "police,cư trú", "army,cư trú")
    tiny.change("procedures.csv", ",TX,", ",Z,")

    with pytest.raises(CatalogueError) as caught:
        tiny.load()

    assert caught.value.problems == check_catalogue(tiny.directory)
    assert [(p.path, p.line, p.column) for p in caught.value.problems] == [
        ("agencies.csv", 6, 38),
        ("procedures.csv", 3, 66),
        ("services.csv", 2, 56),
    ]


def _no_table(path: str) -> str:
    return f"{path}:0:0: the file is missing; expected a CSV file with the columns {','.join(COLUMNS[path])}"


def _no_toml(path: str) -> str:
    return f"{path}:0:0: the file is missing; expected a TOML file; see the README of the shipped data"


MISSING = [
    *((path, [_no_table(path)]) for path in COLUMNS if path not in ADDED_LATER),
    (
        "province.toml",
        [_no_toml("province.toml"), 'sources.toml:9:1: "province.toml" matches no file; expected a file that is there'],
    ),
    ("sources.toml", [_no_toml("sources.toml")]),
    (
        "help_topics.toml",
        [
            _no_toml("help_topics.toml"),
            'sources.toml:30:1: "help_topics.toml" matches no file; expected a file that is there',
        ],
    ),
    (
        "lexicon/aliases/ho-tich.csv",
        ['sources.toml:23:1: "lexicon/aliases/*.csv" matches no file; expected a file that is there'],
    ),
]


@pytest.mark.parametrize(("path", "problems"), MISSING)
def test_missing_file_is_reported_once_and_not_through_all_that_refers_to_it(
    tiny: Tiny, path: str, problems: list[str]
) -> None:
    (tiny.directory / path).unlink()

    assert tiny.problems() == problems


FIRST_PUBLISHED = [
    "agencies.csv",
    "communes.csv",
    "communes_before_2025.csv",
    "decisions.csv",
    "english/aliases.csv",
    "english/fillers.csv",
    "english/outside.csv",
    "english/procedures.csv",
    "english/qualifiers.csv",
    "english/rewrites.csv",
    "english/words.csv",
    "fields.csv",
    "labels.csv",
    "lexicon/fillers.csv",
    "lexicon/help.csv",
    "lexicon/outside.csv",
    "lexicon/qualifiers.csv",
    "lexicon/rewrites.csv",
    "life_events.csv",
    "most_needed.csv",
    "most_used.csv",
    "next_steps.csv",
    "procedures.csv",
    "services.csv",
    "targets.csv",
]
"""Tables that every published catalogue has. A new one goes to `ADDED_LATER`, never in here."""


def test_every_table_that_came_later_may_be_missing() -> None:
    assert sorted(COLUMNS.keys() - ADDED_LATER) == FIRST_PUBLISHED


def test_a_catalogue_of_an_older_release_is_read_as_it_was_published(tiny: Tiny) -> None:
    today = tiny.load()
    for path in ADDED_LATER:
        (tiny.directory / path).unlink()

    assert tiny.problems() == []
    assert replace(tiny.load(), version=today.version) == today
    assert tiny.load().version != today.version


def test_file_that_is_not_listed_is_reported(tiny: Tiny) -> None:
    tiny.put("notes.txt", "x")
    tiny.put("lexicon/more/words.csv", "phrase\n")
    tiny.put("README.md", "explains")
    tiny.put(".hidden", "x")

    assert tiny.problems() == [
        f"{path}:0:0: the file is not listed in sources.toml; expected an entry that says where it comes from"
        for path in ("lexicon/more/words.csv", "notes.txt")
    ]


def test_broken_toml_is_reported_once(tiny: Tiny) -> None:
    tiny.change("province.toml", 'name = "Mẫu"', "name = Mẫu")

    assert tiny.problems() == ["province.toml:2:8: not TOML (Invalid value); expected valid TOML"]


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"

    assert check_catalogue(nowhere) == (Problem(str(nowhere), 0, 0, "no such folder", "the folder of a catalogue"),)


def test_file_that_cannot_be_read_is_reported(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: Path) -> bytes:
        if file.name == "labels.csv":
            raise PermissionError(13, "Permission denied")
        with file.open("rb") as stream:
            return stream.read()

    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert [problem for problem in tiny.problems() if "labels" in problem] == [
        "labels.csv:0:0: the file cannot be read (Permission denied); expected a readable file",
        "labels.csv:0:0: the file is missing; expected a CSV file with the columns code,short_name,label,difference",
    ]


def test_a_link_out_of_the_folder_is_not_followed(tiny: Tiny, tmp_path: Path) -> None:
    """A catalogue that somebody else has made shows nothing of what only this machine may read."""
    secret = tmp_path / "secret"
    secret.write_text("only for us")
    for name in ("labels.csv", "lexicon/aliases/evil.csv"):
        (tiny.directory / name).unlink(missing_ok=True)
        (tiny.directory / name).parent.mkdir(parents=True, exist_ok=True)
        (tiny.directory / name).symlink_to(secret)
    inside = tiny.directory / "fields.csv"
    inside.rename(tiny.directory / "kept.txt")
    inside.symlink_to("kept.txt")
    told = [problem for problem in tiny.problems() if "link" in problem or "only for us" in problem]
    assert told == [
        f"{name}:0:0: the file is a link out of the folder; expected a file in the folder"
        for name in ("labels.csv", "lexicon/aliases/evil.csv")
    ]


def test_version_depends_on_the_content_alone(tiny: Tiny, tmp_path: Path, second: Catalogue) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(tiny.directory, moved)
    os.utime(moved / "labels.csv", (1, 1))
    (moved / "README.md").write_text("not data", encoding="utf-8")
    tiny.change("labels.csv", "Khai sinh: lần đầu", "Khai sinh: lần một")

    assert load_catalogue(moved).version == second.version
    assert tiny.load().version != second.version
    assert re.fullmatch(r"[0-9a-f]{12}", second.version)


def test_ten_times_the_catalogue_loads_in_time(tmp_path: Path) -> None:
    big = tmp_path / "big"
    shutil.copytree(SHIPPED, big)
    _multiply(big / "procedures.csv", {0: 1, 8: 2, 10: 1})
    _multiply(big / "services.csv", {0: 1, 1: 1})
    for file in (big / "lexicon" / "aliases").iterdir():
        _multiply(file, {0: 3})

    start = time.process_time()
    catalogue = load_catalogue(big)
    seconds = time.process_time() - start

    assert (len(catalogue.procedures), len(catalogue.services)) == (27850, 18940)
    assert seconds < 8


def _multiply(path: Path, changed: dict[int, int]) -> None:
    """Writes every row ten times; the cells in `changed` get other codes (1), ids (2) or words (3) each time."""
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        for copy in range(10):
            for row in rows:
                cells = list(row)
                for place, kind in changed.items():
                    cells[place] = _OTHER[kind](row[place], copy)
                writer.writerow(cells)


def _other_code(code: str, copy: int) -> str:
    """A public code that no procedure bears: the first two digits behind the dot are moved out of the way."""
    if not code or not copy:
        return code
    first, rest = code.split(".", 1)
    return f"{first}.{(int(rest[:2]) + 7 * copy + 13) % 100:02d}{rest[2:]}"


def _other_id(portal_id: str, copy: int) -> str:
    return portal_id and f"{copy:08x}{portal_id[8:]}" if copy else portal_id


def _other_words(phrase: str, copy: int) -> str:
    return f"{phrase} {copy}" if copy else phrase


_OTHER = {1: _other_code, 2: _other_id, 3: _other_words}
