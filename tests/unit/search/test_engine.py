from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.engine import SearchEngine
from bot.search.model import Verdict
from tests.unit.search.samples import TITLES, catalogue, procedure

ENGINE = SearchEngine(catalogue())


def first(message: str) -> tuple[Verdict, str | None]:
    decision = ENGINE.search(message).first
    return decision.verdict, decision.candidates[0].code if decision.candidates else None


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Đăng ký khai sinh", "1.001193"),
        ("ĐĂNG KÝ KHAI SINH", "1.001193"),
        ("dang ky khai sinh", "1.001193"),
        ("dang ki khia sinh", "1.001193"),
        ("đăng ký khai xinh", "1.001193"),
        ("dangkykhaisinh", "1.001193"),
        ("ddawng kys khai sinh", "1.001193"),
        ("d9a8ng ky1 khai sinh", "1.001193"),
        ("đkks cần gì ạ", "1.001193"),
        ("mần giấy cho con mới sinh cần chi", "1.001193"),
        ("đăng ký lại khai sinh", "1.004884"),
        ("đăng ký kết hôn", "1.000894"),
        ("đăng ký kết hôn có yếu tố nước ngoài", "2.000806"),
        ("đổi bằng lái", "3.000347"),
        ("1.001193", "1.001193"),
        ("mã 1.001193.000.00.00.H27", "1.001193"),
        ("không phải khai tử mà là đăng ký khai sinh", "1.001193"),
    ],
)
def test_one_answer(message: str, code: str) -> None:
    assert first(message) == (Verdict.ANSWERED, code)


def test_words_that_mean_several_are_asked_back() -> None:
    decision = ENGINE.search("mất giấy khai sinh").first
    assert decision.verdict is Verdict.ASKED_BACK
    assert {candidate.code for candidate in decision.candidates[: decision.choices]} == {"2.000635", "1.004884"}


@pytest.mark.parametrize("message", ["", "   ", "😀😀", "\u202e\ud800", "iphone", "ạ"])
def test_nothing_to_find(message: str) -> None:
    assert ENGINE.search(message).first.verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("xin chào", "greeting"),
        ("thời tiết thế nào", "weather"),
        ("tôi muốn ly hôn", "court"),
        ("cháy nhà rồi, đăng ký khai sinh", "emergency_fire"),
        ("có người gọi xin mã OTP", "otp"),
    ],
)
def test_other_matters_are_named(message: str, intent: str) -> None:
    decision = ENGINE.search(message).first
    assert (decision.verdict, decision.intent) == (Verdict.OUT_OF_SCOPE, intent)


def test_what_is_asked_about_is_told() -> None:
    assert ENGINE.search("đăng ký khai sinh bao nhiêu tiền, ở đâu").first.asks == ("fee", "place")


def test_two_wishes_are_two_decisions() -> None:
    result = ENGINE.search("đăng ký khai sinh và đăng ký thường trú")
    assert [wish.candidates[0].code for wish in result.wishes] == ["1.001193", "1.004222"]


def test_a_superseded_code_leads_to_its_successor() -> None:
    rows = [procedure("1.000001", "Cấp thẻ cũ", superseded_by="1.000002"), procedure("1.000002", "Cấp thẻ mới")]
    engine = SearchEngine(catalogue(rows, aliases=()))
    assert engine.search("1.000001").first.candidates[0].code == "1.000002"
    assert {c.code for c in engine.search("cấp thẻ").first.candidates} == {"1.000002"}


def test_an_unknown_code_is_not_known() -> None:
    decision = ENGINE.search("1.999999").first
    assert (decision.verdict, decision.intent) == (Verdict.NOT_FOUND, "unknown_code")


def test_an_empty_catalogue_finds_nothing() -> None:
    assert SearchEngine(catalogue([], aliases=())).search("khai sinh").first.verdict is Verdict.NOT_FOUND


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_a_decision(text: str) -> None:
    result = ENGINE.search(text)
    assert result == ENGINE.search(text)
    for wish in result.wishes:
        assert wish.choices <= min(5, len(wish.candidates))
        assert len({candidate.code for candidate in wish.candidates}) == len(wish.candidates) <= 10


@settings(deadline=None)
@given(
    code=st.sampled_from(sorted(TITLES)),
    before=st.sampled_from(["", "cho hỏi ", "tôi muốn ", "thủ tục "]),
    after=st.sampled_from(["", " cần gì ạ", " ở đâu", " bao nhiêu tiền"]),
    case=st.sampled_from([str.lower, str.upper, str.title]),
)
def test_fillers_and_case_never_lose_an_exact_title(code: str, before: str, after: str, case: object) -> None:
    assert callable(case)
    message = case(before + TITLES[code] + after)
    assert first(message) == (Verdict.ANSWERED, code)


def test_the_code_as_written_is_kept_beside_its_successor() -> None:
    rows = [procedure("1.000001", "Cấp thẻ cũ", superseded_by="1.000002"), procedure("1.000002", "Cấp thẻ mới")]
    decision = SearchEngine(catalogue(rows, aliases=())).search("mã 1000001").first
    assert (decision.candidates[0].code, decision.written) == ("1.000002", "1.000001")
