"""Comments: ours stand beside or below those of people, in boxes of their own."""

import re

import pytest
from lxml import etree

from tests.export.books import (
    AUTHOR,
    MAIN,
    OFFICE,
    OTHER,
    RELS1,
    SHEET1,
    finding,
    parts,
    patched,
    plain_book,
    plain_patched,
    returned,
    rich_book,
    swap,
)

VML = "urn:schemas-microsoft-com:vml"
EXCEL = "urn:schemas-microsoft-com:office:excel"


def excel_drawing(more: str = "") -> bytes:
    """A drawing as Excel writes it: a button, HTML that is no XML, a comment on A1."""
    return (
        f'<xml xmlns:v="{VML}"\n xmlns:o="urn:schemas-microsoft-com:office:office"\n'
        f' xmlns:x="{EXCEL}">\n <o:shapelayout v:ext="edit">\n  <o:idmap v:ext="edit" data="3"/>\n'
        ' </o:shapelayout><v:shapetype id="_x0000_t201"/><v:shape id="_x0000_s3073"'
        ' type="#_x0000_t201"><v:textbox><div>印刷<br>する</div></v:textbox>'
        '<x:ClientData ObjectType="Button"><x:Anchor>1,0,1,0,2,0,2,0</x:Anchor></x:ClientData>'
        "</v:shape>"
        '<v:shape id="_x0000_s3074" type="#_x0000_t202" style=\'visibility:hidden\'>'
        '<x:ClientData ObjectType="Note"><x:Anchor>1, 15, 0, 2, 3, 15, 4, 4</x:Anchor>'
        "<x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape>" + more + "</xml>"
    ).encode()


def commented_book(drawing: bytes) -> bytes:
    """A workbook whose sheet has a comment on A1 and a drawing for its header before it."""
    comments = (
        f'<comments xmlns="{MAIN[1:-1]}"><authors><author>係長</author></authors><commentList>'
        '<comment ref="A1" authorId="0"><text><r><t>見出し</t></r><rPh><t>ミダシ</t></rPh></text>'
        "</comment></commentList></comments>"
    )
    links = (
        f'<legacyDrawing xmlns:r="{OFFICE}" r:id="rId2"/><legacyDrawingHF xmlns:r="{OFFICE}"'
        ' r:id="rId1"/></worksheet>'
    )
    kinds = (("vmlDrawing", "../drawings/hf.vml"), ("vmlDrawing", "../drawings/notes.vml"),
             ("comments", "../comments7.xml"))  # fmt: skip
    rels = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(kinds, start=1)
    )
    return plain_patched(
        swap("</worksheet>", links),
        **{
            RELS1: (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                f'relationships">{rels}</Relationships>'
            ).encode(),
            "xl/drawings/hf.vml": b"<xml>\n<br>header</xml>",
            "xl/drawings/notes.vml": drawing,
            "xl/comments7.xml": comments.encode(),
        },
    )


def test_buttons_and_comments_of_excel_stay() -> None:
    after = parts(returned(commented_book(excel_drawing()), finding("A1"), finding("C2")))
    assert after["xl/drawings/hf.vml"] == b"<xml>\n<br>header</xml>"
    root = etree.fromstring(after["xl/drawings/notes.vml"])
    shapes = {shape.get("id"): shape for shape in root.iter(f"{{{VML}}}shape")}
    assert list(shapes) == ["_x0000_s3073", "_x0000_s3074", "_x0000_s4097"]
    assert next(root.iter("{*}idmap")).get("data") == "3,4"
    assert b"<div>\xe5\x8d\xb0\xe5\x88\xb7<br/>" in after["xl/drawings/notes.vml"]
    comments = etree.fromstring(after["xl/comments7.xml"])
    texts = {
        c.get("ref"): "".join(t.text or "" for t in c.iter(f"{MAIN}t"))
        for c in comments.iter("{*}comment")
    }
    assert texts["A1"].startswith("見出しミダシ\n――――――――――\n【業務量調査の点検】")
    assert [a.text for a in comments.iter("{*}author")] == ["係長", AUTHOR]


def test_the_box_of_a_merged_comment_grows() -> None:
    after = parts(returned(commented_book(excel_drawing()), finding("A1", message="長い。" * 100)))
    anchor = re.findall(rb"<x:Anchor>([^<]*)</x:Anchor>", after["xl/drawings/notes.vml"])[1]
    left, _, top, _, right, _, bottom, _ = map(int, anchor.split(b","))
    assert (left, top) == (1, 0)
    assert right >= 8
    assert bottom >= 10


def test_merged_comments_of_excel_come_apart_again() -> None:
    first = returned(commented_book(excel_drawing()), finding("A1"), finding("C2"))
    after = parts(returned(first, finding("B2", "info")))
    comments = etree.fromstring(after["xl/comments7.xml"])
    (comment,) = comments.iter("{*}comment")
    assert [t.text for t in comment.iter(f"{MAIN}t")] == ["見出し", "ミダシ"]
    assert b"s4097" not in after["xl/drawings/notes.vml"]
    assert b"s3073" in after["xl/drawings/notes.vml"]


def test_a_drawing_that_is_no_xml_is_left_alone() -> None:
    broken = excel_drawing("<v:oval>")
    after = returned(commented_book(broken), finding("C2"))
    assert parts(after)["xl/comments7.xml"] == parts(commented_book(broken))["xl/comments7.xml"]
    assert b"<v:oval>" in parts(after)["xl/drawings/notes.vml"]
    sheet = etree.fromstring(parts(after)[SHEET1])
    assert next(c for c in sheet.iter(f"{MAIN}c") if c.get("r") == "C2").get("s")


def test_a_conversation_is_left_alone() -> None:
    data = patched(
        commented_book(excel_drawing()),
        {"xl/comments7.xml": swap("<author>係長", "<author>tc={0000}")},
    )
    comments = parts(returned(data, finding("A1")))["xl/comments7.xml"].decode()
    assert "点検" not in comments


@pytest.mark.parametrize("hidden", [False, True])
def test_boxes_stand_beside_their_cells(*, hidden: bool) -> None:
    cols = '<cols><col min="5" max="16384" width="9" hidden="1"/></cols><sheetData>'
    data = plain_patched(swap("<sheetData>", cols)) if hidden else plain_book()
    vml = parts(returned(data, finding("C2"), finding("XFD2")))["xl/drawings/vmlDrawing1.vml"]
    first, last = (
        [int(n) for n in anchor.split(b",")]
        for anchor in re.findall(rb"<x:Anchor>([^<]*)</x:Anchor>", vml)
    )
    assert first[0] == (0 if hidden else 3)
    assert last[0] < (3 if hidden else 16_380)
    for anchor in (first, last):
        assert anchor[0] < anchor[4] <= 16_383
        assert anchor[2] < anchor[6]


def test_many_comments_have_numbers_of_their_own() -> None:
    rows = [finding(f"A{n}") for n in range(1, 1_200)] + [finding("B1", sheet=OTHER)]
    after = parts(returned(rich_book(), *rows))
    ids = [
        i
        for n in after
        if n.endswith(".vml")
        for i in re.findall(rb' id="(_x0000_s\d+)"', after[n])
    ]
    assert len(ids) == len(set(ids)) == 1_199 + 1  # A3 shows in A2
