"""The documentation says what is there: commands, options, settings, statuses, layers, links, examples."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.catalog.load import load_catalogue
from bot.cli import main
from bot.dialogue.messages import Status
from bot.operations.search_report import as_lines
from bot.search.engine import SearchEngine
from bot.settings import SHIPPED_CATALOGUE, Settings
from bot.web.errors import FAULTS

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "catalog_data" / "README.md"])
OPERATIONS = ROOT / "docs" / "operations.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
SEARCH = ROOT / "docs" / "search.md"
FOLDERS = ("bot", "handlers", "catalog_data", "tests", "docs", "scripts")
MOST_WORDS = 25
MOST_PICTURE_BYTES = 150_000
PICTURE_PAGES = ("docs/hinh-trang-can-bo.md",)
"""Each page of staff on a telephone and on a desk, under the same title."""
NAMES = [str(path.relative_to(ROOT)) for path in DOCS]

_CODE = re.compile(r"^ *```[a-z]*\n(.*?)^ *```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
_TARGET = re.compile(r"\]\(([^)\s]+)\)|<img\s+src=\"([^\"]+)\"")
_CLI = re.compile(r"python -m bot\b([^`|\n]*)")
_MAKE = re.compile(r"(?:^|[\s(])make ([a-z][a-z-]*)")
_PATH = re.compile(rf"(?:{'|'.join(FOLDERS)})/[\w./*-]*")


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code(path: Path) -> list[str]:
    """What is written as code: whole blocks, and spans in the text."""
    return [match[1] or match[2] for match in _CODE.finditer(read(path))]


def blocks(path: Path) -> Iterator[list[str]]:
    """The lines of each fenced block."""
    for match in _CODE.finditer(read(path)):
        if match[1]:
            yield match[1].splitlines()


def rows(path: Path, header: str) -> list[list[str]]:
    """The cells of each row of the tables whose first heading is `header`."""
    found: list[list[str]] = []
    is_inside = False
    for line in read(path).splitlines():
        if not line.startswith("|"):
            is_inside = False
        elif is_inside and not line.startswith("|---"):
            found.append([cell.strip() for cell in line.strip().strip("|").split("|")])
        elif line.startswith(f"| {header} |"):
            is_inside = True
    return found


def spans(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def commands(group: click.Group, name: str = "python -m bot") -> Iterator[tuple[str, click.Command]]:
    """Every command below a group, by the words that call it."""
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def options(command: click.Command) -> set[str]:
    return {word for p in command.params if isinstance(p, click.Option) for word in p.opts if word.startswith("--")}


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as the usual hosts make them."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings(path)}


def headings(path: Path) -> list[str]:
    return re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", read(path), flags=re.DOTALL), re.MULTILINE)


def make_targets() -> set[str]:
    """The targets that `make help` lists."""
    return set(re.findall(r"^([a-z-]+):.*## ", read(ROOT / "Makefile"), re.MULTILINE))


def test_every_command_and_option_is_documented() -> None:
    documented = {spans(name)[0]: set(spans(given)) for name, given, _ in rows(OPERATIONS, "command")}
    assert documented == {name: options(command) for name, command in commands(main)}


def test_nothing_is_said_twice_in_how_to_run_it() -> None:
    events = [span for seen, _ in rows(OPERATIONS, "what is seen") if "in the log" in seen for span in spans(seen)]
    for said in (headings(OPERATIONS), events):
        assert sorted(said) == sorted(set(said))


def test_every_make_target_is_documented() -> None:
    assert {spans(name)[0] for name, _ in rows(OPERATIONS, "make")} == {f"make {name}" for name in make_targets()}


@pytest.mark.parametrize("name", NAMES)
def test_every_make_target_named_exists(name: str) -> None:
    named = {target for text in code(ROOT / name) for target in _MAKE.findall(text)}
    assert named - make_targets() == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_command_named_exists(name: str) -> None:
    called = [words for text in code(ROOT / name) for words in _CLI.findall(text)]
    assert [words for words in called if not _exists(shlex.split(words, comments=True))] == []


def _exists(words: list[str]) -> bool:
    """Whether a call leads to a command and gives it only options that it has. "…" stands for anything."""
    command: click.Command = main
    while isinstance(command, click.Group) and words and words[0] not in {"…", "--help"}:
        if words[0] not in command.commands:
            return False
        command, words = command.commands[words[0]], words[1:]
    return {word for word in words if word.startswith("--")} <= options(command) | {"--help"}


def test_every_setting_is_documented_with_its_default() -> None:
    table = {spans(name)[0]: default for name, default, _ in rows(OPERATIONS, "setting")}
    shown = set(re.findall(r"^#?([A-Z_]+)=", read(ROOT / ".env.example"), re.MULTILINE))
    plain = {
        name.upper(): f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"
        for name, field in Settings.model_fields.items()
        if isinstance(field.default, str | int)
    }
    assert set(table) == shown == {name.upper() for name in Settings.model_fields}
    assert {name: table[name] for name in plain} == plain


def test_every_status_is_documented() -> None:
    documented = [status for name, _ in rows(ARCHITECTURE, "status") for status in spans(name)]
    assert sorted(documented) == sorted(Status)


def test_every_error_of_the_web_is_documented() -> None:
    documented = {(int(status), word) for status, codes in rows(OPERATIONS, "status") for word in spans(codes)}
    known = {(fault.http_status, fault.code) for fault in FAULTS}
    assert {(status, word) for status, word in documented if word not in {"text", "choice"}} == known


def test_the_layers_are_those_that_are_enforced() -> None:
    contract = tomllib.loads(read(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"][0]["layers"]
    assert [spans(layer) for layer, _ in rows(ARCHITECTURE, "layer")] == [layer.split(" | ") for layer in contract]


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere(name: str) -> None:
    path = ROOT / name
    targets = [match[1] or match[2] for match in _TARGET.finditer(read(path))]
    assert [target for target in targets if not _leads_somewhere(path, target)] == []


def _leads_somewhere(path: Path, target: str) -> bool:
    if target.startswith("https://"):
        return True
    place, _, anchor = target.partition("#")
    leads_to = (path.parent / place).resolve() if place else path
    return leads_to.exists() and (not anchor or anchor in anchors(leads_to))


@pytest.mark.parametrize("name", NAMES)
def test_files_named_exist(name: str) -> None:
    named = [text for text in code(ROOT / name) if _PATH.fullmatch(text)]
    assert [path for path in named if not list(ROOT.glob(path.rstrip("/")))] == []


def test_pictures_are_small_and_shown() -> None:
    pictures = sorted((ROOT / "docs" / "screenshots").glob("*.png"))
    text = "".join(read(path) for path in DOCS)
    assert [path.name for path in pictures if path.name not in text] == []
    assert {path.name: path.stat().st_size for path in pictures if path.stat().st_size >= MOST_PICTURE_BYTES} == {}


def test_the_vietnamese_readme_is_easy_to_read() -> None:
    text = re.sub(r"```.*?```", "", read(ROOT / "README.vi.md"), flags=re.DOTALL)
    sentences = re.split(r"(?<=[.?!:;])\s+|\n|\|", text)
    assert [sentence for sentence in sentences if len(sentence.split()) > MOST_WORDS] == []


def test_the_explanations_shown_are_those_of_the_search() -> None:
    """Points move with the data and may be stale; what is decided, and the order, may not."""
    catalogue = load_catalogue(SHIPPED_CATALOGUE)
    engine = SearchEngine(catalogue)
    shown = [lines for lines in blocks(SEARCH) if lines[0].startswith("$ ")]
    questions = [shlex.split(lines[0])[5] for lines in shown]
    answers = [list(as_lines(catalogue, engine.search(question), explain=True)) for question in questions]
    decided = [_decided(lines[1:]) for lines in shown]
    assert decided == [_decided(lines)[: len(kept)] for lines, kept in zip(answers, decided, strict=True)]


def _decided(lines: list[str]) -> list[str]:
    """The decision and the candidates of an explanation, without their points."""
    kept = [line for line in lines if line.strip() != "…" and not line.startswith("    ")]
    return [re.sub(r"\d\.\d{3}  ", "", line) for line in kept]


def test_the_conversation_shown_is_the_assistants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example in the README: its question is answered, with the name, the code and the links shown."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/docs.sqlite")
    shown = next(lines for lines in blocks(ROOT / "README.md") if lines[0].startswith("$ echo "))
    question = shlex.split(shown[0])[2]
    answer = json.loads(CliRunner().invoke(main, ["chat", "--json"], input=f"{question}\n").output)
    assert (answer["status"], answer["text"].splitlines()[0]) == ("answered", shown[1])
    lines = "\n".join(shown[1:])
    assert re.findall(r"\b\d\.\d{6}\b", lines) == re.findall(r"\b\d\.\d{6}\b", answer["text"])
    assert re.findall(r"https://\S+", lines) == [link["url"] for link in answer["links"]]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in PICTURE_PAGES])
def test_no_section_stands_twice(name: str) -> None:
    """Two branches that were merged may each have brought it, and one of them grows old."""
    prose = _CODE.sub("", read(ROOT / name))
    titles = re.findall(r"^## .*$", prose, re.MULTILINE)
    assert sorted(titles) == sorted(set(titles))


def test_decisions_are_numbered_one_after_the_other() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    titles = [read(page).splitlines()[0].partition(".")[0] for page in pages]
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    assert titles == [f"# {number}" for number in range(1, len(pages) + 1)]
