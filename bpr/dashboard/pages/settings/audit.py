"""設定, audit: rows of the log -> who did what to what, in words; only what the log holds."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bpr import deciding_terms, terms
from bpr.dashboard.pages.settings.query import SettingsQuery
from bpr.store import AuditPage, ChainCheck
from bpr.workspace.acting import LOCAL

PAGE_ROWS: Final = 50
_LONGEST: Final = 60
_DIGEST: Final = re.compile("[0-9a-f]{64}")
_LETTERS: Final = 12
_KEYS: Final = {
    "display_name": "画面に出す名前",
    "role": "役割",
    "disabled": "止めてある",
    "password_hash": "パスワード",
    "must_change": "最初のログインで変える",
    "sha256": "中身の指紋",
    "range": "下限・中央・上限",
    "kind": "根拠区分",
    "source": "出所",
    "rows": "行数",
    "tasks": "業務数",
    "workbooks": "調査票",
    "bytes": "バイト数",
    "divisions": "課",
    "value": "値",
    "base": "母数",
    "status": "状態",
    "unit": "単位",
    **{name: term.label for name, term in deciding_terms.TARGET_FIELDS.items()},
    **{name: term.label for name, term in terms.FIELDS.items() if name != "unit"},
}
_WORDS: Final = {
    name: term.label
    for group in (terms.ROLES, terms.WORK_CLASSES, terms.EVIDENCES, deciding_terms.TARGET_STATUSES)
    for name, term in group.items()
}


@dataclass(frozen=True)
class EntryLine:
    """One row of the log."""

    number: str
    when: str
    who: str
    place: str
    action: str
    object: str
    change: str


@dataclass(frozen=True)
class AuditView:
    """One page of the log; `newer` and `older`: addresses of the pages beside it."""

    answer: list[str]
    lines: list[EntryLine]
    base: str
    newer: str
    older: str


def view_audit(found: AuditPage, latest: AuditPage, query: SettingsQuery) -> AuditView:
    """Say what the log tells of the query; `latest`: the newest row of all."""
    page = min(query.page_number, count_pages(found.count))
    first = (page - 1) * PAGE_ROWS
    rows = [_line(row) for row in found.entries.iter_rows(named=True)]
    many = page < count_pages(found.count)
    return AuditView(
        answer=_answer(found, latest, query),
        lines=rows,
        base=f"新しい順に {first + 1:,}〜{first + len(rows):,} 件目（当てはまる {found.count:,} 件のうち）" if rows else "",
        newer=query.with_(page=str(page - 1)).href("settings-log") if page > 1 else "",
        older=query.with_(page=str(page + 1)).href("settings-log") if many else "",
    )  # fmt: skip


def count_pages(rows: int) -> int:
    """Return how many pages there are, one at least."""
    return max(-(-rows // PAGE_ROWS), 1)


def tell_check(check: ChainCheck) -> str:
    """Say whether the log is whole."""
    if check.broken_at is not None:
        return (
            f"記録が壊れています：{check.broken_at:,} 番が、前の記録とつながりません。この画面を閉じずに、"
            "控え（バックアップ）と比べてください。"
        )
    return (
        f"記録 {check.rows:,} 件は、すべてつながっています（書き換え・抜けはありません）。"
        f"終わりの封は {check.last_hash} です。"
    )


def write_who(account: str) -> str:
    """Return the account, in words where it is nobody's."""
    return f"この PC（{account}）" if account == LOCAL.account else account


def tell_change(before: str | None, after: str | None) -> str:
    """Return 「役割：閲覧 → 所管課」 from the JSON of a row; what is the same is left out."""
    old, new = _read(before), _read(after)
    keys = [key for key in {**old, **new} if key not in old or old[key] != new.get(key)]
    return "、".join(_tell(key, old, new) for key in keys)


def _answer(found: AuditPage, latest: AuditPage, query: SettingsQuery) -> list[str]:
    if not latest.count:
        return ["監査記録は、まだ 1 件もありません。"]
    if any((query.who, query.action, query.text, query.first, query.last)):
        return [f"当てはまる記録は {found.count:,} 件です（全 {latest.count:,} 件のうち）。"]
    last = _line(latest.entries.row(0, named=True))
    return [f"記録は {latest.count:,} 件。最後は {last.when} の、{last.who} の「{last.action}」です。"]  # fmt: skip


def _line(row: Mapping[str, Any]) -> EntryLine:
    known = terms.AUDIT_ACTIONS.get(row["action"])
    return EntryLine(
        number=str(row["id"]),
        when=f"{datetime.fromisoformat(row['at']).astimezone():%Y-%m-%d %H:%M:%S}",
        who=write_who(row["who"]),
        place=row["place"],
        action=known.label if known else row["action"],
        object=_shorten(row["object"]),
        change=tell_change(row["before"], row["after"]),
    )


def _read(text: str | None) -> dict[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {"": found}


def _tell(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    label = _KEYS.get(key, key)
    values = [_write(one[key]) for one in (old, new) if key in one]
    return f"{label}：{' → '.join(values)}" if label else " → ".join(values)


def _write(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    if value is None or isinstance(value, bool):
        return {None: "なし", True: "はい", False: "いいえ"}[value]
    if isinstance(value, list):
        return _shorten("・".join(_write(one) for one in value))
    if isinstance(value, dict):
        return _shorten("、".join(f"{_KEYS.get(k, k)} {_write(v)}" for k, v in value.items()))
    if isinstance(value, float):
        return f"{value:,g}"
    if isinstance(value, str) and _DIGEST.fullmatch(value):
        return f"{value[:_LETTERS]}…"
    return _shorten(_WORDS.get(str(value), str(value)))


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
