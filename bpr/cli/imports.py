"""`bpr import`: keep returned workbooks in the store."""

from pathlib import Path
from typing import Final

import click

from bpr.cli.analyze import PATHS
from bpr.cli.edition import EDITION
from bpr.cli.japanese import JapaneseCommand
from bpr.cli.output import progress, report_problems, summarize
from bpr.report import Report
from bpr.workspace import Intake, Outcome, Workspace, find_workbooks, refused_names

_WORDS: Final[dict[Outcome, str]] = {
    "new": "新しい",
    "replaced": "差し替え",
    "unchanged": "変わらない",
    "older": "直したものを取込済み",
    "withdrawn": "取込から外してある",
}
_SHOWN: Final = 20


@click.command("import", cls=JapaneseCommand)
@PATHS
@EDITION
def import_(paths: tuple[Path, ...]) -> int:
    """調査票をデータベースに取り込む（同じ中身のファイルは飛ばす）。

    PATH はファイル、フォルダ、zip。途中で止めても、もう一度実行すると続きから取り込みます。
    保存先は環境変数 BPR_DATABASE_URL（なければ bpr-data/bpr.sqlite3）。
    """
    workspace = Workspace.from_env()
    workbooks = list(find_workbooks(paths, workspace.settings.survey.limits))
    with progress("取込", len(workbooks)) as step:
        intake = workspace.receive_workbooks(workbooks, step)
    with progress("読み取り", workspace.count_workbooks()) as step:
        report = workspace.report(step)
    _tell(intake, report)
    click.echo(summarize(report), err=True)
    return report_problems(report)


def _tell(intake: Intake, report: Report) -> None:
    """Say how many files were new, replaced, unchanged, refused, and which."""
    click.echo(
        f"{len(intake.files)} ファイルのうち {len(intake.changed)} ファイルを取り込みました。",
        err=True,
    )
    told = [(word, intake.names(outcome)) for outcome, word in _WORDS.items()]
    for word, names in [*told, ("読めない", refused_names(intake, report))]:
        if names:
            more = f" ほか {len(names) - _SHOWN}" if len(names) > _SHOWN else ""
            click.echo(f"  {word} {len(names)}：{'、'.join(names[:_SHOWN])}{more}", err=True)
