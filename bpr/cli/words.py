"""Words of a call -> what the workspace knows: keys by their Japanese labels, days, periods."""

from collections.abc import Mapping
from datetime import date

from bpr.errors import InputError
from bpr.terms import Term
from bpr.workspace import Workspace


def find_key(word: str, known: Mapping[str, Term], what: str) -> str:
    """Return the key that a key or its label names; `InputError` with all of them for another word."""
    for key, term in known.items():
        if word in {key, term.label}:
            return key
    names = "、".join(f"{term.label}（{key}）" for key, term in known.items())
    msg = f"{what}「{word}」はありません。{names} から選んでください。"
    raise InputError(msg)


def read_day(text: str | None) -> date | None:
    """Read 「2025-04-01」; `InputError` for another form."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        msg = f"日付「{text}」が読めません。2025-04-01 のように書いてください。"
        raise InputError(msg) from None


def read_period(text: str | None, option: str) -> tuple[date, date]:
    """Read 「2024-04-01..2025-03-31」, both days included."""
    first, dots, last = (text or "").partition("..")
    days = (read_day(first), read_day(last)) if dots else (None, None)
    if days[0] is None or days[1] is None:
        msg = f"期間 {option} を {option} 2024-04-01..2025-03-31 のように書いてください。"
        raise InputError(msg)
    return days[0], days[1]


def label_of(key: str | None, known: Mapping[str, Term]) -> str:
    """Label of a key; what no term knows stays as it is, nothing is blank."""
    return known[key].label if key is not None and key in known else key or ""


def write_number(value: float | None, digits: int = 1) -> str:
    """Return 「1,234.5」; blank for None."""
    return "" if value is None else f"{value:,.{digits}f}"


def read_target_version(workspace: Workspace, target_id: int, seen: int | None) -> int:
    """Version of a target that the caller saw; without one, that of now."""
    return workspace.read_target(target_id).target.version if seen is None else seen
