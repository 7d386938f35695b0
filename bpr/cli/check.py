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
from bpr.cli.request import make_request, run_workbooks
from bpr.cli.returns import find_place, refuse_overwriting, write_returns
from bpr.export.analysis import write_findings_json, write_findings_xlsx
from bpr.report import Report
from bpr.settings import Settings
from bpr.workspace import find_files, find_workbooks


@click.command(cls=JapaneseCommand)
@PATHS
@click.option(
    "--out",
    metavar="保存先",
    help="保存先。なければ標準出力。フォルダか .zip なら、指摘を書き込んだ調査票を 1 冊ずつ保存する（読んだファイルは上書きしない）。",
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
    out: str | None,
    kind: str | None,
    maps: tuple[str, ...],
    sheet: str | None,
    header_row: int | None,
    folder: Path | None,
) -> int:
    """調査票を点検し、疑わしい所をセルの番地と直し方つきで示す。

    PATH はファイル、フォルダ、zip。--out を 1 冊の .xlsx にすると、指摘を書き込んだその調査票を、
    何冊もあるときは指摘の一覧を保存します。
    """
    request = make_request(maps, sheet, header_row)
    settings = Settings.load(folder)
    inputs = [file for file, _ in find_files(paths)]
    workbooks = list(find_workbooks(paths, settings.survey.limits))
    place = find_place(out, kind, workbooks)
    path = Path(out) if out else None
    chosen = "xlsx" if place else choose_format(kind, path, WRITERS, "text")
    report = run_workbooks("点検", workbooks, settings, request)
    if place:
        count = write_returns(place, workbooks, report, inputs)
        click.echo(f"「{out}」に、指摘を書き込んだ調査票を {count} 冊保存しました。", err=True)
    else:
        refuse_overwriting([path] if path else [], inputs)
        write_result(WRITERS[chosen](report), path, binary=chosen == "xlsx")
    click.echo(summarize(report), err=True)
    return report_problems(report)


def _text(report: Report) -> bytes:
    lines = [describe_finding(row) for row in report.diagnostics.iter_rows(named=True)]
    return ("\n".join(lines) + "\n").encode() if lines else b""


WRITERS = {"text": _text, "json": write_findings_json, "xlsx": write_findings_xlsx}
