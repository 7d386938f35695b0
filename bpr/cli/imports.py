"""`bpr import`: keep returned workbooks in the store."""

from pathlib import Path

import click

from bpr.cli.analyze import PATHS
from bpr.cli.japanese import JapaneseCommand
from bpr.cli.output import progress, report_problems, summarize
from bpr.workspace import Workspace, find_workbooks


@click.command("import", cls=JapaneseCommand)
@PATHS
def import_(paths: tuple[Path, ...]) -> int:
    """調査票をデータベースに取り込む（同じ中身のファイルは飛ばす）。

    保存先は環境変数 BPR_DATABASE_URL（なければ bpr-data/bpr.sqlite3）。
    """
    workspace = Workspace.from_env()
    workbooks = list(find_workbooks(paths))
    changed = workspace.import_workbooks(workbooks)
    with progress("読み取り", len(workbooks)) as step:
        report = workspace.report(step)
    click.echo(
        f"{len(workbooks)} ファイルのうち {len(changed)} ファイルを取り込みました。", err=True
    )
    click.echo(summarize(report), err=True)
    return report_problems(report)
