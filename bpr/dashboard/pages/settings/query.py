"""設定: what the address of the page says - which part, and what is opened or sought in it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from bpr.errors import InputError
from bpr.store import AuditQuery
from bpr.tabulate.address import Address
from bpr.terms import FISCAL_YEARS

PATH: Final = "/settings"
PARTS: Final = {
    "rules": "計算の前提",
    "kpi": "KPI の定義",
    "accounts": "アカウント",
    "audit": "監査記録",
}
MANAGED: Final = ("accounts", "audit")
"""Parts that only administrators see."""


@dataclass(frozen=True)
class SettingsQuery(Address):
    """What is looked at; its text form is the query string of the page."""

    part: str = ""
    cost: str = ""
    """Of rules: the unit cost that is opened."""
    account: str = ""
    """Of accounts: the account that is opened."""
    who: str = ""
    action: str = ""
    text: str = ""
    first: str = ""
    last: str = ""
    page: str = ""

    @property
    def known_part(self) -> str:
        """The part that is shown: the asked one, else rules."""
        return self.part if self.part in PARTS else "rules"

    @property
    def page_number(self) -> int:
        """The page of the log, from 1."""
        known = self.page.isascii() and self.page.isdigit()
        return max(int(self.page[:6]), 1) if known else 1

    @property
    def wanted(self) -> AuditQuery:
        """The rows of the log that are sought; `InputError` where a day is none."""
        first, last = _read_day(self.first), _read_day(self.last)
        if first and last and first > last:
            msg = f"「{first}」から「{last}」までの記録はありません。始めの日と終わりの日を入れ替えてください。"
            raise InputError(msg)
        return AuditQuery(self.who or None, self.action or None, self.text or None, first, last)

    def href(self, anchor: str = "") -> str:
        """Address of the page for this query, at a section of it."""
        return f"{PATH}{self.to_query()}{f'#{anchor}' if anchor else ''}"


def _read_day(text: str) -> date | None:
    if not text:
        return None
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if day.year in FISCAL_YEARS:
            return day
    msg = f"日付「{text}」は読めません。2026-04-01 のように入れてください。"
    raise InputError(msg)
