"""Words that staff teach the search: checked like shipped aliases, and laid over every catalogue."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.catalog.lexicon_model import Alias
from bot.catalog.model import Catalogue
from bot.catalog.schema import ALIASES_COLUMNS
from bot.catalog.taught import MAX_PHRASE_CHARS, AliasFault, alias_fault, with_taught
from bot.dialogue.clean import clean
from bot.dialogue.personal_data import Masker
from bot.dialogue.turn import Searches
from bot.operations.background import in_background
from bot.operations.search_report import codes_of
from bot.operations.workshop import Workshop
from bot.search.engine import SearchEngine
from bot.search.model import Verdict
from bot.search.outside import FIRST_OF_ALL
from bot.store.learning import Learning, TaughtAlias
from bot.store.staff import Act
from bot.texts.cells import harmless

_log = structlog.get_logger(__name__)
_AROUND = " .,;:!?…\"'“”‘’()-–"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to words: the status, and the procedures, the best first."""

    status: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an alias would change. `fault`: why it is not taken. `after`: None where it was not tried."""

    phrase: str
    code: str
    fault: AliasFault | None
    before: Answer
    after: Answer | None = None

    @property
    def takes_from(self) -> str | None:
        """The other procedure that answers these words now."""
        has_answer = self.before.status == Verdict.ANSWERED and self.before.codes[0] != self.code
        return self.before.codes[0] if has_answer else None


def tidy(words: str) -> str:
    """Words as somebody wrote them, as a phrase: on one line, without marks around them."""
    return clean(words, MAX_PHRASE_CHARS).strip(_AROUND)


def answer_of(engine: Searches, words: str) -> Answer:
    status, codes = codes_of(engine.search(words))
    return Answer(status, tuple(codes))


def as_alias(alias: TaughtAlias) -> Alias:
    return Alias(alias.phrase, (alias.code,))


@dataclass(frozen=True, slots=True)
class Said:
    """What a search that is at hand makes of the phrase."""

    answer: Answer
    is_call_for_help: bool

    @classmethod
    def by(cls, engine: Searches, phrase: str) -> Said:
        return cls(answer_of(engine, phrase), _is_call_for_help(engine, phrase))


@dataclass(frozen=True, slots=True)
class Trial:
    """An alias to be tried. `shipped`: the catalogue as its files have it. `now`: None where no search is at hand."""

    shipped: Catalogue
    taught: tuple[TaughtAlias, ...]
    masker: Masker
    phrase: str
    code: str
    now: Said | None = None


def preview(trial: Trial) -> Preview:
    """What adding the alias would do. Takes a second for each index that is built."""
    shipped, phrase, code = trial.shipped, trial.phrase, trial.code
    others, alias = tuple(map(as_alias, trial.taught)), Alias(phrase, (code,))
    now = trial.now or Said.by(SearchEngine(with_taught(shipped, others)[0]), phrase)
    fault = alias_fault(shipped, others, alias)
    if fault is None and trial.masker.mask(phrase).found:
        fault = AliasFault.PRIVATE
    if fault is None and harmless(phrase) != phrase:
        # The words come from anybody, and are exported as they are: a spreadsheet would run them.
        fault = AliasFault.CHARACTERS
    if fault is not None:
        return Preview(phrase, code, fault, now.answer)
    with_it = SearchEngine(with_taught(shipped, (*others, alias))[0])
    after = answer_of(with_it, phrase)
    if code not in (after.codes[:1] if after.status == Verdict.ANSWERED else after.codes):
        fault = AliasFault.WITHOUT_EFFECT
    elif now.is_call_for_help:
        fault = AliasFault.DANGER
    return Preview(phrase, code, fault, now.answer, after)


def _is_call_for_help(engine: Searches, words: str) -> bool:
    """Whether they say nothing else: a story with a danger in it ("giấy tờ cháy theo nhà") may want a paper."""
    decision = engine.search(words).first
    return decision.verdict is Verdict.OUT_OF_SCOPE and decision.intent in FIRST_OF_ALL


@dataclass(frozen=True, slots=True)
class School:
    """Where words are taught. `base`: the catalogue as its files have it. `workshop`: where indexes are built; None: in
    a thread, where no chat waits meanwhile.
    """

    learning: Learning
    base: Catalogue
    masker: Masker
    workshop: Workshop | None = None

    async def preview(self, phrase: str, code: str, now: Searches | None = None) -> Preview:
        """What teaching it would do (see `preview`), the words tidied. `now`: the search as it stands, if at hand.

        Raises StoreError.
        """
        taught, phrase = await self.learning.aliases(), tidy(phrase)
        said = None if now is None else Said.by(now, phrase)
        trial = Trial(self.base, taught, self.masker, phrase, code.strip(), said)
        if self.workshop is None:
            return await in_background(preview, trial)
        return await self.workshop.made(preview, trial)

    async def teach(self, phrase: str, code: str, act: Act, now: Searches | None = None) -> Preview:
        """Keep the alias unless something is wrong with it, which the preview says. Raises StoreError."""
        seen = await self.preview(phrase, code, now)
        alias = TaughtAlias(seen.phrase, seen.code, act.actor, act.at)
        if seen.fault is None and not await self.learning.teach(alias, act):
            return replace(seen, fault=AliasFault.TAUGHT)
        return seen


def as_csv(aliases: Iterable[TaughtAlias]) -> str:
    """The rows of an alias file of a catalogue."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(ALIASES_COLUMNS)
    writer.writerows((alias.phrase, alias.code) for alias in aliases)
    return written.getvalue()


class TaughtWords:
    """The words that are taught, to be laid over whichever catalogue is served."""

    def __init__(self, learning: Learning) -> None:
        self._learning = learning
        self.left_out: tuple[str, ...] = ()
        """Phrases that are taught and do not fit the catalogue, since its files have changed."""

    async def version(self) -> int:
        """Raises StoreError."""
        return await self._learning.version()

    async def aliases(self) -> tuple[Alias, ...]:
        """All that is taught now. Raises StoreError."""
        return tuple(map(as_alias, await self._learning.aliases()))

    def note(self, left_out: Sequence[Alias], version: str) -> None:
        """Keep in mind what does not fit the catalogue of that version."""
        self.left_out = tuple(alias.phrase for alias in left_out)
        if left_out:
            _log.warning("aliases_left_out", count=len(left_out), catalogue=version)
