"""The savings part of the calculation: factors as inputs, results as the formulas of the savings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bpr.export import styles
from bpr.export.calculation_grid import Formula, Grid, Input, Item
from bpr.score.explain import FactorLine, LeverLines
from bpr.settings.savings import LeverSavings

UNKNOWN_HOURS: Final = "時間不明"
NO_PAYBACK: Final = "回収できない"
_HEADER: Final = [
    "項目",
    "単位",
    "根拠区分",
    "下限",
    "中央",
    "上限",
    "出典・計算のしかた",
    *[""] * 5,
]
_SPANS: Final = {7: 12}
_WORDS_SPANS: Final = {4: 6, 7: 12}
"""For a result that may be words."""
_ENDS: Final = "DEF"
"""Columns of low, middle and high."""


@dataclass(frozen=True)
class SharedRows:
    """Rows of the factors that are the same for every lever."""

    hours: int
    named: int
    hourly: int


@dataclass(frozen=True)
class SavingRows:
    """Rows of one lever's results; D-F hold low, middle and high, D the payback."""

    taken: int
    hours: int
    yen: int
    payback: int
    payback_alone: int | None


def write_shared(grid: Grid, lever: LeverLines) -> SharedRows:
    """Write the factors that are the same for every lever; unknown hours are left to be filled."""
    factors = {factor.name: factor for factor in lever.saving.factors}
    grid.section("削減見込に使う数（どの手段にも共通）")
    grid.header(_HEADER, _SPANS)
    told = factors.get("hours")
    row = grid.row + 1
    known = [Formula(f'IF(ISNUMBER(E{row}),E{row},"")')]
    source = (
        "調査票の回答。変えるときは、点の基準にある値（0–1）も合わせて書き換える"
        if told
        else "調査票に回答がない。色の付いたセルに時間を入れると計算される"
    )
    hours = grid.line(
        [
            "年間作業時間",
            "時間/年",
            "調査票",
            *known,
            Input(told.range[1] if told else None),
            *known,
            source,
            *[None] * 5,
        ],
        _formats(styles.HOURS),
        _SPANS,
    )
    grid.allow(f"E{hours}", 0, None, "0 以上の数を入れてください。")
    return SharedRows(hours, _factor(grid, factors["named"]), _factor(grid, factors["hourly"]))


def write_saving(
    grid: Grid, lever: LeverLines, settings: LeverSavings, shared: SharedRows, share_source: str
) -> SavingRows:
    """Write the factors and the results of one lever; `share_source` tells where its share is from."""
    factors = {factor.name: factor for factor in lever.saving.factors}
    factors["own"] = replace(factors["own"], source=share_source)
    grid.header([f"{lever.label}の削減見込", *_HEADER[1:]], _SPANS)
    own_roles = [role for role in factors if role not in {"hours", "named", "hourly"}]
    rows = {role: _factor(grid, factors[role]) for role in own_roles}
    if "licence" in rows:
        rows["tasks"] = grid.line(
            ["ライセンス 1 本で使える業務の数", "業務", factors["licence"].kind, None, Input(settings.licence_tasks), None, "ライセンスを分け合う数", *[None] * 5],
            _formats(styles.COUNT),
            _SPANS,
        )  # fmt: skip
        grid.allow(f"E{rows['tasks']}", 1, None, "1 以上の数を入れてください。")
    taken = _write_taken(grid, rows, shared)
    hours = _write_hours(grid, rows, taken)
    yen = _write_yen(grid, rows, shared, taken, hours)
    payback, alone = _write_payback(grid, rows, yen)
    return SavingRows(taken, hours, yen, payback, alone)


def _write_taken(grid: Grid, rows: dict[str, int], shared: SharedRows) -> int:
    formulas = [
        _if_known(f"E{shared.hours}", f"E{shared.hours}*{end}{shared.named}*{end}{rows['own']}")
        for end in _ENDS
    ]
    rule = "年間作業時間 × 業務名に書かれた作業の割合 × 手段が引き受ける作業の割合"
    return _result(grid, "手段が引き受ける時間", "時間/年", formulas, rule, styles.HOURS)


