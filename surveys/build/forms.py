"""Seven forms of workload survey, as different municipalities use them, and a CSV.

A one header row; B title, notes and two-row merged header; C large/middle/small groups merged
downwards; D minutes x counts; E hours a month; F full-time staff (人役); G kinds of staff in
columns; H a CSV in CP932.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from surveys.build.calibrate import Row

TOWN = "みどり野町"
YEAR = "令和6年度"
STAMP = datetime(2024, 10, 31, 17, 0, 0)  # noqa: DTZ001 - Excel's times have no zone

Value = str | int | float | None
_FILL = PatternFill("solid", fgColor="E8F1FE")
_LINE = Side(style="thin", color="B8B8C8")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

MEDIA = {
    "paper_huge": ("紙（量極大）", "紙(量極大)"),
    "mixed_huge": ("電子+紙（量極大）", "電子＋紙（量極大）"),
    "paper_many": ("紙（量多い）", "紙 (量多い)"),
    "mixed_many": ("電子+紙（量多い）", "電子＋紙（量多い）"),
    "paper_few": ("紙（量少ない）", "紙(量少ない)"),
    "mixed_few": ("電子+紙（量少ない）", "電子＋紙（量少ない）"),
    "electronic": ("電子", "電子のみ"),
    "none": ("該当なし", "該当なし"),
}
CLASSES = {
    "core": ("I コア", "Ⅰ"),
    "expert": ("II ノンコア（要専門性）", "Ⅱ"),
    "routine": ("III ノンコア（専門性不要・定型）", "Ⅲ"),
    "nonroutine": ("IV ノンコア（専門性不要・非定型）", "Ⅳ"),
}
STAFF = {"s": "正規職員", "k": "会計年度任用職員"}


def write_form(form: str, rows: Sequence[Row]) -> bytes:
    """Bytes of one division's returned form."""
    return _WRITERS[form](rows)


def hours(row: Row) -> int | float:
    """Hours a year as the form states them."""
    return _plain(row.tenths / 10)


def _plain(value: float) -> int | float:
    return int(value) if float(value).is_integer() else round(value, 2)


def _three_answers(row: Row, yes: str, no: str) -> list[str | None]:
    if not row.answered:
        return [None, None, None]
    name = row.activity.work_class
    if name == "core":
        return [yes, None, None]
    return [no, yes if name == "expert" else no, yes if name == "routine" else no]


def _mark(row: Row, seal: str, yes: str, no: str) -> str:
    return yes if seal in row.seals else no


def _class(row: Row, style: int) -> str | None:
    return CLASSES[row.activity.work_class][style] if row.answered else None


def _form_a(rows: Sequence[Row]) -> bytes:
    header = [
        "部", "課", "係", "業務名", "作業内容", "職員区分", "年間件数", "年間作業時間(h)",
        "処理媒体", "決裁等印鑑使用", "住民印鑑使用", "職員でなければできない", "専門性", "定型",
        "根拠法令", "使用システム", "繁忙期", "頻度", "課題",
    ]  # fmt: skip
    book, sheet = _new_book("業務量調査")
    _write(sheet, 1, header)
    for number, row in enumerate(rows, start=2):
        a = row.activity
        _write(sheet, number, [
            a.department, a.division, a.unit, a.task, a.name, STAFF[row.staff], row.cases,
            hours(row) if row.tenths else None, MEDIA[row.medium][0], _mark(row, "k", "有", "無"),
            _mark(row, "j", "有", "無"), *_three_answers(row, "はい", "いいえ"),
            a.legal_basis, a.systems, a.peak, a.frequency, a.issues,
        ])  # fmt: skip
    _finish(
        sheet, [1], 1, [10, 14, 14, 28, 34, 16, 10, 14, 18, 10, 10, 12, 8, 8, 26, 22, 14, 8, 34]
    )
    return _save(book)


