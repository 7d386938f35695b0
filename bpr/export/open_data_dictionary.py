"""What every column and code of the open data means: the dictionary and the code list."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr import terms
from bpr.export.open_data_hiding import LEAST

TOTAL: Final = "total"
UNKNOWN: Final = "unknown"
HIDDEN: Final = "X"
LEVELS: Final = {
    "all_0": "全庁",
    "all_1": "全庁×性質",
    "all_2": "全庁×性質×媒体",
    "all_3": "全庁×性質×媒体×職員区分",
    "division_0": "課",
    "division_1": "課×性質",
    "division_2": "課×性質×媒体",
    "division_3": "課×性質×媒体×職員区分",
}
"""Code -> what a row is a sum over."""
_OTHERS: Final = {TOTAL: "合計", UNKNOWN: "不明"}
CODES: Final[dict[str, dict[str, str]]] = {
    "level": LEVELS,
    "work_class": {name: term.label for name, term in terms.WORK_CLASSES.items()} | _OTHERS,
    "medium": {name: term.label for name, term in terms.MEDIA.items()} | _OTHERS,
    "staff_type": {name: term.label for name, term in terms.STAFF_TYPES.items()} | _OTHERS,
    "suppressed": {HIDDEN: f"秘匿（{LEAST} 未満か、ほかの数から {LEAST} 未満の数が分かるもの）"},
}
"""Column -> code -> word."""


@dataclass(frozen=True)
class Column:
    """One column: its name for programs and for people, what it means, how it is made."""

    name: str
    label: str
    kind: str
    meaning: str
    how: str
    unit: str = ""


_SURVEY: Final = "調査票に書かれたまま"
COLUMNS: Final = (
    Column("municipality_code", "全国地方公共団体コード", "文字", "総務省の 6 桁のコード。空欄は未記入", "公開する前に団体が記入する"),
    Column("municipality", "団体名", "文字", "調査した団体", "調査票で最も多い団体名"),
    Column("fiscal_year", "年度_西暦", "整数", "4 月の属する西暦年", "調査票で最も多い年度", "年度"),
    Column("fiscal_year_japanese", "年度_和暦", "文字", "同じ年度の和暦", "年度_西暦から変換"),
    Column("level", "集計段階コード", "文字", "何について合計した行か。足し上げるときは 1 つの段階だけを使う", "コード表を参照"),
    Column("level_label", "集計段階", "文字", "集計段階コードの名称", "コード表を参照"),
    Column("department", "部", "文字", "課の属する部。全庁の行は「合計」、記入がないときは空欄", _SURVEY),
    Column("division", "課", "文字", "業務を担う課。全庁の行は「合計」、記入がないときは「不明」", _SURVEY),
    Column("work_class", "業務の性質コード", "文字", "業務の性質による 4 分類", "人の確認、調査票の回答、自動判定の順に優先して決めた分類"),
    Column("work_class_label", "業務の性質", "文字", "業務の性質コードの名称", "コード表を参照"),
    Column("medium", "処理媒体コード", "文字", "紙か電子か、紙の量", "調査票の回答"),
    Column("medium_label", "処理媒体", "文字", "処理媒体コードの名称", "コード表を参照"),
    Column("staff_type", "職員区分コード", "文字", "担う職員が正規か非正規か", "調査票の職員区分を 2 つに分けたもの"),
    Column("staff_type_label", "職員区分", "文字", "職員区分コードの名称", "コード表を参照"),
    Column("task_count", "業務数_業務", "整数", "時間の分かる業務の数。空欄は秘匿（0 ではない）", "調査票の 1 行（担う職員ごと）を 1 業務と数える", "業務"),
    Column("annual_hours", "年間作業時間_時間", "小数", "その業務の年間作業時間の合計。空欄は秘匿（0 ではない）", "調査票の時間、または件数×1 件あたり時間。小数第 1 位まで", "時間/年"),
    Column("suppressed", "秘匿記号", "文字", f"{HIDDEN} は秘匿。空欄は公表", "下の「秘匿の方法」のとおり"),
)  # fmt: skip


def write_dictionary(data_name: str, about: dict[str, str]) -> pl.DataFrame:
    """One row per column, then what is to be known of the whole (`about`: subject -> text)."""
    rows = [
        (
            data_name,
            one.name,
            one.label,
            one.kind,
            one.meaning,
            one.unit,
            f"コード表.csv の {one.name}" if one.name in CODES else "",
            "業務量調査の調査票",
            one.how,
        )
        for one in COLUMNS
    ]
    rows += [("全体", "", name, "", text, "", "", "", "") for name, text in about.items()]
    labels = ["ファイル", "物理名", "項目名", "型", "意味", "単位", "コード", "出所", "作り方"]
    return pl.DataFrame(rows, schema=labels, orient="row")


def list_codes() -> pl.DataFrame:
    """One row per code: column, code, word."""
    rows = [(name, code, word) for name, words in CODES.items() for code, word in words.items()]
    return pl.DataFrame(rows, schema=["物理名", "コード", "名称"], orient="row")
