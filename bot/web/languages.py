"""The languages in which the page can be shown: those in which every sentence is written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.channels.web_chat import LANGUAGES
from bot.texts import TextError, Texts, load_texts, placeholders

DEFAULT = LANGUAGES[0]


def is_complete(texts: Texts, model: Texts) -> bool:
    """Whether `texts` say all that `model` says, and ask for the same values."""
    return all(
        text_id in texts.sentences and placeholders(texts.sentences[text_id]) == placeholders(sentence)
        for text_id, sentence in model.sentences.items()
    )


@cache
def offered() -> Mapping[str, Texts]:
    """The texts of each language that is complete; the default one first. A half-translated page helps nobody."""
    model = load_texts(DEFAULT)
    found = {DEFAULT: model}
    for language in LANGUAGES[1:]:
        try:
            texts = load_texts(language)
        except TextError:
            continue
        if is_complete(texts, model):
            found[language] = texts
    return found
