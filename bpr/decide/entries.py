"""What may be written into a target: checked field by field before it becomes an event."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from bpr import deciding_terms, terms
from bpr.decide.moves import name_target, refuse_day, refuse_final
from bpr.decide.targets import TARGET_FIELDS, Target
from bpr.errors import InputError
from bpr.terms import FISCAL_YEARS

_LINK = re.compile(r"(?:https?|file)://\S|\\\\[^\\\s]")
_TEXTS: Final = (
    "part",
    "division",
    "current_state",
    "policy",
    "owner",
    "difficulty",
    "notes",
    "weight_set",
    "settings_digest",
)
_HOURS: Final = ("expected_hours", "expected_hours_low", "expected_hours_high")
_AMOUNTS: Final = ("hours", "taken_hours", "rate", "rate_low", "rate_high", "score")
_NUMBERS: Final = ("edition_id", "rank", "split_from")


def check_create(values: Mapping[str, object], happened_on: date, today: date) -> None:
    """Raise InputError for a target that cannot be created; expectations may be in it."""
    _check_values("新しい対象", values)
    if not values.get("name"):
        msg = "新しい対象に取組名がありません。取組名を入れてください。"
        raise InputError(msg)
    if happened_on > today:
        msg = f"新しい対象の日付 {happened_on} は今日 {today} より後です。今日までの日を入れてください。"
        raise InputError(msg)


def check_edit(
    target: Target, values: Mapping[str, object], happened_on: date, today: date
) -> None:
    """Raise InputError for fields that cannot be changed so; the expectation is `check_refreeze`'s.

    An edit may hold from the target's first day on: it corrects what was written wrong.
    """
    frozen = [
        deciding_terms.TARGET_FIELDS[name].label
        for name in values
        if name in deciding_terms.FROZEN_FIELDS
    ]
    if frozen:
        msg = f"{name_target(target)}の{'、'.join(frozen)}は、決めたときのまま残します。変えるときは、理由を書いて「見込みの取り直し」をしてください。"
        raise InputError(msg)
    _check_change(target, values, happened_on, today)


def check_refreeze(
    target: Target,
    values: Mapping[str, object],
    reason: str | None,
    happened_on: date,
    today: date,
) -> None:
    """Raise InputError for an expectation that cannot be frozen anew; it needs a reason."""
    place = name_target(target)
    other = [name for name in values if name not in deciding_terms.FROZEN_FIELDS]
    if other:
        names = "、".join(_label(name) for name in other)
        msg = f"{place}の見込みの取り直しで{names}は変えられません。「変更」で直してください。"
        raise InputError(msg)
    if not (reason or "").strip():
        msg = f"{place}の見込みを取り直す理由がありません。理由を書いてください。"
        raise InputError(msg)
    _check_change(target, values, happened_on, today)


def check_merge(ended: Target, kept: Target, happened_on: date, today: date) -> None:
    """Raise InputError where one target cannot end in another."""
    if ended.target_id == kept.target_id:
        msg = f"{name_target(ended)}を、それ自身に統合することはできません。別の対象を選んでください。"
        raise InputError(msg)
    for target in (ended, kept):
        refuse_final(target)
        refuse_day(target, happened_on, today)


def check_split(target: Target, parts: Sequence[str], happened_on: date, today: date) -> None:
    """Raise InputError where a target cannot be cut into these parts; the first stays with it."""
    refuse_final(target)
    refuse_day(target, happened_on, today)
    if len(parts) < 2 or len(set(parts)) < len(parts) or not all(p.strip() for p in parts):  # noqa: PLR2004 - less is no cut
        told = "、".join(parts) or "なし"
        msg = f"{name_target(target)}の切り分け（{told}）は使えません。違う名前の部分を 2 つ以上書いてください。"
        raise InputError(msg)


def merge_values(ended: Target, kept: Target) -> dict[str, object]:
    """Fields of the merge event, which stands with the target that ends."""
    return {"merged_into": kept.target_id, "task_ids": list(ended.task_ids)}


def changed_values(target: Target, values: Mapping[str, object]) -> dict[str, object]:
    """Those of the fields that are really new to the target."""
    return {name: new for name, new in values.items() if _plain(getattr(target, name)) != new}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(year): text for year, text in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _check_change(
    target: Target, values: Mapping[str, object], happened_on: date, today: date
) -> None:
    refuse_final(target)
    place = name_target(target)
    _check_values(place, values)
    if values.get("name", target.name) in {"", None}:
        msg = f"{place}の取組名を空にすることはできません。取組名を入れてください。"
        raise InputError(msg)
    if not target.created_on <= happened_on <= today:
        msg = f"{place}の日付 {happened_on} は使えません。登録した {target.created_on} から今日 {today} までの日を入れてください。"
        raise InputError(msg)


def _check_values(place: str, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        if name not in TARGET_FIELDS:
            known = "、".join(TARGET_FIELDS)
            msg = f"{place}の項目「{name}」はありません。{known} のどれかを入れてください。"
            raise InputError(msg)
        fits, remedy = _CHECKS[name]
        if not fits(value):
            msg = f"{place}の{_label(name)}「{value}」は使えません。{remedy}ください。"
            raise InputError(msg)


def _label(name: str) -> str:
    return (
        deciding_terms.TARGET_FIELDS[name].label if name in deciding_terms.TARGET_FIELDS else name
    )


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, str)


def _is_number(value: object) -> bool:
    told = isinstance(value, int | float) and not isinstance(value, bool)
    return value is None or (told and math.isfinite(float(str(value))))


def _is_amount(value: object) -> bool:
    return value is None or (_is_number(value) and float(str(value)) >= 0)


def _is_positive(value: object) -> bool:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value is None or (whole and int(str(value)) > 0)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)


def _are_links(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, str) and _LINK.match(v) for v in value)


def _is_year(value: object) -> bool:
    return value is None or (isinstance(value, int) and value in FISCAL_YEARS)


def _is_schedule(value: object) -> bool:
    return isinstance(value, Mapping) and all(
        str(year).isdecimal() and int(year) in FISCAL_YEARS and isinstance(text, str)
        for year, text in value.items()
    )


_ONE_OF = "のどれかを入れて"
_LIST = (_are_texts, "文字の並びを、空の要素なしで入れて")
_CHECKS: Final[dict[str, tuple[Callable[[object], bool], str]]] = {
    **dict.fromkeys(_TEXTS, (_is_text, "文字を入れるか、空にして")),
    **dict.fromkeys(_HOURS, (_is_number, "数を入れるか、空にして")),
    **dict.fromkeys(_AMOUNTS, (_is_amount, "0 以上の数を入れるか、空にして")),
    **dict.fromkeys(_NUMBERS, (_is_positive, "1 以上の整数を入れるか、空にして")),
    "name": (lambda value: isinstance(value, str), "文字を入れて"),
    "task_ids": _LIST,
    "means": _LIST,
    "lever": (
        lambda value: value is None or value in terms.LEVERS,
        f"{'、'.join(terms.LEVERS)} {_ONE_OF}",
    ),
    "expected_evidence": (
        lambda value: value is None or value in deciding_terms.EXPECTATION_EVIDENCES,
        f"{'、'.join(deciding_terms.EXPECTATION_EVIDENCES)} {_ONE_OF}",
    ),
    "schedule": (_is_schedule, "年度（西暦 4 桁）ごとの文を入れて"),
    "done_by": (_is_year, "年度を西暦 4 桁で入れるか、空にして"),
    "links": (_are_links, "http://、https://、file:// か \\\\サーバー名 で始まる場所を入れて"),
}
