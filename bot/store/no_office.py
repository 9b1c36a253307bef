"""For when the store cannot be opened: whatever staff ask for is told to be out of reach."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast

from bot.errors import StoreError
from bot.store.office import Office


class _Closed:
    """Every method of every part."""

    def __getattr__(self, name: str) -> Callable[..., Awaitable[object]]:
        async def refuse(*_: object, **__: object) -> object:
            raise StoreError("the store could not be opened")

        return refuse


class _NoOffice:
    def __getattr__(self, name: str) -> _Closed:
        return _Closed()


def no_office() -> Office:
    """An office whose every question is answered with StoreError."""
    return cast(Office, _NoOffice())
