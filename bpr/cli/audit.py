"""`bpr audit`: who did what, when and from where - and whether the log is whole."""

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from bpr.cli.japanese import JapaneseCommand, JapaneseGroup
from bpr.cli.output import shorten, table, write_result
from bpr.errors import InputError
from bpr.export.audit import write_audit_book, write_audit_csv
from bpr.terms import AUDIT_ACTIONS
from bpr.workspace import Workspace

_SHOWN: Final = 50
_HEADER: Final = ("番号", "日時", "だれが", "どこから", "操作", "対象", "変更前", "変更後")
_WIDTH: Final = 40
_BROKEN_STATUS: Final = 1


@click.group(cls=JapaneseGroup)
def audit() -> None:
    """監査の記録（だれが、いつ、どこから、何をしたか）を見る、確かめる、書き出す。"""


@audit.command("list", cls=JapaneseCommand)
@click.option("--who", metavar="名前", help="このアカウントの操作だけ。")
@click.option("--action", metavar="操作", help="この操作だけ（例 ログイン、login）。")
@click.option("--text", metavar="文字", help="対象にこの文字のあるものだけ。")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=_SHOWN,
    metavar="件数",
    help=f"出す件数（既定 {_SHOWN}）。",
)
def list_entries(who: str | None, action: str | None, text: str | None, limit: int) -> None:
    """記録を新しい順に出す。"""
    wanted = _find_action(action) if action else None
    found = Workspace.from_env().read_audit(who=who, action=wanted, text=text, most=limit)
    rows = [
        [
            str(row["id"]),
            f"{datetime.fromisoformat(row['at']).astimezone():%Y-%m-%d %H:%M:%S}",
            row["who"],
            row["place"],
            _label(row["action"]),
            shorten(row["object"], _WIDTH),
            shorten(row["before"] or "", _WIDTH),
            shorten(row["after"] or "", _WIDTH),
        ]
        for row in found.iter_rows(named=True)
    ]
    click.echo(table(_HEADER, rows, right=(0,)) if rows else "当てはまる記録はありません。")


@audit.command("verify", cls=JapaneseCommand)
@click.option(
    "--expect",
    metavar="ハッシュ",
    help="前に控えたハッシュ。記録がそこから今まで、変えられずに続いているかも確かめる。",
)
def verify(expect: str | None) -> int:
    """記録が後から変えられていないかを確かめる。

    終わりのハッシュを紙などに控えておき、次に --expect で渡すと、記録が丸ごと作り直されたり、
    終わりが切り取られたりしていないことまで確かめられます。
    """
    workspace = Workspace.from_env()
    check = workspace.check_audit()
    if check.broken_at is not None:
        click.echo(f"記録が壊れています：{check.broken_at} 番が、前の記録とつながりません。")
        return _BROKEN_STATUS
    if expect and expect.strip().lower() not in workspace.read_audit()["hash"]:
        click.echo(
            "控えたハッシュが記録の中にありません。記録が作り直されたか、切り取られています"
            "（ハッシュの写し間違いも確かめてください）。"
        )
        return _BROKEN_STATUS
    click.echo(f"記録 {check.rows:,} 件は、つながっています。")
    click.echo(f"終わりのハッシュ： {check.last_hash}")
    click.echo(
        "件数とハッシュを、このコンピューターの外（紙など）に控え、次に --expect で確かめてください。"
    )
    return 0


@audit.command("export", cls=JapaneseCommand)
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
def export_entries(file: Path) -> None:
    """記録をすべて FILE（.xlsx か .csv）に書き出す。"""
    writers = {".xlsx": write_audit_book, ".csv": write_audit_csv}
    write = writers.get(file.suffix.lower())
    if write is None:
        msg = f"「{file}」の形式が分かりません。名前の終わりを .xlsx か .csv にしてください。"
        raise InputError(msg)
    entries = Workspace.from_env().read_audit()
    write_result(write(entries), file, binary=True)
    click.echo(f"記録 {entries.height:,} 件を「{file}」に書き出しました。", err=True)


def _find_action(word: str) -> str:
    """Return the action of a name or a label; `InputError` with all of them for another word."""
    for name, term in AUDIT_ACTIONS.items():
        if word in {name, term.label}:
            return name
    known = "、".join(term.label for term in AUDIT_ACTIONS.values())
    msg = f"操作「{word}」はありません。{known} から選んでください。"
    raise InputError(msg)


def _label(action: str) -> str:
    return AUDIT_ACTIONS[action].label if action in AUDIT_ACTIONS else action
