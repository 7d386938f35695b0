"""`bpr edition`: surveys of several years side by side - opened, closed, compared."""

from pathlib import Path
from typing import Final

import click
import polars as pl

from bpr import terms
from bpr.cli.japanese import JapaneseCommand, JapaneseGroup
from bpr.cli.output import shorten, table, write_result
from bpr.cli.words import write_number
from bpr.errors import InputError
from bpr.workspace import Workspace
from bpr.workspace.acting import LOCAL, acting

_HEADER: Final = ("番号", "名前", "団体", "年度", "状態")
_SUMMARY: Final = (
    "課", "業務", "前の時間", "後の時間", "差", "増えた", "減った", "なくなった", "新しい",
)  # fmt: skip
_LINKS: Final = ("前の業務ID", "後の業務ID", "似かた", "理由")
_SHOWN: Final = 20
_WIDTH: Final = 60
_TWO_YEARS: Final = (
    click.argument("before", type=click.IntRange(1), metavar="前の番号"),
    click.argument("after", type=click.IntRange(1), metavar="後の番号"),
)
_NUMBER: Final = click.argument("number", type=click.IntRange(1), metavar="番号")


def _enter(context: click.Context, _option: click.Parameter, number: int | None) -> None:
    if number is not None:
        context.with_resource(acting(LOCAL, "", number))


EDITION: Final = click.option(
    "--edition",
    type=click.IntRange(1),
    metavar="番号",
    expose_value=False,
    callback=_enter,
    help="調査の番号（bpr edition list）。なければ、締め切っていない最後の調査。",
)
"""The option that chooses the survey a command works on."""


@click.group(cls=JapaneseGroup)
def edition() -> None:
    """調査（団体と年度）を始め、締め切り、前の年度と比べる。"""


@edition.command("list", cls=JapaneseCommand)
def list_editions() -> None:
    """調査の一覧を出す。"""
    workspace = Workspace.from_env()
    now = workspace.edition().id
    rows = [
        [
            f"{'*' if one.id == now else ' '}{one.id}",
            workspace.edition_label(one),
            one.municipality or "",
            str(one.fiscal_year or ""),
            f"締切 {one.closed_at.astimezone():%Y-%m-%d}" if one.closed_at else "受付中",
        ]
        for one in workspace.list_editions()
    ]
    click.echo(table(_HEADER, rows, right=(0,)))
    click.echo("* は、--edition を付けないときに使う調査です。")


@edition.command("open", cls=JapaneseCommand)
@click.argument("municipality", metavar="団体")
@click.argument("year", type=int, metavar="西暦")
@click.option("--name", metavar="名前", help="調査の名前。なければ「みどり野町　令和7年度調査」。")
def open_edition(municipality: str, year: int, name: str | None) -> None:
    """新しい調査を始める（例 bpr edition open みどり野町 2025）。"""
    workspace = Workspace.from_env()
    number = workspace.open_edition(municipality, year, name)
    label = next(one.name for one in workspace.list_editions() if one.id == number)
    click.echo(f"調査 {number}「{label}」を始めました。")


@edition.command("close", cls=JapaneseCommand)
@_NUMBER
@click.option("--reason", metavar="文", help="締め切る理由。")
def close_edition(number: int, reason: str | None) -> None:
    """調査を締め切る（取込と修正ができなくなる。BPR対象の記録は続けられる）。"""
    Workspace.from_env().close_edition(number, reason)
    click.echo(f"調査 {number} を締め切りました。")


@edition.command("reopen", cls=JapaneseCommand)
@_NUMBER
@click.option("--reason", metavar="文", help="締め切りを解く理由（必ず書く）。")
def reopen_edition(number: int, reason: str | None) -> None:
    """締め切った調査を、また変えられるようにする。"""
    Workspace.from_env().reopen_edition(number, reason)
    click.echo(f"調査 {number} の締め切りを解きました。")


