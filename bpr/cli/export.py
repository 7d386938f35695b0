"""`bpr export`: what is in the store, as files."""

from collections.abc import Callable
from pathlib import Path

import click

from bpr.cli.japanese import JapaneseCommand
from bpr.cli.output import write_result
from bpr.export.analysis import WRITERS, write_findings_xlsx
from bpr.workspace import Workspace

KINDS: dict[str, Callable[[Workspace, int], bytes]] = {
    "target-list": lambda workspace, top: workspace.export_target_list(
        workspace.report().tasks.sort("rank")["task_id"].head(top).to_list()
    ),
    "tasks": lambda workspace, _: WRITERS["xlsx"](workspace.report()),
    "tasks-csv": lambda workspace, _: WRITERS["csv"](workspace.report()),
    "findings": lambda workspace, _: write_findings_xlsx(workspace.report()),
}


@click.command(cls=JapaneseCommand)
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="種類")
@click.argument("file", type=click.Path(path_type=Path), metavar="ファイル")
@click.option(
    "--top",
    type=click.IntRange(1),
    metavar="件数",
    default=25,
    help="対象業務一覧に載せる上位の件数（既定 25）。",
)
def export(kind: str, file: Path, top: int) -> None:
    """取り込んだ調査の結果を Excel などに書き出す。

    種類: target-list（BPR対象業務一覧）、tasks（業務一覧と集計表）、tasks-csv、findings（指摘一覧）
    """
    write_result(KINDS[kind](Workspace.from_env(), top), file, binary=True)
    click.echo(f"「{file}」に書き出しました。", err=True)
