"""`bpr decide`: BPR targets - made of tasks, moved on step by step, merged, cut into parts."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import click

from bpr import deciding_terms, terms
from bpr.cli.edition import EDITION
from bpr.cli.japanese import JapaneseCommand, JapaneseGroup
from bpr.cli.measure import measure, tell_effects, unmeasure
from bpr.cli.output import shorten, table
from bpr.cli.targets import describe_target, read_fields
from bpr.cli.words import find_key, label_of, read_day, read_target_version, write_number
from bpr.errors import InputError
from bpr.tabulate.listing import TaskQuery
from bpr.workspace import Opinion, Workspace

_HEADER: Final = (
    "番号", "状態", "いつから", "課", "取組名", "手段", "削減見込", "根拠", "完了年度", "担当者",
)  # fmt: skip
_WIDTH: Final = 40
_NUMBER: Final = click.argument("target_id", type=click.IntRange(1), metavar="番号")
_SEEN: Final = click.option(
    "--seen",
    type=click.IntRange(1),
    metavar="版",
    help="見ていた版（bpr decide show の 1 行目）。その後に変わっていれば何もしない。なければ今の版。",
)
_DATE: Final = click.option("--date", "day", metavar="日付", help="いつからか（なければ今日）。")
_REASON: Final = click.option("--reason", metavar="文", help="理由。")
_WEIGHTS: Final = click.option(
    "--weights", metavar="名前@版", help="順位と見込みに使う、保存した重み。なければ標準の重み。"
)


@click.group(cls=JapaneseGroup)
def decide() -> None:
    """BPR対象業務を決め、状態を進め、効果を記録する。"""


decide.add_command(measure)
decide.add_command(unmeasure)
decide.add_command(tell_effects)


@decide.command("list", cls=JapaneseCommand)
@click.option("--status", metavar="状態", help="この状態だけ（例 実施中）。")
@click.option("--division", metavar="課", help="この課だけ。")
def list_targets(status: str | None, division: str | None) -> None:
    """BPR対象の一覧を出す。"""
    found = Workspace.from_env().list_targets()
    wanted = find_key(status, deciding_terms.TARGET_STATUSES, "状態") if status else None
    rows = [
        _line(row)
        for row in found.iter_rows(named=True)
        if (wanted is None or (row["status"] == wanted and row["merged_into"] is None))
        and division in {None, row["division"]}
    ]
    if not rows:
        click.echo("BPR対象はありません。bpr decide add 業務ID で登録できます。")
        return
    click.echo(table(_HEADER, rows, right=(0, 6)))


@decide.command("show", cls=JapaneseCommand)
@_NUMBER
def show_target(target_id: int) -> None:
    """1 つの対象の今、記録、測定、次にできることを出す。"""
    for line in describe_target(Workspace.from_env().read_target(target_id)):
        click.echo(line)


@decide.command("add", cls=JapaneseCommand)
@click.argument("task_ids", nargs=-1, metavar="業務ID...")
@click.option(
    "--top", type=click.IntRange(1), metavar="件数", help="順位の上からこの件数を登録する。"
)
@click.option("--lever", metavar="手段", help="手段（例 RPA、rpa）。なければ業務ごとの推奨手段。")
@_WEIGHTS
@click.option("--status", default="selected", metavar="状態", help="候補か選定（既定）。")
@_DATE
@click.option("--done-by", type=int, metavar="西暦", help="実施済にする年度。")
@click.option("--owner", metavar="名前", help="担当者。")
@click.option("--policy", metavar="文", help="今後の方針。")
@EDITION
def add_targets(
    task_ids: tuple[str, ...],
    top: int | None,
    lever: str | None,
    weights: str | None,
    status: str,
    day: str | None,
    done_by: int | None,
    owner: str | None,
    policy: str | None,
) -> None:
    """業務を BPR対象として登録する（全部か、何もしないか）。

    削減見込は、そのときの調査と重みのまま残ります。
    """
    if bool(task_ids) == (top is not None):
        raise InputError("登録する業務を、業務ID か --top 件数 のどちらかで指定してください。")
    workspace = Workspace.from_env()
    opinion = _read_opinion(workspace, weights)
    if top is not None:
        ranked = workspace.ranked(opinion).tasks.sort("rank").head(top)
        task_ids = tuple(ranked["task_id"].to_list())
    given = {"done_by": done_by, "owner": owner, "policy": policy}
    numbers = workspace.create_targets(
        task_ids,
        lever=find_key(lever, terms.LEVERS, "手段") if lever else None,
        opinion=opinion,
        status=find_key(status, deciding_terms.TARGET_STATUSES, "状態"),
        happened_on=read_day(day),
        values={name: value for name, value in given.items() if value is not None},
    )
    for number in numbers:
        target = workspace.read_target(number).target
        hours = write_number(target.expected_hours) or "不明"
        click.echo(f"対象 {number}「{target.name}」を登録しました（削減見込 {hours} 時間/年）。")


@decide.command("edit", cls=JapaneseCommand)
@_NUMBER
@click.argument("fields", nargs=-1, required=True, metavar="項目=値...")
@_SEEN
@_DATE
def edit_target(target_id: int, fields: tuple[str, ...], seen: int | None, day: str | None) -> None:
    """対象の項目を変える（例 bpr decide edit 3 担当者=山田 完了年度=2027）。

    並びは「、」で、資料のリンクは空白で、取組スケジュールは「2026:試行；2027:本格実施」のように区切り
    ます。値を空にすると消えます。
    """
    workspace = Workspace.from_env()
    version = read_target_version(workspace, target_id, seen)
    workspace.edit_target(target_id, version, read_fields(fields), read_day(day))
    click.echo(f"対象 {target_id} を変えました。")


@decide.command("move", cls=JapaneseCommand)
@_NUMBER
@click.argument("status", metavar="状態")
@_DATE
@_REASON
@_SEEN
def move_target(
    target_id: int, status: str, day: str | None, reason: str | None, seen: int | None
) -> None:
    """対象を次の状態にする（例 bpr decide move 3 実施中 --date 2027-04-01）。"""
    workspace = Workspace.from_env()
    key = find_key(status, deciding_terms.TARGET_STATUSES, "状態")
    version = read_target_version(workspace, target_id, seen)
    workspace.move_target(target_id, version, key, read_day(day), reason)
    click.echo(f"対象 {target_id} を「{deciding_terms.TARGET_STATUSES[key].label}」にしました。")


@decide.command("merge", cls=JapaneseCommand)
@click.argument("ended", type=click.IntRange(1), metavar="終わる番号")
@click.argument("kept", type=click.IntRange(1), metavar="残る番号")
@_REASON
@_SEEN
def merge_targets(ended: int, kept: int, reason: str | None, seen: int | None) -> None:
    """1 つ目の対象を 2 つ目に統合する（業務は 2 つ目が引き継ぐ）。"""
    workspace = Workspace.from_env()
    workspace.merge_targets(ended, read_target_version(workspace, ended, seen), kept, reason)
    click.echo(f"対象 {ended} を対象 {kept} に統合しました。")


@decide.command("split", cls=JapaneseCommand)
@_NUMBER
@click.argument("parts", nargs=-1, required=True, metavar="部分=割合...")
@_SEEN
def split_target(target_id: int, parts: tuple[str, ...], seen: int | None) -> None:
    """対象を部分に切り分ける（例 bpr decide split 3 入力=0.6 確認=0.4）。

    最初の部分が元の番号に残り、ほかは新しい対象になります。割合は合わせて 1 にします。
    """
    workspace = Workspace.from_env()
    version = read_target_version(workspace, target_id, seen)
    before = set(workspace.list_targets()["target_id"])
    workspace.split_target(target_id, version, _read_parts(parts))
    new = sorted(set(workspace.list_targets()["target_id"]) - before)
    told = "、".join(map(str, new))
    click.echo(f"対象 {target_id} を切り分けました。新しい対象は {told} です。")


@decide.command("refreeze", cls=JapaneseCommand)
@_NUMBER
@_REASON
@_WEIGHTS
@_SEEN
def refreeze_target(
    target_id: int, reason: str | None, weights: str | None, seen: int | None
) -> None:
    """削減見込を、今の調査と設定から取り直す（--reason で理由を書く）。"""
    workspace = Workspace.from_env()
    version = read_target_version(workspace, target_id, seen)
    workspace.refreeze_target(target_id, version, reason or "", _read_opinion(workspace, weights))
    hours = write_number(workspace.read_target(target_id).target.expected_hours) or "不明"
    click.echo(f"対象 {target_id} の削減見込を取り直しました（{hours} 時間/年）。")


def _read_opinion(workspace: Workspace, weights: str | None) -> Opinion:
    return workspace.read_opinion(TaskQuery(weight_set=weights or ""))


def _read_parts(parts: Sequence[str]) -> dict[str, float]:
    """Read 「入力=0.6」; `InputError` for what is not of this form or told twice."""
    found: dict[str, float] = {}
    for text in parts:
        name, _, share = text.partition("=")
        try:
            value = float(share)
        except ValueError:
            msg = f"「{text}」が読めません。入力=0.6 のように、部分の名前と割合を書いてください。"
            raise InputError(msg) from None
        if name.strip() in found:
            msg = f"部分「{name.strip()}」が 2 度あります。違う名前にしてください。"
            raise InputError(msg)
        found[name.strip()] = value
    return found


def _line(row: Mapping[str, Any]) -> list[str]:
    ended = row["merged_into"]
    status = deciding_terms.TARGET_STATUSES[row["status"]].label
    part = f"（{row['part']}）" if row["part"] else ""
    return [
        str(row["target_id"]),
        status if ended is None else f"{ended} に統合",
        row["status_since"].isoformat(),
        row["division"] or "",
        shorten(f"{row['name']}{part}", _WIDTH),
        label_of(row["lever"], terms.LEVERS),
        write_number(row["expected_hours"]),
        label_of(row["expected_evidence"], deciding_terms.EXPECTATION_EVIDENCES),
        str(row["done_by"] or ""),
        row["owner"] or "",
    ]
