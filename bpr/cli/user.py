"""`bpr user`: accounts - who may work here, in which role."""

import sys
from typing import Final

import click

from bpr.cli.japanese import JapaneseCommand, JapaneseGroup
from bpr.cli.output import table
from bpr.errors import InputError
from bpr.terms import ROLES
from bpr.workspace import Workspace

_NAME: Final = click.argument("name", metavar="名前")
_DIVISION: Final = click.option(
    "--division", metavar="課", help="所管課（division）の人の課。調査票の課の名前と同じに書く。"
)
_ROLES: Final = "、".join(f"{name}（{term.label}）" for name, term in ROLES.items())
_HEADER: Final = ("名前", "表示", "役割", "課", "状態", "パスワード", "最後の変更")


class _Required(click.Option):
    """An option that must be given; its help says so in Japanese."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Leave out Click's English remark."""
        record = super().get_help_record(ctx)
        return record and (record[0], record[1].removesuffix("[required]").rstrip())


@click.group(cls=JapaneseGroup)
def user() -> None:
    """アカウントを作り、変え、止める。

    1 つ作ると、画面を開くときにログインが要るようになります。最初の 1 つは管理者（admin）です。
    """


@user.command("add", cls=JapaneseCommand)
@_NAME
@click.option(
    "--role",
    cls=_Required,
    required=True,
    type=click.Choice(list(ROLES)),
    metavar="役割",
    help=f"役割（必ず指定する）。{_ROLES}。",
)
@_DIVISION
@click.option("--display", metavar="名", help="画面に出す名前（例 山田 太郎）。なければ名前。")
@click.option("--password-stdin", is_flag=True, help="パスワードを標準入力の 1 行目から読む。")
@click.option(
    "--no-password",
    is_flag=True,
    help="パスワードを付けない（前に置いたサーバーが認証する人だけ）。",
)
def add(
    name: str,
    role: str,
    division: str | None,
    display: str | None,
    password_stdin: bool,
    no_password: bool,
) -> None:
    """アカウントを作る。

    付けたパスワードは、本人が最初のログインで変えます。
    """
    workspace = Workspace.from_env()
    password = None if no_password else _read_password(from_input=password_stdin)
    first = not workspace.has_accounts()
    workspace.add_account(name, display or name, role, division, password)
    click.echo(f"アカウント「{name}」（{_describe(role, division)}）を作りました。")
    if first:
        click.echo("これからは、画面を開くときにログインが要ります。")


@user.command("role", cls=JapaneseCommand)
@_NAME
@click.argument("role", type=click.Choice(list(ROLES)), metavar="役割")
@_DIVISION
def change_role(name: str, role: str, division: str | None) -> None:
    """役割を変える（その人はログインし直す）。"""
    changed = Workspace.from_env().change_role(name, role, division)
    words = _describe(role, division)
    told = f"を「{words}」に変えました" if changed else f"は、もう「{words}」です"
    click.echo(f"アカウント「{name}」の役割{told}。")


@user.command("disable", cls=JapaneseCommand)
@_NAME
def disable(name: str) -> None:
    """アカウントを止める（ログインできなくなる。記録は残る）。"""
    changed = Workspace.from_env().disable_account(name)
    told = "止めました" if changed else "もう止めてあります"
    click.echo(f"アカウント「{name}」を{told}。" if changed else f"アカウント「{name}」は{told}。")


@user.command("enable", cls=JapaneseCommand)
@_NAME
def enable(name: str) -> None:
    """止めたアカウントを、また使えるようにする。"""
    changed = Workspace.from_env().disable_account(name, disabled=False)
    told = "また使えるようにしました" if changed else "止めてありません"
    click.echo(f"アカウント「{name}」を{told}。" if changed else f"アカウント「{name}」は{told}。")


@user.command("password", cls=JapaneseCommand)
@_NAME
@click.option("--password-stdin", is_flag=True, help="パスワードを標準入力の 1 行目から読む。")
def set_password(name: str, password_stdin: bool) -> None:
    """新しいパスワードを付ける（忘れたとき。本人が次のログインで変える）。"""
    Workspace.from_env().set_password(name, _read_password(from_input=password_stdin))
    click.echo(
        f"アカウント「{name}」に新しいパスワードを付けました。本人が次のログインで変えます。"
    )


@user.command("list", cls=JapaneseCommand)
def list_users() -> None:
    """アカウントの一覧を出す。"""
    rows = [
        [
            row["name"],
            row["display_name"],
            ROLES[row["role"]].label,
            row["division"] or "",
            "止めてある" if row["disabled"] else "使える",
            "あり" if row["has_password"] else "なし",
            f"{row['changed_at'].astimezone():%Y-%m-%d %H:%M}",
        ]
        for row in Workspace.from_env().list_accounts().iter_rows(named=True)
    ]
    click.echo(
        table(_HEADER, rows, right=())
        if rows
        else "アカウントはありません。bpr user add で作れます。"
    )


def _describe(role: str, division: str | None) -> str:
    place = f"・{division}" if role == "division" and division else ""
    return f"{ROLES[role].label}{place}"


def _read_password(*, from_input: bool) -> str:
    """Ask twice without showing it, or read one line; `InputError` where that gives none."""
    if from_input:
        given = sys.stdin.readline().rstrip("\r\n")
        if not given:
            raise InputError("標準入力にパスワードがありません。1 行目に書いて渡してください。")
        return given
    given = _ask("パスワード")
    if given != _ask("もう一度"):
        raise InputError("2 回のパスワードが同じではありません。もう一度実行してください。")
    return given


def _ask(label: str) -> str:
    return str(click.prompt(label, hide_input=True, err=True))
