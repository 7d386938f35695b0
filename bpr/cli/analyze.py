"""`bpr analyze`: files and folders -> tasks with classes and scores, without a database."""

from pathlib import Path

import click

from bpr.cli.japanese import JapaneseCommand
from bpr.cli.output import choose_format, report_problems, summarize, write_result
from bpr.cli.request import run_paths
from bpr.export.analysis import WRITERS

PATHS = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
MAP = click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="項目=列",
    help="項目に使う列を Excel の列名で指定する（例 --map annual_hours=FR）。何度でも使える。",
)
SHEET = click.option("--sheet", metavar="名前", help="読むシートを 1 つに限る。")
HEADER_ROW = click.option(
    "--header-row", type=click.IntRange(1), metavar="行", help="見出しの（最後の）行の番号。"
)
SETTINGS = click.option(
    "--settings",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="フォルダ",
    help="自分の設定（survey.toml など）を置いたフォルダ。",
)


@click.command(cls=JapaneseCommand)
@PATHS
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="ファイル", help="保存先。なければ標準出力。"
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(list(WRITERS)),
    help="出力の形式。なければ保存先の名前から決め、それもなければ json。",
)
@MAP
@SHEET
@HEADER_ROW
@SETTINGS
def analyze(
    paths: tuple[Path, ...],
    out: Path | None,
    kind: str | None,
    maps: tuple[str, ...],
    sheet: str | None,
    header_row: int | None,
    folder: Path | None,
) -> int:
    """調査票を読み、業務・性質・適性・順位を出力する（データベースは使わない）。

    PATH はファイルかフォルダ。フォルダは下の階層まで探します。
    """
    report = run_paths("読み取り", paths, maps, sheet, header_row, folder)
    chosen = choose_format(kind, out, WRITERS, "json")
    write_result(WRITERS[chosen](report), out, binary=chosen in {"xlsx", "parquet"})
    click.echo(summarize(report), err=True)
    return report_problems(report)
