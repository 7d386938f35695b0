"""The report for a decision (決裁) and for the council: one HTML file, offline, printable to A4."""

import polars as pl

from bpr.export.report_candidates import sum_savings, write_candidates
from bpr.export.report_matter import TOP, Matter
from bpr.export.report_numbers import write_hours, write_range, write_share
from bpr.export.report_page import Html, document, escape, paragraph, section
from bpr.export.report_premises import write_premises, write_sources
from bpr.export.report_targets import write_targets
from bpr.export.report_work import media_ratio, shares_of, write_work

TITLE = "業務量調査の結果と BPR の候補"


def write_report(matter: Matter) -> bytes:
    """HTML of the whole report in UTF-8; needs no other file, no network and no script."""
    return document(
        f"{TITLE}　{matter.title}",
        _write_cover(matter),
        _write_answer(matter),
        write_work(matter),
        write_candidates(matter),
        write_targets(matter),
        write_premises(matter),
        write_sources(matter),
    )


def tell_answer(matter: Matter) -> list[str]:
    """Three sentences: what the work is made of, how it is done, what may be rebuilt."""
    return [_tell_core(matter), _tell_paper(matter), _tell_candidates(matter)]


def _write_cover(matter: Matter) -> Html:
    tasks = matter.report.tasks
    read = int((matter.report.workbooks["status"] == "read").sum())
    unknown = tasks["annual_hours"].null_count()
    facts = {
        "母数：調査票": f"{read:,} 冊",
        "母数：業務": f"{tasks.height:,} 業務（{tasks['division'].drop_nulls().n_unique():,} 課）",
        "母数：時間": f"{matter.hours:,.0f} 時間／年" + (f"（時間の分からない {unknown:,} 業務を除く）" if unknown else ""),
        "回収率": matter.returned,
        "作成日": f"{matter.made_on.year}年{matter.made_on.month}月{matter.made_on.day}日",
    }  # fmt: skip
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts.items()
    )
    return Html(
        f'<header><h1>{TITLE}</h1><p class="sub">{escape(matter.title)}</p><dl class="base">{rows}</dl></header>'
    )


def _write_answer(matter: Matter) -> Html:
    items = "".join(f"<li>{escape(text)}</li>" for text in tell_answer(matter))
    return section(
        1,
        "結論",
        Html(f'<ol class="answer">{items}</ol>'),
        paragraph(
            "ここに挙げた候補は決定ではない。どれを見直すかは、所管課の意見と制約を確かめて決める。"
        ),
    )


def _tell_core(matter: Matter) -> str:
    own, mean = shares_of(matter, "share_ratio"), shares_of(matter, "average96_ratio")
    if own.get("total") is None:
        return f"{matter.report.tasks.height:,} 業務の時間が分からないので、業務の内訳は出せない。"
    return (
        f"年間 {matter.hours:,.0f} 時間の仕事のうち、職員でなければできない仕事（コア）は {write_share(own.get('core'))} で"
        f"（96団体平均 {write_share(mean.get('core'))}）、専門性のいらない定型の仕事が {write_share(own.get('routine'))} ある"
        f"（同 {write_share(mean.get('routine'))}）。"
    )


def _tell_paper(matter: Matter) -> str:
    table = matter.report.tables.medium_by_class.filter(
        pl.col("scope") == "all", pl.col("work_class") == "routine"
    )
    paper = pl.col("medium").cast(pl.String).str.contains("^(paper|mixed)")
    hours = float(table.filter(paper)["hours"].sum())
    return (
        f"紙を使う仕事は {write_share(media_ratio(matter, 'paper_use_ratio'))}（阿見町 "
        f"{write_share(media_ratio(matter, 'ami_paper_use_ratio'))}）で、紙を使う定型の仕事だけで全体の "
        f"{write_share(hours / matter.hours if matter.hours else None)} を占める。"
    )


def _tell_candidates(matter: Matter) -> str:
    candidates = matter.candidates
    top = candidates.head(TOP)
    if not top.height:
        return "勧める手段のある業務は見つからなかった。"
    low, point, high = sum_savings(top)
    if top["saving_hours"].null_count() == top.height:
        return f"見直しの候補は {candidates.height:,} 業務あるが、時間が分からないので削減見込は出せない。"
    return (
        f"見直しの候補は {candidates.height:,} 業務あり、上位 {top.height} 業務の削減見込は年 {write_hours(point)} 時間"
        f"（幅 {write_range(low, high)}、全時間の {write_share(point / matter.hours if matter.hours else None)}）で、"
        "実行して測るまでは見込みにとどまる。"
    )
