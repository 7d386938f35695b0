"""取込: rows -> the sentence on top, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr.dashboard.pages.imports.query import ImportsQuery
from bpr.dashboard.pages.imports.view import CollectionRow

_NAMED: Final = 5


@dataclass(frozen=True)
class Todo:
    """A next step: a text, and a link or (`kind` return) the button that returns everything."""

    text: str
    label: str = ""
    href: str = ""
    kind: str = "link"


def answer_of(collection: pl.DataFrame, rows: Sequence[CollectionRow]) -> list[str]:
    """Say who has returned what, in a sentence or two."""
    files = {row.workbook for row in rows if row.workbook and not row.withdrawn}
    listed = collection.filter("is_listed")
    if not files and not listed.height:
        return [
            "まだ調査票がありません。",
            "戻った調査票を、下の枠に置いてください。",
        ]
    if not listed.height:
        return [
            f"{len(files)} 冊を取り込みました。{_faults(rows)}",
            "課の一覧を登録すると、未提出の課が分かります。",
        ]
    return [_of_listed(listed, rows)]


def _of_listed(listed: pl.DataFrame, rows: Sequence[CollectionRow]) -> str:
    status = listed["status"].cast(pl.String)
    missing = int((status == "missing").sum())
    errors = int((status == "errors").sum())
    count = listed.height
    if missing == count:
        return f"{count} 課のうち、まだ 1 課も提出していません{_deadline(listed)}。"
    first = (
        f"{count} 課のうち {count - missing} 課が提出。" if missing else f"{count} 課すべてが提出。"
    )
    parts = [f"{missing} 課が未提出"] if missing else []
    parts += [f"{errors} 課にエラー"] if errors else []
    if not parts:
        refused = len({row.workbook for row in rows if row.status == "refused"})
        return (
            f"{first}読めないファイルが {refused} 冊あります。"
            if refused
            else f"{first}エラーはありません。"
        )
    return f"{first}{'、'.join(parts)}{'があります' if errors else 'です'}{_deadline(listed)}。"


def _faults(rows: Sequence[CollectionRow]) -> str:
    errors = len({row.workbook for row in rows if row.status == "errors"})
    refused = len({row.workbook for row in rows if row.status == "refused"})
    if errors and refused:
        return f"{errors} 冊にエラーがあり、{refused} 冊は読めません。"
    if errors:
        return f"{errors} 冊にエラーがあります。"
    return f"{refused} 冊は読めません。" if refused else "エラーはありません。"


def _deadline(listed: pl.DataFrame) -> str:
    """How long there is left for those who still have to do something."""
    open_ones = listed.filter(pl.col("status").cast(pl.String) != "returned")
    days = open_ones["days_left"].drop_nulls().sort().to_list()
    if not days:
        return ""
    if days[0] < 0:
        return f"（締切を {-days[0]} 日過ぎています）"
    return f"（締切まで {days[0]} 日）" if days[0] else "（締切は今日）"


def todo_of(rows: Sequence[CollectionRow], unsure: Sequence[tuple[str, int]]) -> list[Todo]:
    """What to do next, the most urgent first."""
    by_status = {
        status: list(
            dict.fromkeys(row.workbook or row.division for row in rows if row.status == status)
        )
        for status in ("refused", "errors", "missing")
    }
    warned = {row.workbook for row in rows if row.warnings and row.workbook and not row.withdrawn}
    steps = []
    if names := by_status["refused"]:
        text = f"読めない {len(names)} 冊を送り直してもらう（{_names(names)}）"
        steps.append(Todo(text, "理由を見る", ImportsQuery(workbook=names[0]).href("findings")))
    if names := by_status["errors"]:
        divisions = list(dict.fromkeys(row.division for row in rows if row.status == "errors"))
        text = f"エラーのある {len(names)} 冊を返す（{_names(divisions)}）"
        steps.append(Todo(text, kind="return"))
    if unsure:
        count = sum(size for _, size in unsure)
        text = f"列の読み方が不確かな {count} 冊を確かめる（様式 {len(unsure)} 種類）"
        href = ImportsQuery(workbook=unsure[0][0]).href("readings")
        steps.append(Todo(text, "列の読み方を確かめる", href))
    if names := by_status["missing"]:
        steps.append(Todo(f"未提出の {len(names)} 課に連絡する（{_names(names)}）"))
    if warned and not by_status["errors"]:
        text = f"要確認のある {len(warned)} 冊を返す（集計には入っています）"
        steps.append(Todo(text, kind="return"))
    return steps


def first_steps() -> list[Todo]:
    """What to do before anything has come."""
    return [
        Todo("調査票をまだ配っていなければ、「空の調査票をつくる」で作って各課に配る"),
        Todo("戻った調査票を、この枠に置く（フォルダごとでも、zip でも）"),
        Todo("または、命令で取り込む：bpr import フォルダ"),
        Todo("はじめての方は、5 つの手順を見る", "「使い方」を開く", "/guide"),
    ]


def _names(names: Sequence[str]) -> str:
    more = f" ほか {len(names) - _NAMED}" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more
