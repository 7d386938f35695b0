"""Patching a workbook leaves every other part of it alone, whichever program wrote it."""

import io
import re
from typing import Any

import openpyxl
import pytest
from lxml import etree

from bpr.read.cells import read_sheets
from tests.builder import save
from tests.export.books import (
    DRAWING,
    ERROR,
    MAIN,
    OFFICE,
    OTHER,
    PIXEL,
    RELS1,
    SHEET,
    SHEET1,
    finding,
    marked_cells,
    opened,
    parts,
    patched,
    plain_book,
    plain_patched,
    relate,
    returned,
    rich_book,
    swap,
)

BOOK_RELS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"


def names_in(element: Any) -> list[str]:
    return [etree.QName(child).localname for child in element if isinstance(child.tag, str)]


# --- untouched parts ----------------------------------------------------------------------------


def drawn_book() -> bytes:
    """The rich workbook with a shape, a picture, a custom part and values of other programs."""
    rels = re.compile(rb"</Relationships>")
    drawing = f'<Relationship Id="rIdD" Type="{OFFICE}/drawing" Target="../drawings/drawing9.xml"/>'
    image = f'<Relationship Id="rId1" Type="{OFFICE}/image" Target="../media/image1.png"/>'
    return patched(
        rich_book(),
        {
            SHEET1: swap(
                "<legacyDrawing", f'<drawing xmlns:r="{OFFICE}" r:id="rIdD"/><legacyDrawing'
            ),
            RELS1: lambda old: rels.sub(f"{drawing}</Relationships>".encode(), old),
            "xl/drawings/drawing9.xml": DRAWING,
            "xl/drawings/_rels/drawing9.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                f'relationships">{image}</Relationships>'
            ).encode(),
            "xl/media/image1.png": PIXEL,
            "customXml/item1.xml": b"<a  x='1'/>",
            TYPES: swap(
                "</Types>",
                '<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/drawings/'
                'drawing9.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing'
                '+xml"/></Types>',
            ),
        },
    )


def test_parts_that_have_no_marks_keep_their_bytes() -> None:
    before, after = parts(drawn_book()), parts(returned(drawn_book()))
    changed = {name for name in before if after.get(name) != before[name]}
    own = {TYPES, "xl/workbook.xml", BOOK_RELS, "xl/styles.xml", SHEET1}
    assert changed <= {*own, "xl/worksheets/sheet2.xml"} | {n for n in before if "comment" in n}
    assert set(after) - set(before) == {"xl/worksheets/sheet4.xml"}
    assert list(after)[: len(before)] == list(before)


def test_a_sheet_without_marks_loses_nothing_but_its_selection() -> None:
    before, after = parts(rich_book()), parts(returned(rich_book()))
    name = "xl/worksheets/sheet2.xml"
    assert before[name].replace(b' tabSelected="1"', b"") == after[name]


def test_the_marked_sheet_keeps_all_its_elements() -> None:
    before, after = (
        etree.fromstring(parts(d)[SHEET1]) for d in (drawn_book(), returned(drawn_book()))
    )
    assert names_in(after) == names_in(before)
    for one, other in zip(before, after, strict=True):
        if etree.QName(one).localname not in ("sheetData", "sheetViews"):
            assert etree.tostring(one) == etree.tostring(other)


def test_settings_of_the_workbook_follow_their_sheets() -> None:
    book = opened(returned(rich_book()))
    sheet = book[SHEET]
    assert sheet.print_title_rows == "$1:$1"
    assert str(sheet.print_area).endswith("$A$1:$D$9")
    assert book["指摘一覧"].print_area == ""
    assert book.defined_names["媒体"].attr_text == f"{OTHER}!$A$1"
    assert [s.sheet_state for s in book.worksheets] == ["visible", "visible", "hidden", "visible"]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["B"].width == 31.5
    assert str(next(iter(sheet.merged_cells.ranges))) == "A2:A3"
    assert sheet["C4"].value == "=C2*2"


def test_names_of_sheets_move_back_when_the_list_is_replaced() -> None:
    book = opened(returned(returned(returned(rich_book()))))
    assert book[SHEET].print_title_rows == "$1:$1"
    assert book["指摘一覧"].print_title_rows == "$3:$3"
    assert len([n for n in parts(returned(returned(rich_book()))) if "worksheets/sheet" in n]) == 4


# --- what Excel writes --------------------------------------------------------------------------


def test_namespaces_that_may_be_ignored_stay_declared() -> None:
    root = (
        '<worksheet xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' mc:Ignorable="x14ac xr" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/'
        '2009/9/ac" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
        ' xr:uid="{00000000-0001-0000-0000-000000000000}" '
    )
    extension = (
        '<extLst><ext uri="{X}" xmlns:x14="urn:x14"><x14:sparks/></ext></extLst></worksheet>'
    )

    def change(old: bytes) -> bytes:
        new = old.replace(b"<worksheet ", root.encode(), 1)
        new = new.replace(b'<row r="2"', b'<row r="2" x14ac:dyDescent="0.4" spans="1:3"')
        return new.replace(b"</worksheet>", extension.encode())

    after = parts(returned(plain_patched(change), finding("C2"), finding("E2")))[SHEET1].decode()
    assert 'mc:Ignorable="x14ac xr"' in after
    assert 'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"' in after
    assert 'x14ac:dyDescent="0.4"' in after
    assert "spans" not in after
    assert '<ext xmlns:x14="urn:x14" uri="{X}"><x14:sparks/></ext>' in after
    assert after.index("<legacyDrawing") < after.index("<extLst")


