"""取込: diagnostics -> findings by their kind, and the list of those that the address asks for."""

from dataclasses import dataclass, replace
from typing import Final

import polars as pl

from bpr import terms
from bpr.dashboard.pages.imports.query import ImportsQuery
from bpr.export.analysis import write_findings_xlsx
from bpr.export.cells import safe_csv
from bpr.frames import Diagnostics
from bpr.messages import MESSAGES
from bpr.report import Report

SHOWN: Final = 200
"""How many findings the page lists; a file holds them all."""

_LABELS: Final = {
    "severity": "重さ",
    "workbook": "ファイル",
    "sheet": "シート",
    "cell": "セル",
    "value": "値",
    "message": "何が問題か",
    "remedy": "直し方",
    "rule": "機械可読性ルール",
}
_TO_MEND: Final = ("error", "warning")
_LONGEST: Final = 120


@dataclass(frozen=True)
class FindingKind:
    """One kind of finding: how many there are, what to do, and the address that lists them."""

    code: str
    severity: str
    text: str
    remedy: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class FindingLine:
    """One finding at its place."""

    severity: str
    workbook: str
    sheet: str
    cell: str
    value: str
    message: str
    remedy: str
    rule: str


@dataclass(frozen=True)
class Findings:
    """Everything the section says; `counts` are those of the workbook by severity."""

    heading: str
    sentence: str
    counts: dict[str, int]
    kinds: list[FindingKind]
    lines: list[FindingLine]
    hidden: int


def view_findings(report: Report, query: ImportsQuery) -> Findings:
    """Sort the findings of a workbook, or of all, by kind, and list what is asked for."""
    own = _of_workbook(report, query)
    counts = dict(own["severity"].cast(pl.String).value_counts().iter_rows())
    shown = chosen_findings(report, query)
    return Findings(
        heading=f"{query.workbook} の指摘" if query.workbook else "すべてのファイルの指摘",
        sentence=_sentence(counts),
        counts={name: int(counts.get(name, 0)) for name in terms.SEVERITIES},
        kinds=_kinds(own, query),
        lines=[_line(row) for row in shown.head(SHOWN).iter_rows(named=True)],
        hidden=max(0, shown.height - SHOWN),
    )


def chosen_findings(report: Report, query: ImportsQuery) -> pl.DataFrame:
    """Findings that the address asks for, the gravest first.

    Without a word on severity or kind: those that somebody has to mend or to check.
    """
    found = _of_workbook(report, query)
    severity = pl.col("severity").cast(pl.String)
    if query.severity:
        found = found.filter(severity == query.severity)
    if query.code:
        found = found.filter(pl.col("code") == query.code)
    if not (query.severity or query.code):
        found = found.filter(severity.is_in(_TO_MEND))
    order = severity.replace_strict({name: i for i, name in enumerate(terms.SEVERITIES)})
    return found.sort(order, "workbook", maintain_order=True)


def findings_csv(report: Report, query: ImportsQuery) -> bytes:
    """Findings that the address asks for, as CSV that Excel reads by double click."""
    shown = chosen_findings(report, query).with_columns(_severity_words())
    table = shown.select(pl.col(name).alias(label) for name, label in _LABELS.items())
    return safe_csv(table).write_csv(include_bom=True).encode()


def findings_xlsx(report: Report, query: ImportsQuery) -> bytes:
    """Findings that the address asks for, as a workbook."""
    shown = Diagnostics.validate(chosen_findings(report, query))
    return write_findings_xlsx(replace(report, diagnostics=shown))


def general_text(code: str) -> str:
    """Text of a kind of finding, without a value."""
    return MESSAGES[code].text.replace("{value}", "…") if code in MESSAGES else code


def _of_workbook(report: Report, query: ImportsQuery) -> pl.DataFrame:
    if not query.workbook:
        return report.diagnostics
    return report.diagnostics.filter(pl.col("workbook") == query.workbook)


def _sentence(counts: dict[str, int]) -> str:
    if counts.get("error"):
        return (
            f"エラー {counts['error']:,} 件。直さないと集計に入りません。"
            "「返送用を保存」で、色とコメントを付けた調査票を課に返せます。"
        )
    if counts.get("warning"):
        return f"エラーはありません。要確認が {counts['warning']:,} 件あります（集計には入っています）。"
    if counts.get("info"):
        return "直す所はありません。お知らせだけです。"
    return "指摘はありません。"


def _kinds(own: pl.DataFrame, query: ImportsQuery) -> list[FindingKind]:
    counted = own.group_by("code", "severity").agg(pl.len(), pl.col("remedy").first())
    order = {name: i for i, name in enumerate(terms.SEVERITIES)}
    kinds = [
        FindingKind(
            code=row["code"],
            severity=str(row["severity"]),
            text=general_text(row["code"]),
            remedy=row["remedy"],
            count=row["len"],
            href=query.with_(code=row["code"], severity=None).href("findings"),
            chosen=query.code == row["code"],
        )
        for row in counted.iter_rows(named=True)
    ]
    return sorted(kinds, key=lambda kind: (order[kind.severity], -kind.count, kind.code))


def _line(row: dict[str, str | None]) -> FindingLine:
    value = row["value"] or ""
    return FindingLine(
        severity=str(row["severity"]),
        workbook=row["workbook"] or "",
        sheet=row["sheet"] or "–",
        cell=row["cell"] or "–",
        value=value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…",
        message=row["message"] or "",
        remedy=row["remedy"] or "",
        rule=row["rule"] or "–",
    )


def _severity_words() -> pl.Expr:
    words = {name: term.label for name, term in terms.SEVERITIES.items()}
    return pl.col("severity").cast(pl.String).replace(words)
