"""Words that point to a procedure: carried over to what took its place, since a replaced one may not be pointed to."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.catalog.imports.lines import Line, Lines
from bot.catalog.schema import ALIASES_FOLDER, HELP_TOPICS

_ONE_FOR_EACH = ("labels.csv", "english/procedures.csv", "most_used.csv")
_ENGLISH_ALIASES = "english/aliases.csv"
_CODE, _PAIR, _CODES = ("code",), ("code", "next"), ("codes",)
_LISTS = re.compile(r"^(links|procedures)(\s*=\s*)\[([^\]]*)\]", re.MULTILINE)
_QUOTED = re.compile(r'"([^"]*)"')


def pointing_at(path: str) -> tuple[str, ...]:
    """The columns of a file that name procedures by their codes; none where it names none. `codes` holds several."""
    if path in _ONE_FOR_EACH or path == "most_needed.csv":
        return _CODE
    if path == "next_steps.csv":
        return _PAIR
    return _CODES if path == _ENGLISH_ALIASES or path.startswith(f"{ALIASES_FOLDER}/") else ()


def carried(contents: Mapping[str, bytes], successors: Mapping[str, str]) -> dict[str, bytes]:
    """The files whose words change. `successors`: what took the place of a procedure, which is not replaced itself.

    Where the successor has words of its own, they stay and the others go.
    """
    changed = {}
    for path, content in contents.items():
        new = _carried(path, content, successors) if successors else content
        if new != content:
            changed[path] = new
    return changed


def without(contents: Mapping[str, bytes], gone: frozenset[str]) -> dict[str, bytes]:
    """The files that offer procedures unasked, without those that are gone: nobody is sent to them any more.

    A situation in life keeps its last procedure: what is said there tells that it is gone.
    """
    if not gone:
        return {}
    used, steps, needed = (Lines(contents[path]) for path in ("most_used.csv", "next_steps.csv", "most_needed.csv"))
    used.replace(lambda line: None if line["code"] in gone else line)
    steps.replace(lambda line: None if gone & {line["code"], line["next"]} else line)
    kept = {line["life_event"] for line in needed if line["code"] not in gone}
    needed.replace(lambda line: None if line["code"] in gone and line["life_event"] in kept else line)
    new = {"most_used.csv": used, "next_steps.csv": steps, "most_needed.csv": needed}
    return {path: lines.content() for path, lines in new.items() if lines.content() != contents[path]}


def _carried(path: str, content: bytes, successors: Mapping[str, str]) -> bytes:
    if path == HELP_TOPICS:
        return _topics(content.decode("utf-8"), successors).encode("utf-8")
    if not any(code.encode() in content for code in successors):
        return content
    if path in _ONE_FOR_EACH:
        return _one_for_each(Lines(content), successors)
    if path == "most_needed.csv":
        return _each_once(Lines(content), successors, ("life_event", "code"))
    if path == "next_steps.csv":
        return _each_once(Lines(content), successors, ("code", "next"))
    if path == _ENGLISH_ALIASES or path.startswith(f"{ALIASES_FOLDER}/"):
        return _aliases(Lines(content), successors)
    return content


def _one_for_each(lines: Lines, successors: Mapping[str, str]) -> bytes:
    taken = {line["code"] for line in lines}
    moved: list[Mapping[str, str]] = []
    is_sorted = [line["code"] for line in lines] == sorted(taken)

    def move(line: Line) -> Line | None:
        code = successors.get(line["code"])
        if code is None:
            return line
        if code in taken:
            return None
        taken.add(code)
        new = line.changed({"code": code})
        if not is_sorted:
            return new
        moved.append(new.cells)
        return None

    lines.replace(move)
    lines.insert_all(moved)
    return lines.content()


def _each_once(lines: Lines, successors: Mapping[str, str], columns: tuple[str, str]) -> bytes:
    """Pairs of which none stands twice, and none points to itself."""
    seen: set[tuple[str, ...]] = set()

    def move(line: Line) -> Line | None:
        new = line.changed({column: successors.get(line[column], line[column]) for column in columns})
        pair = tuple(new[column] for column in columns)
        if pair in seen or pair[0] == pair[1]:
            return None
        seen.add(pair)
        return new

    lines.replace(move)
    return lines.content()


def _aliases(lines: Lines, successors: Mapping[str, str]) -> bytes:
    def move(line: Line) -> Line:
        codes = [code.strip() for code in line["codes"].split(";")]
        if not any(code in successors for code in codes):
            return line
        return line.changed({"codes": "; ".join(dict.fromkeys(successors.get(code, code) for code in codes))})

    lines.replace(move)
    return lines.content()


def _topics(text: str, successors: Mapping[str, str]) -> str:
    def move(match: re.Match[str]) -> str:
        listed = _QUOTED.findall(match[3])
        new = list(dict.fromkeys(successors.get(one, one) for one in listed))
        return (
            match[0] if new == listed else f"{match[1]}{match[2]}[{', '.join(f'{chr(34)}{n}{chr(34)}' for n in new)}]"
        )

    return _LISTS.sub(move, text)