def test_cells_without_addresses_are_counted() -> None:
    data = plain_patched(lambda old: re.sub(rb' r="[A-Z]*\d+"', b"", old))
    after = etree.fromstring(parts(returned(data, finding("B2"), finding("B4")))[SHEET1])
    rows = list(after.iter(f"{MAIN}row"))
    assert [cell.get("s") is not None for cell in rows[1]] == [False, True, False]
    assert rows[2].get("r") == "4"


def test_new_cells_look_like_their_row_or_column() -> None:
    book = openpyxl.load_workbook(io.BytesIO(rich_book()))
    sheet = book[SHEET]
    sheet.column_dimensions["G"].number_format = "0.00"
    data = returned(save(book), finding("G3"), finding("H3"))
    assert opened(data)[SHEET]["G3"].number_format == "0.00"
    assert opened(data)[SHEET]["H3"].number_format == "General"


def test_shared_strings_and_an_old_list_saved_by_excel() -> None:
    """Excel moves the texts of our list to the shared strings and numbers the parts anew."""
    data = returned(plain_book())
    strings = '<sst xmlns="%s"><si><t>x</t></si><si><t>業務量調査の点検：指摘一覧</t></si></sst>'
    text = re.compile(rb'(<c r="A1" s="\d+") t="inlineStr">.*?</c>', re.DOTALL)
    data = patched(
        data,
        {
            "xl/worksheets/sheet2.xml": lambda old: text.sub(
                rb'\1 t="s"><v>1</v></c>', old, count=1
            ),
            "xl/sharedStrings.xml": (strings % MAIN[1:-1]).encode(),
            BOOK_RELS: relate("sharedStrings", "sharedStrings.xml", 1),
            TYPES: swap(
                "</Types>",
                '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxml'
                'formats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
            ),
        },
    )
    assert opened(returned(data)).sheetnames == ["指摘一覧", SHEET]


def test_the_chain_of_formulas_goes_with_an_old_list() -> None:
    chain = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<c r="A9" i="2"/></calcChain>'
    )
    add = {"xl/calcChain.xml": chain, BOOK_RELS: relate("calcChain", "calcChain.xml", 1)}
    first = returned(patched(plain_book(), add))
    assert parts(first)["xl/calcChain.xml"] == chain
    assert "xl/calcChain.xml" not in parts(returned(first))
    assert b"calcChain" not in parts(returned(first))[BOOK_RELS]


def test_macros_stay_and_the_list_stands_behind() -> None:
    macro = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    data = patched(
        rich_book(),
        {
            "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0VBA",
            TYPES: swap(plain, macro),
            BOOK_RELS: relate("vbaProject", "vbaProject.bin", 1),
        },
    )
    after = returned(data, name="税務課.xlsm")
    assert parts(after)["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0VBA"
    assert macro.encode() in parts(after)[TYPES]
    book = opened(after)
    assert book.sheetnames == [SHEET, OTHER, "空", "指摘一覧"]
    assert book.active is book["指摘一覧"]
    assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == ["指摘一覧"]
    assert opened(returned(after, name="税務課.xlsm")).sheetnames == book.sheetnames


def test_a_shared_workbook_is_no_longer_shared() -> None:
    add = {
        "xl/revisions/revisionHeaders.xml": b"<headers/>",
        BOOK_RELS: relate("revisionHeaders", "revisions/revisionHeaders.xml", 1),
    }
    assert not [n for n in parts(returned(patched(plain_book(), add))) if "revision" in n]


# --- other programs -----------------------------------------------------------------------------


def test_prefixed_elements_are_understood() -> None:
    prefixed = plain_patched(
        lambda old: re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", old.replace(b"xmlns=", b"xmlns:x="))
    )
    after = returned(prefixed, finding("C2"), finding("E9"))
    assert marked_cells(after) == {f"{SHEET}!C2": ERROR, f"{SHEET}!E9": ERROR}


def test_a_workbook_without_styles_gets_them() -> None:
    def forget(old: bytes) -> bytes:
        return re.sub(rb"<Relationship [^>]*/(styles|theme)\"[^>]*/>", b"", old)

    no_styles = {BOOK_RELS: forget, "xl/styles.xml": None, "xl/theme/theme1.xml": None}
    data = patched(plain_book(), {**no_styles, SHEET1: lambda old: re.sub(rb' s="\d+"', b"", old)})
    assert marked_cells(returned(data)) == {f"{SHEET}!C2": ERROR}


def test_a_style_that_is_not_there_is_the_first() -> None:
    data = plain_patched(lambda old: old.replace(b'<c r="C2"', b'<c r="C2" s="999"'))
    sheet = etree.fromstring(parts(returned(data))[SHEET1])
    assert next(c for c in sheet.iter(f"{MAIN}c") if c.get("r") == "C2").get("s") != "999"


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"<worksheet",
        lambda old: b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + old,
        lambda old: old.replace(b"sheetData", b"sheetDatum"),
    ],
)
def test_a_part_that_cannot_be_patched_breaks_nothing(change: Any) -> None:
    data = plain_patched(change)
    after = returned(data)
    assert opened(after).sheetnames[0] == "指摘一覧"
    assert b"root:" not in b"".join(parts(after).values())


def test_strict_workbooks_are_patched_in_their_own_words() -> None:
    def strict(old: bytes) -> bytes:
        new = old.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        return new.replace(
            OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )

    data = patched(plain_book(), dict.fromkeys(parts(plain_book()), strict))
    after = parts(returned(data))
    assert b"schemas.openxmlformats.org/spreadsheetml" not in b"".join(after.values())
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in after[RELS1]
    assert read_sheets(returned(data)) == read_sheets(returned(data))
