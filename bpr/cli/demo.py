"""`bpr demo`: load the sample town, print what it is made of, serve the dashboard."""

from importlib import resources
from pathlib import Path

import click
import polars as pl

from bpr import terms
from bpr.cli.japanese import JapaneseCommand
from bpr.cli.output import progress, shorten, summarize, table
from bpr.cli.serve import PORT, free_port, serve_workspace
from bpr.errors import InputError
from bpr.report import Report
from bpr.workspace import Workspace, find_workbooks, title

DEMO_URL = "sqlite:///bpr-data/demo.sqlite3"


@click.command(cls=JapaneseCommand)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="番号",
    help="ポート番号（なければ 8050 から空きを探す）。",
)
@click.option("--no-serve", is_flag=True, help="結果を表示するだけで、画面は開かない。")
@click.option("--open-browser", is_flag=True, help="ブラウザーで開く。")
def demo(port: int | None, no_serve: bool, open_browser: bool) -> None:
    """見本の町（みどり野町、架空）を読み込んで、画面を開く。

    入力した内容は bpr-data/demo.sqlite3 に残り、次に開いたときも続きから使えます。
    """
    workspace = Workspace.open(DEMO_URL)
    workbooks = list(find_workbooks([sample_folder()]))
    workspace.import_workbooks(workbooks)
    with progress("読み取り", len(workbooks)) as step:
        report = workspace.report(step)
    click.echo(f"見本の町：{title(report)}")
    click.echo(summarize(report))
    for lines in (hours_by_class(report), hours_by_medium(report), best_candidates(report)):
        click.echo(f"\n{lines}")
    click.echo("")
    if not no_serve:
        chosen = port or free_port("127.0.0.1", PORT)
        serve_workspace(workspace, "127.0.0.1", chosen, open_browser=open_browser)


def sample_folder() -> Path:
    """Folder of the sample town: inside the installed package, else in the checkout."""
    package = Path(str(resources.files("bpr")))
    for folder in (package / "sample", package.parent / "surveys" / "sample"):
        if folder.is_dir():
            return folder
    raise InputError("見本の町の調査票が見つかりません。インストールし直してください。")


def hours_by_class(report: Report) -> str:
    """Hours and shares by class, beside the mean of 96 municipalities."""
    figures = report.tables.class_by_staff.filter(
        pl.col("scope") == "all", pl.col("staff_type") == "total"
    )
    rows = [
        [
            terms.WORK_CLASSES[row["work_class"]].label if row["work_class"] != "total" else "合計",
            f"{row['hours']:,.0f}",
            f"{row['share_ratio'] or 0:.1%}",
            f"{row['average96_ratio']:.1%}",
        ]
        for row in figures.iter_rows(named=True)
    ]
    header = ["業務の性質", "時間/年", "割合", "96自治体平均（参考・母数が異なる）"]
    return "■ 業務の性質別の時間\n" + table(header, rows, right=(1, 2, 3))


def hours_by_medium(report: Report) -> str:
    """Hours and shares by medium."""
    figures = report.tables.medium_by_class.filter(
        pl.col("scope") == "all", pl.col("work_class") == "total", pl.col("hours") > 0
    )
    total = figures.filter(pl.col("medium") == "total")["hours"].sum()
    names = {name: term.label for name, term in terms.MEDIA.items()}
    names |= {"total": "合計", "unknown": "不明"}
    rows = [
        [names[row["medium"]], f"{row['hours']:,.0f}", f"{row['hours'] / total:.1%}"]
        for row in figures.iter_rows(named=True)
    ]
    return "■ 処理媒体別の時間\n" + table(["処理媒体", "時間/年", "割合"], rows, right=(1, 2))


def best_candidates(report: Report) -> str:
    """Return the ten first of the ranking."""
    top = (
        report.tasks.sort("rank")
        .head(10)
        .join(report.best_scores(), on="task_id", how="left", maintain_order="left")
    )
    rows = []
    for row in top.iter_rows(named=True):
        lever = row["best_lever"]
        score = f"{row['score']:.0f}" if lever else "–"
        saving = row["saving_hours"]
        rows.append(
            [
                str(row["rank"]),
                row["division"] or "",
                shorten(f"{row['task_name']}／{row['activity_name'] or ''}".rstrip("／"), 56),
                terms.LEVERS[lever].label if lever else "–",
                score,
                f"{row['annual_hours'] or 0:,.0f}",
                f"{row['saving_hours_low']:,.0f}–{row['saving_hours_high']:,.0f}"
                if saving is not None
                else "–",
            ]
        )
    header = ["順位", "課", "業務", "手段", "適性", "時間/年", "削減見込/年"]
    return "■ 候補の上位 10 業務\n" + table(header, rows, right=(0, 4, 5, 6))
