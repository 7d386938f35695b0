"""A division's own workbook with the findings in it: colored cells, comments, a list in front."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final, NamedTuple

import polars as pl

from bpr import terms
from bpr.export.ooxml.book import SheetPart
from bpr.export.ooxml.colors import FILLS
from bpr.export.ooxml.grid import address, place_of
from bpr.export.ooxml.listing import NAME, TITLE, Line, quote_sheet
from bpr.export.ooxml.marks import MarkedBook, Note
from bpr.export.ooxml.package import Package, UnpatchableError
from bpr.export.values_copy import book_of, copy_values
from bpr.frames import DataFrame, Diagnostics
from bpr.messages import MESSAGES
from bpr.read.cells import SUFFIXES, Refusal, read_sheets

_TAIL: Final = "_指摘あり"
_MACRO: Final = ".xlsm"
_LONGEST_STEM: Final = 180
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]')
_UNREADABLE: Final = frozenset(
    {
        "file-empty",
        "file-encrypted",
        "file-damaged",
        "file-too-large",
        "file-not-workbook",
        "sheet-too-large",
        "zip-damaged",
        "zip-encrypted",
        "zip-too-large",
        "zip-unopened",
        "zip-without-workbook",
    }
)
_OFFICE: Final = [code for code, message in MESSAGES.items() if message.office]
"""Findings that the division can do nothing about."""
_TO_DO: Final = "色の付いたセルを直し、このファイルのまま返送してください。"
_NOTHING_TO_DO: Final = "直すセルはありません。"
_SEND_AGAIN: Final = "元のファイルを直して、送り直してください。"
_MAY_GO: Final = "この一覧は消しても構いません。"
_VALUES_ONLY: Final = (
    "元のファイルは書き込みのできる .xlsx・.xlsm ではないため、値だけを同じ番地に写しました"
    "（書式・図・数式はありません）。"
)
_LIST_ONLY: Final = "元のファイルは読めなかったため、ここには指摘の一覧だけがあります。"
_SEVERITIES: Final = list(terms.SEVERITIES)
_LONGEST_VALUE: Final = 300
_LONGEST_LINE: Final = 400
_MACRO_KIND: Final = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


class _Finding(NamedTuple):
    """One row of the findings."""

    sheet: str | None
    cell: str | None
    row: int | None
    code: str
    severity: str
    value: str | None
    message: str
    remedy: str
    rule: str | None


@dataclass(frozen=True)
class _Case:
    """What is told of a file besides its findings: what to do, a note, its sheets' new names."""

    to_do: str = _TO_DO
    note: str | None = None
    titles: Mapping[str, str] = field(default_factory=dict)


def returned_name(name: str) -> str:
    """Name under which a workbook goes back.

    >>> returned_name("税務課.xls"), returned_name("a/税務課_指摘あり.XLSM")
    ('税務課_指摘あり.xlsx', '税務課_指摘あり.xlsm')
    """
    plain = _NOT_IN_NAMES.sub("", PurePosixPath(name.replace("\\", "/")).name)
    suffix = next((s for s in SUFFIXES if plain.lower().endswith(s)), "")
    stem = plain[: len(plain) - len(suffix)].strip(" .").removesuffix(_TAIL)
    stem = stem.encode()[:_LONGEST_STEM].decode(errors="ignore").strip(" .")
    return f"{stem or '調査票'}{_TAIL}{_MACRO if suffix == _MACRO else '.xlsx'}"


