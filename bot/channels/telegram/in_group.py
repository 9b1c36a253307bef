"""What a group is told with the greeting and the help: there, plain words do not reach us."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.channels.telegram.address import Address
from bot.dialogue.messages import Reply, Status
from bot.operations.messages.sending import Delivery
from bot.texts import Texts


class GroupHint:
    """`languages`: the texts of every language; which one a reply is in is seen from its words."""

    def __init__(self, languages: Iterable[Texts]) -> None:
        self._languages = tuple(languages)

    def added(self, delivery: Delivery) -> Reply:
        """The reply, with the hint below its words where it answers `/start` or `/help` in a group.

        By the reply and the address alone, which are known again when the answer is taken up after a restart.
        """
        reply = delivery.reply
        if delivery.is_tap or not _is_group(delivery.address):
            return reply
        texts = next((texts for texts in self._languages if _is_opening(reply, texts)), None)
        return reply if texts is None else replace(reply, text=f"{reply.text}\n{texts.get('telegram.group.hint')}")


def _is_opening(reply: Reply, texts: Texts) -> bool:
    """Whether it is the first screen or the help, in the language of `texts`."""
    if reply.status is Status.STARTED:
        return texts.get("browse.other_ways") in {choice.label for choice in reply.choices}
    return reply.status is Status.HELPED and reply.text.startswith(texts.get("help.text"))


def _is_group(address: str) -> bool:
    """Groups have numbers below zero."""
    try:
        return Address.parse(address).chat < 0
    except ValueError:
        return False
