"""Vietnamese as it is read out: numbers, codes, dates, abbreviations and signs in words, one syllable after another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from num2words import num2words

from bot.texts import load_texts

_VIETNAMESE = "vi"
_THOUSAND = 1000
_SCALES = ((1_000_000_000, "tỷ"), (1_000_000, "triệu"), (1_000, "nghìn"))
_FIRST_TEN = 10
_MONTHS = 12
_DAYS = 31

_CODE = re.compile(r"(?<![\w.])([1-6])\.(\d{6})(?![\w])")
_DATE = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?![\d/])")
_LAW = re.compile(r"(?<!\d)(\d{1,4})(?:/(\d{4}))?/([A-ZĐ]{2,}(?:-[A-ZĐ][A-Za-zĐ]*)?)(\d{1,2})?(?!\w)")
_MONTH = re.compile(r"(?<![\d/])(\d{1,4})/((?:19|20)\d\d)(?![\d/])")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)(?!\d)")
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{3})+(?![\d.])")
_DECIMAL = re.compile(r"(?<![\d.,])(\d+)([.,])(\d+)(?![\d.,])")
_PERCENT = re.compile(r"\s*%")
_WORD = re.compile(r"[^\W_]+")
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_RUN_OF_CAPITALS = re.compile(r"[A-ZĐ]{2}")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_SAYABLE = re.compile(r"[^\w\s.,?!]")
_VOWELS = re.compile(r"[aeiouyăâêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]+", re.IGNORECASE)


def number_said(number: int) -> str:
    """`2026` is "hai nghìn không trăm hai mươi sáu". From 0 up."""
    if number < _THOUSAND:
        # Above, num2words leaves out the hundreds: "một nghìn lẻ mười lăm" is nothing that anybody says.
        return str(num2words(number, lang=_VIETNAMESE)).replace(" lẻ ", " linh ")
    words: list[str] = []
    for scale, name in _SCALES:
        if number >= scale:
            many, number = divmod(number, scale)
            words.append(f"{_after(many, is_first=not words)} {name}")
    if number:
        words.append(_after(number, is_first=False))
    return " ".join(words)


def digits_said(digits: str) -> str:
    """`001` is "không không một"."""
    return " ".join(number_said(int(digit)) for digit in digits)


def code_said(code: str) -> str:
    """`1.001193` is "một, chấm, không không một, một chín ba"."""
    head, _, rest = code.partition(".")
    thirds = [digits_said(rest[start : start + 3]) for start in range(0, len(rest), 3)]
    return ", ".join((digits_said(head), "chấm", *thirds))


def day_said(day: date) -> str:
    """1 July 2025 is "mồng một tháng bảy năm hai nghìn không trăm hai mươi lăm"; without the word for day."""
    return _date(day.day, day.month, day.year)


def as_said(text: str) -> str:
    """The text with nothing in it but words, and stops where one pauses."""
    for pattern, said in _PATTERNS:
        text = pattern.sub(said, text)
    text = _PERCENT.sub(" phần trăm", text)
    text = _with_units(text)
    text = re.sub(r"\s+[-–]\s+|[;:()“”\"…]|\.{2,}", ", ", text).replace("&", " và ")
    text = re.sub(r"(?<=[a-zà-ỹ]{2})/(?=[a-zà-ỹ]{2})", " hoặc ", text)
    text = re.sub(r"(?<=\w)\.(?=\w)", " chấm ", _with_abbreviations(text))
    text = _WORD.sub(lambda match: _word(match[0]), text)
    text = _SAYABLE.sub(" ", text)
    return _tidy(text)


def syllables(said: str) -> int:
    """Of what `as_said` gave: a Vietnamese word has one, a foreign one as many as it has runs of vowels."""
    return sum(max(1, len(_VOWELS.findall(word))) if _is_foreign(word) else 1 for word in said.split())


def _after(number: int, *, is_first: bool) -> str:
    """Below a thousand: with the hundreds that are said even where there are none, if something stands before."""
    said = number_said(number)
    if is_first or number >= 100:
        return said
    return f"không trăm linh {said}" if number < _FIRST_TEN else f"không trăm {said}"


def _date(day: int, month: int, year: int) -> str:
    first = f"mồng {number_said(day)}" if day <= _FIRST_TEN else number_said(day)
    return f"{first} tháng {number_said(month)} năm {number_said(year)}"


def _said_date(match: re.Match[str]) -> str:
    day, month, year = int(match[1]), int(match[2]), int(match[3])
    if 1 <= day <= _DAYS and 1 <= month <= _MONTHS:
        return _date(day, month, year)
    return " ".join(map(number_said, (day, month, year)))


def _said_law(match: re.Match[str]) -> str:
    """`163/2024/NĐ-CP`: "một trăm sáu mươi ba, năm …, của Chính phủ"."""
    number, year, body, term = match.groups()
    said = [number_said(int(number))]
    if year:
        said.append(f"năm {number_said(int(year))}")
    if term:
        said.append(f"{_abbreviations().get(body) or _spelled(body)} {number_said(int(term))}")
    else:
        said.append(_abbreviations().get(body) or " ".join(_spelled(part) for part in body.split("-")))
    return " ".join(said)


def _said_month(match: re.Match[str]) -> str:
    first, year = int(match[1]), number_said(int(match[2]))
    return f"{number_said(first)} năm {year}" if first > 0 else year


def _said_decimal(match: re.Match[str]) -> str:
    mark = "phẩy" if match[2] == "," else "chấm"
    behind = number_said(int(match[3])) if match[3][0] != "0" else digits_said(match[3])
    return f"{number_said(int(match[1]))} {mark} {behind}"


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_CODE, lambda match: code_said(match[0])),
    (_DATE, _said_date),
    (_LAW, _said_law),
    (_YEARS, lambda match: f"{number_said(int(match[1]))} đến {number_said(int(match[2]))}"),
    (_MONTH, _said_month),
    (_THOUSANDS, lambda match: number_said(int(match[0].replace(".", "")))),
    (_DECIMAL, _said_decimal),
)


def _with_units(text: str) -> str:
    for written, said in _list("spoken.units").items():
        text = re.sub(rf"(?<=\d)\s*{written}(?![\w])", f" {said}", text)
        if written[-1].isdigit():
            text = re.sub(rf"(?<!\w){written}(?!\w)", said, text)
    return re.sub(r"(?<=mét khối)/", " một ", re.sub(r"(?<=mét vuông)/", " một ", text))


def _with_abbreviations(text: str) -> str:
    """Longest first, so that no part of one is taken for another."""
    known = _abbreviations()
    pattern = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{pattern})(?!\w)", lambda match: known[match[0]], text)


def _word(word: str) -> str:
    """Capitals and numbers, alone or together (`H2H`, `IV`, `36`), as said; every other word as it is."""
    if word.isdigit():
        return number_said(int(word)) if len(word) <= 12 else digits_said(word)
    if len(word) > 1 and word.isupper() and _ROMAN.fullmatch(word):
        return number_said(_roman(word))
    if any(char.isdigit() for char in word):
        return " ".join(_word(part) if part.isdigit() else _spelled(part) for part in _PARTS.findall(word))
    if word.isupper() and ((len(word) > 1 and word.isascii()) or not _VOWELS.search(word)):
        return _spelled(word)
    if _RUN_OF_CAPITALS.search(word) and not word.isupper():
        return _spelled(word)
    return word.lower() if len(word) > 1 and word.isupper() else word


def _roman(word: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in word]
    return sum(-v if later > v else v for v, later in zip(values, [*values[1:], 0], strict=True))


def _spelled(word: str) -> str:
    letters = _list("spoken.letters")
    return " ".join(letters.get(letter.upper(), letter) for letter in word)


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([.,?!])(?:\s*,)*", r"\1", text)
    text = re.sub(r",+\s*([.?!])", r"\1", text)
    text = re.sub(r"([.,?!])(?=\w)", r"\1 ", text)
    return text.strip(" ,")


def _is_foreign(word: str) -> bool:
    """Whether no Vietnamese syllable is written so: more than one run of vowels, or none."""
    bare = word.strip(".,?!")
    return len(_VOWELS.findall(bare)) != 1


def _abbreviations() -> Mapping[str, str]:
    return _list("spoken.abbreviations")


@lru_cache(maxsize=8)
def _list(list_id: str) -> Mapping[str, str]:
    """`written: said`, as the texts have them."""
    pairs = (entry.partition(": ") for entry in load_texts(_VIETNAMESE).words(list_id))
    return {written: said for written, _, said in pairs}
