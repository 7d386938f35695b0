"""What the caller fixes about the layout instead of leaving it to the reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bpr.read.forms import KnownForm


@dataclass(frozen=True)
class Request:
    """What the caller fixes about the layout instead of leaving it to the reader."""

    columns: Mapping[str, int] = field(default_factory=dict)
    """Field -> 0-based column."""
    sheet: str | None = None
    header_row: int | None = None
    """1-based Excel row of the last header row."""
    forms: Sequence[KnownForm] = ()
    """Forms whose columns a person has confirmed."""

    @property
    def is_explicit(self) -> bool:
        """Whether the caller says himself where the table is."""
        return bool(self.columns) or self.sheet is not None or self.header_row is not None
