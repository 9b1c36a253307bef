"""Reading an answer to the choices offered last: their number, their id or their words do the same as a tap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.messages import Choice
from bot.search.fold import canonical, fold, fold_canonical
from bot.texts import Texts

_WORDS = re.compile(r"[^\W_]+")
_LEADING_NUMBER = re.compile(r"\d{1,2}[.)] ?")
_MAX_TYPED_CHARS = 200
_MAX_DIGITS = 2


@dataclass(frozen=True, slots=True)
class OutOfRange:
    """A number was typed that none of the choices bears."""

    number: int


class Selector:
    """Built once from the words that people use around a number."""

    def __init__(self, texts: Texts) -> None:
        self._around = frozenset(fold(word) for word in texts.words("select.around"))
        self._first = texts.words("select.first")
        self._last = frozenset(fold(word) for word in texts.words("select.last"))
        self._numbers = {
            form: number
            for number, words in enumerate((texts.words(f"select.number_{n}") for n in range(1, 11)), start=1)
            for word in words
            for form in (canonical(word), fold(word))
        }
        self._numbers |= {form: 1 for word in self._first for form in (canonical(word), fold(word))}

    def select(self, text: str, choices: Sequence[Choice]) -> Choice | OutOfRange | None:
        """The choice meant by `text`; OutOfRange for a number that is not offered; None for anything else."""
        if not text or len(text) > _MAX_TYPED_CHARS:
            return None
        return self._by_words(text, choices) or self._by_number(text, choices)

    def _by_words(self, text: str, choices: Sequence[Choice]) -> Choice | None:
        typed = fold(text)
        for choice in choices:
            if text == choice.id:
                return choice
            label = fold(choice.label)
            if typed and typed in {label, fold(_LEADING_NUMBER.sub("", choice.label, count=1))}:
                return choice
        return None

    def _by_number(self, text: str, choices: Sequence[Choice]) -> Choice | OutOfRange | None:
        words = _WORDS.findall(canonical(text))
        if len(words) > 6:
            return None
        if choices and self._bare(words) in self._last:
            return choices[-1]
        number = self._number(words, offered=len(choices))
        if number is None:
            return None
        return choices[number - 1] if 1 <= number <= len(choices) else OutOfRange(number)

    def _bare(self, words: list[str]) -> str:
        folded = [fold_canonical(word) for word in words]
        return " ".join(word for word in folded if word not in self._around)

    def _number(self, words: list[str], *, offered: int) -> int | None:
        """The one number that is left when the words around it are gone, or None."""
        left = [word for word in words if word not in self._numbers and fold_canonical(word) not in self._around]
        digits = [word for word in left if word.isascii() and word.isdigit() and len(word) <= _MAX_DIGITS]
        numbers = [word for word in words if word in self._numbers]
        if len(numbers) > 1 and fold_canonical(numbers[-1]) in self._around:
            # The last may stand for the thing that is counted: "the second one".
            numbers.pop()
        named = [self._numbers[word] for word in numbers]
        if len(left) == len(digits) == 1 and not named:
            return int(digits[0])
        # A number in words may be many things (a father, a year, Saturday): only an answer where it is offered.
        return named[0] if not left and len(named) == 1 and named[0] <= offered else None
