"""Workbooks with all that a program may lose on the way, and the findings to put on them."""

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

import openpyxl
import polars as pl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from bpr.export.returned import write_returned
from bpr.frames import DataFrame, Diagnostics, empty
from tests.builder import save

NAME: Final = "税務課.xlsx"
SHEET: Final = "調査票 (税務課's) & 係"
OTHER: Final = "隠し"
ERROR: Final = "FFFFBBBB"
WARNING: Final = "FFFFE380"
AUTHOR: Final = "業務量調査の点検"
SHEET1: Final = "xl/worksheets/sheet1.xml"
RELS1: Final = "xl/worksheets/_rels/sheet1.xml.rels"
MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
DRAWING: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:absoluteAnchor>'
    '<xdr:pos x="0" y="0"/><xdr:ext cx="9525" cy="9525"/><xdr:sp macro="" textlink="">'
    '<xdr:nvSpPr><xdr:cNvPr id="2" name="図形"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>'
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp><xdr:clientData/>'
    "</xdr:absoluteAnchor></xdr:wsDr>"
).encode()


def finding(cell: str | None = "C2", severity: str = "error", **told: Any) -> dict[str, Any]:
    """One row of findings."""
    return {
        "workbook": NAME,
        "sheet": SHEET,
        "cell": cell,
        "row": None,
        "code": "unknown-choice",
        "severity": severity,
        "value": "かみ",
        "message": "「かみ」は選択肢にありません。",
        "remedy": "選択肢から選んで書いてください。",
        "rule": "L2-04 選択肢の表記揺れ",
        **told,
    }


def findings(*rows: Mapping[str, Any]) -> DataFrame[Diagnostics]:
    """Frame of findings."""
    return Diagnostics.validate(pl.DataFrame(list(rows), schema=empty(Diagnostics).schema))


@cache
def rich_book() -> bytes:
    """A workbook with comments, validations, conditional formats, protection and hidden parts."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    for row in (
        ["課", "業務名", "年間件数", "処理媒体"],
        ["税務課", "賦課", 1200, "かみ"],
        [None, "収納", 0.5, "紙"],
        ["福祉課", "申請の受付", "=C2*2", "電子"],
    ):
        sheet.append(row)
    side = Side(style="thin", color="FF1F4E79")
    for cell in (sheet["C2"], sheet["D2"], sheet["B3"]):
        cell.border = Border(side, side, side, side)
        cell.number_format = '#,##0"件"'
        cell.font = Font(name="BIZ UDPゴシック", bold=True)
        cell.protection = Protection(locked=False)
    sheet["D2"].fill = PatternFill("solid", fgColor="FFFFFFCC")
    for cell in sheet[1]:
        cell.font = Font(color="FFFFFFFF", bold=True)
        cell.fill = PatternFill("solid", fgColor="FF1F4E79")
    sheet["D2"].comment = Comment("前年は紙でした", "係長")
    sheet["A4"].comment = Comment("新しい課", "係長")
    sheet.merge_cells("A2:A3")
    media = DataValidation(type="list", formula1='"紙,電子"', allow_blank=True)
    media.add("D2:D9")
    sheet.add_data_validation(media)
    red = PatternFill(bgColor="FFFF0000")
    less = CellIsRule("lessThan", ["0"], fill=red)  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add("C2:C9", less)
    sheet.protection.sheet = True
    sheet.print_title_rows = "1:1"
    sheet.print_area = "A1:D9"
    sheet.column_dimensions["B"].width = 31.5
    hidden = book.create_sheet(OTHER)
    hidden["A1"] = "マスタ"
    hidden.sheet_state = "hidden"
    hidden.sheet_view.tabSelected = True
    book.create_sheet("空")
    book.defined_names["媒体"] = DefinedName("媒体", attr_text=f"{OTHER}!$A$1")
    return steady(save(book))


def steady(data: bytes) -> bytes:
    """The same workbook without the time at which it was saved."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb">[0-9T:Z-]+<", b">2026-01-01T00:00:00Z<", content)
            new.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def patched(data: bytes, changes: Mapping[str, Any]) -> bytes:
    """Change parts of a zip: bytes for a new part, a function of the old ones, None to drop it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            change = changes.get(entry.filename, b"")
            content = old.read(entry)
            if change is not None:
                new.writestr(entry, change(content) if callable(change) else change or content)
        for name in set(changes) - set(old.namelist()):
            new.writestr(name, changes[name])
    return out.getvalue()


def swap(old: str, new: str) -> Any:
    """Replace text within a part that has it once."""

    def change(content: bytes) -> bytes:
        assert content.count(old.encode()) == 1, old
        return content.replace(old.encode(), new.encode())

    return change


def parts(data: bytes) -> dict[str, bytes]:
    """All parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def opened(data: bytes) -> openpyxl.Workbook:
    """Open a workbook with openpyxl."""
    return openpyxl.load_workbook(io.BytesIO(data))


def marked_cells(data: bytes) -> dict[str, str]:
    """Sheet!cell -> color, of every marked cell outside the list."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.fill.fgColor.rgb
        for sheet in opened(data).worksheets
        if not sheet.title.startswith("指摘一覧")
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.patternType == "solid" and cell.fill.fgColor.rgb in (ERROR, WARNING)
    }


def list_rows(data: bytes) -> list[tuple[Any, ...]]:
    """Rows of the list below its header."""
    rows = list(opened(data)["指摘一覧"].iter_rows(values_only=True))
    header = next(i for i, row in enumerate(rows) if row[0] == "No")
    return rows[header + 1 :]


def returned(data: bytes, *rows: dict[str, Any], name: str = NAME) -> bytes:
    """Return a workbook with findings: one at C2 unless others are given."""
    told = [{**row, "workbook": name} for row in rows or (finding("C2"),)]
    return write_returned(name, data, findings(*told))


def relate(kind: str, target: str, number: int) -> Any:
    """Add a reference to a part of references."""
    entry = f'<Relationship Id="rIdT{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return swap("</Relationships>", f"{entry}</Relationships>")


@cache
def plain_book() -> bytes:
    """A workbook with nothing but a small table."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = SHEET
    book.worksheets[0].append(["業務名", "件数", "媒体"])
    book.worksheets[0].append(["賦課", 1, "かみ"])
    return steady(save(book))


def plain_patched(sheet: Any, **more: Any) -> bytes:
    """Change the sheet of the plain workbook."""
    return patched(plain_book(), {SHEET1: sheet, **more})
