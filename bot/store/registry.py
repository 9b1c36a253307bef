"""What must outlive a process and is no conversation: channels that were switched off, and a platform's tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Switch:
    """A channel that an operator has switched off or on, and why."""

    channel: str
    is_on: bool
    reason: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Tokens:
    """The pair of an Official Account. `made_at`: when the platform gave it; `expires_at`: of the access token."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    made_at: datetime
    expires_at: datetime


class Registry(Protocol):
    """Switches and tokens: what operators set, and what must outlive the process. Methods may raise StoreError."""

    async def switches(self) -> tuple[Switch, ...]: ...

    async def set_switch(self, switch: Switch) -> None: ...

    async def tokens(self, account: str) -> Tokens | None: ...

    async def keep_tokens(self, account: str, tokens: Tokens, holder: str) -> bool:
        """Keep the new pair; False, and nothing is kept, where the lock is no longer `holder`'s."""
        ...

    async def lock_tokens(self, account: str, holder: str, now: datetime, until: datetime) -> bool:
        """Become the only one who may renew them, until then; False where someone else is."""
        ...

    async def unlock_tokens(self, account: str, holder: str) -> None: ...
