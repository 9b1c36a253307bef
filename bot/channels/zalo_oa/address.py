"""Where an answer goes, as it is put away: the recipient exactly as the platform wants to be told it."""

from __future__ import annotations

import json
from collections.abc import Mapping

_USER = frozenset({"user_id"})
_ANONYMOUS = frozenset({"anonymous_id", "conversation_id"})


def user_address(user: str) -> str:
    return json.dumps({"user_id": user})


def anonymous_address(anonymous: str, conversation: str) -> str:
    """Someone who writes without being logged in; they are reached only within the conversation."""
    return json.dumps({"anonymous_id": anonymous, "conversation_id": conversation})


def recipient_of(address: str) -> Mapping[str, str] | None:
    """What `user_address` or `anonymous_address` wrote; None for anything else."""
    try:
        fields = json.loads(address)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or fields.keys() not in (_USER, _ANONYMOUS):
        return None
    return fields if all(isinstance(value, str) for value in fields.values()) else None


def is_anonymous(recipient: Mapping[str, str]) -> bool:
    return "anonymous_id" in recipient
