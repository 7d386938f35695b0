"""Files -> their sheets, or why one cannot be read; nothing too large is ever unpacked.

The decoder works outside Python's lock, so the files that come next are decoded while the rows of
this one are sorted: small ones only, so that the memory needed stays that of one large file.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, TypeVar

from bpr.read.archives import explain_archive
from bpr.read.cells import Refusal, Sheet, read_sheets
from bpr.read.limits import find_excess
from bpr.read.parts import Parts
from bpr.settings.survey import Limits

K = TypeVar("K")
_FILES: Final = 5
"""How many may be open at a time."""
_BYTES: Final = 262_144
"""How large these may be, packed; a larger one is opened alone, in its turn."""
_THREADS: Final = 2
"""More of them only wait for Python's lock."""


@dataclass(frozen=True)
class Workbook:
    """A file as it was given: its name (no path) and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Opened:
    """The sheets of a file, or the reason why there are none, and the zip that it may be."""

    sheets: list[Sheet] | Refusal
    parts: Parts


def open_ahead(
    files: Iterable[tuple[K, bytes | None]], skip: Callable[[str, bool], bool], limits: Limits
) -> Iterator[tuple[K, Opened | None]]:
    """Open files in their order, each with what it came with; None stays None.

    `skip` as in `read_sheets`.
    """
    waiting: deque[tuple[K, Future[Opened] | None]] = deque()

    def first() -> tuple[K, Opened | None]:
        key, opened = waiting.popleft()
        return key, opened.result() if opened else None

    with ThreadPoolExecutor(_THREADS) as pool:
        for key, data in files:
            small = data is None or len(data) <= _BYTES
            while len(waiting) >= _FILES or (waiting and not small):
                yield first()
            if data is None:
                waiting.append((key, None))
            elif small:
                waiting.append((key, pool.submit(_open, data, skip, limits)))
            else:
                yield key, _open(data, skip, limits)
        while waiting:
            yield first()


def _open(data: bytes, skip: Callable[[str, bool], bool], limits: Limits) -> Opened:
    parts = Parts(data)
    excess = explain_archive(parts, limits) or find_excess(data, limits)
    return Opened(Refusal(excess) if excess else read_sheets(data, skip), parts)