def _write_hours(grid: Grid, rows: dict[str, int], taken: int) -> int:
    rate, checking, upkeep = (rows[role] for role in ("rate", "checking", "upkeep"))
    worst, best = f"(D{rate}-F{checking})", f"(F{rate}-D{checking})"
    formulas = [
        f"MIN(D{taken}*{worst},F{taken}*{worst})-F{upkeep}",
        f"E{taken}*(E{rate}-E{checking})-E{upkeep}",
        f"MAX(D{taken}*{best},F{taken}*{best})-D{upkeep}",
    ]
    return _result(
        grid,
        "削減見込",
        "時間/年",
        [_if_known(f"E{taken}", formula) for formula in formulas],
        "引き受ける時間 ×（減る割合 − 確認の割合）− 運用の時間。下限は悪いほうの、上限は良いほうの数を組み合わせる",
        styles.HOURS,
    )


def _write_yen(grid: Grid, rows: dict[str, int], shared: SharedRows, taken: int, hours: int) -> int:
    paid = f"-E{taken}*E{rows['paid']}" if "paid" in rows else ""
    formula = _if_known(f"E{hours}", f"E{hours}*E{shared.hourly}{paid}-E{rows['yearly']}")
    told = " − 引き受ける時間 × 委託料の単価" if paid else ""
    rule = f"削減見込 × 1 時間の人件費{told} − 毎年の費用（中央の数だけで計算する。ライセンス料は入れない）"
    return _result(grid, "金額", "円/年", [None, formula, None], rule, styles.COUNT)


def _write_payback(grid: Grid, rows: dict[str, int], yen: int) -> tuple[int, int | None]:
    whole, setup = f"E{yen}", f"E{rows['setup']}"

    def write(label: str, gain: str, rule: str) -> int:
        years = _if_known(whole, f'IF({gain}>0,{setup}/{gain},"{NO_PAYBACK}")')
        return grid.line(
            [label, "年", "計算", Formula(years), None, None, rule, *[None] * 5],
            _formats(styles.HOURS),
            _WORDS_SPANS,
            result=True,
        )

    if "licence" not in rows:
        return write("回収年数", whole, "初期費用 ÷ 金額。金額が 0 以下なら回収できない"), None
    licence, tasks = f"E{rows['licence']}", f"E{rows['tasks']}"
    shared = write(
        "回収年数（ライセンスを分け合う）",
        f"({whole}-{licence}/{tasks})",
        "初期費用 ÷（金額 − ライセンス料 ÷ 業務の数）。金額の残りが 0 以下なら回収できない",
    )
    alone = write(
        "回収年数（この業務だけで使う）",
        f"({whole}-{licence})",
        "初期費用 ÷（金額 − ライセンス料）。金額の残りが 0 以下なら回収できない",
    )
    return shared, alone


def _factor(grid: Grid, factor: FactorLine) -> int:
    row = grid.line(
        [factor.label, factor.unit, factor.kind, *map(Input, factor.range), factor.source, *[None] * 5],
        _formats(_number_format(factor.unit)),
        _SPANS,
    )  # fmt: skip
    most = 1.0 if factor.unit == "割合" else None
    grid.allow(
        f"D{row}:F{row}",
        0,
        most,
        "割合は 0〜100 % で入れてください。" if most else "0 以上の数を入れてください。",
    )
    return row


def _result(
    grid: Grid, label: str, unit: str, formulas: Sequence[str | None], rule: str, number: str
) -> int:
    ends: list[Item] = [None if text is None else Formula(text) for text in formulas]
    return grid.line(
        [label, unit, "計算", *ends, rule, *[None] * 5],
        _formats(number),
        _SPANS,
        result=True,
    )


def _if_known(cell: str, formula: str) -> str:
    return f'IF(ISNUMBER({cell}),{formula},"{UNKNOWN_HOURS}")'


def _formats(number: str) -> list[str | None]:
    return [None, None, None, number, number, number, *[None] * 6]


def _number_format(unit: str) -> str:
    if unit == "割合":
        return styles.PERCENT
    return styles.COUNT if unit.startswith("円") else styles.HOURS
