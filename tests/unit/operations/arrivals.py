"""What platforms send, as the tests of the way in and of what stands behind it make it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

from bot.dialogue.messages import Attachment
from bot.dialogue.personal_data import masker_of
from bot.operations.messages.backlog import Backlog
from bot.operations.messages.receiving import Arrival, Intake, Verdict
from bot.operations.metrics import Metrics
from bot.store.inbox import Inbox, Kind
from bot.texts import load_texts
from tests.unit.store.samples import NOW

SECRET = b"k" * 32
MOST_CHARS = 100


def arrival(
    key: str = "k",
    text: str | None = "khai sinh",
    *,
    kind: Kind = Kind.MESSAGE,
    user: str = "lan",
    choice: str | None = None,
    attachment: Attachment | None = None,
    extra: Mapping[str, str] | None = None,
) -> Arrival:
    """Sent at NOW, and good for an hour."""
    return Arrival(key, kind, user, f"to {user}", NOW, timedelta(hours=1), text, choice, attachment, extra or {})


def intake(inbox: Inbox, backlog: Backlog | None = None, metrics: Metrics | None = None) -> Intake:
    """Where none is given, nothing is ever full."""
    return Intake(
        inbox,
        backlog or Backlog(inbox, 1_000_000, Metrics()),
        masker_of([load_texts("vi"), load_texts("en")]),
        SECRET,
        MOST_CHARS,
        metrics or Metrics(),
    )


@dataclass(slots=True)
class ScriptedReceiver:
    """Says what it was told to say, and remembers what it was given."""

    verdict: Verdict = field(default_factory=lambda: Verdict(HTTPStatus.OK, "message"))
    channel: str = "zalo_oa"
    heard: list[tuple[dict[str, str], bytes, datetime]] = field(default_factory=list)

    def receive(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Verdict:
        self.heard.append(({"X-Sign": headers.get("x-sign", "")}, body, now))
        return self.verdict
