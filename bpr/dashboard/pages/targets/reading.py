"""BPR対象: what people type into the forms -> days, numbers, lists; a sentence where it is none."""

import re
import unicodedata
from datetime import date
from typing import Final

from bpr.errors import InputError
from bpr.terms import FISCAL_YEARS

_DAY = re.compile(
    r"(?P<era>令和|R|)(?P<year>2\d{3}|\d{1,2}|元)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
)
_NUMBER = re.compile(r"-?(?:[0-9]{1,12}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})")
_BEFORE_REIWA: Final = 2018


def read_day(text: str, label: str) -> date:
    """Read 「2026-11-21」, 「2026/11/21」, 「令和8年11月21日」 or 「R8.11.21」."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    found = _DAY.fullmatch(plain.upper())
    day = _make_day(found) if found else None
    if day is None or day.year not in FISCAL_YEARS:
        told = f"「{text}」は読めません" if plain else "がありません"
        msg = f"{label}{told}。2026-11-21 のように、年・月・日を入れてください。"
        raise InputError(msg)
    return day


def _make_day(found: re.Match[str]) -> date | None:
    year = 1 if found["year"] == "元" else int(found["year"])
    year += _BEFORE_REIWA if found["era"] else 0
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def read_number(text: str, label: str) -> float:
    """Read 「1,240.5」."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        told = f"「{text}」は数ではありません" if plain else "がありません"
        msg = f"{label}{told}。120 や 1,240.5 のように数を入れてください。"
        raise InputError(msg)
    return float(plain)


def split_texts(text: str) -> list[str]:
    """Read a list written with 「、」, commas or line breaks."""
    return [part.strip() for part in re.split(r"[、,，\n]", text) if part.strip()]


def split_lines(text: str) -> list[str]:
    """Read one text a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]
