"""The rules of plain language that a machine can check: what a person of seventy stumbles over.

Used by the tests over every sentence of the texts and by the check of a catalogue over what editors write. Names of
papers and bodies come from the law and are not judged here; the sentences around them are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

MOST_WORDS = 25
MOST_LABEL_CHARS = 40

_SENTENCE_END = re.compile(r"(?<=[.?!:])\s+|\n")
_ABBREVIATION = re.compile(r"(?<![\w{])(?:[A-ZĐ]{2,}(?:[/.\-][A-ZĐ0-9]+)*|C/O|VNeID|KH&CN)(?!\w)")
_ROMAN = re.compile(r"[IVX]+")

# Abbreviations that may stand, each beside one of the words that say what it is.
_EXPLAINED_BY = {
    "VNeID": ("ứng dụng", "tài khoản", "định danh", "app", "account"),
    "OTP": ("mã", "code", "codes"),
    "JSON": ("dạng", "format"),
    "TNHH": ("công ty", "trách nhiệm hữu hạn"),
    "C/O": ("xuất xứ",),
    "CFS": ("lưu hành tự do",),
    "CITES": ("nguy cấp",),
    "OCOP": ("mỗi xã một sản phẩm",),
    "ABTC": ("doanh nhân",),
    "ADN": ("xét nghiệm", "lấy mẫu"),
    "HIV/AIDS": ("điều trị",),
    "ASEAN": ("các nước", "xuất xứ"),
    # Forms of a certificate of origin are called by these letters and have no other name.
    **dict.fromkeys(("AJ", "AK", "VJ", "VK", "RCEP", "CPTPP", "EUR.1"), ("xuất xứ",)),
}

OFFICIALESE = {
    "vi": (
        *("thực hiện việc", "việc thực hiện", "tiến hành", "triển khai", "quy định hiện hành", "theo quy định"),
        *("quy định tại", "quý công dân", "quý khách", "quý vị", "quý ông bà", "thẩm quyền", "hồ sơ hợp lệ"),
        *("không hợp lệ", "tổ chức, cá nhân", "cá nhân, tổ chức", "căn cứ vào", "căn cứ theo", "trên cơ sở"),
        *("nhằm mục đích", "nêu tại", "kể từ khi", "thành phần hồ sơ", "cách thức thực hiện", "trình tự thực hiện"),
        *("đối tượng thực hiện", "đối tượng áp dụng", "thời hạn giải quyết", "cơ quan thực hiện", "theo phân cấp"),
        *("kính đề nghị", "trân trọng", "truy cập", "tra cứu", "thụ lý", "ban hành", "quy trình", "phát sinh"),
        *("người sử dụng lao động", "bản thân việc", "liên thông", "khả dụng", "xác thực danh tính", "được biết"),
        *("bưu chính công ích", "tác vụ", "thao tác", "cung cấp thông tin cá nhân", "phục vụ công tác"),
    ),
    "en": (
        *("pursuant", "hereby", "herein", "hereto", "thereof", "therein", "utilise", "utilize", "commence"),
        *("prior to", "in order to", "in accordance with", "in respect of", "with regard to", "notwithstanding"),
        *("aforementioned", "aforesaid", "shall", "dossier", "competent authority", "applicant", "lodge"),
        *("furnish", "facilitate", "ascertain", "endeavour", "henceforth", "forthwith", "in the event", "subsequent"),
        *("terminate", "remit", "obtain", "assistance", "approximately", "sufficient", "provided that", "undertake"),
        *("via", "e.g", "i.e", "etc", "kindly", "regarding", "invalid", "said procedure"),
    ),
}

# One pattern for each language: a whole catalogue is checked whenever it is loaded.
_OFFICIALESE = {
    language: re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)", re.IGNORECASE)
    for language, terms in OFFICIALESE.items()
}

_DOUBLE_NEGATION = {
    "vi": re.compile(
        r"(?:không|chẳng|chưa) (?:phải (?:là )?|thể |hẳn |hề )(?:không|chẳng|chưa)\b"
        r"|không (?:có )?(?:ai|gì|nơi nào|lúc nào|thủ tục nào)(?: mà)? (?:lại )?không\b"
        r"|(?:đừng|không được) (?:quên|bỏ|để) (?:không|thiếu|chưa)\b"
        r"|không (?:từ chối|cấm|thiếu|loại trừ)\b|trừ khi (?:không|chưa)\b"
        r"|không [^.,;:?!\n]{1,40} nếu (?:không|chưa)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\bnot (?:un|im|in|dis)(?:usual|common|known|likely|possible|correct|valid|allowed|able|complete)\w*"
        r"|\b(?:cannot|can't|never|not|no) [^.,;:?!\n]{0,60}\b(?:without|unless|except|not|nothing|nobody|never)\b",
        re.IGNORECASE,
    ),
}


def longest_sentence(text: str) -> int:
    """The words of the longest sentence of `text`."""
    return max(len(sentence.split()) for sentence in _SENTENCE_END.split(text))


class FlawKind(StrEnum):
    LONG = "long"
    """`what`: the words of the longest sentence."""
    OFFICIALESE = "officialese"
    ABBREVIATION = "abbreviation"
    DOUBLE_NEGATION = "double_negation"
    QUESTIONS = "questions"
    """More than one."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that makes a text hard to read. `what`: the words that do."""

    kind: FlawKind
    what: str = ""


def flaws(text: str, language: str = "vi") -> tuple[Flaw, ...]:
    """What makes `text` hard to read; none where it is plain."""
    words = longest_sentence(text)
    found = [Flaw(FlawKind.LONG, str(words))] if words > MOST_WORDS else []
    found += [Flaw(FlawKind.OFFICIALESE, match[0]) for match in _OFFICIALESE[language].finditer(text)]
    found += [Flaw(FlawKind.ABBREVIATION, name) for name in dict.fromkeys(_unexplained(text))]
    found += [Flaw(FlawKind.DOUBLE_NEGATION, match[0]) for match in _DOUBLE_NEGATION[language].finditer(text)]
    if text.count("?") > 1:
        found.append(Flaw(FlawKind.QUESTIONS))
    return tuple(found)


_TOLD = {
    FlawKind.LONG: "has a sentence of {} words",
    FlawKind.OFFICIALESE: "says {!r}",
    FlawKind.ABBREVIATION: "does not explain {!r}",
    FlawKind.DOUBLE_NEGATION: "denies twice: {!r}",
    FlawKind.QUESTIONS: "asks more than one question",
}


def faults(text: str, language: str = "vi") -> tuple[str, ...]:
    """The flaws of `text`, each as the rest of a sentence ("says …", "is …"); none where it is plain."""
    return tuple(_TOLD[flaw.kind].format(flaw.what) for flaw in flaws(text, language))


def _unexplained(text: str) -> list[str]:
    return [
        name
        for name in _ABBREVIATION.findall(text)
        if not _ROMAN.fullmatch(name) and not any(_holds(text, word) for word in _EXPLAINED_BY.get(name, ()))
    ]


def _holds(text: str, term: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE) is not None
