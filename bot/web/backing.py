"""What the web has behind it besides the assistant: the store, and the key to its own addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from bot.dialogue.router import Rules
from bot.dialogue.signed_links import Signer
from bot.operations.aliases import AliasWatch
from bot.operations.reports.reporting import Reporting
from bot.operations.staff.passwords import Passwords
from bot.operations.times import now
from bot.store.interface import Store


@dataclass(frozen=True, slots=True)
class Backing:
    """`aliases`: what keeps the search up to date with what staff teach; None where nothing does."""

    store: Store
    signer: Signer
    rules: Rules
    clock: Callable[[], datetime] = now
    passwords: Passwords = field(default_factory=Passwords)
    reporting: Reporting = field(default_factory=Reporting)
    aliases: AliasWatch | None = None


BACKING = web.AppKey("backing", Backing)
