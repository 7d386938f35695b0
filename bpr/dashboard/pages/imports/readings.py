"""取込: forms and columns -> how the columns of one table were read, and what a person decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr import terms
from bpr.dashboard.pages.imports.query import ImportsQuery
from bpr.errors import InputError
from bpr.frames import ANSWER_FIELDS
from bpr.report import Report

UNUSED: Final = "unused"
"""Choice for a column that is not to be read."""
_SURE: Final = 1.0
_LIKELY: Final = 0.8
_LONGEST: Final = 24


@dataclass(frozen=True)
class TableChoice:
    """A table of a workbook; `key` stands in the address."""

    key: str
    label: str
    sheet: str
    table: int


@dataclass(frozen=True)
class ColumnLine:
    """One column as it was read."""

    column: str
    header: str
    samples: list[str]
    field: str
    certainty: str
    reason: str
    unsure: bool
    changed: bool


@dataclass(frozen=True)
class Readings:
    """How one table was read; `others` counts the other workbooks of the same form."""

    workbook: str
    sheet: str
    table: int
    tables: list[TableChoice]
    status: str
    sentence: str
    lines: list[ColumnLine]
    others: int

    @property
    def first(self) -> list[ColumnLine]:
        """The columns to look at."""
        return [line for line in self.lines if line.changed or line.unsure]

    @property
    def rest(self) -> list[ColumnLine]:
        """The columns that are most likely right."""
        return [line for line in self.lines if not (line.changed or line.unsure)]


def field_choices() -> list[tuple[str, str]]:
    """Fields as (value, Japanese label), 使わない first."""
    return [(UNUSED, "使わない"), *((name, terms.label(name)) for name in ANSWER_FIELDS)]


def list_tables(report: Report, workbook: str) -> list[TableChoice]:
    """Tables of a workbook that have labelled columns."""
    own = report.forms.filter(pl.col("workbook") == workbook)
    pairs = own.select("sheet", "table").unique(maintain_order=True).rows()
    several = {sheet for sheet, _ in pairs if sum(s == sheet for s, _ in pairs) > 1}
    return [
        TableChoice(
            key=str(number),
            label=f"{sheet}（{table + 1} つめの表）" if sheet in several else sheet,
            sheet=sheet,
            table=table,
        )
        for number, (sheet, table) in enumerate(pairs, start=1)
    ]


def view_readings(
    report: Report, query: ImportsQuery, samples: Mapping[str, Sequence[str]], chosen: TableChoice
) -> Readings:
    """Say how the columns of a table were read, the unsure ones first."""
    status, fingerprint = _form_of(report, query.workbook, chosen)
    lines = _lines(report, query.workbook, chosen, samples, status)
    lines.sort(key=lambda line: (not line.changed, not line.unsure, line.field != UNUSED))
    others = _others(report, query.workbook, fingerprint)
    return Readings(
        workbook=query.workbook,
        sheet=chosen.sheet,
        table=chosen.table,
        tables=list_tables(report, query.workbook),
        status=status,
        sentence=_sentence(status, lines, others),
        lines=lines,
        others=others,
    )


def find_table(report: Report, query: ImportsQuery) -> TableChoice | None:
    """Return the table that the address asks for, else the workbook's first."""
    tables = list_tables(report, query.workbook)
    asked = [choice for choice in tables if choice.key == query.table]
    return next(iter(asked or tables), None)


def decided_fields(
    report: Report, place: tuple[str, str, int], decided: Mapping[str, str | None]
) -> dict[str, str | None]:
    """Turn choices by column letter into fields by key of the form; every column needs one."""
    workbook, sheet, table = place
    own = report.forms.filter(
        pl.col("workbook") == workbook, pl.col("sheet") == sheet, pl.col("table") == table
    )
    keys = dict(own.select("column", "key").iter_rows())
    known = {value for value, _ in field_choices()}
    if not keys or set(decided) != set(keys) or not set(decided.values()) <= known:
        raise InputError("列の読み方が古くなっています。画面を開き直してください。")
    return {
        keys[column]: None if choice == UNUSED else choice for column, choice in decided.items()
    }


def settled_text(report: Report, place: tuple[str, str, int]) -> str:
    """Say what a confirmation has settled."""
    workbook, sheet, table = place
    choice = TableChoice("", "", sheet, table)
    _, fingerprint = _form_of(report, workbook, choice)
    others = _others(report, workbook, fingerprint)
    text = f"「{workbook}」の列の読み方を確定しました。"
    return f"{text}同じ様式のほかの {others} 冊も、これで決まりました。" if others else text


