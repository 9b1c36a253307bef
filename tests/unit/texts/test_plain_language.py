"""The older person's test: every sentence of every language, as far as a machine can judge it."""

from __future__ import annotations

import pytest

from bot.texts import load_texts
from bot.texts.plain import MOST_LABEL_CHARS, MOST_WORDS, OFFICIALESE, faults, longest_sentence

LANGUAGES = ("vi", "en")
ALL = [(language, text_id) for language in LANGUAGES for text_id in sorted(load_texts(language).sentences)]
THE_STATE_S_OWN = "official_list.column."
"""Headings of the lists that decisions print: they read there as they read in every list."""
# As long as these get: a sentence is read filled.
LONG = {
    "assistant": "Một Cửa Thành Phố Mẫu",
    "operator": "Ủy ban nhân dân thành phố Mẫu",
    "centre": "Trung tâm Phục vụ hành chính công",
    "province": "thành phố Mẫu",
}
CHOICE_LABELS = (
    *("start.again", "start.more", "start.next", "card.name_cut", "card.back", "card.same_name_choice"),
    *("card.same_name_choice_code", "card.choice.communes", "card.choice.communes_count", "card.choice.communes_other"),
    *("card.choice.branches_other", "web.retry", "web.send", "web.clear"),
)


@pytest.mark.parametrize(("language", "text_id"), [one for one in ALL if not one[1].startswith(THE_STATE_S_OWN)])
def test_a_sentence_is_plain(language: str, text_id: str) -> None:
    assert faults(load_texts(language).sentences[text_id], language) == ()


@pytest.mark.parametrize(("language", "text_id"), ALL)
def test_a_sentence_stays_short_when_it_is_filled(language: str, text_id: str) -> None:
    sentence = load_texts(language).sentences[text_id]
    for name, value in LONG.items():
        sentence = sentence.replace(f"{{{name}}}", value)
    assert longest_sentence(sentence) <= MOST_WORDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_is_read_at_a_glance(language: str) -> None:
    texts = load_texts(language).sentences
    labels = {i: texts[i].replace("{code}", "1.001193").replace("{count}", "69") for i in CHOICE_LABELS}
    assert {i: label for i, label in labels.items() if len(label) > MOST_LABEL_CHARS} == {}


def test_every_choice_label_of_the_texts_is_judged() -> None:
    """What the list above leaves out is only labels that carry a name, as long as the name is."""
    ids = [i for i in load_texts().sentences if i.startswith("card.choice.")]
    named = {"card.choice.communes_named", "card.choice.branches_named", "card.choice.branches"}
    assert set(ids) - set(CHOICE_LABELS) == named


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_choices_of_the_texts_read_alike(language: str) -> None:
    texts = load_texts(language).sentences
    labels = [texts[i].casefold() for i in CHOICE_LABELS]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Anh/chị cần việc gì?", "vi", ()),
        ("Anh/chị cần việc gì? Làm cho ai?", "vi", ("asks more than one question",)),
        ("a " * 25 + "b. Câu sau.", "vi", ("has a sentence of 26 words",)),
        ("Đừng đọc mã OTP.", "vi", ()),
        ("Đừng đọc OTP.", "vi", ("does not explain 'OTP'",)),
        ("Tài khoản VNeID, ứng dụng VNeID.", "vi", ()),
        ("Vào VNeID, rồi mở VNeID.", "vi", ("does not explain 'VNeID'",)),
        ("Do UBND xã cấp, theo QĐ 15.", "vi", ("does not explain 'UBND'", "does not explain 'QĐ'")),
        ("Công trình cấp III, cấp IV.", "vi", ()),
        ("Giấy xuất xứ (C/O) mẫu EUR.1, mẫu AK.", "vi", ()),
        ("Quyết định 613/QĐ-TTg.", "vi", ("does not explain 'QĐ'",)),
        ("Thuộc Thẩm quyền của xã.", "vi", ("says 'Thẩm quyền'",)),
        ("Chương trình tự động.", "vi", ()),
        ("Giấy này không phải không cần.", "vi", ("denies twice: 'không phải không'",)),
        ("Không thể không làm.", "vi", ("denies twice: 'Không thể không'",)),
        ("Không có ai không biết.", "vi", ("denies twice: 'Không có ai không'",)),
        ("Tôi chưa biết có làm được hay không.", "vi", ()),
        ("Đừng gửi. Tôi không cần và không lưu.", "vi", ()),
        ("Please utilise the app, i.e. this one.", "en", ("says 'utilise'", "says 'i.e'")),
        ("You cannot file without an account.", "en", ("denies twice: 'cannot file without'",)),
        ("It is not uncommon.", "en", ("denies twice: 'not uncommon'",)),
        ("I cannot answer. Do not send it.", "en", ()),
        ("A UBND does it.", "en", ("does not explain 'UBND'",)),
    ],
)
def test_what_is_found(text: str, language: str, found: tuple[str, ...]) -> None:
    assert faults(text, language) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_officialese_is_found_in_any_case(language: str) -> None:
    terms = OFFICIALESE[language]
    assert len(set(terms)) == len(terms) >= 40
    assert [term for term in terms if f"says '{term.upper()}'" not in faults(f"({term.upper()})", language)] == []
