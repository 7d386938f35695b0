"""One task's sheet of the calculation: why, every lever's lines, caps, and what it may save."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl
from openpyxl.worksheet.worksheet import Worksheet

from bpr.export import styles
from bpr.export.calculation_grid import Formula, Grid, Input, Item, quote
from bpr.export.calculation_saving import SavingRows, write_saving, write_shared
from bpr.report import Report
from bpr.score.explain import CriterionLine, LeverLines, explain_task
from bpr.score.gates import NO_CAP, apply_gates, cap_lever
from bpr.settings import Acts, Settings
from bpr.settings.scoring import ActValues, Ramp, WordValues

INDEX: Final = "計算書"
"""Name of the first sheet."""
NOT_RECOMMENDED: Final = "推奨なし"
NONE: Final = "―"
_WIDTHS: Final = (28, 21, 25, 10, 10, 10, 7, 7.5, 7.5, 7.5, 7, 54)
_LABELS: Final = [
    "基準", "観点", "答え", "値（0–1）\n下限", "値", "上限", "重み", "点\n下限", "点", "上限", "根拠の\n等級", "出典",
]  # fmt: skip
_WIDE_END: Final = {11: 12}
_VALUE: Final = "0.00##"
_HOURS: Final = [styles.HOURS] * 3
_SCORES: Final = [styles.SCORE] * 3
_LINE: Final = [*[None] * 3, *[_VALUE] * 3, "General", *_SCORES, None, None]


@dataclass(frozen=True)
class TaskSheet:
    """Where a task's sheet tells its result: B lever, D-F hours saved, H-J score of `row`."""

    name: str
    row: int

    def cell(self, column: str) -> Formula:
        """Formula that repeats a cell of the result."""
        return Formula(f"{quote(self.name)}!{column}{self.row}")


@dataclass(frozen=True)
class _LeverRows:
    """Rows of one lever's block that the summary names."""

    total: int
    cap: int
    score: int
    saving: SavingRows


def write_task(sheet: Worksheet, report: Report, task_id: str, threshold: str) -> TaskSheet:
    """Fill a task's sheet; `threshold`: reference to the cell with the recommended score."""
    settings = report.settings
    facts = report.facts.filter(pl.col("task_id") == task_id)
    told = explain_task(facts, settings.scoring, settings.savings, settings.acts)
    grid = Grid(sheet, _WIDTHS)
    _write_heading(grid, facts.row(0, named=True))
    grid.link(f"A{grid.note('目次（計算書）へ戻る')}", INDEX)
    grid.text(f"なぜ：{told.why}")
    grid.text(f"何が変わるか：{told.change}")
    grid.note(
        "色の付いたセル（重み・値・制約の上限・削減見込の数）を書き換えると、点・削減見込・目次まで計算し直されます。「回答なし」の値は下限と上限の中央です。"
    )
    levers = told.levers
    first = _reserve_summary(grid, levers)
    shared = write_shared(grid, levers[0])
    blocks = []
    for number, lever in enumerate(levers, start=1):
        grid.new_page()
        grid.section(f"手段 {number}　{lever.label}")
        total, cap, score = _write_score(grid, lever, facts, settings)
        own = settings.savings.levers[lever.lever]
        source = _tell_shares(facts, lever.lever, settings)
        saving = write_saving(grid, lever, own, shared, source)
        blocks.append(_LeverRows(total, cap, score, saving))
    _fill_summary(sheet, first, blocks, threshold)
    return TaskSheet(sheet.title, first - 1)


def name_task(task: dict[str, str | None]) -> str:
    """業務名　作業名, once where both are the same."""
    names = [task["task_name"], task["activity_name"]]
    return "　".join(dict.fromkeys(name for name in names if name))


def _write_heading(grid: Grid, task: dict[str, str | None]) -> None:
    grid.title(name_task(task))
    place = [task[name] for name in ("municipality", "department", "division", "unit")]
    where = "　".join(part for part in place if part) or "所属の記載なし"
    source = f"{task['workbook']}　{task['sheet']}　{task['row']} 行"
    grid.text(f"所属：{where}　／　業務ID：{task['task_id']}　／　調査票：{source}")