@edition.command("compare", cls=JapaneseCommand)
@_TWO_YEARS[0]
@_TWO_YEARS[1]
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="比較を Excel（.xlsx）に保存する。",
)
def compare_editions(before: int, after: int, out: Path | None) -> None:
    """2 つの調査を課ごとに比べ、同じ業務かまだ確かめていないものを挙げる。"""
    if out is not None and out.suffix.lower() != ".xlsx":
        msg = f"「{out}」の形式が分かりません。名前の終わりを .xlsx にしてください。"
        raise InputError(msg)
    workspace = Workspace.from_env()
    for sentence in workspace.tell_editions(before, after):
        click.echo(sentence)
    _, summary = workspace.compare_editions(before, after)
    parts = ("before", "after", "difference", "grew", "shrank", "vanished", "began")
    rows = [
        [
            "合計" if row["scope"] == "total" else row["division"] or "（課の記入なし）",
            f"{row['tasks']:,}",
            *(write_number(row[f"{part}_hours"]) for part in parts),
        ]
        for row in summary.iter_rows(named=True)
    ]
    click.echo(table(_SUMMARY, rows, right=range(1, len(_SUMMARY))))
    _tell_links(workspace, before, after)
    if out is not None:
        write_result(workspace.export_years(before, after), out, binary=True)
        click.echo(f"「{out}」に書き出しました。", err=True)


def _tell_links(workspace: Workspace, before: int, after: int) -> None:
    """Name the pairs that nobody confirmed."""
    links = workspace.link_years(before, after)
    open_ = links.filter(
        ~pl.col("confirmed"), pl.col("before_id").is_not_null(), pl.col("how").is_not_null()
    )
    if open_.is_empty():
        return
    rows = [
        [
            row["before_id"],
            row["after_id"],
            write_number(row["likeness"], 2),
            shorten(f"{terms.LINK_HOWS[row['how']].label}：{row['reason']}", _WIDTH),
        ]
        for row in open_.head(_SHOWN).iter_rows(named=True)
    ]
    click.echo(f"■ 同じ業務か確かめていない組（{open_.height} 組）")
    click.echo(table(_LINKS, rows, right=(2,)))
    if open_.height > _SHOWN:
        click.echo(f"……ほか {open_.height - _SHOWN} 組。")
    click.echo(
        f"同じなら bpr edition confirm {before} {after} 前の業務ID 後の業務ID、違えば deny を使います。"
    )


@edition.command("confirm", cls=JapaneseCommand)
@_TWO_YEARS[0]
@_TWO_YEARS[1]
@click.argument("before_id", metavar="前の業務ID")
@click.argument("after_id", required=False, metavar="[後の業務ID]")
def confirm_link(before: int, after: int, before_id: str, after_id: str | None) -> None:
    """2 つの業務が同じだと確かめる（後の業務ID がなければ、後の調査にはないと確かめる）。"""
    Workspace.from_env().say_of_link(before, after, before_id, after_id, "confirm")
    told = f"「{after_id}」と同じ業務だ" if after_id else f"調査 {after} にはない"
    click.echo(f"「{before_id}」は{told}と記録しました。")


@edition.command("deny", cls=JapaneseCommand)
@_TWO_YEARS[0]
@_TWO_YEARS[1]
@click.argument("before_id", metavar="前の業務ID")
@click.argument("after_id", required=False, metavar="[後の業務ID]")
def deny_link(before: int, after: int, before_id: str, after_id: str | None) -> None:
    """2 つの業務は違うと記録する（後の業務ID がなければ、今つながっている業務と違う）。"""
    workspace = Workspace.from_env()
    other = after_id or _find_linked(workspace, before, after, before_id)
    workspace.say_of_link(before, after, before_id, other, "deny")
    click.echo(f"「{before_id}」と「{other}」は違う業務だと記録しました。")


def _find_linked(workspace: Workspace, before: int, after: int, before_id: str) -> str:
    links = workspace.link_years(before, after)
    found = links.filter(pl.col("before_id") == before_id)["after_id"].drop_nulls()
    if found.is_empty():
        msg = f"「{before_id}」につながっている業務はありません。番号と業務ID を bpr edition compare で確かめてください。"
        raise InputError(msg)
    return str(found[0])
