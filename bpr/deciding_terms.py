"""The glossary of deciding and proving: targets, what is measured, what a KPI takes."""

from typing import Final

from bpr.terms import EVIDENCES, Term

TARGET_STATUSES: Final[dict[str, Term]] = {
    "candidate": Term("候補"),
    "selected": Term("選定"),
    "reviewing": Term("検討中"),
    "running": Term("実施中"),
    "done": Term("実施済"),
    "confirmed": Term("効果確認済", note="導入の前後を実績で測った。"),
    "shelved": Term("見送り"),
    "withdrawn": Term("取下げ", note="ここからは動かせない。"),
}
"""How far a BPR target is; the first six follow one another."""

TARGET_ACTIONS: Final[dict[str, Term]] = {
    "create": Term("登録"),
    "edit": Term("変更"),
    "refreeze": Term("見込みの取り直し"),
    "move": Term("状態の変更"),
    "merge": Term("統合"),
    "split": Term("切り分け"),
    "unmeasure": Term("測定の取り消し"),
}
"""What people do with a BPR target."""

TARGET_FIELDS: Final[dict[str, Term]] = {
    "edition_id": Term("調査の版"),
    "task_ids": Term("業務ID"),
    "part": Term("切り分けた部分"),
    "name": Term("取組名"),
    "division": Term("主管課"),
    "lever": Term("手段"),
    "means": Term("進め方"),
    "current_state": Term("現状"),
    "policy": Term("今後の方針"),
    "owner": Term("担当者"),
    "schedule": Term("取組スケジュール"),
    "done_by": Term("実施済にする年度", "年度"),
    "difficulty": Term("難易度"),
    "notes": Term("備考"),
    "links": Term("資料のリンク"),
    "hours": Term("年間作業時間", "時間/年"),
    "taken_hours": Term("手段が引き受ける時間", "時間/年"),
    "rate": Term("減る割合"),
    "rate_low": Term("減る割合（下限）"),
    "rate_high": Term("減る割合（上限）"),
    "expected_hours": Term("削減見込", "時間/年"),
    "expected_hours_low": Term("削減見込（下限）", "時間/年"),
    "expected_hours_high": Term("削減見込（上限）", "時間/年"),
    "expected_evidence": Term("見込みの根拠"),
    "weight_set": Term("重み"),
    "settings_digest": Term("設定の指紋"),
    "score": Term("点"),
    "rank": Term("順位"),
    "split_from": Term("切り分け元"),
}
"""What people note of a BPR target."""

FROZEN_FIELDS: Final = (
    "hours",
    "taken_hours",
    "rate",
    "rate_low",
    "rate_high",
    "expected_hours",
    "expected_hours_low",
    "expected_hours_high",
    "expected_evidence",
    "weight_set",
    "settings_digest",
    "score",
    "rank",
)
"""Fields of a target's expectation: kept as they were when it was decided on."""

EXPECTATION_EVIDENCES: Final[dict[str, Term]] = EVIDENCES | {
    "assumed": Term("目安", note="本製品の置いた数。"),
}
"""What stands behind an expectation (savings.toml names them by their labels)."""

FIGURES: Final[dict[str, Term]] = {
    "hours": Term("作業時間", "時間", "期間の合計。1 年でない期間は 1 年分に直す。"),
    "count": Term("件数", "件", "期間の合計。1 年でない期間は 1 年分に直す。"),
    "minutes_per_case": Term("1件あたり時間", "分"),
    "overtime_hours": Term("時間外", "時間", "期間の合計。"),
    "waiting_minutes": Term("待ち時間", "分"),
    "pages": Term("紙の枚数", "枚", "期間の合計。"),
    "errors": Term("誤りの件数", "件", "期間の合計。"),
    "satisfaction": Term("満足度", "%"),
}
"""What is measured before and after."""

SUMMED_FIGURES: Final = ("hours", "count", "overtime_hours", "pages", "errors")
"""Figures that grow with the length of the period."""

MEASUREMENT_SOURCES: Final[dict[str, Term]] = {
    "typed": Term("入力"),
    "edition": Term("後の年度の調査"),
}

FREED_USES: Final[dict[str, Term]] = {
    "overtime": Term("時間外の縮減"),
    "counter": Term("住民対応・相談"),
    "planning": Term("企画・政策"),
    "backlog": Term("滞留の解消"),
    "staffing": Term("配置の見直し"),
    "training": Term("研修"),
    "unused": Term("まだ決めていない"),
    "other": Term("その他"),
}
"""What the freed hours are used for."""

KPI_VALUE_KINDS: Final[dict[str, Term]] = {
    "target": Term("目標値"),
    "actual": Term("実績値"),
}