def _reserve_summary(grid: Grid, levers: Sequence[LeverLines]) -> int:
    """Write the table of levers without its formulas; return the row of the first lever."""
    grid.section("まとめ（点の高い手段から。削減見込は時間/年）")
    grid.header(
        [
            "手段", "目安との比較", "金額（円/年）", "削減見込\n下限", "中央", "上限", "順",
            "点\n下限", "点", "上限", "はたらいた制約", "",
        ],
        _WIDE_END,
    )  # fmt: skip
    formats = [None, None, styles.COUNT, *_HOURS, None, *_SCORES, None, None]
    later = Formula("0")
    items: list[Item] = [later, *[None] * 8, later, None]
    grid.line(["推奨手段", *items], formats, _WIDE_END, result=True)
    first = grid.row + 1
    for lever in levers:
        grid.line([lever.label, *items], formats, _WIDE_END)
    return first


def _fill_summary(
    sheet: Worksheet, first: int, blocks: Sequence[_LeverRows], threshold: str
) -> None:
    last = first + len(blocks) - 1
    points = f"$I${first}:$I${last}"
    for row, block in enumerate(blocks, start=first):
        sheet[f"B{row}"] = f'=IF(I{row}>={threshold},"目安以上","目安未満")'
        sheet[f"C{row}"] = f"=E{block.saving.yen}"
        for column in "DEF":
            sheet[f"{column}{row}"] = f"={column}{block.saving.hours}"
        sheet[f"G{row}"] = f"=RANK(I{row},{points})"
        for column in "HIJ":
            sheet[f"{column}{row}"] = f"={column}{block.score}"
        sheet[f"K{row}"] = f'=IF(I{block.total}>I{block.cap},B{block.cap},"{NONE}")'
    best = first - 1
    sheet[f"B{best}"] = _of_best(f"$A${first}:$A${last}", points, threshold, NOT_RECOMMENDED)
    sheet[f"K{best}"] = None
    for column in "CDEF":
        own = f"{column}${first}:{column}${last}"
        sheet[f"{column}{best}"] = _of_best(own, points, threshold, NONE)
    for column in "HIJ":
        sheet[f"{column}{best}"] = f"=MAX({column}{first}:{column}{last})"


def _of_best(area: str, points: str, threshold: str, otherwise: str) -> str:
    """Formula for what the best lever has, if it is good enough; of equals the upper row counts."""
    best = f"INDEX({area},MATCH(MAX({points}),{points},0))"
    return f'=IF(MAX({points})>={threshold},{best},"{otherwise}")'


def _write_score(
    grid: Grid, lever: LeverLines, facts: pl.DataFrame, settings: Settings
) -> tuple[int, int, int]:
    """Write the criteria, the caps and the score of one lever; return rows of sum, cap, score."""
    if lever.kind:
        kind = lever.kind
        grid.text(f"任せ方の目安：{kind.label}。{kind.reason}（等級 {kind.grade}：{kind.source}）")
    grid.header(_LABELS)
    first = grid.row + 1
    last = grid.row + len(lever.lines)
    weights = f"SUM(G${first}:G${last})"
    acts = facts["acts"].to_list()[0] or []
    for row, line in enumerate(lever.lines, start=first):
        criterion = line.criterion
        items: list[Item] = [
            criterion.label,
            settings.scoring.themes[criterion.theme],
            _tell_answer(line),
            *map(Input, line.value),
            Input(line.weight),
            *(Formula(f"100*$G{row}*{column}{row}/{weights}") for column in "DEF"),
            criterion.grade,
            criterion.source + _tell_rule(line, acts, settings.acts),
        ]
        grid.line(items, _LINE)
    grid.allow(f"D{first}:F{last}", 0, 1, "値は 0〜1 で入れてください。")
    grid.allow(f"G{first}:G{last}", 0, None, "重みは 0 以上の数を入れてください。")
    sums: list[Item] = [Formula(f"SUM({column}{first}:{column}{last})") for column in "GHIJ"]
    rule = "点＝100 × 重み × 値 ÷ 重みの合計"
    total = grid.line(["合計", *[None] * 5, *sums, None, rule], _LINE, result=True)
    cap = _write_caps(grid, lever.lever, facts, settings)
    scores: list[Item] = [Formula(f"MIN({c}{total},{c}{cap})") for c in "HIJ"]
    items = [f"{lever.label}の点", *[None] * 6, *scores, None, "合計と上限の小さいほう"]
    return total, cap, grid.line(items, _LINE, result=True)


