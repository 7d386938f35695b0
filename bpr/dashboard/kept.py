"""What was laid out before, for the very same objects: shown again instead of made again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass
class Kept(Generic[T]):
    """The results last used, for reports and other objects that never change; safe between threads.

    An object stands for itself alone: another one with the same content is another one. What is kept
    holds its objects, so that none takes their identity while it is known.
    """

    most: int = 32
    _results: OrderedDict[tuple[Any, ...], tuple[tuple[object, ...], T]] = field(
        default_factory=OrderedDict
    )
    _lock: Lock = field(default_factory=Lock)

    def make_once(self, of: tuple[object, ...], asked: Hashable, make: Callable[[], T]) -> T:
        """Return what was made of these objects for what is asked, else make it."""
        key = (*map(id, of), asked)
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key][1]
        made = make()
        with self._lock:
            self._results[key] = (of, made)
            while len(self._results) > self.most:
                self._results.popitem(last=False)
        return made
