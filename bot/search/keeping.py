"""Remembering what a method found, without keeping its object alive, and without taking it to another process."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import ClassVar, ParamSpec, TypeVar, cast
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


class Remembering(ABC):
    """An object that remembers what it found. It is pickled without that, and remembers anew once it is loaded."""

    remembered_in: ClassVar[frozenset[str]]
    """The attributes in which it does."""

    @abstractmethod
    def begin_to_remember(self) -> None:
        """Give these attributes their first value; what else there is has its own already."""

    def __getstate__(self) -> Mapping[str, object]:
        return {name: value for name, value in vars(self).items() if name not in self.remembered_in}

    def __setstate__(self, state: Mapping[str, object]) -> None:
        vars(self).update(state)
        self.begin_to_remember()