def unsure_workbooks(report: Report) -> list[tuple[str, int]]:
    """One workbook of every form that a person should look at, with how many have that form.

    Those are forms with an unsure column, and forms that differ from the one they are like.
    """
    doubtful = report.columns.filter(pl.col("confidence") < _SURE, pl.col("row").is_null())
    unsure = doubtful.select("workbook", name="sheet", is_unsure=pl.lit(value=True)).unique()
    forms = (
        report.sheets.filter(pl.col("fingerprint").is_not_null())
        .join(unsure, on=["workbook", "name"], how="left", maintain_order="left")
        .filter(
            (pl.col("known").is_null() & pl.col("is_unsure").is_not_null())
            | (pl.col("known") == "similar")
        )
        .group_by("fingerprint", maintain_order=True)
        .agg(pl.col("workbook").first(), pl.col("workbook").n_unique().alias("size"))
    )
    return [(str(name), int(size)) for name, size in forms.select("workbook", "size").iter_rows()]


def _form_of(report: Report, workbook: str, chosen: TableChoice) -> tuple[str, str | None]:
    """How a person's word was applied to a table (or ""), and the key of its form."""
    found = report.sheets.filter(
        pl.col("workbook") == workbook,
        pl.col("name") == chosen.sheet,
        pl.col("table") == chosen.table,
    )
    if not found.height:
        return "", None
    row = found.row(0, named=True)
    return row["known"] or "", row["fingerprint"]


def _others(report: Report, workbook: str, fingerprint: str | None) -> int:
    same = report.sheets.filter(
        pl.col("fingerprint") == fingerprint, pl.col("workbook") != workbook
    )
    return same["workbook"].n_unique()


def _lines(
    report: Report,
    workbook: str,
    chosen: TableChoice,
    samples: Mapping[str, Sequence[str]],
    status: str,
) -> list[ColumnLine]:
    place = (pl.col("workbook") == workbook) & (pl.col("sheet") == chosen.sheet)
    forms = report.forms.filter(place, pl.col("table") == chosen.table)
    read = {
        (row["column"], row["field"]): row
        for row in report.columns.filter(place).sort("confidence").iter_rows(named=True)
    }
    new = _new_labels(report, workbook, chosen.sheet) if status == "similar" else set()
    return [
        _line(form, read.get((form["column"], form["field"])), samples, new, status)
        for form in forms.iter_rows(named=True)
    ]


def _line(
    form: dict[str, str],
    read: dict[str, str] | None,
    samples: Mapping[str, Sequence[str]],
    new: set[str],
    status: str,
) -> ColumnLine:
    certainty = float(read["confidence"]) if read else _SURE
    confirmed = bool(status) and form["label"] not in new
    return ColumnLine(
        column=form["column"],
        header=form["label"],
        samples=[_cut(text) for text in samples.get(form["column"], ())],
        field=form["field"] or UNUSED,
        certainty=_certainty(certainty, used=read is not None, confirmed=confirmed),
        reason=read["reason"] if read else _unread(confirmed=confirmed),
        unsure=not confirmed and certainty < _SURE,
        changed=form["label"] in new,
    )


def _new_labels(report: Report, workbook: str, sheet: str) -> set[str]:
    """Labels that the confirmed form does not have, from the finding that says so."""
    told = report.diagnostics.filter(
        pl.col("workbook") == workbook,
        pl.col("sheet") == sheet,
        pl.col("code") == "form-changed",
    )
    parts = [part for text in told["value"].drop_nulls() for part in text.split("、")]
    return {part.removeprefix("＋") for part in parts if part.startswith("＋")}


def _certainty(value: float, *, used: bool, confirmed: bool) -> str:
    if confirmed:
        return "確定済み"
    if not used:
        return "–"
    if value >= _SURE:
        return "確か"
    return "おおむね" if value >= _LIKELY else "不確か"


def _unread(*, confirmed: bool) -> str:
    return "使わないと確定した列" if confirmed else "見出しから項目が決まらない"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _sentence(status: str, lines: Sequence[ColumnLine], others: int) -> str:
    same = f"同じ様式のファイルがほかに {others} 冊あり、一緒に決まります。" if others else ""
    changed = sum(line.changed for line in lines)
    unsure = sum(line.unsure for line in lines)
    if status == "confirmed":
        return f"この様式の読み方は確定しています。変えるときは、選び直して確定してください。{same}"
    if status == "similar":
        found = f"違うのは {changed} 列です。" if changed else "列が減っています。"
        return f"確定した様式とよく似ています。{found}ほかの列は、確定したとおりに読みました。"
    if unsure:
        return f"{unsure} 列の読み方が不確かです。見本の値を見て、違うものだけ選び直してください。{same}"
    return f"どの列も見出しどおりに読めています。確定すると、次からこの様式を同じ読み方で読みます。{same}"