def _write_caps(grid: Grid, lever: str, facts: pl.DataFrame, settings: Settings) -> int:
    """Write every gate that applies or may apply, and the lowest cap; return its row."""
    first = grid.row + 1
    spans = {2: 7}
    for name, gate in settings.scoring.gates.items():
        caps = cap_lever(lever, apply_gates(facts, {name: gate}), facts.height)
        ends = [float(end.item()) for end in (caps.low, caps.point, caps.high)]
        if min(ends) < NO_CAP:
            doubt = "" if ends[1] < NO_CAP else "（当てはまるか分からないので、下限だけを抑える）"
            grid.line(
                [f"制約：{gate.label}", gate.reason + doubt, *[None] * 5, *map(Input, ends), gate.grade, gate.source],
                _LINE,
                spans,
            )  # fmt: skip
    last = grid.row
    if last < first:
        items: list[Item] = [
            "上限（制約）", "当てはまる制約はない", *[None] * 5, *[Input(NO_CAP)] * 3, None, None,
        ]  # fmt: skip
        row = grid.line(items, _LINE, spans, result=True)
    else:
        grid.allow(f"H{first}:J{last}", 0, NO_CAP, "上限は 0〜100 で入れてください。")
        lowest: list[Item] = [Formula(f"MIN({NO_CAP:g},{c}{first}:{c}{last})") for c in "HIJ"]
        named = _name_lowest(first, last)
        rule = "当てはまる制約のうち、いちばん低い上限"
        items = ["上限（制約）", named, *[None] * 5, *lowest, None, rule]
        row = grid.line(items, _LINE, spans, result=True)
    return row


def _name_lowest(first: int, last: int) -> Formula:
    """Formula for the label of the gate with the lowest cap at the point."""
    points = f"I{first}:I{last}"
    return Formula(f"INDEX(A{first}:A{last},MATCH(MIN({points}),{points},0))")


def _tell_answer(line: CriterionLine) -> str:
    if not line.missing:
        return line.answer or ""
    if isinstance(line.criterion, WordValues):
        return "当てはまる言葉なし"
    return "作業が読み取れない" if isinstance(line.criterion, ActValues) else "回答なし"


def _tell_rule(line: CriterionLine, found: Sequence[str], acts: Acts) -> str:
    """How the value follows from the answer, where the answer alone does not tell it."""
    criterion = line.criterion
    if isinstance(criterion, Ramp):
        steps = "、".join(f"{x:,g}→{y:g}" for x, y in criterion.points)
        return f"\n値：{steps}（間は{'対数の' if criterion.scale == 'log' else ''}直線）"
    if isinstance(criterion, ActValues) and found:
        return f"\n値：{_list_acts(found, criterion.values, acts)}の平均"
    return ""


def _tell_shares(facts: pl.DataFrame, lever: str, settings: Settings) -> str:
    found = facts["acts"].to_list()[0] or []
    own = settings.savings.levers[lever]
    if not found:
        return own.unknown_share.source
    spread = settings.savings.act_spread
    listed = _list_acts(found, own.acts, settings.acts)
    return f"{listed}の平均（本製品の目安）。下限・上限は、1 つの作業の時間をほかの作業の 1/{spread:g}〜{spread:g} 倍とみた幅"


def _list_acts(found: Sequence[str], values: dict[str, float], acts: Acts) -> str:
    return "、".join(f"{acts[act].label} {values.get(act, 0.0):g}" for act in found)
