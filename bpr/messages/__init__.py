"""The Japanese text, the remedy and the severity of every finding, by its code.

Rules named L1-.. to L3-.. are those of 「行政データにおける機械可読性に関するルール」 (decided
2026-03-31 by the ministries' DX liaison conference).
"""

from typing import Final

from bpr.messages.answers import ANSWERS
from bpr.messages.files import FILES
from bpr.messages.message import Message, Severity
from bpr.messages.rows import ROWS
from bpr.messages.sheets import SHEETS

__all__ = ["GROUPS", "MESSAGES", "Message", "Severity"]

GROUPS: Final[dict[str, dict[str, Message]]] = {
    "ファイル": FILES,
    "シート・表・列": SHEETS,
    "行": ROWS,
    "回答": ANSWERS,
}
"""Subject -> its findings."""

MESSAGES: Final[dict[str, Message]] = FILES | SHEETS | ROWS | ANSWERS
