"""Zalo Bot: for demonstrations and staff (at most 50 people a bot). Private chats, plain text, numbered lines.

`receive` is the way in by webhook, `polling` the one without a public address; `sender` is the way out.
"""

from __future__ import annotations

CHANNEL = "zalo_bot"
