"""Messages with something private in them, and ordinary ones, as people type them.

A message is a form (`private_numbers`) in a frame or beside a real question, roughened: without marks, with raw Telex
keystrokes, in capitals, with blanks lost and doubled. What is private and what must stay is known of each.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.dialogue.clean import clean
from tests.benchmarks.private_numbers import PRIVATE, PUBLIC, forms_of

_MOST_CHARS = 2000
_FRAMES = forms_of(
    "{}|{}.|tôi là {}|{} nhé|{} {q}|{q} {}|{q}, {}|{}, {q}|{q}. {}. Cảm ơn|anh chị ơi {} {q}|cho tôi hỏi {q} ({})|"
    "{q}: {}|thông tin của em: {}|{c} {}|{} {c}|thủ tục {c}, {}|{}, mã {c} ạ|theo {d} thì {} {q}|{} mà {d}|{q}\n{}|"
    "dạ {} ạ|nhờ xem giúp {} với|em gửi {} rồi đó|của mẹ tôi: {}. {q}?|{} ; {q}"
)
_OF_NUMBERS = forms_of(
    "số của tôi là {}|cccd {}|căn cước {} {q}|cmnd: {}|sđt {}|gọi lại cho tôi {} {q}|đt {}|số {} {q}|{q} số {}|"
    "sdt:{}|liên hệ {}|zalo {}"
)
_CODES = forms_of("{}|{}|mã {}|TTHC {}|{}.000.00.00.H27|{}.H27|{}.01|{b}|mã {b}|{k}|thủ tục số {}")
_NUMBERS = {"identity, 12 digits", "identity, 9 digits", "phone, mobile", "phone, +84", "phone, landline", "bank card"}
_DIGITS = re.compile(r"\d+")
_TELEX = dict(zip("\u0301\u0300\u0309\u0303\u0323\u0302\u0306\u031b", "sfrxj^ww", strict=True))


@dataclass(frozen=True, slots=True)
class Message:
    """`kind`: of what is private in it, or of what is public. `around`: the message without that. `stays`: in it."""

    text: str
    kind: str
    around: str
    stays: tuple[str, ...] = ()


def private_messages(seed: int, of_each: int, questions: Sequence[str], codes: Sequence[str]) -> Iterator[Message]:
    """`of_each` messages of each kind of `PRIVATE`."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for kind, make in PRIVATE.items():
        frames = (*_FRAMES, *_OF_NUMBERS) if kind in _NUMBERS else _FRAMES
        for _ in range(of_each):
            yield _message(chance, kind, make(chance), chance.choice(frames), questions, codes)


def public_messages(seed: int, of_each: int, questions: Sequence[str], codes: Sequence[str]) -> Iterator[Message]:
    """`of_each` messages of each kind of `PUBLIC`, of codes, and each question as it is."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    frames = [frame for frame in _FRAMES if "{d}" not in frame and "{c}" not in frame]
    for kind, make in PUBLIC.items():
        for _ in range(of_each):
            yield _public(chance, kind, make(chance), chance.choice(frames), questions)
    for _ in range(of_each):
        yield _public(chance, "procedure code", written_code(chance, codes), chance.choice(frames), questions)
    for question in questions:
        yield Message(clean(question, _MOST_CHARS), "question", question)


def written_code(chance: random.Random, codes: Sequence[str]) -> str:
    code = chance.choice(codes)
    form = chance.choice(_CODES)
    return form.format(code, b=code.replace(".", ""), k=code.replace(".", ","))


def leaks(message: Message, masked: str) -> bool:
    """Whether something private is left: digits that do not stand around it, an e-mail's sign or name."""
    left, around = _plain_digits(masked), _plain_digits(message.around)
    if message.kind == "e-mail":
        return "@" in masked or "gmail" in masked.lower() or "(at)" in masked or "còng" in masked
    for group in left:
        if group not in around:
            return True
        around.remove(group)
    return False


def loses(message: Message, masked: str) -> bool:
    """Whether something is gone that everybody may read."""
    return any(words.lower() not in masked.lower() for words in message.stays)


def _message(
    chance: random.Random, kind: str, private: str, frame: str, questions: Sequence[str], codes: Sequence[str]
) -> Message:
    code, decision = chance.choice(codes), f"{chance.randint(100, 4999)}/QĐ-UBND"
    question = chance.choice(questions)
    filled = frame.replace("{q}", question).replace("{c}", code).replace("{d}", decision)
    rough = _roughness(chance)
    text = rough.of(filled.replace("{}", _MARK))
    typed = _jammed(chance, text, rough.of(private))
    stays = tuple(words for words, mark in ((code, "{c}"), (decision[: decision.index("Q")], "{d}")) if mark in frame)
    return Message(clean(typed, _MOST_CHARS), kind, text.replace(_MARK, " "), stays)


def _public(chance: random.Random, kind: str, public: str, frame: str, questions: Sequence[str]) -> Message:
    rough = _roughness(chance)
    text = clean(rough.of(frame.replace("{q}", chance.choice(questions)).replace("{}", public)), _MOST_CHARS)
    return Message(text, kind, text, (text,))


_MARK = "\ue000"


def _jammed(chance: random.Random, frame: str, private: str) -> str:
    """The private words in their place; at times with no blank before them, where a letter comes before a digit."""
    if chance.random() < 0.05 and private[0].isdigit():
        frame = re.sub(rf"(?<=[^\W\d_]) {_MARK}", _MARK, frame)
    return frame.replace(_MARK, private)


@dataclass(frozen=True, slots=True)
class _Rough:
    """How somebody types: `way` for all of a message, `keys` for some of its words."""

    way: str
    keyed: frozenset[int]

    def of(self, text: str) -> str:
        if self.way == "bare":
            return _bare(text)
        if self.way == "capitals":
            return text.upper()
        if self.way == "small":
            return text.lower()
        if self.way == "decomposed":
            return unicodedata.normalize("NFD", text)
        if self.way == "keys":
            at = iter(range(len(text)))
            return re.sub(r"[^\W\d_]+", lambda word: _keys(word[0]) if next(at) % 10 in self.keyed else word[0], text)
        return text


def _roughness(chance: random.Random) -> _Rough:
    way = chance.choice(("", "", "", "bare", "bare", "small", "capitals", "decomposed", "keys"))
    return _Rough(way, frozenset(chance.sample(range(10), 4)))


def _bare(text: str) -> str:
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return bare.replace("đ", "d").replace("Đ", "D")


def _keys(word: str) -> str:
    """What a keyboard without Vietnamese writes for it, the tone's key at the end."""
    tone, typed = "", ""
    for letter in unicodedata.normalize("NFD", word):
        key = _TELEX.get(letter)
        if key is None:
            typed += {"đ": "dd", "Đ": "Dd"}.get(letter, letter)
        elif key in "sfrxj":
            tone = key
        else:
            typed += typed[-1] if key == "^" else key
    return typed + tone


def _plain_digits(text: str) -> list[str]:
    return _DIGITS.findall(unicodedata.normalize("NFKC", text))