def _form_b(rows: Sequence[Row]) -> bytes:
    book, sheet = _new_book("調査票")
    _guide(book)
    _write(sheet, 1, [f"{TOWN}　業務量調査票（{YEAR}）"])
    _write(sheet, 2, [f"所属：{rows[0].activity.division}"])
    _write(sheet, 3, ["※ 1 行に 1 つの作業を書いてください。時間は年間の合計です。"])
    groups = [
        ("整理番号", 1), ("業務の概要", 4), ("担い手", 1), ("業務量", 2), ("処理媒体", 1),
        ("印鑑の使用", 2), ("業務の性質による分類（I～IV）", 1), ("備考", 4),
    ]  # fmt: skip
    leaves = [
        None, "係", "業務名", "作業名", "根拠法令等", None, "年間件数（件）", "年間作業時間（時間）", None,
        "決裁等印鑑", "住民印鑑", None, "使用システム", "繁忙期", "頻度", "課題",
    ]  # fmt: skip
    _grouped_header(sheet, 5, groups, leaves)
    for number, row in enumerate(rows, start=7):
        a = row.activity
        _write(sheet, number, [
            number - 6, a.unit, a.task, a.name, a.legal_basis, STAFF[row.staff], row.cases,
            hours(row), MEDIA[row.medium][1], _mark(row, "k", "○", "×"), _mark(row, "j", "○", "×"),
            _class(row, 1), a.systems, a.peak, a.frequency, a.issues,
        ])  # fmt: skip
    last = 6 + len(rows)
    _write(
        sheet, last + 1, [None, None, "合計", *[None] * 3, f"=SUM(G7:G{last})", f"=SUM(H7:H{last})"]
    )
    _write(sheet, last + 2, ["※ 不明な点は総務課（内線 210）まで"])
    _finish(sheet, [5, 6], 6, [9, 14, 28, 34, 26, 16, 12, 14, 20, 10, 10, 12, 22, 14, 8, 34])
    return _save(book)


def _form_c(rows: Sequence[Row]) -> bytes:
    book, sheet = _new_book(rows[0].activity.division)
    _example(book)
    _write(sheet, 1, [f"{YEAR}　{TOWN}　業務棚卸表"])
    _write(sheet, 2, [None, None, None, None, "担当課", rows[0].activity.division])
    header = [
        "大分類", "中分類", "小分類", "作業手順", "担当", "職員区分", "件数（年間）", "年間時間（h）", "媒体",
        "決裁印", "住民印", "職員でなければできないか", "専門知識の要否", "定型・非定型", "法令", "システム",
    ]  # fmt: skip
    _write(sheet, 4, header)
    for number, row in enumerate(rows, start=5):
        a = row.activity
        staff_only, expert, routine = _three_answers(row, "○", "×")
        _write(sheet, number, [
            a.category, a.group, a.task, a.name, a.unit, STAFF[row.staff], row.cases, hours(row),
            MEDIA[row.medium][0], _mark(row, "k", "○", "×"), _mark(row, "j", "○", "×"), staff_only,
            {"○": "要", "×": "不要", None: None}[expert],
            {"○": "定型", "×": "非定型", None: None}[routine], a.legal_basis, a.systems,
        ])  # fmt: skip
    for column, key in ((1, 1), (2, 2), (3, 3)):
        _merge_equal(sheet, rows, column, key, first=5)
    _finish(sheet, [4], 4, [16, 18, 28, 34, 14, 16, 12, 12, 18, 8, 8, 14, 12, 12, 26, 22])
    return _save(book)


def _form_d(rows: Sequence[Row]) -> bytes:
    book, sheet = _new_book("Sheet1")
    _write(sheet, 1, [f"業務量調査票　{YEAR}"])
    _write(sheet, 2, ["所属名", rows[0].activity.division])
    header = [
        "係名", "業務名", "作業の内容", "職員区分", "処理件数", "1件当たりの\n処理時間（分）", "処理媒体",
        "決裁印の使用", "住民の押印", "職員でなければできない", "専門性が必要か", "定型的か", "根拠", "使用システム名",
        "問題点",
    ]  # fmt: skip
    _write(sheet, 3, header)
    for number, row in enumerate(rows, start=4):
        a = row.activity
        minutes: Value = row.minutes
        if not row.answered and number % 3 == 0:
            minutes = f"約{row.minutes}分"
        elif not row.answered and number % 3 == 1:
            minutes = f"{row.minutes}～{row.minutes * 2}"
        _write(sheet, number, [
            a.unit, a.task, a.name, STAFF[row.staff], f"{row.cases:,}件" if number % 7 == 0 else row.cases,
            minutes, MEDIA[row.medium][1], _mark(row, "k", "あり", "なし"), _mark(row, "j", "あり", "なし"),
            *_three_answers(row, "1", "0"), a.legal_basis, a.systems, a.issues,
        ])  # fmt: skip
    _finish(sheet, [3], 3, [14, 28, 36, 16, 12, 14, 20, 10, 10, 12, 12, 10, 26, 22, 34])
    return _save(book)


