"""Reports that tests need again and again, made once per process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from hashlib import sha256
from typing import Any

from bpr.frames import Corrections, DataFrame
from bpr.pipeline import Earlier, Request, Workbook
from bpr.report import Report
from bpr.settings import Settings

_MOST = 40
"""Reports kept; the one not asked for the longest goes first."""


class KnownReports:
    """In the place of `pipeline.run`: its answer to the same input is the same object.

    That the pipeline itself gives the same answer again is tested in `test_pipeline.py`.
    """

    def __init__(self, run: Callable[..., Report]) -> None:
        self._run = run
        self._known: dict[tuple[Any, ...], tuple[Settings, Report]] = {}

    def __call__(
        self,
        workbooks: Sequence[Workbook],
        settings: Settings,
        request: Request | None = None,
        corrections: DataFrame[Corrections] | None = None,
        progress: Callable[[str], None] = lambda _: None,
        *,
        listed_staff: Mapping[str, float] | None = None,
        earlier: Earlier | None = None,
    ) -> Report:
        """As `run`; what is kept holds its settings too, so that their identity stays theirs."""
        key = (
            tuple((book.name, sha256(book.data).digest()) for book in workbooks),
            tuple(
                value if isinstance(value := getattr(settings, part.name), str) else id(value)
                for part in fields(settings)
            ),
            repr(request),
            None if corrections is None else corrections.write_ndjson(),
            repr(sorted((listed_staff or {}).items())),
        )
        found = self._known.pop(key, None)
        if found is None:
            more = {"listed_staff": listed_staff, "earlier": earlier}
            found = (
                settings,
                self._run(workbooks, settings, request, corrections, progress, **more),
            )
        else:
            for book in workbooks:
                progress(book.name)
        self._known[key] = found
        while len(self._known) > _MOST:
            del self._known[next(iter(self._known))]
        return found[1]
