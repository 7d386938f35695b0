"""`bpr forget`: the content of workbooks that no longer count is cleared; the records stay."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Final

import click

from bpr.cli.japanese import JapaneseCommand
from bpr.cli.output import table
from bpr.cli.words import read_day
from bpr.errors import InputError
from bpr.store.uploads import PastUpload
from bpr.workspace import Workspace

_HEADER: Final = ("調査", "ファイル", "差し替え・外した日", "大きさ")
_KILOBYTE: Final = 1000
_BACKUP: Final = "前に取った控え（bpr backup）には残っています。控えの保存期間も確かめてください。"


@click.command(cls=JapaneseCommand)
@click.option("--before", metavar="日付", help="この日より前に差し替えた・外した調査票を消す。")
@click.option(
    "--all-replaced", is_flag=True, help="差し替えた・外した調査票を、いつのものでもすべて消す。"
)
@click.option(
    "--edition",
    type=click.IntRange(1),
    metavar="番号",
    help="締め切った調査の調査票をすべて消す（集計も業務一覧も空になる）。--yes が要る。",
)
@click.option("--yes", is_flag=True, help="--edition で本当に消す。")
@click.option("--dry-run", is_flag=True, help="消すものを出すだけで、何も消さない。")
def forget(
    before: str | None, all_replaced: bool, edition: int | None, yes: bool, dry_run: bool
) -> None:
    """もう使っていない調査票（差し替えたもの、外したもの）の中身を消す。

    指定がなければ、security.toml の uploads_days より前に使わなくなったもの。ファイル名、ハッシュ、
    取り込んだ日、BPR対象などの記録は残ります。消した中身は元に戻せません。
    """
    if sum((before is not None, all_replaced, edition is not None)) > 1:
        raise InputError("--before、--all-replaced、--edition は、どれか 1 つにしてください。")
    workspace = Workspace.from_env()
    if edition is not None:
        if dry_run:
            raise InputError("--edition と --dry-run は一緒に使えません。")
        _forget_edition(workspace, edition, yes=yes)
        return
    day = read_day(before)
    moment = datetime.combine(day, time()).astimezone() if day else None
    if all_replaced:
        moment = datetime.max.replace(tzinfo=UTC)
    past = workspace.list_past_uploads(moment) if dry_run else workspace.forget_uploads(moment)
    if past:
        click.echo(table(_HEADER, [_line(one) for one in past], right=(0, 3)))
    if not past:
        click.echo("消す調査票はありません。")
    elif dry_run:
        click.echo(f"--dry-run を付けなければ、この {_count(past)}の中身を消します。")
    else:
        click.echo(f"{_count(past)}の中身を消しました。{_BACKUP}")


def _forget_edition(workspace: Workspace, number: int, *, yes: bool) -> None:
    if not yes:
        msg = f"調査 {number} の調査票の中身をすべて消します。元に戻せません。消してよければ --yes を付けてください。"
        raise InputError(msg)
    past = workspace.forget_edition(number)
    click.echo(f"調査 {number} の {_count(past)}の中身を消しました。{_BACKUP}")


def _count(past: Sequence[PastUpload]) -> str:
    """Return 「調査票 3 冊（5 版）」."""
    names = Counter((one.edition, one.name) for one in past)
    return f"調査票 {len(names):,} 冊（{len(past):,} 版）"


def _line(one: PastUpload) -> list[str]:
    ended = f"{one.ended_at.astimezone():%Y-%m-%d}"
    return [str(one.edition), one.name, ended, f"{one.size / _KILOBYTE:,.1f} KB"]
