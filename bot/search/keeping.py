"""Remembering what a method found, without keeping its object alive."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast
from weakref import WeakMethod

_P = ParamSpec("_P")
_T = TypeVar("_T")


def remembered(method: Callable[_P, _T], most: int) -> Callable[_P, _T]:
    """The bound method with its last results kept, to be an attribute of its own object.

    A cache of the method itself would hold the object, and the object the cache: a replaced index would never be freed.
    """
    found = WeakMethod(method)

    def call(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        alive = found()
        if alive is None:
            raise ReferenceError("the object of this cache is gone")
        return alive(*args, **kwargs)

    return cast(Callable[_P, _T], lru_cache(maxsize=most)(call))
