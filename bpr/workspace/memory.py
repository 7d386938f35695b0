"""What was worked out for the report of now, kept until the report changes."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, TypeVar

from bpr.report import Report

T = TypeVar("T")

_REMEMBERED: Final = 24
"""Results that are large."""


@dataclass
class Memory:
    """Results of one report, the latest used last; safe between the threads of the server."""

    most: int = _REMEMBERED
    _report: Report | None = None
    _results: OrderedDict[tuple[Any, ...], Any] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def remember(self, report: Report, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Return what was made before for this report and key, else make it."""
        with self._lock:
            if self._report is not report:
                self._report = report
                self._results = OrderedDict()
            results = self._results
            if key in results:
                results.move_to_end(key)
                known: T = results[key]
                return known
        found = make()
        with self._lock:
            results[key] = found
            while len(results) > self.most:
                results.popitem(last=False)
        return found
