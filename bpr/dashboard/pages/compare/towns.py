"""比較, towns: our shares beside published ones and those of exchange files."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr import terms
from bpr.dashboard.figures.compare import TownDots
from bpr.frames import DataFrame
from bpr.frames.exchange import NO_FAMILY, TOTAL, ExchangeCells
from bpr.report import Report
from bpr.workspace.comparing import Town

OURS: Final = "うち"
MEAN96: Final = "96自治体平均"
AMI: Final = "阿見町"
_NONE: Final = "なし"
SHARES: Final = {
    **{name: f"{label}（時間）" for name, label in terms.SHORT_WORK_CLASSES.items()},
    "paper": "紙を使う作業（時間）",
    "electronic": "電子だけの作業（時間）",
    "seal_cases": "決裁印を使う作業（件数）",
    "seal_hours": "決裁印を使う作業（時間）",
}
"""What towns are compared in; every share is of all hours, or of all cases."""
NOTES: Final = (
    "96自治体平均と阿見町は、業務の性質（図表9）だけが同じ母数です。96自治体平均には、媒体と印鑑の値がありません。",
    "調べ方（業務の切り方、区分の決め方、記入した人）が団体で違うので、差がそのまま仕事のやり方の違いとはいえません。",
    "「–」は、公表されていないか、業務数が少ないため伏せてある所です。",
)


@dataclass(frozen=True)
class TownColumn:
    """One town to compare with: what stands in the head of its column, and its numbers."""

    name: str
    note: str
    shares: list[float | None]


@dataclass(frozen=True)
class FamilyLine:
    """One common work: the share of hours and minutes per case, of us and of each town."""

    label: str
    values: list[str]


@dataclass(frozen=True)
class TownsView:
    """Everything the view shows."""

    answer: list[str]
    heading: str
    base: str
    sentence: str
    columns: list[TownColumn]
    families: list[FamilyLine]
    family_towns: list[str]
    others: list[str]
    """Loaded towns that sort common work in another way."""
    loaded: list[str]
    notes: list[str]

    @property
    def dots(self) -> list[TownDots]:
        """The columns as the chart takes them."""
        return [TownDots(column.name, column.shares) for column in self.columns]


def view_towns(
    report: Report,
    own: DataFrame[ExchangeCells],
    towns: Sequence[Town],
    families: dict[str, str],
) -> TownsView | None:
    """Put the towns side by side; None where we have no hours ourselves."""
    ours = _our_shares(report, own)
    if ours is None:
        return None
    columns = [
        TownColumn(OURS, "この調査", ours),
        TownColumn(MEAN96, "公表値", _mean96(report)),
        TownColumn(AMI, "公表値", _ami(report)),
        *(_town_column(town) for town in towns),
    ]
    alike = [town for town in towns if town.same_families]
    total = report.tables.class_by_staff.filter(
        pl.col("scope") == "all", pl.col("work_class") == TOTAL, pl.col("staff_type") == TOTAL
    )
    hours = float(total["hours"].sum())
    return TownsView(
        answer=_answer(columns),
        heading="業務の中身の割合を、団体で並べる",
        base=f"母数：うちの {hours:,.0f} 時間（{report.tasks.height:,} 業務、時間不明 {report.tasks['annual_hours'].null_count():,} 業務を除く）",
        sentence=_sentence(columns),
        columns=columns,
        families=_families(own, alike, families) if alike else [],
        family_towns=[town.name for town in alike],
        others=[town.name for town in towns if not town.same_families],
        loaded=[town.name for town in towns],
        notes=[f"公表値の出所：{report.settings.published.source}、図表9～11。", *NOTES],
    )


def _our_shares(report: Report, own: DataFrame[ExchangeCells]) -> list[float | None] | None:
    tables = report.tables
    staff = tables.class_by_staff.filter(pl.col("scope") == "all", pl.col("staff_type") == TOTAL)
    classes = dict(staff.select(pl.col("work_class").cast(pl.String), "share_ratio").iter_rows())
    if not classes.get(TOTAL):
        return None
    ratios = tables.media_ratios.filter(pl.col("scope") == "all", pl.col("work_class") == TOTAL)
    media = ratios.row(0, named=True)
    return [
        *(classes.get(name) for name in terms.WORK_CLASSES),
        media["paper_use_ratio"],
        media["electronic_use_ratio"],
        _seal(report, "ratio"),
        _cell_shares(own)["seal_hours"],
    ]


def _seal(report: Report, column: str) -> float | None:
    found = report.tables.seal_by_class.filter(
        pl.col("scope") == "all", pl.col("seal") == "approval_seal", pl.col("work_class") == TOTAL
    )
    value: float | None = found.row(0, named=True)[column] if found.height else None
    return value


def _mean96(report: Report) -> list[float | None]:
    figures = report.settings.published.class_by_staff.average96
    known: list[float | None] = [figures[name][2] / 100 for name in terms.WORK_CLASSES]
    return known + [None] * (len(SHARES) - len(known))


def _ami(report: Report) -> list[float | None]:
    published = report.settings.published
    return [
        *(published.class_by_staff.ami[name][2] / 100 for name in terms.WORK_CLASSES),
        published.media_ratios.paper_use[0] / 100,
        published.media_ratios.electronic_use[0] / 100,
        _seal(report, "ami_ratio"),
        None,
    ]


def _town_column(town: Town) -> TownColumn:
    size = terms.POPULATION_CLASSES[town.file.population_class].label
    note = f"交換ファイル、{town.file.fiscal_year}年度、{size}"
    return TownColumn(town.name, note, list(_cell_shares(town.file.cells).values()))


def _cell_shares(cells: DataFrame[ExchangeCells]) -> dict[str, float | None]:
    """Shares of hours as exchange cells tell them, in the order of `SHARES`."""
    keys = ["table", "row_key", "column_key"]
    hours = {
        tuple(str(key) for key in row[:3]): row[3]
        for row in cells.select(*keys, "hours").iter_rows()
    }
    whole = hours["total", TOTAL, TOTAL]

    def share(*parts: tuple[str, str, str]) -> float | None:
        values = [hours[part] for part in parts]
        known = [value for value in values if value is not None]
        return sum(known) / whole if whole and len(known) == len(values) else None

    paper = [("class_medium", TOTAL, medium) for medium in ("paper", "mixed")]
    return {
        **{name: share(("class_medium", name, TOTAL)) for name in terms.WORK_CLASSES},
        "paper": share(*paper),
        "electronic": share(("class_medium", TOTAL, "electronic")),
        "seal_cases": None,
        "seal_hours": share(("seal", "yes", TOTAL)),
    }


def _answer(columns: Sequence[TownColumn]) -> list[str]:
    ours, mean = columns[0].shares, columns[1].shares
    labels = list(terms.SHORT_WORK_CLASSES.values())
    gaps = [
        (one - other, label, one, other)
        for one, other, label in zip(ours, mean, labels, strict=False)
        if one is not None and other is not None
    ]
    if not gaps:
        return ["業務の性質が分からないので、ほかの団体と比べられません。"]
    gap, label, one, other = max(gaps, key=lambda item: abs(item[0]))
    more = "多い" if gap > 0 else "少ない"
    lines = [
        f"96自治体平均といちばん違うのは「{label}」で、うちは {one:.1%}、平均は {other:.1%}（{100 * abs(gap):.1f} ポイント{more}）です。"
    ]
    count = len(columns) - 3
    lines.append(
        f"交換ファイルを受け取った {count:,} 団体とも並べています。"
        if count
        else "ほかの団体の交換ファイルを登録すると、ここに並びます。"
    )
    return lines


def _sentence(columns: Sequence[TownColumn]) -> str:
    labels = list(SHARES.values())
    told = []
    for index, label in enumerate(labels):
        values = [(c.name, c.shares[index]) for c in columns if c.shares[index] is not None]
        told.append(f"{label}は" + "、".join(f"{name} {value:.1%}" for name, value in values))
    return f"{'。'.join(told)}。●がうちです。"


def _families(
    own: DataFrame[ExchangeCells], towns: Sequence[Town], families: dict[str, str]
) -> list[FamilyLine]:
    tables = [_family_texts(own), *(_family_texts(town.file.cells) for town in towns)]
    hours = own.filter(pl.col("table") == "family").sort("hours", descending=True)
    keys = [str(key) for key in hours["row_key"] if key != NO_FAMILY]
    lines = [FamilyLine(families[key], [table[key] for table in tables]) for key in keys]
    return [line for line in lines if {*line.values} != {_NONE}]


def _family_texts(cells: DataFrame[ExchangeCells]) -> dict[str, str]:
    """Family -> 「12.3%、中央値 15 分（8〜30 分）」."""
    whole = cells.filter(pl.col("table") == "total")["hours"].to_list()[0]
    texts = {}
    for row in cells.filter(pl.col("table") == "family").iter_rows(named=True):
        if row["tasks"] is None:
            texts[row["row_key"]] = "–（伏せ）"
        elif not row["tasks"]:
            texts[row["row_key"]] = _NONE
        else:
            share = f"{row['hours'] / whole:.1%}" if whole else "–"
            median = row["median_minutes"]
            minutes = "" if median is None else f"、中央値 {median:,.0f} 分（{row['lower_minutes']:,.0f}〜{row['upper_minutes']:,.0f} 分）"  # fmt: skip
            texts[row["row_key"]] = f"{share}{minutes}"
    return texts
