"""共通業務: groups and kinds -> the sentence on top and the rows of the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from bpr.dashboard.pages.common_work.query import CommonQuery
from bpr.dashboard.words import number
from bpr.frames import DataFrame, Groups, KindCounts
from bpr.settings.common_work import View
from bpr.workspace import GroupedWork

SHOWN: Final = 40
"""How many groups are listed at first."""
_WHOLE: Final = 10
"""From here on minutes and ratios are printed without decimals."""
_COMPARABLE: Final = 2


@dataclass(frozen=True)
class GroupLine:
    """One group as a row: numbers as printed, and the address that shows it."""

    name: str
    href: str
    divisions: str
    tasks: str
    hours: str
    unknown: str
    spread: str
    base: str
    above_median: str
    confirmed: bool


@dataclass(frozen=True)
class GroupList:
    """The table of groups; `hidden` says how many more there are."""

    lines: list[GroupLine]
    hidden: int
    note: str


@dataclass(frozen=True)
class KindLine:
    """One kind of a view: here and in its town, with its place in the order of each."""

    label: str
    tasks: str
    place: str
    hours: str
    published: str
    published_place: str


@dataclass(frozen=True)
class KindList:
    """The table of kinds and what to know before comparing."""

    lines: list[KindLine]
    town: str
    heading: str
    notes: list[str]


def minutes(value: float | None) -> str:
    """Minutes per case: 3.9, 12, 1,009; a dash where they are not known."""
    if value is None:
        return "–"
    return f"{value:.1f}" if value < _WHOLE else f"{value:,.0f}"


def between(low: float, high: float) -> str:
    """Return 「3.9〜19 分」, or one number where both print alike."""
    first, last = minutes(low), minutes(high)
    return f"{first} 分" if first == last else f"{first}〜{last} 分"


def answer_groups(work: GroupedWork, group_key: str = "") -> list[str]:
    """Say of the chosen group, else of that with most hours, how far its divisions are apart.

    Without a chosen group a second line says how much of all work is common.
    """
    if group_key:
        return [_headline(work.groups.filter(group_key=group_key).row(0, named=True))]
    groups = work.groups.filter(pl.col("tasks") > 0)
    if not groups.height:
        return [
            "課をまたぐ同じ業務は、見つかりませんでした。",
            "2 つ以上の課の調査票を取り込むと、ここに並びます。",
        ]
    every = work.grouping.memberships
    members = every.drop_nulls("group_key").height
    part = f"課をまたぐ同じ業務は {groups.height:,} まとまり、{members:,} 業務（全 {every.height:,} 業務の {members / every.height:.0%}）です。"
    return [_headline(groups.row(0, named=True)), part]


def _headline(group: Mapping[str, Any]) -> str:
    if not group["tasks"]:
        return f"「{group['name']}」の業務は、いまの調査票にはありません。"
    who = f"{group['divisions']:,} 課"
    if group["hours"] is None:
        return f"{who}に「{group['name']}」があります。時間が書かれていないので、比べられません。"
    missing = (
        f"（時間不明 {group['unknown_hours']:,} 業務を除く）" if group["unknown_hours"] else ""
    )
    start = f"{who}が「{group['name']}」に年 {group['hours']:,.0f} 時間{missing}"
    if group["lowest_minutes"] is None:
        return f"{start}を使っています。件数の分かる課が 2 つないので、1 件あたりの時間は比べられません。"
    low, high = group["lowest_minutes"], group["highest_minutes"]
    same = minutes(low) == minutes(high)
    apart = f"と {times(low, high)} 倍ひらいています" if low > 0 and not same else "です"
    return f"{start}を使い、1 件あたりの時間は課により {between(low, high)}{apart}。"


def times(low: float, high: float) -> str:
    """How many times the one is the other: 4.9, 12."""
    ratio = high / low
    return f"{ratio:.1f}" if ratio < _WHOLE else f"{ratio:,.0f}"


def view_groups(groups: DataFrame[Groups], query: CommonQuery) -> GroupList:
    """Rows of the table: the group in the address alone, else the first or all of them."""
    own = groups.filter(group_key=query.group) if query.group else groups
    shown = own if query.every or query.group else own.head(SHOWN)
    return GroupList(
        lines=[_line(row, query) for row in shown.iter_rows(named=True)],
        hidden=own.height - shown.height,
        note="" if query.group else _NOTE,
    )


_NOTE: Final = (
    "1 件あたりの時間＝時間の合計×60÷件数の合計。時間と件数が両方分かる業務だけで計算し、カッコ内はその課の数（母数）です。"
    "中央値との差は、中央値より長い課が中央値の時間で処理したとした場合との差で、削減の見込みではありません。"
)


def _line(group: Mapping[str, Any], query: CommonQuery) -> GroupLine:
    unknown = group["unknown_hours"]
    return GroupLine(
        name=group["name"],
        href=query.with_(group=group["group_key"]).href("group"),
        divisions=number(group["divisions"]),
        tasks=number(group["tasks"]),
        hours=number(group["hours"]),
        unknown=f"時間不明 {unknown:,} 業務を除く" if unknown else "",
        spread="–"
        if group["lowest_minutes"] is None
        else between(group["lowest_minutes"], group["highest_minutes"]),
        base=_base(group),
        above_median=number(group["above_median_hours"]),
        confirmed=group["confirmed"],
    )


def _base(group: Mapping[str, Any]) -> str:
    measured = group["measured_divisions"]
    if measured < _COMPARABLE:
        return f"件数の分かる課が {measured}"
    return f"中央値 {minutes(group['median_minutes'])} 分（{measured:,} 課）"


def answer_kinds(counts: DataFrame[KindCounts], view: View) -> list[str]:
    """Say which kind holds most hours (else most tasks), and how many tasks are of none."""
    total = int(counts["tasks"].sum())
    none = int(counts.filter(pl.col("kind").is_null())["tasks"].sum())
    rest = f"どの区分にも入らないのは {none:,} 業務（全 {total:,} 業務の {none / total:.0%}）です。"
    known = counts.filter(pl.col("kind").is_not_null(), pl.col("hours").is_not_null())
    if not known.height:
        first = counts.filter(pl.col("kind").is_not_null()).sort("tasks", descending=True)
        row = first.row(0, named=True)
        return [f"{view.label}では、「{row['label']}」が {row['tasks']:,} 業務で最多です。", rest]
    row = known.sort("hours", descending=True, maintain_order=True).row(0, named=True)
    return [
        f"{view.label}に当てはめると、時間がいちばん多いのは「{row['label']}」で、年 {row['hours']:,.0f} 時間（{row['tasks']:,} 業務）です。",
        rest,
    ]


def view_kinds(counts: DataFrame[KindCounts], view: View) -> KindList:
    """Kinds in the order of the town's counts, each with its place here."""
    places = pl.when(pl.col("kind").is_not_null())
    ranked = counts.with_columns(
        place=places.then(pl.col("tasks")).rank("min", descending=True),
        published_place=pl.col("published_count").rank("min", descending=True),
    )
    return KindList(
        lines=[_kind(row) for row in ranked.iter_rows(named=True)],
        town=view.town,
        heading=f"{view.label}：調査票の業務と、{view.town}の改善対象",
        notes=[
            f"{view.town}の数は、{view.counted} {view.base_count} 件の内訳です。すべての業務を数えたものではないので、比べられるのは多い順だけです。",
            f"{view.town}が挙げた原因：{'、'.join(view.causes)}。出所：{view.source}。",
            "作業名（合わなければ業務名）の言葉で、1 つの業務を 1 つの区分に入れています。当てはめ方は本製品の目安で、common_work.toml で変えられます。",
        ],
    )


def _kind(row: Mapping[str, Any]) -> KindLine:
    unknown = f"（時間不明 {row['unknown_hours']:,}）" if row["unknown_hours"] else ""
    return KindLine(
        label=row["label"],
        tasks=number(row["tasks"]),
        place=_place(row["place"]),
        hours=f"{number(row['hours'])}{unknown}",
        published=number(row["published_count"]),
        published_place=_place(row["published_place"]),
    )


def _place(place: int | None) -> str:
    return "–" if place is None else f"{place} 位"
