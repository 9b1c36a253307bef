"""Tidying published names into titles that can be shown.

Official lists carry slips: names in capitals, dots and spaces at the ends, the code inside the name. The published
name is kept as it is; only the title, which people read, is tidied. Nothing is added, and no word is replaced.
"""

from __future__ import annotations

import re
import unicodedata

_CODE_INSIDE = re.compile(r"\(?\s*\b[1-6]\.?[0-9]{6}(?:\.[0-9]{2})?\b\s*\)?")
_BEFORE_MARK = re.compile(r"\s+([,;:)])")
_AFTER_BRACKET = re.compile(r"\(\s+")
_GLUED_BRACKET = re.compile(r"(?<=[^\W\d_]{2})\((?=[^\W\d_]{2})")
_PREFIX = re.compile(r"(?:thủ tục|tthc)\s*:?\s+(?=(\w+)(?:\s+(\w+))?)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_ENDS = " \t.,;:-–"

CAPITALS_FROM = 0.7
"""From this share of words in capitals on, a name is taken to be written in capitals …"""
FEWEST_WORDS = 3
"""… when it has at least so many: "VỐN ODA" may be meant as it is."""

# What may follow "Thủ tục" so that the title can begin with it: verbs, by their first syllable, or by two where one
# would not tell ("đối chiếu" is a verb, "đối với" is not).
_VERBS = frozenset(
    re.findall(
        r"\w+",
        """
        áp bảo báo bán bổ bồi cấm cấp chấm chấp chia cho chuyển chứng công di duy đánh đăng đặt đề điều đính đóng đổi
        đưa ghi gia giải giám giảm giao góp gửi hạch hoàn hỗ hợp huỷ hủy hưởng kê kết khai khôi không kiểm lập lấy lựa
        miễn mở mua nhận nhập nộp nuôi phân phê phục ra rút sửa tái tạm tặng tất tham thanh thành thay thẩm thôi thông
        thu thuê thực tiếp tiêu tính tổ trao trả trừ truy trưng tuyển tự vay xác xem xét xin xoá xóa xuất xử yêu
        """,
    )
)
_TWO_WORD_VERBS = frozenset({"đối chiếu", "khám nghiệm", "dự thi", "dự tuyển"})

# In a name in capitals, a word that no Vietnamese syllable looks like is an abbreviation and keeps them.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?", re.ASCII
)
_KEPT = frozenset({"II", "III", "IV", "IX", "UBND", "ODA"})
_NAMES = (
    (re.compile(r"\bviệt nam\b"), "Việt Nam"),
    (re.compile(r"\bchính phủ\b"), "Chính phủ"),
    (re.compile(r"\bđiều (?=[0-9])"), "Điều "),
    (re.compile(r"\bluật (?=tín ngưỡng|đất đai|nhà ở|xây dựng|đầu tư|doanh nghiệp|hộ tịch|cư trú)"), "Luật "),
)


def tidy(name: str) -> str:
    """The title for a published name; never empty unless the name is. Tidying a title again changes nothing."""
    title = " ".join(unicodedata.normalize("NFC", name).split())
    without_code = _CODE_INSIDE.sub(" ", title)
    title = " ".join(without_code.split()) if without_code.strip(_ENDS + "()") else title
    title = _BEFORE_MARK.sub(r"\1", title)
    title = _GLUED_BRACKET.sub(" (", _AFTER_BRACKET.sub("(", title))
    title = title.strip(_ENDS) or title
    return begin_upper(_without_prefix(_out_of_capitals(title)))


def _out_of_capitals(title: str) -> str:
    words = title.split()
    if len(words) < FEWEST_WORDS or sum(map(str.isupper, words)) < CAPITALS_FROM * len(words):
        return title
    lower = _WORD.sub(lambda match: match[0] if _keeps_capitals(match[0]) else match[0].lower(), title)
    for pattern, replacement in _NAMES:
        lower = pattern.sub(replacement, lower)
    return lower


def _keeps_capitals(word: str) -> bool:
    if not word.isupper():
        # Only what is written in capitals is lowered; "(Cấp tỉnh)" behind it becomes "(cấp tỉnh)" like the rest.
        return not word.istitle()
    split = unicodedata.normalize("NFD", word.lower()).replace("đ", "d")
    plain = "".join(char for char in split if not unicodedata.combining(char))
    return word in _KEPT or any(char.isdigit() for char in word) or _SYLLABLE.fullmatch(plain) is None


def _without_prefix(title: str) -> str:
    match = _PREFIX.match(title)
    if match is None:
        return title
    first, second = match[1].lower(), (match[2] or "").lower()
    return title[match.end() :] if first in _VERBS or f"{first} {second}" in _TWO_WORD_VERBS else title


def begin_upper(name: str) -> str:
    """The name as it begins a sentence or stands alone."""
    return name[:1].upper() + name[1:]


def begin_lower(name: str) -> str:
    """The name behind other words of a sentence."""
    return name[:1].lower() + name[1:]
