"""An act: who does something, when, and from where. Every write tells it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Act:
    """Account name, moment (UTC) and address of the one who writes."""

    who: str
    when: datetime
    place: str = ""
