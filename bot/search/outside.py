"""Recognising messages that ask for no procedure: small talk, courts, weather, emergencies, secrets …

The rows of the intent `told` are no signs. They hold, as phrase and under `unless`, the words of what is told of the
past or for the sake of papers and benefits ("năm ngoái", "trợ cấp"): a list that a sign's `unless` names as `<told>`.
A call for help ("cứu với", "nhà đang cháy") does not name it: it counts, and with it the other signs beside it.

A phrase may be several: "/" stands between words that do equally ("té gãy/ngã gãy"). One with "…" stands in two pieces,
in this order and a few words apart, for people name who and where in between ("uống/nuốt … thuốc sâu/thuốc chuột").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.catalog.model import OutsideCue
from bot.search.fold import Token, make_tokens
from bot.search.phrases import PhraseTable, is_accented, stands_at

FIRST_OF_ALL = (
    "emergency_distress",
    "emergency_fire",
    "emergency_medical",
    "emergency_police",
    "emergency_call",
    "otp",
)
"""Intents that are answered whatever else a message says, the most urgent first.

Fire comes before illness: its sentence names 115 too, while that of illness does not name 114.
"""

ASIDE = frozenset(
    {
        "case_status",
        "contact",
        "credentials",
        "do_it_for_me",
        "explain_level",
        "officials_complaint",
        "opening_hours",
        "police_report",
        "prompt_injection",
    }
)
"""Intents that may well name a procedure and still ask for something else."""

_NO_DATA = "no_data"
"""A wish that exists in life and has no procedure in the catalogue: what comes near is something else."""

_YES_OR_NO = frozenset({"confirm", "deny"})
_LEFT_OVER = 3
"""Of a longer message a "được" that remains without the fillers is a leftover, and no answer."""

_FEW_SYLLABLES = 2
_MANY_WORDS = 5
"""So long a sign is a question of its own ("mấy tuổi thì được lái xe"), whatever it names."""
_SURE_WORDS = 3
"""So long an urgent sign ("nuốt thuốc trừ") hardly belongs to a request for a paper about the same thing."""

NAMED = 0.7
"""Likeness from which a message that also has a sign of another matter still names a procedure."""
NAMED_BESIDE_WEAK = 0.6
"""… where that sign is weak."""
SURELY_NAMED = 0.8
"""… and from which even an urgent sign ("cháy") may be part of its story; the urgent answer then comes first."""
SAID = 0.97
"""… and from which the very words of a procedure were said."""


_GAP = "…"
_OR = "/"
_MOST_BETWEEN = 4
"""Words that may stand between the two pieces of a sign."""

_TOLD = "told"
_TAKEN_BACK_IF_TOLD = "<told>"


@dataclass(frozen=True, slots=True)
class _Cue:
    intent: str
    unless: tuple[str, ...]
    marked: bool
    """Its phrase has diacritics: typed without them it may be quite other words."""

    @property
    def in_a_tale_too(self) -> bool:
        """Whether it may as well stand in a tale of the past."""
        return _TAKEN_BACK_IF_TOLD in self.unless

    @property
    def calls(self) -> bool:
        return self.intent in FIRST_OF_ALL and not self.in_a_tale_too


@dataclass(frozen=True, slots=True)
class _Opening:
    """The first piece of a sign in two; `rest` is the second, as its row has it."""

    cue: _Cue
    rest: str


@dataclass(frozen=True, slots=True)
class Outside:
    """`whole`: the message says nothing else. `words`: how many words the longest sign has.

    `weak`: two bare syllables that stand for marked ones ("o voi" is "ô với", and "ở với" too).
    """

    intent: str
    whole: bool
    words: int
    weak: bool = False

    @property
    def urgent(self) -> bool:
        return self.intent in FIRST_OF_ALL

    def overrides(self, likeness: float) -> bool:
        """Whether this, and not the procedure that the message is so like, is what to answer."""
        if self.whole:
            return True
        if self.weak:
            return likeness < NAMED_BESIDE_WEAK
        if self.intent in ASIDE or (self.words >= _MANY_WORDS and not self.urgent):
            return True
        if self.intent == _NO_DATA or (self.urgent and self.words >= _SURE_WORDS):
            return likeness < SAID
        return likeness < (SURELY_NAMED if self.urgent else NAMED)


@lru_cache(maxsize=4096)
def _words(phrase: str) -> tuple[Token, ...]:
    """Made when first needed: most phrases of this kind never are."""
    return make_tokens(phrase)


def _cue(cue: OutsideCue, phrase: str) -> _Cue:
    return _Cue(cue.intent, cue.unless, not phrase.isascii())


def _table(cues: Iterable[OutsideCue]) -> PhraseTable[_Cue]:
    return PhraseTable((phrase, _cue(cue, phrase)) for cue in cues for phrase in cue.phrase.split(_OR))


class _TwoPieces:
    """Signs in two pieces: their openings, and what may follow each."""

    def __init__(self, cues: Iterable[OutsideCue]) -> None:
        pieces = [(cue, first, rest) for cue in cues for first, _, rest in [cue.phrase.partition(_GAP)]]
        self._openings = PhraseTable(
            (opening, _Opening(_cue(cue, opening), rest)) for cue, first, rest in pieces for opening in first.split(_OR)
        )
        rests = dict.fromkeys(rest for _, _, rest in pieces)
        self._rests = PhraseTable((one, rest) for rest in rests for one in rest.split(_OR))

    def anywhere(self, tokens: Sequence[Token], accented: bool) -> Iterator[tuple[_Cue, tuple[Token, ...]]]:
        """Each sign in the message with its words, those between left out."""
        for opening in self._openings.anywhere(tokens, accented):
            end = opening.start + opening.length
            for start in range(end, min(end + _MOST_BETWEEN + 1, len(tokens))):
                for rest in self._rests.at(tokens, start, accented):
                    if rest.value == opening.value.rest:
                        said = (*tokens[opening.start : end], *tokens[start : start + rest.length])
                        yield opening.value.cue, said


@dataclass(frozen=True, slots=True)
class _Sign:
    """A cue found in a reading of a message.

    `words`: its length; `first`: the reading is the message as typed; `bare`: it stands there without diacritics.
    """

    cue: _Cue
    whole: bool
    words: int
    first: bool
    bare: bool = False

    @property
    def as_typed(self) -> bool:
        return self.whole and self.first

    @property
    def outside(self) -> Outside:
        weak = self.bare and self.cue.marked and self.words <= _FEW_SYLLABLES
        return Outside(self.cue.intent, self.whole, self.words, weak)


class OutsideDetector:
    def __init__(self, cues: Sequence[OutsideCue]) -> None:
        self._whole = _table(cue for cue in cues if cue.whole)
        within = [cue for cue in cues if not cue.whole and cue.intent != _TOLD]
        self._within = _table(cue for cue in within if _GAP not in cue.phrase)
        self._two_pieces = _TwoPieces(cue for cue in within if _GAP in cue.phrase)
        told = [cue for cue in cues if cue.intent == _TOLD]
        self._told = PhraseTable((phrase, _TOLD) for cue in told for phrase in (cue.phrase, *cue.unless))

    def detect(self, readings: Iterable[Sequence[Token]]) -> Outside | None:
        """What the message is instead, judged over several readings of it (as typed, rewritten, without fillers).

        Urgent signs come first; of the others the longest counts, and of equal ones the one that says it all.
        """
        distinct = list(dict.fromkeys(tuple(tokens) for tokens in readings if tokens))
        signs = self._signs(distinct)
        urgent = [sign.outside for sign in signs if sign.outside.urgent]
        if urgent:
            return min(urgent, key=lambda sign: (FIRST_OF_ALL.index(sign.intent), not sign.whole, -sign.words))
        longest = next((s for s in signs if s.as_typed), None) or max(signs, key=_telling, default=None)
        if longest is None:
            return None
        if not any(sign.whole for sign in signs):
            return longest.outside
        # Without its fillers the message is just a sign: then it names no procedure, whichever sign is the longest.
        return Outside(_meant(longest, distinct[0]), True, longest.words)

    def _signs(self, readings: Sequence[Sequence[Token]]) -> list[_Sign]:
        """All signs that nothing in the message takes back."""
        # A rewritten word has accents that the writer need not have typed: "tui" becomes "tôi".
        accented = bool(readings) and is_accented(readings[0])
        found = (sign for tokens in readings for sign in self._found(tokens, tokens is readings[0], accented))
        signs = [sign for sign in found if not _taken_back(sign.cue, readings)]
        is_tale = not any(sign.cue.calls for sign in signs) and any(self._told.anywhere(r, accented) for r in readings)
        return [sign for sign in signs if not (is_tale and sign.cue.in_a_tale_too)]

    def _found(self, tokens: Sequence[Token], first: bool, accented: bool) -> Iterator[_Sign]:
        for found in self._whole.at(tokens, 0, accented):
            if found.length == len(tokens):
                yield _Sign(found.value, True, len(tokens), first)
        for found in self._within.anywhere(tokens, accented):
            whole = found.length == len(tokens) and found.value.intent not in FIRST_OF_ALL
            said = tokens[found.start : found.start + found.length]
            yield _Sign(found.value, whole, found.length, first, _is_bare(said))
        for cue, said in self._two_pieces.anywhere(tokens, accented):
            yield _Sign(cue, False, len(said), first, _is_bare(said))


def _is_bare(said: Sequence[Token]) -> bool:
    return not any(token.marked for token in said)


def _taken_back(cue: _Cue, readings: Sequence[Sequence[Token]]) -> bool:
    """Whether a reading has words that bring the message back into scope, though another dropped them as fillers."""
    return any(_says(tokens, _words(unless)) for unless in cue.unless for tokens in readings)


def _says(tokens: Sequence[Token], phrase: Sequence[Token]) -> bool:
    """Whether the phrase stands anywhere in the message."""
    return any(stands_at(tokens, at, phrase) for at in range(len(tokens) - len(phrase) + 1))


def _telling(sign: _Sign) -> tuple[int, bool]:
    return sign.words, sign.whole


def _meant(sign: _Sign, typed: Sequence[Token]) -> str:
    left_over = sign.words == 1 and len(typed) > _LEFT_OVER
    return "vague" if sign.cue.intent in _YES_OR_NO and left_over else sign.cue.intent