def _form_e(rows: Sequence[Row]) -> bytes:
    book, sheet = _new_book(rows[0].activity.division)
    _write(sheet, 1, [None, f"{TOWN}業務量調査　{YEAR}"])
    _write(sheet, 2, [None, "（月平均で記入。件数は年間）"])
    header = [
        None, "係", "業　務　名", "作　業　名", "担い手", "年間件数", "月間時間（時間）", "処理媒体", "決裁等印鑑使用",
        "住民印鑑使用", "業務の性質", "根拠法令", "使用システム", "繁忙期", "頻度",
    ]  # fmt: skip
    _write(sheet, 4, header)
    above: str | None = None
    for number, row in enumerate(rows, start=5):
        a = row.activity
        systems = "〃" if a.systems and a.systems == above else a.systems
        above = a.systems
        _write(sheet, number, [
            None, a.unit, a.task, a.name, STAFF[row.staff], row.cases, _plain(row.tenths / 120),
            MEDIA[row.medium][0], _mark(row, "k", "有", "無"), _mark(row, "j", "有", "無"),
            _class(row, 0), a.legal_basis, systems, a.peak, a.frequency,
        ])  # fmt: skip
    _finish(sheet, [4], 4, [3, 14, 28, 34, 16, 10, 12, 18, 10, 10, 28, 26, 22, 14, 8])
    return _save(book)


def _form_f(rows: Sequence[Row]) -> bytes:
    book, sheet = _new_book("人役調べ")
    _write(sheet, 1, [f"{YEAR}　事務事業別人役調べ"])
    header = [
        "課名", "係名", "事務の名称", "具体的な作業", "従事職員", "人役", "取扱件数", "紙・電子の別", "決裁印",
        "住民印", "職員でなければできない仕事か", "専門性の要否", "定型・非定型", "根拠規定", "利用システム", "改善要望",
    ]  # fmt: skip
    _write(sheet, 3, header)
    for number, row in enumerate(rows, start=4):
        a = row.activity
        staff_only, expert, routine = _three_answers(row, "はい", "いいえ")
        _write(sheet, number, [
            a.division, a.unit, a.task, a.name, STAFF[row.staff],
            f"{row.tenths / 18600:.2f}人" if number % 11 == 0 else round(row.tenths / 18600, 2),
            row.cases, MEDIA[row.medium][0], _mark(row, "k", "有", "無"), _mark(row, "j", "有", "無"),
            staff_only, {"はい": "要", "いいえ": "不要", None: None}[expert],
            {"はい": "定型", "いいえ": "非定型", None: None}[routine], a.legal_basis, a.systems, a.issues,
        ])  # fmt: skip
    _finish(sheet, [3], 3, [14, 14, 28, 34, 16, 8, 10, 18, 8, 8, 14, 10, 12, 26, 22, 34])
    return _save(book)


def _form_g(rows: Sequence[Row]) -> bytes:
    book, sheet = _new_book("業務量")
    _write(sheet, 1, [f"{TOWN}　業務量調査（{YEAR}）　職員区分別"])
    groups = [
        ("部署名", 1), ("係", 1), ("業務名称", 1), ("作業内容", 1), ("正規職員", 2), ("会計年度任用職員", 2),
        ("媒体", 1), ("決裁印", 1), ("住民印", 1), ("コア・ノンコア区分", 1), ("根拠法令等", 1), ("システム名", 1), ("頻度", 1),
    ]  # fmt: skip
    leaves = [*[None] * 4, "件数", "時間（h）", "件数", "時間（h）", *[None] * 7]
    _grouped_header(sheet, 3, groups, leaves)
    by_line = [list(group) for _, group in groupby(rows, key=lambda row: row.position)]
    for number, pair in enumerate(by_line, start=5):
        a, first = pair[0].activity, pair[0]
        amounts: dict[str, list[Value]] = {row.staff: [row.cases, hours(row)] for row in pair}
        empty: list[Value] = [None, None]
        _write(sheet, number, [
            a.division, a.unit, a.task, a.name, *amounts.get("s", empty), *amounts.get("k", empty),
            MEDIA[first.medium][1], _mark(first, "k", "有", "無"), _mark(first, "j", "有", "無"),
            _class(first, 1), a.legal_basis, a.systems, a.frequency,
        ])  # fmt: skip
    _finish(sheet, [3, 4], 4, [16, 14, 28, 34, 10, 10, 10, 10, 20, 8, 8, 12, 26, 22, 8])
    return _save(book)


