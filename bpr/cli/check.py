"""`bpr check`: findings only."""

from pathlib import Path

import click

from bpr.cli.analyze import HEADER_ROW, MAP, PATHS, SETTINGS, SHEET
from bpr.cli.japanese import JapaneseCommand
from bpr.cli.output import (
    choose_format,
    describe_finding,
    report_problems,
    summarize,
    write_result,
)
from bpr.cli.request import run_paths
from bpr.export.analysis import write_findings_json, write_findings_xlsx
from bpr.report import Report


@click.command(cls=JapaneseCommand)
@PATHS
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="ファイル", help="保存先。なければ標準出力。"
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["text", "json", "xlsx"]),
    help="出力の形式。なければ保存先の名前から決め、それもなければ text。",
)
@MAP
@SHEET
@HEADER_ROW
@SETTINGS
def check(
    paths: tuple[Path, ...],
    out: Path | None,
    kind: str | None,
    maps: tuple[str, ...],
    sheet: str | None,
    header_row: int | None,
    folder: Path | None,
) -> int:
    """調査票を点検し、疑わしい所をセルの番地と直し方つきで示す。"""
    report = run_paths("点検", paths, maps, sheet, header_row, folder)
    chosen = choose_format(kind, out, WRITERS, "text")
    write_result(WRITERS[chosen](report), out, binary=chosen == "xlsx")
    click.echo(summarize(report), err=True)
    return report_problems(report)


def _text(report: Report) -> bytes:
    lines = [describe_finding(row) for row in report.diagnostics.iter_rows(named=True)]
    return ("\n".join(lines) + "\n").encode() if lines else b""


WRITERS = {"text": _text, "json": write_findings_json, "xlsx": write_findings_xlsx}
