"""Addresses that open the private chat with something said already: `https://t.me/<bot>?start=hq_full-process`.

Telegram allows only `A-Z a-z 0-9 _ -` there, at most 64: the first `_` of a payload stands for `:`, the others for `.`.
Of a shared link (`s_1001193_12_18073_Ab3_-x`) the signature, which comes last, may have a `_` of its own.
"""

from __future__ import annotations

import re

from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import (
    AgenciesChoice,
    AgencyChoice,
    CardChoice,
    FieldChoice,
    FieldsChoice,
    HelpChoice,
    HelpTopicChoice,
    LifeEventChoice,
    LifeEventGroupChoice,
    MenuChoice,
    OnlineListChoice,
    RelatedChoice,
    SharedChoice,
)

_PAYLOAD = re.compile(r"[A-Za-z0-9_\-]{1,64}", re.ASCII)
_SHARE = re.compile(r"s_([a-z0-9\-]+)_(\d*)_(\d*)_([A-Za-z0-9_\-]{6})", re.ASCII)
_VIEWS = (
    *(AgenciesChoice, AgencyChoice, CardChoice, FieldChoice, FieldsChoice, HelpChoice, HelpTopicChoice),
    *(LifeEventChoice, LifeEventGroupChoice, MenuChoice, OnlineListChoice, RelatedChoice, SharedChoice),
)
"""What a link may open: things to look at. A link that somebody else made deletes nothing and sets nothing."""


def choice_behind(payload: str) -> str | None:
    """The id of the choice that a payload stands for; None where it is no view of ours."""
    if not _PAYLOAD.fullmatch(payload):
        return None
    if shared := _SHARE.fullmatch(payload):
        written = f"s:{'.'.join(shared.groups())}"
    else:
        name, separator, rest = payload.partition("_")
        written = f"{name}:{rest.replace('_', '.')}" if separator else name
    return written if isinstance(parse(written), _VIEWS) else None


def payload_of(choice_id: str) -> str | None:
    """The payload that leads to a choice; None where there is none."""
    payload = choice_id.replace(":", "_", 1).replace(".", "_")
    return payload if choice_behind(payload) == choice_id else None


def link(username: str, payload: str) -> str:
    return f"https://t.me/{username}?start={payload}"
