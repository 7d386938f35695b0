"""One BPR target in words, and its fields as a call writes them."""

from collections.abc import Mapping, Sequence
from typing import Final

from bpr import deciding_terms, terms
from bpr.cli.output import table
from bpr.cli.words import find_key, label_of
from bpr.decide.measurements import Measurement
from bpr.errors import InputError
from bpr.workspace.deciding import TargetDetail

_MEASURED: Final = (
    "番号",
    "項目",
    "前",
    "後",
    "前の期間",
    "後の期間",
    "根拠",
    "母数",
    "使い道",
    "覚え書き",
)
_RATES: Final = ("rate", "rate_low", "rate_high")
_LISTS: Final = {"task_ids": "、", "means": "、", "links": None}
"""Field -> what parts its items; None: blanks."""
_NUMBERS: Final = ("done_by", "edition_id")
_SHORT: Final = {
    "完了年度": "done_by",
    "担当": "owner",
    "方針": "policy",
    "スケジュール": "schedule",
}
"""What people call a field besides its label."""


def describe_target(detail: TargetDetail) -> list[str]:
    """Lines on a target: state, fields, history, measurements, what may follow."""
    target = detail.target
    lines = [
        f"対象 {target.target_id}「{target.name}」（版 {target.version}）",
        _tell_status(detail),
    ]
    for name, term in deciding_terms.TARGET_FIELDS.items():
        told = _write_field(name, getattr(target, name))
        if told and name != "name":
            lines.append(f"  {term.label}：{told}{_unit(name)}")
    lines += ["■ 記録", *(f"  {line}" for line in detail.history)]
    if detail.measurements:
        lines += [
            "■ 測定",
            table(_MEASURED, [_measured(m) for m in detail.measurements], (0, 2, 3, 7)),
        ]
    ways = [
        f"{deciding_terms.TARGET_STATUSES[status].label}{'（理由が要る）' if asks else ''}"
        for status, asks in detail.moves.items()
    ]
    return [*lines, f"■ 次にできる状態：{'、'.join(ways) or 'なし'}"]


def read_fields(fields: Sequence[str]) -> dict[str, object]:
    """Read 「担当者=山田」 (a label or a key) into values as `Workspace.edit_target` takes them."""
    return dict(_read_field(text) for text in fields)


def _read_field(text: str) -> tuple[str, object]:
    word, sign, value = text.partition("=")
    if not sign:
        msg = f"「{text}」が読めません。担当者=山田 のように、項目と値を = でつないでください。"
        raise InputError(msg)
    word, value = word.strip(), value.strip()
    name = _SHORT.get(word) or find_key(word, deciding_terms.TARGET_FIELDS, "項目")
    return name, _read_value(name, value)


def _read_value(name: str, value: str) -> object:
    if name in _LISTS:
        return [item.strip() for item in value.split(_LISTS[name]) if item.strip()]
    if name == "schedule":
        return dict(
            _read_step(step) for step in value.replace(";", "；").split("；") if step.strip()
        )
    if not value:
        return None
    if name == "lever":
        return find_key(value, terms.LEVERS, "手段")
    return int(value) if name in _NUMBERS and value.isdecimal() else value


def _read_step(step: str) -> tuple[str, str]:
    year, _, text = step.replace("：", ":").partition(":")
    return year.strip(), text.strip()


def _tell_status(detail: TargetDetail) -> str:
    target = detail.target
    if target.merged_into is not None:
        return f"  状態：対象 {target.merged_into} に統合"
    why = f"、理由：{target.status_reason}" if target.status_reason else ""
    label = deciding_terms.TARGET_STATUSES[target.status].label
    return f"  状態：{label}（{target.status_since} から{why}）"


def _write_field(name: str, value: object) -> str:
    if value is None or value in ("", (), {}):
        return ""
    if isinstance(value, Mapping):
        return "、".join(f"{year}年度 {text}" for year, text in sorted(value.items()))
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, float):
        return f"{value:.1%}" if name in _RATES else f"{value:,.1f}"
    known = {"lever": terms.LEVERS, "expected_evidence": deciding_terms.EXPECTATION_EVIDENCES}
    return label_of(str(value), known.get(name, {}))


def _unit(name: str) -> str:
    unit = deciding_terms.TARGET_FIELDS[name].unit
    return f" {unit}" if unit and unit != "年度" else unit or ""


def _measured(one: Measurement) -> list[str]:
    figure = deciding_terms.FIGURES[one.figure]
    base = "" if one.base is None else f"{one.base:,.6g}"
    use = label_of(one.freed_use, deciding_terms.FREED_USES)
    return [
        str(one.measurement_id),
        f"{figure.label}（{figure.unit}）",
        f"{one.before:,.6g}",
        f"{one.after:,.6g}",
        f"{one.before_from}..{one.before_to}",
        f"{one.after_from}..{one.after_to}",
        terms.EVIDENCES[one.evidence].label,
        f"{base} {one.base_note or ''}".strip(),
        f"{use}（{one.freed_note}）" if one.freed_note else use,
        one.note or "",
    ]
