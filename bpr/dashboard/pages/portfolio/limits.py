"""組合せ: the limits in the address -> `Limits`; what is no number is named in Japanese."""

import re
from collections.abc import Collection
from typing import Final

from bpr import terms
from bpr.dashboard.pages.portfolio.query import PortfolioQuery
from bpr.errors import InputError
from bpr.frames.portfolio import Limits

TASKS: Final = "選ぶ業務の数"
BUDGET: Final = "予算（初年度、円）"
DAYS: Final = "職員の手間（人日）"
PER_DIVISION: Final = "1 つの課から（業務）"
_NUMBER: Final = re.compile(r"(-?\d{1,12}(?:\.\d{1,6})?)(億|万|千)?(?:円|人日|業務|本)?")
_TIMES: Final = {"億": 100_000_000, "万": 10_000, "千": 1_000}


def licence_label(lever: str) -> str:
    """Name of the field that limits the licences of a lever."""
    return f"{terms.LEVERS[lever].label} ライセンス"


def read_limits(query: PortfolioQuery, top: int, licensed: Collection[str]) -> Limits:
    """Limits of the address; `top` tasks where their number is empty.

    Raises InputError for what is no number. Licences of levers that need none are passed over.
    """
    typed = query.licence_limits
    most = {name: _count(licence_label(name), typed.get(name, "")) for name in licensed}
    tasks = _count(TASKS, query.tasks, free=f"空欄（{top}）")
    return Limits(
        tasks=top if tasks is None else tasks,
        budget_yen=_number(BUDGET, query.budget),
        staff_days=_number(DAYS, query.days),
        per_division=_count(PER_DIVISION, query.per_division),
        licences={name: count for name, count in most.items() if count is not None},
    )


def _number(
    label: str, text: str, kind: str = "数", free: str = "空欄（上限なし）"
) -> float | None:
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        msg = f"「{label}」の「{text}」は使えません。{kind}を入れるか、{free}にしてください。"
        raise InputError(msg)
    return float(found[1]) * _TIMES.get(found[2], 1)


def _count(label: str, text: str, free: str = "空欄（上限なし）") -> int | None:
    number = _number(label, text, "整数", free)
    if number is None:
        return None
    if not number.is_integer():
        msg = f"「{label}」の「{text}」は使えません。整数を入れるか、{free}にしてください。"
        raise InputError(msg)
    return int(number)
