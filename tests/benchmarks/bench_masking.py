"""`make bench-masking`: how much of what is private is taken out of messages, and how much of the rest with it.

Messages are made from a seed (tests/benchmarks/private_messages.py), mixed with the questions that people ask and the
codes of the shipped catalogue. Its names of procedures and those questions are read as they are, too: none may change.

Usage: python -m tests.benchmarks.bench_masking [--of-each N] [--seed N] [--failures]
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.catalog.load import load_catalogue
from bot.dialogue.personal_data import Masker, masker_of
from bot.settings import SHIPPED_CATALOGUE
from bot.texts import LANGUAGES, load_texts
from tests.benchmarks.private_messages import Message, leaks, loses, private_messages, public_messages
from tests.benchmarks.questions import read_questions

LEAST_RECALL = 0.995
"""Of the messages of each kind, the share of which nothing private is left."""
MOST_MICROSECONDS = 500.0
"""Of a processor for one message, on average of all that hold something private."""
FIXTURES = Path(__file__).parents[1] / "fixtures"
NEVER = ("procedure code", "decision or law")
"""Of these not one may be lost, in whatever message they stand."""
MOST_FALSE = 0.005
"""Of ordinary messages, the share that may be taken for something private."""


@dataclass(slots=True)
class Counted:
    """Of one kind. `wrong`: private and left, or public and gone; `lost`: beside something private and gone with it."""

    messages: int = 0
    wrong: list[Message] = field(default_factory=list)
    lost: list[Message] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def right(self) -> float:
        return 1 - len(self.wrong) / self.messages

    @property
    def microseconds(self) -> float:
        return self.seconds / self.messages * 1e6


@dataclass(frozen=True, slots=True)
class Measure:
    """By kind."""

    private: dict[str, Counted]
    public: dict[str, Counted]

    def misses(self) -> list[str]:
        """What is not as good as it must be."""
        told = [f"{kind}: recall {of.right:.2%}" for kind, of in self.private.items() if of.right < LEAST_RECALL]
        told += [f"{kind}: {len(of.lost)} codes or decisions lost" for kind, of in self.private.items() if of.lost]
        told += [
            f"{kind}: {len(self.public[kind].wrong)} masked"
            for kind in NEVER
            if kind in self.public and self.public[kind].wrong
        ]
        told += [f"{kind}: {1 - of.right:.2%} masked" for kind, of in self.public.items() if 1 - of.right > MOST_FALSE]
        return told


def measure(masker: Masker, private: Iterable[Message], public: Iterable[Message]) -> Measure:
    return Measure(_counted(masker, private, leaks), _counted(masker, public, loses))


def _counted(masker: Masker, messages: Iterable[Message], wrong: Callable[[Message, str], bool]) -> dict[str, Counted]:
    counted: dict[str, Counted] = defaultdict(Counted)
    for message in messages:
        of = counted[message.kind]
        start = time.thread_time()
        masked = masker.mask(message.text).text
        of.seconds += time.thread_time() - start
        of.messages += 1
        if wrong(message, masked):
            of.wrong.append(message)
        elif loses(message, masked):
            of.lost.append(message)
    return dict(counted)


def questions_asked() -> tuple[str, ...]:
    """What people ask, from the fixtures; none that holds a long number itself."""
    read = [question.query for question in read_questions(FIXTURES / "questions.csv")]
    return tuple(query for query in read if not re.search(r"\d{4}|@", query))


def measured(seed: int, of_each: int) -> Measure:
    catalogue = load_catalogue(SHIPPED_CATALOGUE)
    codes = [procedure.code for procedure in catalogue.procedures.values()]
    names = [
        Message(procedure.name, "procedure's name", "", (procedure.name,))
        for procedure in catalogue.procedures.values()
    ]
    asked = questions_asked()
    public = [*public_messages(seed, of_each, asked, codes), *names]
    return measure(MASKER, private_messages(seed, of_each, asked, codes), public)


MASKER = masker_of(map(load_texts, LANGUAGES))


def table(found: Measure) -> str:
    lines = [f"{'private':<22}{'messages':>9}{'recall':>9}{'left':>6}{'µs':>7}"]
    lines += [_row(kind, of, of.right) for kind, of in found.private.items()]
    lines += ["", f"{'public':<22}{'messages':>9}{'masked':>9}{'gone':>6}{'µs':>7}"]
    lines += [_row(kind, of, 1 - of.right) for kind, of in found.public.items()]
    beside = sum(len(of.lost) for of in found.private.values())
    return "\n".join([*lines, "", f"codes and decisions lost beside something private: {beside}"])


def _row(kind: str, of: Counted, share: float) -> str:
    return f"{kind:<22}{of.messages:>9}{share:>9.2%}{len(of.wrong):>6}{of.microseconds:>7.0f}"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--of-each", type=int, default=4000, help="messages of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", action="store_true", help="print messages that went wrong")
    given = parser.parse_args(arguments)
    found = measured(given.seed, given.of_each)
    print(table(found))
    if given.failures:
        for kind, of in (*found.private.items(), *found.public.items()):
            for message in (*of.wrong[:15], *of.lost[:5]):
                print(f"{kind}: {message.text!r} -> {MASKER.mask(message.text)}")
    misses = found.misses()
    slow = sum(of.seconds for of in found.private.values()) / sum(of.messages for of in found.private.values()) * 1e6
    misses += [f"{slow:.0f} µs a message"] if slow > MOST_MICROSECONDS else []
    print("\n".join(["", *(f"MISSED {miss}" for miss in misses)]) if misses else "\nall floors met")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
