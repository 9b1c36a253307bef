"""What a Vietnamese syllable looks like, and raw Telex and VNI keystrokes turned back into one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.search.fold import canonical, fold_canonical

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay e ec em en eng eo ep et eu ech enh i ia ich iec iem ien ieng iep iet ieu "
    "im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oem oen oeo oet oi om on ong ooc "
    "oong op ot u ua uan uang uat uay uc ue uech uenh ui uich um un ung uo uoc uoi uom uon uong uop uot uou up ut uu "
    "uy uya uych uyen uyet uynh uyt uyu y yem yen yet yeu ynh yt"
)
_SYLLABLES = frozenset(fold_canonical(onset) + rime for onset in ["", *_ONSETS.split()] for rime in _RIMES.split())

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_TELEX_LETTERS = (
    ("dd", "đ"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("uow", "ươ"),
    ("aw", "ă"),
    ("ow", "ơ"),
    ("uw", "ư"),
)
_VNI_LETTERS = (
    ("d9", "đ"),
    ("uo7", "ươ"),
    ("a6", "â"),
    ("e6", "ê"),
    ("o6", "ô"),
    ("a8", "ă"),
    ("o7", "ơ"),
    ("u7", "ư"),
)
_VOWELS = "aăâeêioôơuưy"
_TELEX_SHAPE = re.compile(r"[a-z]{2,11}")
_VNI_SHAPE = re.compile(r"(?=.*[a-z])(?=.*[1-9])[a-z1-9]{2,11}")


def is_syllable(folded: str) -> bool:
    """Whether a word without marks is spelled like a Vietnamese syllable."""
    return folded in _SYLLABLES


def _tone_position(word: str) -> int:
    """Where the tone mark goes in the older placement; -1 without a vowel."""
    start = 2 if word.startswith(("qu", "gi")) and len(word) > 2 and word[2] in _VOWELS else 0
    vowels = [at for at in range(start, len(word)) if word[at] in _VOWELS]
    if not vowels:
        return -1
    for at in reversed(vowels):
        if word[at] in "ăâêôơư":
            return at
    closed = vowels[-1] < len(word) - 1
    return vowels[-1] if closed or len(vowels) == 1 else vowels[-2]


def _put_tone(word: str, mark: str) -> str | None:
    at = _tone_position(word)
    return None if at < 0 else unicodedata.normalize("NFC", word[: at + 1] + mark + word[at + 1 :])


def _decode(word: str, letters: tuple[tuple[str, str], ...], tones: dict[str, str]) -> str | None:
    mark = ""
    body = word
    for at in range(len(word) - 1, 0, -1):
        if word[at] in tones and any(letter in "aeiouy" for letter in word[:at]):
            mark, body = tones[word[at]], word[:at] + word[at + 1 :]
            break
    for typed, letter in letters:
        body = body.replace(typed, letter)
    # Telex also allows the modifier at the end of the syllable: "duongw" for "dương".
    if "w" in body:
        rest = body.replace("w", "", 1)
        body = rest.replace("uo", "ươ") if "uo" in rest else rest.replace("o", "ơ", 1).replace("u", "ư", 1)
    if not is_syllable(fold_canonical(body)):
        return None
    if not mark:
        return body if body != word else None
    return _put_tone(body, mark)


@lru_cache(maxsize=8192)
def decode_keystrokes(word: str) -> str | None:
    """The syllable that raw Telex ("giaays") or VNI ("gia6y1") keystrokes stand for; None if they stand for none."""
    decoded = None
    if _TELEX_SHAPE.fullmatch(word):
        decoded = _decode(word, _TELEX_LETTERS, _TONES)
    elif _VNI_SHAPE.fullmatch(word):
        decoded = _decode(word, _VNI_LETTERS, _VNI_TONES)
    return canonical(decoded) if decoded else None