def write_returned(name: str, data: bytes, findings: DataFrame[Diagnostics]) -> bytes:
    """Workbook `name` with the findings that name it; everything else in it stays as it is.

    What is no .xlsx or .xlsm comes back as a copy of its values; what cannot be read, as a list.
    Marks of an earlier return give way to these.
    """
    own = [
        _Finding(**row)
        for row in findings.filter(pl.col("workbook") == name, ~pl.col("code").is_in(_OFFICE))
        .select(_Finding._fields)
        .iter_rows(named=True)
    ]
    if not any(finding.code in _UNREADABLE for finding in own):
        try:
            return _mark(Package(data), own, _Case())
        except UnpatchableError:
            sheets = read_sheets(data)
        if sheets and not isinstance(sheets, Refusal):
            copy, titles = copy_values(sheets)
            return _mark(_package(copy, name), own, _Case(note=_VALUES_ONLY, titles=titles))
    empty = book_of(NAME, TITLE)  # a list without findings, which gives way to the new one
    return _mark(_package(empty, name), own, _Case(to_do=_SEND_AGAIN, note=_LIST_ONLY))


def _package(data: bytes, name: str) -> Package:
    """Return a workbook that was made here, as the kind that its name will tell."""
    package = Package(data)
    if returned_name(name).endswith(_MACRO):
        package.set_kind(package.workbook, _MACRO_KIND)
    return package


def _mark(package: Package, findings: Iterable[_Finding], case: _Case) -> bytes:
    """Mark the cells that are named and list all findings, the worst first."""
    book = MarkedBook(package)
    renamed = [f._replace(sheet=case.titles.get(f.sheet or "", f.sheet)) for f in findings]
    places = {name: number for number, name in enumerate(book.sheets)}
    ordered = sorted(renamed, key=lambda finding: _rank(finding, places))
    notes: dict[str, list[Note]] = {}
    for finding in ordered:
        place = place_of(finding.cell)
        if finding.severity in FILLS and finding.sheet in book.sheets and place:
            note = Note(place, finding.severity, tuple(_comment_lines(finding)))
            notes.setdefault(finding.sheet, []).append(note)
    for sheet, told in notes.items():
        book.mark(book.sheets[sheet], told)
    lines = [_line(finding, book.sheets) for finding in ordered]
    return book.save([_summary(ordered, case), *([case.note] if case.note else [])], lines)


def _rank(finding: _Finding, sheets: Mapping[str, int]) -> tuple[int, ...]:
    """Sort key: the worst first, then as a person reads: sheet by sheet, row by row."""
    row, column = place_of(finding.cell) or ((finding.row or 0) - 1, -1)
    return _SEVERITIES.index(finding.severity), sheets.get(finding.sheet or "", -1), row, column


def _summary(findings: Iterable[_Finding], case: _Case) -> str:
    counts = Counter(finding.severity for finding in findings)
    told = "、".join(f"{t.label} {counts[name]} 件" for name, t in terms.SEVERITIES.items())
    to_do = case.to_do if counts["error"] + counts["warning"] else _NOTHING_TO_DO
    return f"{told}。{to_do}{_MAY_GO}"


def _comment_lines(finding: _Finding) -> Iterator[str]:
    label = terms.SEVERITIES[finding.severity].label
    yield f"{label}：{_cut(finding.message, _LONGEST_LINE)}"
    yield f"直し方：{_cut(finding.remedy, _LONGEST_LINE)}"
    if finding.rule:
        yield f"規則：{_cut(finding.rule, _LONGEST_LINE)}"


def _line(finding: _Finding, sheets: Mapping[str, SheetPart]) -> Line:
    place = place_of(finding.cell)
    sheet = sheets.get(finding.sheet or "")
    target = address(place) if place else f"A{finding.row}" if finding.row else None
    is_linked = target is not None and sheet is not None and sheet.visible
    return Line(
        severity=finding.severity,
        label=terms.SEVERITIES[finding.severity].label,
        sheet=finding.sheet or "",
        cell=finding.cell or (f"{finding.row} 行" if finding.row else ""),
        value=_cut(finding.value or "", _LONGEST_VALUE),
        message=finding.message,
        remedy=finding.remedy,
        rule=finding.rule or "",
        link=f"{quote_sheet(sheet.name)}!{target}" if is_linked and sheet else None,
    )


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[:length]}…"
