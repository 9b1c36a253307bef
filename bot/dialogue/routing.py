"""Who answers a message: command | choice | answer to the choices | words that were asked for | free text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue.choice_ids import parse, signed_in
from bot.dialogue.choices import (
    BackChoice,
    CommuneChoice,
    GoOnChoice,
    HelpChoice,
    OtherChoice,
    StartChoice,
    Target,
)
from bot.dialogue.clean import clean, has_words
from bot.dialogue.commands import Commands
from bot.dialogue.messages import Choice, Incoming
from bot.dialogue.personal_data import masker_of
from bot.dialogue.selection import OutOfRange, Selector
from bot.dialogue.survey import Awaits
from bot.dialogue.trail import ahead, behind, last_view
from bot.dialogue.turn import Handlers, Outcome, Turn
from bot.texts import Texts

_MAX_ID_CHARS = 40


class Routing:
    """Pure: a message and its turn in, what becomes of it out. Built once."""

    def __init__(self, handlers: Handlers, languages: Mapping[str, Texts], max_message_chars: int) -> None:
        """`languages`: the texts by language; Vietnamese is among them."""
        self._handlers = handlers
        self._max_chars = max_message_chars
        self._selectors = {language: Selector(texts) for language, texts in languages.items()}
        self._commands = Commands(languages.values())
        self._masker = masker_of(languages.values())

    def route(self, incoming: Incoming, turn: Turn) -> Outcome:
        """What the handler of the message answers."""
        if incoming.ask is not None:
            return self._handlers.asked_later(turn, incoming.ask)
        if incoming.choice is not None:
            return self._chosen(incoming.choice, turn)
        if incoming.attachment is not None:
            return self._handlers.not_text(turn, incoming.attachment)
        text = self.said(incoming)
        if len(text) > self._max_chars:
            return self._handlers.too_long(turn)
        if text != clean(incoming.text, self._max_chars):
            # "/tim khai sinh" is a question, whatever words were asked for.
            turn = _awaiting_nothing(turn)
        signed = signed_in(text)
        if signed is not None:
            # Before private numbers are looked for: some of its digits might be taken for one.
            return self._open(signed, _awaiting_nothing(turn))
        masked = self._masker.mask(text)
        turn = replace(turn, text=masked.text)
        if (masked.found or incoming.is_masked) and not turn.awaits_words:
            return self._handlers.personal_data(turn)
        if not has_words(text):
            return (self._handlers.wordless if text else self._handlers.empty)(turn)
        return self._typed(text, turn)

    def said(self, incoming: Incoming) -> str:
        """The message, cleaned; of "/tim khai sinh" the question."""
        text = clean(incoming.text, self._max_chars)
        return text if len(text) > self._max_chars else self._commands.question(text)

    def _typed(self, text: str, turn: Turn) -> Outcome:
        place = self._commands.place(text)
        if place is not None:
            return self._open(CommuneChoice(), turn, place)
        target = parse(text)
        if target is None and text.startswith("/"):
            target = self._commands.slash(text)
            return self._handlers.unknown_command(turn) if target is None else self._open(target, turn)
        if target is None and text.startswith("#"):
            # A menu may send a choice's id as well; any other "#khaisinh" is a question written so.
            target = parse(text[1:]) or self._commands.slash(text)
        target = target or self._commands.find(text)
        if isinstance(target, HelpChoice) and turn.conversation.urgent is not None:
            # "Giúp tôi" after a call for help asks for no manual.
            return self._handlers.free_text(turn)
        if target is not None:
            return self._open(target, turn)
        selected = self._selectors[turn.language].select(text, turn.conversation.choices)
        if isinstance(selected, OutOfRange) and not turn.awaits_words:
            return self._handlers.number_out_of_range(turn)
        if isinstance(selected, Choice):
            return self._open(parse(selected.id), turn)
        if turn.awaits_words:
            return self._handlers.awaited(turn)
        return replace(self._handlers.free_text(turn), searched=turn.text)

    def _chosen(self, choice: object, turn: Turn) -> Outcome:
        target = parse(choice)
        if target is None:
            selector = self._selectors[turn.language]
            selected = selector.select(clean(choice, _MAX_ID_CHARS), turn.conversation.choices)
            target = None if selected is None or isinstance(selected, OutOfRange) else parse(selected.id)
        return self._open(target, turn)

    def _open(self, target: Target | None, turn: Turn, words: str = "") -> Outcome:
        """`words`: what was written beside the command for it."""
        if isinstance(target, GoOnChoice):
            # With nothing left to come, what else may have been meant, if there is anything.
            target = ahead(turn.conversation) or (OtherChoice() if turn.conversation.others else target)
        if isinstance(target, BackChoice):
            return self._back(turn)
        handler = self._handlers.targets.get(type(target), self._handlers.choice_expired)
        outcome = handler(replace(turn, text=words, target=target))
        return outcome if outcome.view is not None else replace(outcome, view=target)

    def _back(self, turn: Turn) -> Outcome:
        """The view before the last one, as it was opened first."""
        trail = behind(turn.conversation.trail)
        target = last_view(trail) or StartChoice()
        # Back at the beginning nobody is greeted a second time.
        before = replace(turn.conversation, trail=trail or turn.conversation.trail, asks=(), procedure=None)
        return replace(self._open(target, replace(turn, conversation=before)), trail=trail)


def _awaiting_nothing(turn: Turn) -> Turn:
    asked = turn.conversation.asked
    if asked is None:
        return turn
    return replace(turn, conversation=replace(turn.conversation, asked=replace(asked, awaits=Awaits.NOTHING)))
