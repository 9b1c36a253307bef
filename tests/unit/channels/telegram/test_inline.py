from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from bot.catalog.editorial import Editorial, Hiding
from bot.catalog.guide import Guide
from bot.catalog.lexicon_model import Alias
from bot.catalog.load import load_catalogue
from bot.catalog.taught import with_taught
from bot.channels.telegram.client import Client
from bot.channels.telegram.inline import MOST_RESULTS, InlineAnswers, InlineSender
from bot.dialogue.messages import Status
from bot.dialogue.turn import Searches
from bot.operations.show import card_of
from bot.search.engine import SearchEngine
from bot.search.language import Language
from bot.search.model import SearchResult
from bot.texts import load_texts
from tests.log import Log
from tests.unit.channels.telegram.payloads import ERRORS, payload
from tests.unit.channels.telegram.platform import Platform
from tests.unit.shipped import shipped_engine, shipped_guide

SECOND = load_catalogue(Path(__file__).resolve().parents[3] / "fixtures" / "second_province")
BUTTON = {"text": "Hỏi riêng trợ lý", "start_parameter": "inline"}


class Counting:
    """The engine, with the words that it was asked for."""

    def __init__(self) -> None:
        self._engine = SearchEngine(SECOND)
        self.asked: list[str] = []

    def search(self, text: str, language: Language = "vi") -> SearchResult:
        self.asked.append(text)
        return self._engine.search(text, language)

    def help_topic(self, text: str, language: Language = "vi") -> str | None:
        return self._engine.help_topic(text, language)

    def language(self, text: str) -> Language | None:
        return self._engine.language(text)


@dataclass
class Source:
    """What answers come from; a test may replace it."""

    guide: Guide
    engine: Searches


@pytest.fixture
def engine() -> Counting:
    return Counting()


@pytest.fixture
def answers(engine: Counting) -> InlineAnswers:
    return InlineAnswers(Source(Guide.of(SECOND), engine), load_texts(), "https://hoidap.test.vn", "dvc_mau_bot")


@pytest.fixture
def shipped() -> InlineAnswers:
    return InlineAnswers(Source(shipped_guide(), shipped_engine()), load_texts(), "http://127.0.0.1:8080", None)


def test_a_card_to_share(answers: InlineAnswers) -> None:
    (article,) = answers.answer("đăng ký khai sinh")
    made = article.to_dict()
    text = made["input_message_content"].pop("message_text")
    assert text.splitlines()[0] == "<b>Đăng ký khai sinh</b>"
    assert made == {
        "type": "article",
        "id": "1.900001",
        "title": "Khai sinh: lần đầu",
        "description": "Làm được toàn bộ trên mạng",
        "url": "https://hoidap.test.vn/tt/1.900001",
        "input_message_content": {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}},
        "reply_markup": {
            "inline_keyboard": [
                [
                    {
                        "text": "Mở trang thủ tục trên Cổng…",
                        "url": SECOND.province.portal_procedure.replace(
                            "{portal_id}", "00000000-0000-4000-8000-000000000001"
                        ),
                    }
                ],
                [{"text": "Hỏi thêm trợ lý", "url": "https://t.me/dvc_mau_bot?start=tt_1_900001"}],
            ]
        },
    }


def test_without_words_the_most_used_are_offered(answers: InlineAnswers, engine: Counting) -> None:
    assert [article.id for article in answers.answer("  ")] == [used.code for used in SECOND.most_used]
    assert engine.asked == []


def test_the_same_words_are_searched_once(answers: InlineAnswers, engine: Counting) -> None:
    first = answers.answer("Đăng ký  khai sinh ")
    assert [answers.answer(words) for words in ("đăng ký khai sinh", "ĐĂNG KÝ KHAI SINH")] == [first, first]
    answers.answer("dang ky khai sinh")
    assert engine.asked == ["đăng ký khai sinh", "dang ky khai sinh"]


@pytest.mark.parametrize("words", ["xyzzy", "🙂", "cháy nhà rồi cứu với"])
def test_where_nothing_is_found_nothing_is_offered(shipped: InlineAnswers, words: str) -> None:
    assert shipped.answer(words) == ()


def test_long_words_are_cut_and_offers_are_few(shipped: InlineAnswers) -> None:
    for words in ("khai sinh", "", "đất " * 200, "khai sinh, kết hôn, đổi bằng lái, làm hộ chiếu"):
        articles = shipped.answer(words)
        assert 0 < len(articles) <= MOST_RESULTS
        assert (
            len({article.id for article in articles}) == len({article.title for article in articles}) == len(articles)
        )


def test_an_old_code_leads_to_what_took_its_place(answers: InlineAnswers) -> None:
    assert [article.id for article in answers.answer("1.900004")] == ["1.900005"]


