"""`bpr backup` and `bpr restore`: the whole store in one file, and back."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import click

from bpr.cli.japanese import JapaneseCommand
from bpr.cli.output import table
from bpr.store import Act, Store, open_store
from bpr.store.backup import (
    BackupSummary,
    require_database,
    restore_backup,
    verify_backup,
    write_backup,
)
from bpr.store.database import open_database
from bpr.workspace import DEFAULT_URL
from bpr.workspace.acting import LOCAL

_TABLES: Final = {
    "editions": "調査",
    "edition_events": "調査の締切・再開",
    "uploads": "調査票（差し替え前も含む）",
    "forms": "確認した様式",
    "offices": "課の一覧",
    "corrections": "業務の性質の修正",
    "group_words": "同じ業務のまとめ",
    "link_words": "年度間のつながり",
    "weight_sets": "重み",
    "evaluations": "確定した順位",
    "evaluation_rows": "確定した順位の業務",
    "target_events": "BPR対象業務の記録",
    "measurements": "効果の測定",
    "kpi_values": "KPIの値",
    "unit_costs": "自庁の単価",
    "exchange_files": "他団体の交換ファイル",
    "accounts": "アカウント",
    "sessions": "ログイン中",
    "login_failures": "ログインの失敗",
    "audit_log": "操作の記録",
    "jobs": "処理",
    "job_files": "処理待ちのファイル",
}
_MEGABYTE: Final = 1_000_000


@click.command(cls=JapaneseCommand)
@click.argument("file", type=click.Path(path_type=Path), metavar="ファイル")
@click.option("--force", is_flag=True, help="同じ名前のファイルがあれば上書きする。")
@click.option(
    "--check", is_flag=True, help="控えを作らず、ファイルが控えとして使えるかを確かめる。"
)
def backup(file: Path, force: bool, check: bool) -> None:
    """データベースの控えを 1 つのファイル（zip）に取る。

    使っている最中でも、ある時点の内容がそろって残ります。書いたあと読み直して確かめます。
    控えにはアカウントと調査票がすべて入るので、置き場所に気をつけてください。
    """
    if check:
        summary = verify_backup(file)
        click.echo(f"控え「{file}」は壊れていません。")
    else:
        url = _address()
        require_database(url)
        database = open_database(url)
        try:
            summary = write_backup(database, file, datetime.now(UTC), overwrite=force)
            Store(database).tell(_act(), "backup", file.name, {"bytes": summary.size_bytes})
        finally:
            database.engine.dispose()
        click.echo(f"控え「{file}」を作り、読み直して確かめました。")
    click.echo(_describe(summary))


@click.command(cls=JapaneseCommand)
@click.argument("file", type=click.Path(path_type=Path), metavar="ファイル")
def restore(file: Path) -> None:
    """控えを空のデータベースに戻す。

    戻す先は環境変数 BPR_DATABASE_URL（なければ bpr-data/bpr.sqlite3）。記録のあるデータベースには
    戻しません。SQLite の控えを PostgreSQL に、またはその逆に戻すこともできます。控えを取ったときの
    ログインは引き継がず、戻したことは監査記録に残ります。
    """
    summary = restore_backup(_address(), file)
    store = open_store(_address())
    store.end_all_sessions(_act(), "restore", file.name)
    store.engine.dispose()
    click.echo(f"控え「{file}」をすべて戻し、控えと同じであることを確かめました。")
    click.echo(_describe(summary))


def _act() -> Act:
    return Act(LOCAL.account, datetime.now(UTC))


def _address() -> str:
    return os.environ.get("BPR_DATABASE_URL") or DEFAULT_URL


def _describe(summary: BackupSummary) -> str:
    """Say when and by which release it was made, and how many rows each table has."""
    made = summary.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
    size = summary.size_bytes / _MEGABYTE
    line = (
        f"{made} 作成、bpr {summary.product_version}（表の版 {summary.revision}）、{size:,.1f} MB"
    )
    names = {**_TABLES, **{name: name for name in summary.tables if name not in _TABLES}}
    rows = [
        [label, f"{summary.tables[name]:,}"]
        for name, label in names.items()
        if summary.tables.get(name)
    ]
    return f"{line}\n{table(['内容', '件数'], rows, right=(1,))}"
