"""Every sentence a person reads, by message id, and every word the dialogue understands.

The files beside this module are TOML: `vi.toml` and `<part>.vi.toml` together are the Vietnamese texts, `en.toml`
and `<part>.en.toml` the English ones: the same ids, the same placeholders. A table and a key make an id
(`[card.level] full = "…"` is `card.level.full`). Sentences carry `{placeholders}`; lists are words that people type
(commands, numbers), read with `words`.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources


class TextError(Exception):
    """A sentence is missing, given twice, or filled with other values than it asks for: a fault in the code."""


def placeholders(sentence: str) -> frozenset[str]:
    """The names between braces in `sentence`."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None)


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language."""

    language: str
    sentences: Mapping[str, str] = field(repr=False)
    lists: Mapping[str, tuple[str, ...]] = field(repr=False)

    def get(self, text_id: str, **values: object) -> str:
        """The sentence, filled. Raises TextError for an unknown id or for values it does not ask for exactly."""
        sentence = self.sentences.get(text_id)
        if sentence is None:
            raise TextError(f"no text {text_id!r} in {self.language!r}")
        wanted = placeholders(sentence)
        if wanted != values.keys():
            raise TextError(f"text {text_id!r} asks for {sorted(wanted)}, given {sorted(values)}")
        return sentence.format_map(values) if wanted else sentence

    def find(self, text_id: str, **offered: object) -> str | None:
        """A sentence whose id is made at run time, filled with what it asks for of the values offered, or None."""
        sentence = self.sentences.get(text_id)
        return None if sentence is None else self.get(text_id, **_only(offered, placeholders(sentence)))

    def words(self, list_id: str) -> tuple[str, ...]:
        """The words of a list, in the order written. Raises TextError for an unknown id."""
        if list_id not in self.lists:
            raise TextError(f"no list of words {list_id!r} in {self.language!r}")
        return self.lists[list_id]


def _only(values: Mapping[str, object], names: frozenset[str]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name in names}


@cache
def load_texts(language: str = "vi") -> Texts:
    """The texts of `language`, read once. Raises TextError when there are none or an id is given twice."""
    sentences: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for name, table in _tables(language):
        for text_id, value in _entries(table, ""):
            if text_id in sentences or text_id in lists:
                raise TextError(f"{name}: {text_id!r} is given twice")
            if isinstance(value, str):
                sentences[text_id] = value
            elif isinstance(value, list) and all(isinstance(word, str) for word in value):
                lists[text_id] = tuple(value)
            else:
                raise TextError(f"{name}: {text_id!r} is neither a sentence nor a list of words")
    if not sentences:
        raise TextError(f"there are no texts in {language!r}")
    return Texts(language, sentences, lists)


def _tables(language: str) -> Iterator[tuple[str, dict[str, object]]]:
    own, part = f"{language}.toml", f".{language}.toml"
    for file in sorted(resources.files(__name__).iterdir(), key=lambda entry: entry.name):
        if file.name == own or file.name.endswith(part):
            yield file.name, tomllib.loads(file.read_text(encoding="utf-8"))


def _entries(table: Mapping[str, object], prefix: str) -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _entries(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value