def _form_h(rows: Sequence[Row]) -> bytes:
    header = [
        "所属", "係", "業務名", "作業名", "職員区分", "件数", "作業時間（時間）", "媒体", "決裁印", "住民印",
        "業務の性質", "根拠法令",
    ]  # fmt: skip
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    for row in rows:
        a = row.activity
        writer.writerow([
            a.division, a.unit, a.task, a.name, STAFF[row.staff], row.cases, hours(row),
            MEDIA[row.medium][0], _mark(row, "k", "有", "無"), _mark(row, "j", "有", "無"),
            _class(row, 0), a.legal_basis,
        ])  # fmt: skip
    return text.getvalue().encode("cp932")


def _new_book(title: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    return book, sheet


def _write(sheet: Worksheet, number: int, values: Sequence[Value]) -> None:
    for column, value in enumerate(values, start=1):
        if value not in (None, ""):
            sheet.cell(number, column, value)


def _grouped_header(
    sheet: Worksheet, top: int, groups: Sequence[tuple[str, int]], leaves: Sequence[str | None]
) -> None:
    column = 1
    for label, width in groups:
        sheet.cell(top, column, label)
        bottom = top if width > 1 else top + 1
        sheet.merge_cells(
            start_row=top, end_row=bottom, start_column=column, end_column=column + width - 1
        )
        column += width
    for number, leaf in enumerate(leaves, start=1):
        if leaf:
            sheet.cell(top + 1, number, leaf)


def _merge_equal(
    sheet: Worksheet, rows: Sequence[Row], column: int, depth: int, first: int
) -> None:
    """Merge runs of rows that share the first `depth` levels of grouping."""

    def key(row: Row) -> tuple[str, ...]:
        return (row.activity.category, row.activity.group, row.activity.task)[:depth]

    start = first
    for _, run in groupby(rows, key=key):
        size = len(list(run))
        for number in range(start + 1, start + size):
            sheet.cell(number, column).value = None
        if size > 1:
            sheet.merge_cells(
                start_row=start, end_row=start + size - 1, start_column=column, end_column=column
            )
        start += size


def _guide(book: Workbook) -> None:
    sheet = book.create_sheet("記入要領", 0)
    for number, text in enumerate(
        [
            "記入要領",
            "1. 業務は作業の単位まで分けて書いてください。",
            "2. 業務名のない行は集計されません。",
        ],
        start=1,
    ):
        sheet.cell(number, 1, text)


def _example(book: Workbook) -> None:
    sheet = book.create_sheet("記入例")
    _write(
        sheet,
        1,
        [
            "大分類",
            "中分類",
            "小分類",
            "作業手順",
            "担当",
            "職員区分",
            "件数（年間）",
            "年間時間（h）",
        ],
    )
    _write(
        sheet, 2, ["庶務", "物品", "消耗品の購入", "注文書の作成", "庶務係", "正規職員", 120, 20]
    )
    hidden = book.create_sheet("マスタ")
    hidden.sheet_state = "hidden"
    _write(hidden, 1, ["職員区分", "媒体"])


def _finish(sheet: Worksheet, header: Sequence[int], freeze: int, widths: Sequence[float]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in sheet.iter_rows(min_row=header[0], max_col=len(widths)):
        for cell in row:
            cell.border = _BOX
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if cell.row in header:
                cell.fill, cell.font = _FILL, Font(bold=True)
    sheet.freeze_panes = f"A{freeze + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header[0]}:{header[-1]}"


def _save(book: Workbook) -> bytes:
    """Save with fixed times, so that the same rows always give the same bytes."""
    raw = io.BytesIO()
    book.save(raw)
    stamp = STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    fixed = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, data)
            info = zipfile.ZipInfo(name, date_time=STAMP.timetuple()[:6])
            target.writestr(info, data, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


_WRITERS: dict[str, Callable[[Sequence[Row]], bytes]] = {
    "A": _form_a,
    "B": _form_b,
    "C": _form_c,
    "D": _form_d,
    "E": _form_e,
    "F": _form_f,
    "G": _form_g,
    "H": _form_h,
}
