"""Which words a release ships that a published catalogue does not have: it keeps the words it was published with."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from bot.catalog.folder import Contents

_WORDS = ("lexicon/", "english/")


def missing_words(shipped: Contents, published: Contents) -> Mapping[str, int]:
    """By path of a shipped file of words: how many of its phrases stand nowhere in that part of the published files.

    What a phrase leads to may differ: words follow a procedure that was replaced. Files of aliases count as one: they
    are told apart for who writes them alone.
    """
    known = {part: _phrases_of(published, part) for part in {_part(path) for path in shipped}}
    missing = {
        path: len(_phrases(content) - known[_part(path)])
        for path, content in sorted(shipped.items())
        if path.startswith(_WORDS)
    }
    return {path: count for path, count in missing.items() if count}


def _part(path: str) -> str:
    """A file, or the folder of those that count as one."""
    folder = path.rpartition("/")[0]
    return f"{folder}/" if "/" in folder else path


def _phrases_of(contents: Contents, part: str) -> frozenset[str]:
    return frozenset().union(*(_phrases(content) for path, content in contents.items() if _part(path) == part))


def _phrases(content: bytes) -> frozenset[str]:
    """What stands in the rows but codes: who leads where is not compared."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8", "replace"))))
    if not rows:
        return frozenset()
    kept = [place for place, name in enumerate(rows[0]) if name not in {"codes", "code"}]
    return frozenset("\0".join(row[place] for place in kept if place < len(row)) for row in rows[1:])
