"""The exchange file as a workbook: one table, and a sheet that says what its numbers mean.

Excel's own form, not CSV: a double click opens it without a question of encoding, numbers stay
numbers, and the definitions travel in the same file.
"""

from collections.abc import Mapping
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from bpr import terms
from bpr.export import styles
from bpr.export.cells import Value
from bpr.export.sheets import new_book, save
from bpr.frames.exchange import NO_FAMILY, TOTAL, UNKNOWN, ExchangeCells, ExchangeFile
from bpr.read.exchange import DATA_SHEET, DEFINITION_SHEET, FACTS, HEADER, SUPPRESSED

_NOTES: Final = (
    "この表は、業務量調査の集計です。職員・課・業務の名前と、自由に書かれた文は入っていません。",
    "数えたもの：年間の作業時間が分かり、0 でない業務。時間は合計を整数に丸めたもの。",
    f"{SUPPRESSED}：業務数が 5 未満のため、または、ほかの数から 5 未満の数が計算できてしまうため、伏せた所。",
    "1 件あたりの分：時間と件数が両方分かる業務ごとの 時間×60÷件数 の四分位。5 業務に満たないときは空欄。",
    "課の数：その区分の業務がある課の数。",
    "family＝どの課にもある仕事（common_work.toml）、seal＝決裁等の印鑑、class_medium＝業務の性質×処理媒体、total＝全体。",
    "時間と人口1万人あたり時間から、人口のおよその数が計算できます。渡す相手を確かめてください。",
)
_WIDTHS: Final = [14.0, 22.0, 14.0, 38.0, *[13.0] * 7]
_FORMATS: Final = [None, None, None, None, styles.COUNT, styles.COUNT, *[styles.HOURS] * 4, styles.COUNT]  # fmt: skip
_TABLE_LABELS: Final = {"total": "全体", "family": "共通業務", "seal": "決裁印", "class_medium": "性質×媒体"}  # fmt: skip


def write_exchange(file: ExchangeFile, families: Mapping[str, str]) -> bytes:
    """Workbook of suppressed cells; `families`: key -> label."""
    book = new_book()
    sheet: Worksheet = book.create_sheet(DATA_SHEET)
    styles.set_page(sheet, _WIDTHS, header_row=1)
    sheet.append(styles.header_row(sheet, list(HEADER.values())))
    for row in file.cells.select(ExchangeCells.column_names()).iter_rows(named=True):
        label = label_cell(row["table"], row["row_key"], row["column_key"], families)
        told: dict[str, Value] = {**row, "label": label}
        if row["tasks"] is None:
            told["tasks"] = SUPPRESSED
        sheet.append(styles.body_row(sheet, [told[name] for name in HEADER], _FORMATS))
    _write_definitions(book.create_sheet(DEFINITION_SHEET), file)
    return save(book)


def label_cell(table: str, row: str, column: str, families: Mapping[str, str]) -> str:
    """What a cell is called: 「性質×媒体：I コア／紙」."""
    if table == "total":
        return _TABLE_LABELS[table]
    named = {
        "family": {**families, NO_FAMILY: "どの区分にも入らない"},
        "seal": {"yes": "使う", "no": "使わない", UNKNOWN: "記入なし"},
        "class_medium": terms.SHORT_WORK_CLASSES | {UNKNOWN: "判定なし", TOTAL: "計"},
    }[table]
    media = {name: terms.MEDIA[name].label for name in terms.MEDIUM_GROUPS}
    media |= {UNKNOWN: "媒体の記入なし", TOTAL: "計"}
    end = f"／{media[column]}" if table == "class_medium" else ""
    return f"{_TABLE_LABELS[table]}：{named.get(row, row)}{end}"


def _write_definitions(sheet: Worksheet, file: ExchangeFile) -> None:
    styles.set_page(sheet, [34.0, 90.0], header_row=1)
    sheet.append(styles.header_row(sheet, ["項目", "値"]))
    for name, label in FACTS.items():
        sheet.append(styles.body_row(sheet, [label, getattr(file, name)], [None, None]))
    size = terms.POPULATION_CLASSES[file.population_class].label
    sheet.append(styles.body_row(sheet, ["人口区分", size], [None, None]))
    for note in _NOTES:
        sheet.append(styles.body_row(sheet, ["説明", note], [None, None]))