@pytest.mark.parametrize(
    ("code", "asks"),
    [
        ("1.116156", "Đất ở xã, phường nào? Viết tên, hoặc chọn dưới đây."),
        ("3.000181", "Việc của anh/chị thuộc nơi nào?"),
    ],
)
def test_nobody_is_asked_in_somebody_elses_conversation(code: str, asks: str) -> None:
    answers = InlineAnswers(
        Source(shipped_guide(), shipped_engine()), load_texts(), "https://hoidap.test.vn", "dvc_mau_bot"
    )
    card = card_of(shipped_guide(), load_texts(), code)
    assert card is not None
    shared = next(article for article in answers.answer(code) if article.id == code).to_dict()
    heading, *lines, asked = card.text.split("\n")
    assert asked == asks
    assert shared["input_message_content"]["message_text"] == "\n".join([f"<b>{heading}</b>", *lines])
    assert shared["reply_markup"]["inline_keyboard"][-1] == [
        {"text": "Hỏi thêm trợ lý", "url": f"https://t.me/dvc_mau_bot?start=tt_{code.replace('.', '_')}"}
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_card_that_is_shared_asks_anything(language: str) -> None:
    texts, guide = load_texts(language), shipped_guide()
    asking = [card_of(guide, texts, code) for code in guide.catalogue.procedures]
    shared = [card_of(guide, texts, code, may_ask=False) for code in guide.catalogue.procedures]
    assert [card.text for card in shared if card is not None and "?" in card.text] == []
    assert sum(card is not None and card.status is Status.ASKED_BACK for card in asking) > 0
    assert [card for card in asking if card is not None and card.status is not Status.ASKED_BACK] == [
        card
        for card, asked in zip(shared, asking, strict=True)
        if asked is not None and asked.status is not Status.ASKED_BACK
    ]


def test_without_a_name_and_a_public_site_only_the_portal_is_linked(shipped: InlineAnswers) -> None:
    made = shipped.answer("1.001193")[0].to_dict()
    assert [[button["text"] for button in row] for row in made["reply_markup"]["inline_keyboard"]] == [
        ["Mở trang thủ tục trên Cổng…"]
    ]
    assert "url" not in made


async def test_a_query_is_answered(telegram: Platform, bot: Client, answers: InlineAnswers) -> None:
    await InlineSender(bot, answers).answer("đăng ký khai sinh", "987654321")
    ((method, fields),) = telegram.calls
    assert method == "answerInlineQuery"
    assert [result["id"] for result in fields.pop("results")] == ["1.900001"]
    assert fields == {"inline_query_id": 987654321, "cache_time": 30, "is_personal": False, "button": BUTTON}


async def test_where_nothing_is_found_there_is_the_way_to_the_private_chat(
    telegram: Platform, bot: Client, answers: InlineAnswers
) -> None:
    await InlineSender(bot, answers).answer("xyzzy", "987654321")
    assert telegram.calls == [
        (
            "answerInlineQuery",
            {
                "inline_query_id": 987654321,
                "results": [],
                "cache_time": 30,
                "is_personal": False,
                "button": BUTTON,
            },
        )
    ]


@pytest.mark.parametrize("name", ERRORS)
async def test_what_goes_wrong_is_logged_without_the_words(
    telegram: Platform, bot: Client, answers: InlineAnswers, caplog: pytest.LogCaptureFixture, log: Log, name: str
) -> None:
    telegram.answers.append(payload(name))
    with caplog.at_level("INFO"):
        await InlineSender(bot, answers).answer("đăng ký khai sinh", "987654321")
    said = log.lines("bot.channels.telegram.inline")
    assert [line["event"] for line in said] == ["inline_not_answered"] * (name != "error_400_query_too_old")
    assert "khai sinh" not in str(said)


def test_what_the_search_has_learnt_is_offered_at_once(engine: Counting) -> None:
    source = Source(Guide.of(SECOND), engine)
    answers = InlineAnswers(source, load_texts(), "https://hoidap.test.vn", "dvc_mau_bot")
    assert answers.answer("cái giấy ra đời") == ()
    catalogue, _ = with_taught(SECOND, [Alias("cái giấy ra đời", ("1.900003",))])
    source.guide, source.engine = replace(source.guide, catalogue=catalogue), SearchEngine(catalogue)
    assert [article.id for article in answers.answer("cái giấy ra đời")] == ["1.900003"]


def test_data_are_as_old_as_the_settings_say(engine: Counting) -> None:
    source, texts = Source(Guide.of(SECOND), engine), load_texts()
    caution = texts.get("freshness.card")

    def is_cautioned(days: int) -> bool:
        (article,) = InlineAnswers(source, texts, "https://hoidap.test.vn", None, days).answer("đăng ký khai sinh")
        return caution in article.to_dict()["input_message_content"]["message_text"]

    assert (is_cautioned(1), is_cautioned(100_000)) == (True, False)


def test_where_one_body_is_hidden_no_level_is_told_of_all(engine: Counting) -> None:
    hiding = Hiding("1.900001", "Danh mục mới ghi khác.", date(2026, 11, 22), "H99.101")
    source = Source(Guide.of(replace(SECOND, editorial=Editorial(hidings=(hiding,)))), engine)
    (article,) = InlineAnswers(source, load_texts(), "https://hoidap.test.vn", None).answer("đăng ký khai sinh")
    assert article.description == "Làm trên mạng được đến đâu thì tùy nơi"


def test_what_editors_hide_and_tell_is_taken_up_without_another_engine(engine: Counting) -> None:
    source = Source(Guide.of(SECOND), engine)
    answers = InlineAnswers(source, load_texts(), "https://hoidap.test.vn", None)
    assert answers.answer("đăng ký khai sinh")[0].description == "Làm được toàn bộ trên mạng"
    hiding = Hiding("1.900001", "Danh mục mới ghi khác.", date(2026, 11, 22))
    source.guide = Guide.of(replace(SECOND, editorial=Editorial(hidings=(hiding,))))
    (article,) = answers.answer("đăng ký khai sinh")
    text = article.to_dict()["input_message_content"]["message_text"]
    assert article.description == "Đang được kiểm tra lại"
    assert text.splitlines()[1:] == [
        "Thông tin về thủ tục này đang được kiểm tra lại, từ ngày 22/11/2026.",
        "Lý do: Danh mục mới ghi khác.",
        "Trong lúc chờ, anh/chị xem trang của thủ tục, hoặc hỏi Trung tâm Phục vụ hành chính công.",
        "Mã 1.900001.",
    ]
    assert engine.asked == ["đăng ký khai sinh"]
