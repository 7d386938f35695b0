"""What the commands print: progress on standard error, tables that line up, findings."""

import sys
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
import polars as pl

from bpr import terms
from bpr.errors import InputError
from bpr.report import Report


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on standard error while workbooks are read; silent where nobody watches."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=total, label=label, file=sys.stderr, hidden=hidden) as bar:
        yield lambda _name: bar.update(1)


def choose_format(kind: str | None, out: Path | None, known: Collection[str], plain: str) -> str:
    """Return the format asked for, else that of the file's name, else the plain one."""
    suffix = out.suffix.removeprefix(".").lower() if out else ""
    if kind or not suffix:
        return kind or plain
    if suffix in known:
        return suffix
    names = "、".join(f".{name}" for name in known)
    msg = f"「{out}」の形式が分かりません。名前の終わりを {names} のどれかにするか、--format で指定してください。"
    raise InputError(msg)


def write_result(data: bytes, out: Path | None, *, binary: bool) -> None:
    """Write to the file, else to standard output; binary output never lands on a screen."""
    if out is None:
        if binary and sys.stdout.isatty():
            raise InputError("この形式は画面に出せません。--out で保存先を指定してください。")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        msg = f"「{out}」に書き込めません。フォルダがあるか、ほかで開いていないか確かめてください。"
        raise InputError(msg) from error


def make_folder(folder: Path) -> None:
    """Make a folder with all above it; InputError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"フォルダ「{folder}」を作れません。場所と書き込む権限を確かめてください。"
        raise InputError(msg) from error


def report_problems(report: Report) -> int:
    """Tell refused files and left-out rows on standard error; return the exit status."""
    reasons = report.workbooks["reason"].drop_nulls().to_list()
    errors = report.diagnostics.filter(pl.col("severity") == "error")
    refused = report.diagnostics.filter(pl.col("code").is_in(reasons), severity="warning")
    for row in refused.iter_rows(named=True):
        click.echo(describe_finding(row), err=True)
    for row in errors.head(20).iter_rows(named=True):
        click.echo(describe_finding(row), err=True)
    if errors.height > 20:  # noqa: PLR2004 - a screenful
        click.echo(f"……ほか {errors.height - 20} 件。", err=True)
    if not (report.workbooks["status"] == "read").any():
        return 2
    return 1 if errors.height else 0


def describe_finding(row: dict[str, str | int | None]) -> str:
    """One line: place, what is wrong, what to do."""
    place = " ".join(str(row[k]) for k in ("workbook", "sheet", "cell") if row[k] is not None)
    severity = terms.SEVERITIES[str(row["severity"])].label
    rule = f"［{row['rule']}］" if row["rule"] else ""
    return f"{severity}: {place}: {row['message']}{rule} → {row['remedy']}"


def summarize(report: Report) -> str:
    """One line: how many workbooks, tasks and findings."""
    read = int((report.workbooks["status"] == "read").sum())
    counts = report.diagnostics["severity"].value_counts()
    by_severity = dict(counts.iter_rows())
    found = "、".join(
        f"{term.label} {by_severity[name]:,} 件"
        for name, term in terms.SEVERITIES.items()
        if by_severity.get(name)
    )
    return (
        f"{read} / {report.workbooks.height} ファイル、{report.tasks.height:,} 業務を読みました"
        f"（指摘：{found or 'なし'}）。"
    )


def table(header: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]) -> str:
    """Lines of a table whose columns line up although Japanese letters are two cells wide."""
    lines = [list(header), *map(list, rows)]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(header))]
    return "\n".join(
        "  ".join(
            _pad(cell, width, right=i in right)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def shorten(text: str, width: int) -> str:
    """Cut a text to a width in cells, with an ellipsis."""
    if _width(text) <= width:
        return text
    kept = ""
    for letter in text:
        if _width(kept + letter) > width - 2:
            break
        kept += letter
    return kept + "…"


def _width(text: str) -> int:
    return sum(1 if unicodedata.east_asian_width(letter) in "NaH" else 2 for letter in text)


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
