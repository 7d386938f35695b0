"""`bpr collection`: who has returned a form, and who has not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from bpr import terms
from bpr.cli.edition import EDITION
from bpr.cli.japanese import JapaneseCommand
from bpr.cli.offices import OFFICE_LIST, read_due, read_list_bytes
from bpr.cli.output import progress, shorten, table
from bpr.errors import InputError
from bpr.read.offices import ListedOffice
from bpr.tabulate.collection import CollectionSummary
from bpr.workspace import Workspace

_HEADER: Final = (
    "部", "課", "期限", "残り", "状態", "業務", "時間/年", "エラー", "要確認", "ファイル",
)  # fmt: skip
_RIGHT: Final = (3, 5, 6, 7, 8)
_FILES_WIDTH: Final = 60


@click.command(cls=JapaneseCommand)
@OFFICE_LIST
@click.option(
    "--due",
    metavar="日付",
    help="提出期限（例 --due 2027-06-30）。一覧に期限のある課はそのまま。--list なしなら、全部の課の期限をこの日にする。",
)
@EDITION
def collection(office_list: Path | None, due: str | None) -> None:
    """どの課から調査票が戻り、どの課がまだかを示す。

    --list で渡した課の一覧はデータベースに残り、次からは指定しなくても使われます。
    """
    workspace = Workspace.from_env()
    day = read_due(due)
    if office_list:
        rows = workspace.read_office_list(str(office_list), read_list_bytes(office_list))
        workspace.set_offices([replace(row, due=row.due or day) for row in rows])
    elif day:
        workspace.set_offices(_with_due(workspace, day))
    with progress("読み取り", workspace.count_workbooks()) as step:
        workspace.report(step)
    found = workspace.collection()
    lines = [_line(row) for row in found.iter_rows(named=True)]
    if lines:
        click.echo(table(_HEADER, lines, right=_RIGHT))
    click.echo(_tell(workspace.collection_summary()))


def _with_due(workspace: Workspace, day: date) -> Sequence[ListedOffice]:
    rows = [ListedOffice(**row) for row in workspace.list_offices().iter_rows(named=True)]
    if not rows:
        raise InputError("課の一覧がまだありません。--list 課一覧.xlsx も指定してください。")
    return [replace(row, due=day) for row in rows]


def _line(row: Mapping[str, Any]) -> list[str]:
    has_come = row["status"] in {"returned", "errors"}
    days = row["days_left"] if row["status"] == "missing" else None
    files = shorten(row["workbooks"] or "", _FILES_WIDTH)
    return [
        row["department"] or "",
        row["division"] or ("（課が分からない）" if has_come else ""),
        row["due"].isoformat() if row["due"] else "",
        "" if days is None else f"{days} 日" if days >= 0 else f"{-days} 日超過",
        terms.COLLECTION_STATUSES[row["status"]].label,
        f"{row['tasks']:,}" if has_come else "",
        f"{row['hours']:,.0f}" if row["hours"] is not None else "",
        f"{row['errors']:,}" if row["workbooks"] else "",
        f"{row['warnings']:,}" if row["workbooks"] else "",
        f"{files}（{row['reason']}）" if row["reason"] else files,
    ]


def _tell(summary: CollectionSummary) -> str:
    """One line: how many have returned, and how many days are left."""
    notes = [
        f"{label} {count}"
        for label, count in (
            ("エラーのある課", summary.with_errors),
            ("読めないファイル", summary.refused),
        )
        if count
    ]
    told = f"（{'、'.join(notes)}）" if notes else ""
    if not summary.listed:
        return f"{summary.returned} 課から戻りました{told}。課の一覧を --list で渡すと、まだの課も分かります。"
    line = f"{summary.listed} 課のうち {summary.returned} 課から戻りました{told}。"
    if not summary.missing:
        return line
    days = summary.days_left
    if days is None:
        return f"{line}未提出は {summary.missing} 課です。"
    when = f"期限まであと {days} 日" if days >= 0 else f"期限を {-days} 日過ぎています"
    return f"{line}未提出は {summary.missing} 課で、{when}。"
