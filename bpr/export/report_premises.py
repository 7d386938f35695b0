"""On what the numbers rest, and where they end: premises, limits, sources, version."""

from typing import Final

import polars as pl

from bpr import terms
from bpr.export.report_matter import Matter
from bpr.export.report_numbers import write_share
from bpr.export.report_page import Html, Part, Table, heading, listing, section
from bpr.export.values import write_fiscal_year
from bpr.settings.savings import Factor

_LARGE: Final = 10


def write_premises(matter: Matter) -> Html:
    """Part 5: how classes, scores and savings came about, and what they cannot tell."""
    return section(
        5,
        "前提と限界",
        listing(tell_premises(matter)),
        heading("削減見込に使った数"),
        Table(
            "手段ごとの減る割合と、1 時間の人件費（下限〜上限。目安は本製品が置いた数で、公的な基準ではない）",
            ["項目", "中央", "幅", "単位", "根拠", "出所"],
            list_factors(matter),
            widths=(20, 8, 15, 9, 8, 40),
        ).build(),
        *_write_realism(matter),
    )


def tell_premises(matter: Matter) -> list[str]:
    """Sentences on classes, accuracy, weights, savings, findings and conversions."""
    return [
        _tell_classes(matter),
        _tell_accuracy(matter),
        _tell_weights(matter),
        "削減見込＝手段が引き受ける時間×減る割合−確認と運用の時間。1 業務についての見込みで、足し合わせた数をそのまま目標にしてはいけない。空いた時間を何に使うかは別に決める。",
        _tell_findings(matter),
        f"換算：1 人役＝{matter.report.settings.kpi.hours_per_fte:,.0f} 時間、1 人日＝{matter.report.settings.kpi.hours_per_day:g} 時間。空欄は 0 とせず「不明」とした。",
    ]


def _tell_classes(matter: Matter) -> str:
    tasks = matter.report.tasks
    sources = dict(tasks["work_class_source"].cast(pl.String).value_counts().iter_rows())
    parts = "、".join(
        f"{term.label} {sources[name]:,} 業務（{sources[name] / tasks.height:.1%}）"
        for name, term in terms.CLASS_SOURCES.items()
        if sources.get(name)
    )
    left = matter.report.reviews.height
    return f"業務の性質は、人の確認、調査票の回答、自動判定の順に優先して決めた：{parts}。人が確かめるとよい業務が {left:,} 残っている。"


def _tell_accuracy(matter: Matter) -> str:
    found = matter.accuracy
    if found is None:
        return "自動判定の正しさは、今の設定では測っていない。"
    share, held, sure = found.share(), found.share("held_out"), found.share("a")
    return (
        f"自動判定の正しさ（{found.measured_on} に、知らない課の業務名で測定）：{share.right:,}／{share.total:,} 業務"
        f"（{write_share(share.right / share.total)}）、確信度 A では {sure.right:,}／{sure.total:,} 業務。"
        f"学習に使わない一覧では {held.right:,}／{held.total:,} 業務（{write_share(held.right / held.total)}）。"
    )


def _tell_weights(matter: Matter) -> str:
    found = matter.sensitivity
    return (
        f"点の重みと目安は本製品が置いた数（標準）で、国などの公式な数値基準はない。「確実」は、重みを {found.spread:g} 分の 1〜{found.spread:g} 倍に変えた "
        f"{found.samples:,} 通りの 95% 以上で上位 {found.top} に残ること。"
    )


def _tell_findings(matter: Matter) -> str:
    tasks = matter.report.tasks
    levels = dict(matter.report.diagnostics["severity"].cast(pl.String).value_counts().iter_rows())
    return (
        f"調査票の点検：エラー {levels.get('error', 0):,} 件（直さないと集計に入らない）、要確認 {levels.get('warning', 0):,} 件。"
        f"時間の分からない業務 {tasks['annual_hours'].null_count():,}、処理媒体の分からない業務 {tasks['medium'].null_count():,}。"
    )


def list_factors(matter: Matter) -> list[list[Part]]:
    """Reduction rate of every lever and yen of an hour: label, middle, range, unit, kind, source."""
    savings = matter.report.settings.savings
    names = {**{k: t.label for k, t in terms.STAFF_TYPES.items()}, "unknown": "担い手が不明"}
    rates = [(f"{terms.LEVERS[n].label}：減る割合", one.rate) for n, one in savings.levers.items()]
    yen = [(f"人件費（{names[n]}）", one) for n, one in savings.hourly_yen.items()]
    return [
        [label, _value(one, one.range[1]), f"{_value(one, one.range[0])}〜{_value(one, one.range[2])}", one.unit, one.kind, one.source]
        for label, one in (*rates, *yen)
    ]  # fmt: skip


def _value(factor: Factor, value: float) -> str:
    return f"{value:,.0f}" if factor.range[2] > _LARGE else f"{value:.2f}"


def _write_realism(matter: Matter) -> list[Html]:
    checks = matter.realism
    if not checks.height:
        return []
    texts = [
        f"{'【公表値を超えている】' if row['exceeded'] else ''}{row['message']}（母数：{row['base']}。公表値：{row['source']}）"
        for row in checks.iter_rows(named=True)
    ]
    return [heading("公表された実績と比べた現実味"), listing(texts)]


def write_sources(matter: Matter) -> Html:
    """Part 6: sources, settings, version, date."""
    return section(6, "出典と版", listing(tell_sources(matter)))


def tell_sources(matter: Matter) -> list[str]:
    """Sentences on where the numbers come from and what made them."""
    books = matter.report.workbooks
    read = int((books["status"] == "read").sum())
    years = matter.report.tasks["fiscal_year"].drop_nulls().unique().sort().to_list()
    told = "、".join(f"{write_fiscal_year(year)}（{year}年度）" for year in years) or "記入なし"
    return [
        f"この調査：{matter.title}。読み取った調査票 {read:,} 冊（読めなかったもの {books.height - read:,} 冊）。調査票の年度：{told}。",
        f"比較：{matter.report.settings.published.source} 図表9・10・11（96団体平均は同じ資料の図表9）。",
        f"作成日：{matter.made_on.isoformat()}。作成した道具：bpr {matter.version}。",
        f"設定の指紋（SHA-256）：{matter.report.settings.digest}。同じ調査票と同じ設定からは、同じ数が出る。",
        "同じ数は、画面と「業務量調査・BPR まとめ」（Excel）にもある。",
    ]
