"""Inline answers: "@bot khai sinh" in any conversation offers cards that can be shared there."""

from __future__ import annotations

import logging
from collections import OrderedDict
from functools import lru_cache
from hashlib import blake2b
from typing import Protocol

import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import InlineQueryLimit, ParseMode

from bot.catalog.editorial import hidings_at
from bot.catalog.guide import Guide
from bot.catalog.lookup import is_hidden, successor
from bot.catalog.titles import begin_upper
from bot.channels.telegram import errors
from bot.channels.telegram.client import Client
from bot.channels.telegram.deep_links import link, payload_of
from bot.channels.telegram.render import is_public, link_label, render
from bot.dialogue.choices import CardChoice
from bot.dialogue.messages import Reply
from bot.dialogue.turn import Searches
from bot.operations.show import card_of
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.search.fold import canonical
from bot.search.model import Decision, Verdict
from bot.settings.freshness import USUAL_OLD_DAYS
from bot.texts import Texts
from handlers.bodies import levels_by_agency
from handlers.level_text import level_words
from handlers.naming import labels
from handlers.onward import near_answer

MOST_RESULTS = 8
CACHE_SECONDS = 30
"""How long Telegram may give everybody the same answer: it is about the catalogue, not about a person. What editors
hide has to be gone within seconds, here too."""
START_PARAMETER = "inline"
"""With what the private chat is opened from the list; to the assistant it is a beginning like any other."""
_CARDS = 512
_ANSWERS = 512
_log = structlog.get_logger(__name__)

Articles = tuple[InlineQueryResultArticle, ...]


class Source(Protocol):
    """Where answers come from; what it gives may be replaced by something newer."""

    @property
    def guide(self) -> Guide: ...

    @property
    def engine(self) -> Searches: ...


class InlineAnswers:
    """What is offered for words; pure but for a memory of the last answers, which holds no words, only their hash."""

    def __init__(
        self,
        source: Source,
        texts: Texts,
        site: str,
        bot_username: str | None,
        old_days: int = USUAL_OLD_DAYS,
    ) -> None:
        """`site`: the address of our own pages, without a slash at its end. `old_days`: see `Turn.data_old_days`."""
        self._source = source
        self._engine, self._guide, self._today = source.engine, source.guide, day_of(now())
        self._texts = texts
        self._site = site
        self._username = bot_username
        self._old_days = old_days
        self._card = lru_cache(maxsize=_CARDS)(self._make_card)
        self._last: OrderedDict[bytes, tuple[str, ...]] = OrderedDict()

    def answer(self, words: str) -> Articles:
        """The cards for `words`, best first; for none the ones that are used most. Empty where nothing is found."""
        asked = " ".join(canonical(words[: InlineQueryLimit.MAX_QUERY_LENGTH]).split())
        self._forget_what_is_old()
        # Marks count: "đổi" is not "đối".
        key = blake2b(asked.encode("utf-8", "replace"), digest_size=16).digest()
        if key not in self._last:
            self._last[key] = self._codes(asked)
        self._last.move_to_end(key)
        if len(self._last) > _ANSWERS:
            self._last.popitem(last=False)
        codes = self._last[key]
        titles = labels(self._source.guide.catalogue, codes, self._texts.language)
        made = (self._article(code, title) for code, title in zip(codes, titles, strict=True))
        return tuple(article for article in made if article is not None)

    def _forget_what_is_old(self) -> None:
        """Another catalogue may be served, editors may have added something, and what they say holds by the day."""
        engine, guide, today = self._source.engine, self._source.guide, day_of(now())
        if engine is not self._engine:
            self._last.clear()
        if guide is not self._guide or today != self._today or engine is not self._engine:
            self._card.cache_clear()
        self._engine, self._guide, self._today = engine, guide, today

    @property
    def button(self) -> InlineQueryResultsButton:
        """The way to the private chat, above the list; where the list is empty, the only thing in it."""
        return InlineQueryResultsButton(self._texts.get("telegram.inline.open"), start_parameter=START_PARAMETER)

    def _codes(self, asked: str) -> tuple[str, ...]:
        catalogue = self._source.guide.catalogue
        if not asked:
            found = [service.code for service in catalogue.most_used]
        else:
            found = [code for wish in self._source.engine.search(asked).wishes for code in _offered(wish)]
        current = dict.fromkeys(successor(catalogue, code) for code in found)
        return tuple(code for code in current if code is not None)[:MOST_RESULTS]

    def _article(self, code: str, title: str) -> InlineQueryResultArticle | None:
        reply = self._card(code)
        if reply is None:
            return None
        page = f"{self._site}/tt/{code}"
        return InlineQueryResultArticle(
            id=code,
            title=title,
            input_message_content=InputTextMessageContent(
                # Choices lead nowhere in somebody else's conversation.
                render(Reply(reply.status, reply.text))[0].html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            reply_markup=self._keyboard(code, reply),
            url=page if is_public(page) else None,
            description=self._online(code),
        )

    def _make_card(self, code: str) -> Reply | None:
        return card_of(self._source.guide, self._texts, code, may_ask=False, old_days=self._old_days)

    def _keyboard(self, code: str, reply: Reply) -> InlineKeyboardMarkup | None:
        shown = [
            InlineKeyboardButton(link_label(to.label), url=to.address)
            for to in reply.links[:1]
            if is_public(to.address)
        ]
        payload = payload_of(str(CardChoice(code)))
        if self._username is not None and payload is not None:
            ask = self._texts.get("telegram.inline.ask_on")
            shown.append(InlineKeyboardButton(ask, url=link(self._username, payload)))
        return InlineKeyboardMarkup([[button] for button in shown]) if shown else None

    def _online(self, code: str) -> str:
        """How far it goes online, in a few words."""
        if is_hidden(self._source.guide.catalogue, code):
            return begin_upper(self._texts.get("editorial.hidden_level"))
        if self._source.guide.catalogue.procedures[code].is_gone:
            return self._texts.get("removed.short")
        offered = set(levels_by_agency(self._source.guide.catalogue, code).values())
        if not offered:
            return self._texts.get("telegram.inline.unknown")
        if len(offered) > 1 or hidings_at(self._source.guide.catalogue.editorial, code):
            return self._texts.get("telegram.inline.differs")
        return begin_upper(level_words(self._texts, offered.pop()))


class InlineSender:
    """Answers inline queries. Nobody waits for them longer than Telegram does, so that nothing is tried twice."""

    def __init__(self, bot: Client, answers: InlineAnswers) -> None:
        self._bot = bot
        self._answers = answers

    async def answer(self, text: str, address: str) -> None:
        """`text`: the words; `address`: the query's id. Never raises; what goes wrong is logged, without the words."""
        try:
            await self._bot.answer_inline_query(
                address,
                self._answers.answer(text),
                cache_time=CACHE_SECONDS,
                is_personal=False,
                button=self._answers.button,
            )
        except Exception as error:  # noqa: BLE001 - a query is over in seconds: there is nobody to tell
            level = logging.DEBUG if errors.is_too_old(error) else logging.WARNING
            _log.log(level, "inline_not_answered", error=type(error).__name__, said=errors.said(error))


def _offered(wish: Decision) -> tuple[str, ...]:
    """The answer and what came close to it, or what is to be chosen from."""
    if wish.verdict is Verdict.ANSWERED:
        return (wish.candidates[0].code, *near_answer(wish))
    if wish.verdict is Verdict.ASKED_BACK:
        return tuple(candidate.code for candidate in wish.candidates[: wish.choices])
    return ()
