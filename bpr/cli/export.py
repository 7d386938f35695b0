"""`bpr export`: what is in the store, as files."""

from collections.abc import Callable
from pathlib import Path

import click

from bpr.cli.edition import EDITION
from bpr.cli.japanese import JapaneseCommand
from bpr.cli.output import write_result
from bpr.errors import InputError
from bpr.export.analysis import WRITERS, write_findings_xlsx
from bpr.workspace import Workspace

EXCHANGE = "exchange"

KINDS: dict[str, Callable[[Workspace, int], bytes]] = {
    "target-list": lambda workspace, top: workspace.export_target_list(
        workspace.report().tasks.sort("rank")["task_id"].head(top).to_list()
    ),
    "tasks": lambda workspace, _: WRITERS["xlsx"](workspace.report()),
    "tasks-csv": lambda workspace, _: WRITERS["csv"](workspace.report()),
    "report": lambda workspace, _: workspace.export_report(),
    "book": lambda workspace, _: workspace.export_book(),
    "open-data": lambda workspace, _: workspace.export_open_data(),
    "findings": lambda workspace, _: write_findings_xlsx(workspace.report()),
}


@click.command(cls=JapaneseCommand)
@click.argument("kind", type=click.Choice([*KINDS, EXCHANGE]), metavar="種類")
@click.argument("file", type=click.Path(path_type=Path), metavar="ファイル")
@click.option(
    "--top",
    type=click.IntRange(1),
    metavar="件数",
    default=25,
    help="対象業務一覧に載せる上位の件数（既定 25）。",
)
@click.option("--population", type=int, metavar="人数", help="人口（exchange だけ。必ず書く）。")
@EDITION
def export(kind: str, file: Path, top: int, population: int | None) -> None:
    """取り込んだ調査の結果を Excel などに書き出す。

    種類: target-list（BPR対象業務一覧）、tasks（業務一覧と集計表）、tasks-csv、findings（指摘一覧）、
    report（決裁・議会向けの HTML）、book（すべてを入れた Excel）、open-data（オープンデータの zip）、
    exchange（他団体と交換する匿名の集計。5 業務に満たない数は伏せる）
    """
    workspace = Workspace.from_env()
    data = _exchange(workspace, population) if kind == EXCHANGE else KINDS[kind](workspace, top)
    write_result(data, file, binary=True)
    click.echo(f"「{file}」に書き出しました。", err=True)


def _exchange(workspace: Workspace, population: int | None) -> bytes:
    if population is None:
        raise InputError("人口を --population 48000 のように書いてください。")
    return workspace.export_exchange(population)
