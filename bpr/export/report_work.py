"""What the work is made of: the published table shapes (図表9 to 11) with charts and comparisons."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from bpr import terms
from bpr.export.report_charts import Bar, draw_pairs, draw_stacks
from bpr.export.report_matter import Matter
from bpr.export.report_numbers import write_hours, write_share
from bpr.export.report_page import Html, Part, Table, heading, paragraph, section
from bpr.export.values import WORDS

_CLASSES: Final = tuple(terms.WORK_CLASSES)
_SHORT: Final = tuple(terms.SHORT_WORK_CLASSES.values())
_STAFF: Final = (*terms.STAFF_TYPES, "total")
_COLUMNS: Final = (*_CLASSES, "total")
_SEALS: Final = {"approval_seal": "決裁等印鑑使用", "resident_seal": "住民印鑑使用"}


def write_work(matter: Matter) -> Html:
    """Part 2: class by staff, medium by class, seals by class."""
    return section(
        2,
        "業務の内訳",
        paragraph(
            "比べる相手：96団体平均と阿見町（"
            f"{matter.report.settings.published.source}）。業務の性質の分け方と調査の対象が団体により違うので、"
            "差は目安として見る。公表された図表9 と図表10 も、互いに母数が違う。",
            "alert",
        ),
        *_write_classes(matter),
        *_write_media(matter),
        *_write_seals(matter),
    )


def shares_of(matter: Matter, column: str, staff: str = "total") -> dict[str, float | None]:
    """Class (and total) -> a ratio of 図表9 for one kind of staff, of all tasks."""
    table = matter.report.tables.class_by_staff.filter(
        pl.col("scope") == "all", pl.col("staff_type") == staff
    )
    return dict(table.select(pl.col("work_class").cast(pl.String), column).iter_rows())


def _write_classes(matter: Matter) -> list[Html]:
    own, mean, ami = (
        shares_of(matter, name) for name in ("share_ratio", "average96_ratio", "ami_ratio")
    )
    if own.get("total") is None:
        return [
            heading("コアとノンコア（図表9 の形）"),
            paragraph("時間の分かる業務がないので、割合は出せない。"),
        ]
    core, other = own.get("core") or 0.0, mean.get("core") or 0.0
    told = (
        f"職員でなければできない仕事（I コア）は {write_share(core)} で、96団体平均の {write_share(other)} "
        f"{_compare(core, other)}。III 定型は {write_share(own.get('routine'))}（平均 {write_share(mean.get('routine'))}）。"
    )
    bars = [
        Bar(label, [shares.get(name) or 0.0 for name in _CLASSES], "", [write_share(shares.get(name)) for name in _CLASSES])
        for label, shares in (("この調査", own), ("96団体平均", mean), ("阿見町", ami))
    ]  # fmt: skip
    unknown = int(matter.report.tasks["annual_hours"].null_count())
    without = f"。時間の分からない {unknown:,} 業務を除く" if unknown else ""
    rows: list[list[Part]] = []
    for name in _COLUMNS:
        cells = [
            write_share(shares_of(matter, column, staff).get(name))
            for column in ("share_ratio", "ami_ratio", "average96_ratio")
            for staff in _STAFF
        ]
        rows.append([WORDS["work_class"][name], *cells])
    kinds = ("正規", "非正規", "合計")
    labels = [
        "業務の性質",
        *kinds,
        *(f"阿見町 {k}" for k in kinds),
        *(f"96平均 {k}" for k in kinds),
    ]
    return [
        heading("コアとノンコア（図表9 の形）"),
        paragraph(told, "told"),
        draw_stacks("fig9", "業務の性質の割合（全職員、年間作業時間）", told, _SHORT, bars),
        Table(
            f"業務の性質と職員区分（母数 {matter.hours:,.0f} 時間／年{without}）",
            labels, rows, last_is_total=True, widths=(25, *[8.3] * 9),
        ).build(),
        *_tell_unclear(matter),
    ]  # fmt: skip


def _tell_unclear(matter: Matter) -> list[Html]:
    """Say how many hours no column shows, so that the parts need not add up to the whole."""
    table = matter.report.tables.class_by_staff.filter(pl.col("scope") == "all")
    whole = table.filter(pl.col("work_class") == "total")
    unsaid = float(whole.filter(pl.col("staff_type").is_null())["hours"].sum())
    classed = table.filter(pl.col("work_class") != "total", pl.col("staff_type") == "total")
    unclassed = matter.hours - float(classed["hours"].sum())
    parts = [
        f"{what} {hours:,.0f} 時間"
        for what, hours in (("職員区分の分からない", unsaid), ("性質の分からない", unclassed))
        if hours > 0.5  # noqa: PLR2004 - hours are shown without decimals
    ]
    return [paragraph(f"{'、'.join(parts)}は合計だけに入る。", "note")] if parts else []


def _compare(own: float, other: float) -> str:
    points = 100 * (own - other)
    if abs(points) < 0.05:  # noqa: PLR2004 - points are shown with one decimal
        return "と同じ"
    return f"より {abs(points):.1f} ポイント{'高い' if points > 0 else '低い'}"


def media_ratio(matter: Matter, column: str) -> float | None:
    """Return a ratio of 図表10 for all classes together."""
    found = matter.report.tables.media_ratios.filter(
        pl.col("scope") == "all", pl.col("work_class") == "total"
    )[column].to_list()
    return found[0] if found else None


def _write_media(matter: Matter) -> list[Html]:
    table = matter.report.tables.medium_by_class.filter(pl.col("scope") == "all")
    known = {str(medium) for medium in table.filter(pl.col("task_count") > 0)["medium"]}
    named = {str(medium) for medium in table.filter(pl.col("ami_hours").is_not_null())["medium"]}
    media = [m for m in (*terms.MEDIA, "unknown", "total") if m in known | named]
    hours = {
        (str(medium), str(name)): value
        for medium, name, value in table.select("medium", "work_class", "hours").iter_rows()
    }
    theirs = dict(
        table.filter(pl.col("work_class") == "total")
        .select(pl.col("medium").cast(pl.String), "ami_hours")
        .iter_rows()
    )
    whole, their_whole = hours.get(("total", "total"), 0.0), theirs.get("total")
    paper, electronic = (media_ratio(matter, f"{kind}_use_ratio") for kind in ("paper", "electronic"))  # fmt: skip
    told = (
        f"紙を使う作業（紙と電子+紙）は {write_share(paper)}、電子だけの作業は {write_share(electronic)}。"
        f"阿見町は {write_share(media_ratio(matter, 'ami_paper_use_ratio'))} と "
        f"{write_share(media_ratio(matter, 'ami_electronic_use_ratio'))}。"
    )
    bars = [
        Bar(
            WORDS["medium"][medium],
            [hours.get((medium, name), 0.0) for name in _CLASSES],
            write_hours(hours.get((medium, "total"))),
            [write_hours(hours.get((medium, name))) for name in _CLASSES],
        )
        for medium in media
        if medium != "total" and (medium in known or not whole)
    ]
    rows: list[list[Part]] = [
        [
            WORDS["medium"][medium],
            *(write_hours(hours.get((medium, name), 0.0)) for name in _COLUMNS),
            _share_of(hours.get((medium, "total"), 0.0), whole),
            _share_of(theirs.get(medium), their_whole),
        ]
        for medium in media
    ]
    return [
        heading("処理媒体（図表10 の形）"),
        paragraph(told, "told"),
        draw_stacks("fig10", "処理媒体ごとの年間作業時間（時間）", told, _SHORT, bars),
        Table(
            f"処理媒体と業務の性質（時間／年。母数 {whole:,.0f} 時間、「該当なし」を含む）",
            ["処理媒体", *_SHORT, "合計", "割合", "阿見町の割合"],
            rows, last_is_total=True, widths=(23, *[11] * 7),
        ).build(),
    ]  # fmt: skip


def _share_of(part: float | None, whole: float | None) -> str:
    return write_share(part / whole if part is not None and whole else None)


def _write_seals(matter: Matter) -> list[Html]:
    table = matter.report.tables.seal_by_class.filter(pl.col("scope") == "all")
    rows: list[list[Part]] = []
    ratios: dict[str, Mapping[str, tuple[float | None, float]]] = {}
    base = 0.0
    for seal, label in (*_SEALS.items(), ("all", "全体（使わないものを含む）")):
        own = {
            str(row["work_class"]): row
            for row in table.filter(pl.col("seal") == seal).iter_rows(named=True)
        }
        rows.append(
            [
                f"{label}（件）",
                *(write_hours(own[n]["cases"]) if n in own else None for n in _COLUMNS),
            ]
        )
        if seal == "all":
            base = float(own["total"]["cases"]) if own else 0.0
            continue
        ratios[seal] = {name: (row["ratio"], row["ami_ratio"]) for name, row in own.items()}
        rows.append(
            [
                f"{label}（割合）",
                *(write_share(own[n]["ratio"]) if n in own else None for n in _COLUMNS),
            ]
        )
        rows.append([f"阿見町 {label}（割合）", *(write_share(own[n]["ami_ratio"]) if n in own else None for n in _COLUMNS)])  # fmt: skip
    approval = ratios.get("approval_seal", {})
    whole = approval.get("total", (None, 0.0))
    told = (
        f"決裁などの印を使う件数は {write_share(whole[0])}（阿見町 {write_share(whole[1])}）。"
        f"I コアでは {write_share(approval.get('core', (None, 0.0))[0])}（阿見町 {write_share(approval.get('core', (None, 0.0))[1])}）。"
    )
    bars = [
        Bar(
            WORDS["work_class"][name] if name == "total" else terms.SHORT_WORK_CLASSES[name],
            [value or 0.0 for value in approval[name]],
            "",
            [write_share(value) for value in approval[name]],
        )
        for name in _COLUMNS
        if name in approval
    ]
    return [
        heading("印鑑（図表11 の形）"),
        paragraph(told, "told"),
        draw_pairs("fig11", "決裁等印鑑を使う件数の割合", told, ("この調査", "阿見町"), bars),
        Table(
            f"印鑑の使用と業務の性質（母数 {base:,.0f} 件／年。件数の分からない業務を除く）",
            ["印鑑", *_SHORT, "合計"],
            rows, widths=(35, *[13] * 5),
        ).build(),
    ]  # fmt: skip
