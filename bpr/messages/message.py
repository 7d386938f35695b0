"""What a kind of finding is: its severity, its text, what to do about it, an example."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True)
class Message:
    """One kind of finding; `{value}` in the text stands for the text of the cell."""

    severity: Severity
    text: str
    remedy: str
    example: str
    rule: str | None = None
    office: bool = False
    """Only 総務課 can act on it: it is not sent back to the division."""
