"""Numbers that are everybody's: procedure codes, dates, numbers of laws and decisions, hotlines. They stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.dialogue.masking.spans import Span

# `1.001193` and longer forms of it.
_CODE_TAIL = r"(?!\d)(?:\.\d{2,3}(?!\d))*(?:\.[a-z]\d{2}(?!\d))?"
_DOTTED_CODE = re.compile(r"(?<!\d)[1-9][.,]\d{6,7}" + _CODE_TAIL)
# Behind a blank only where nothing goes on: "lớp 6. 084915.550.340" ends with a phone.
_APART_CODE = re.compile(r"(?<!\d)[1-9][.,] \d{6,7}(?![ .\-–_]{0,3}\d)")
# Without its dot only where it does not continue a number (091 2345678).
_BARE_CODE = re.compile(r"(?<![\d)])(?<![\d)][ .\-])[1-9]\d{6}" + _CODE_TAIL)
# With other signs than the slash only where neither end goes on: "09 12 2034 567" is a phone.
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2} ?/ ?\d{1,2} ?/ ?(?:19|20)\d{2}|\d{1,2} ?/ ?(?:19|20)\d{2}|"
    r"(?<!\d[ .\-])(?:\d{1,2}([.\- ])\d{1,2}\1(?:19|20)\d{2}|(?:19|20)\d{2}([.\-/])\d{1,2}\2\d{1,2})(?![ .\-]?\d))"
    r"(?!\d)"
)
_KINDS = (
    r"qdd?|ndd?|tt|nq|ttlt|ct|cv|tb|kh|bc|hd|qh\d{0,2}|ubtvqh\d{0,2}|pl|vbhn|ttr|gm|hdbt|ubnd|"
    r"[a-z]{2,8} ?- ?[a-z]{2,10}"
)
# 1872/QĐ-UBND, 42/2022/NĐ-CP, 91/2025/QH15, 1872 QĐ UBND.
_LAW_BEHIND = re.compile(
    rf"(?<![\d/])\d{{1,5}}(?: ?/ ?(?:19|20)\d{{2}})?"
    rf"(?: ?/ ?(?:{_KINDS})(?![a-z])(?: ?- ?[a-z]{{2,10}}\d{{0,2}})*|"
    rf" ?-? ?(?:qdd?|ndd?|nq|tt|kh)(?: ?[-/] ?| )(?:[a-z]{{2,8}}))"
)
# Quyết định số 1872, luật 91/2025, điều 12, mẫu số 01 …: not where more digits follow.
_LAW_BEFORE = re.compile(
    r"(?<![a-z\d])(?:quyet dinh|qd|nghi dinh|nd|thong tu|nghi quyet|nq|"
    r"luat(?: (?!so nha|nha so|nha |duong [a-z]+ so|ngo |hem |o |tai )[a-z]+){0,4}?|phap lenh|"
    r"cong van|chi thi|ke hoach|thong bao|van ban|to trinh|mau|bieu mau|dieu|khoan|diem|muc|chuong|phu luc|"
    r"decision|decree|circular|resolution|law|article|clause|form)"
    r"(?: (?:so|thu|no\.?|number))? ?[:.]? ?\d{1,5}[a-z]?(?: ?/ ?(?:19|20)\d{2})?(?![ .\-–—_·]{0,3}\d)"
)
_HOTLINE = re.compile(
    r"(?<![\d+])(?<!\d[ .\-–_])(?<!\d [.\-–] )1[89]00(?:(?:[ .\-]?\d){6}|(?:[ .\-]?\d){4})(?![ .\-]?\d)"
)
# Bodies (H99.115), number plates, names of forms (CT07).
_LABEL = re.compile(
    r"(?<![a-z\d])(?:[a-z]\d{2}(?:\.\d{1,3})+(?![\d\-])|"
    r"\d{2}[ \-]?[a-z]{1,2}\d?[ \-]\d{3}\.?\d{2}(?!\d)|(?:ct ?0|kt|na)\d(?!\d))"
)
_EMERGENCY = re.compile(r"(?<!\d)11[1-5](?:[ ,/\-]{1,3}11[1-5])+(?!\d)")
_YEARS = re.compile(r"(?<!\d)(?<!\d[ .\-])(?:19|20)\d{2}(?:[ .,/\-–]{1,3}(?:19|20)\d{2})+(?!\d)")
# A bare code is not among them: behind "số điện thoại" it is a phone.
_CERTAIN = (_DOTTED_CODE, _APART_CODE, _LAW_BEHIND, _LAW_BEFORE, _DATE, _HOTLINE, _LABEL, _EMERGENCY, _YEARS)


def certain(flat: str) -> Iterator[Span]:
    """What is public whatever stands beside it."""
    for pattern in _CERTAIN:
        for match in pattern.finditer(flat):
            yield match.span()


def bare_codes(flat: str) -> Iterator[Span]:
    """What reads as a procedure code without its dot, unless something names it otherwise."""
    for match in _BARE_CODE.finditer(flat):
        yield match.span()
