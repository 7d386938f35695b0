"""What was decided on and what came of it: BPR targets, effects, KPI."""

from typing import Any

from bpr import terms
from bpr.deciding_terms import EXPECTATION_EVIDENCES, TARGET_STATUSES
from bpr.export.report_matter import KpiLine, Matter
from bpr.export.report_numbers import write_amount, write_hours, write_range, write_share
from bpr.export.report_page import Html, Part, Table, heading, paragraph, section
from bpr.export.values import LEVER_LABELS, write_fiscal_year


def write_targets(matter: Matter) -> Html:
    """Part 4: targets, expected against realized hours, KPI."""
    return section(
        4,
        "BPR対象・効果・KPI",
        heading("BPR対象業務"),
        *_write_list(matter),
        *_write_effects(matter),
        heading("KPI"),
        *_write_kpi(matter),
    )


def count_statuses(matter: Matter) -> dict[str, int]:
    """Status -> how many targets stand at it, in the order of the way they go."""
    known = matter.standing["status"].cast(str).to_list()
    return {name: known.count(name) for name in TARGET_STATUSES if name in known}


def _write_list(matter: Matter) -> list[Html]:
    targets = matter.standing
    if not targets.height:
        return [
            paragraph("BPR対象はまだ選ばれていない。選ぶと、ここに状態と削減見込、実績が並ぶ。")
        ]
    parts = [f"{TARGET_STATUSES[name].label} {n}" for name, n in count_statuses(matter).items()]
    return [
        paragraph(f"BPR対象は {targets.height:,} 件（{'、'.join(parts)}）。"),
        Table(
            "BPR対象業務（時間／年。削減見込は決めた日の値、実績は測った期間を 1 年分に直した値）",
            ["No", "取組名", "主管課", "手段", "状態", "削減見込（幅）", "実績の削減", "根拠"],
            [_target_row(matter, row) for row in targets.iter_rows(named=True)],
            widths=(6, 28, 13, 14, 10, 14, 8, 7),
        ).build(),
    ]


def _target_row(matter: Matter, row: dict[str, Any]) -> list[Part]:
    proof = matter.proofs.get(row["target_id"])
    realized = proof.realized if proof else None
    kind = realized.evidence if realized else row["expected_evidence"]
    expected = write_hours(row["expected_hours"])
    if row["expected_hours"] is not None:
        expected += f"（{write_range(row['expected_hours_low'], row['expected_hours_high'])}）"
    return [
        str(row["target_id"]),
        f"{row['name']}（{row['part']}）" if row["part"] else row["name"],
        row["division"],
        LEVER_LABELS.get(row["lever"] or "", row["lever"]),
        TARGET_STATUSES[row["status"]].label,
        expected,
        write_hours(realized.hours if realized else None),
        EXPECTATION_EVIDENCES[kind].label if kind else None,
    ]


def _write_effects(matter: Matter) -> list[Html]:
    if not matter.effects.height:
        return []
    rows: list[list[Part]] = [
        [
            LEVER_LABELS.get(row["lever"] or "", row["lever"] or "手段の記入なし"),
            terms.EVIDENCES[row["evidence"]].label if row["evidence"] else "測定なし",
            f"{row['targets']:,}",
            f"{row['measured']:,}",
            write_hours(row["realized_hours"]),
            write_hours(row["expected_hours"]),
            write_hours(row["compared_hours"]),
            write_share(row["ratio"]),
        ]
        for row in matter.effects.iter_rows(named=True)
    ]
    return [
        heading("効果"),
        Table(
            "手段ごとの見込みと実績（実施済の対象。見込み比は、両方が分かる対象だけで出す）",
            [
                "手段",
                "根拠",
                "実施済",
                "測定済",
                "実績（時間／年）",
                "比べた見込",
                "比べた実績",
                "見込み比",
            ],
            rows,
        ).build(),
    ]


def _write_kpi(matter: Matter) -> list[Html]:
    if not matter.kpi:
        return [paragraph("KPI は定められていない（kpi.toml）。")]
    rows = [_kpi_row(line) for line in matter.kpi]
    notes = [f"見通し：{line.forecast}" for line in matter.kpi]
    day = f"{matter.made_on.year}年{matter.made_on.month}月{matter.made_on.day}日"
    labels = [
        "KPI項目",
        "単位",
        "現状値（年度）",
        "目標値（年度）",
        "実績（年度）",
        "達成割合",
        "評価",
    ]
    return [
        Table(
            f"KPI の進捗（{day}現在。達成割合＝（実績−現状値）÷（目標値−現状値））",
            labels, rows, notes=notes, widths=(28, 9, 14, 14, 14, 9, 12),
        ).build()
    ]  # fmt: skip


def _kpi_row(line: KpiLine) -> list[Part]:
    record = line.record
    definition, last = record.definition, last_actual(line)
    goal = record.target_year
    return [
        definition.label,
        definition.unit,
        f"{write_amount(definition.baseline)}（{write_fiscal_year(definition.baseline_year)}）",
        f"{write_amount(record.target)}（{write_fiscal_year(goal)}）" if goal else None,
        f"{write_amount(last['actual'])}（{write_fiscal_year(last['fiscal_year'])}）" if last else None,
        write_share(last["achieved_ratio"] if last else None),
        f"{last['grade']} {last['grade_label']}" if last and last["grade"] else None,
    ]  # fmt: skip


def last_actual(line: KpiLine) -> dict[str, Any] | None:
    """Return the row of the last year whose actual is known."""
    known = line.record.progress.drop_nulls("actual").sort("fiscal_year").tail(1).to_dicts()
    return known[0] if known else None
