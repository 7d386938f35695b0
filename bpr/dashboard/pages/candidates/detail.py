"""候補: everything the panel says about one task."""

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import polars as pl

from bpr import terms
from bpr.dashboard.pages.candidates.levers import LeverView, view_lever
from bpr.dashboard.pages.candidates.saving import SavingView, view_saving
from bpr.dashboard.pages.candidates.view import say_share
from bpr.dashboard.words import LEVERS, joined
from bpr.frames import DataFrame, PublishedCases, RankQuestions
from bpr.report import Report
from bpr.score.explain import Explanation, LeverLines
from bpr.score.opinions import describe_certainty, describe_judgement
from bpr.score.sensitivity import Sensitivity
from bpr.settings.means import Mean, Pitfall
from bpr.settings.scoring import Kind

Row: TypeAlias = dict[str, Any]
NO_SAVING: Final = "勧める手段がないので、削減見込は出していません。"


@dataclass(frozen=True)
class Known:
    """What is known of one task under one opinion."""

    task_id: str
    report: Report
    sensitivity: Sensitivity
    explanation: Explanation
    questions: DataFrame[RankQuestions]
    cases: DataFrame[PublishedCases]
    means: list[Mean]
    pitfalls: list[Pitfall]


@dataclass(frozen=True)
class KindView:
    """How a task would be handed over, and why so."""

    label: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class QuestionView:
    """The question whose answer moves the rank most, whom to ask, and how far it moves it."""

    whom: str
    text: str
    effect: str


@dataclass(frozen=True)
class CaseView:
    """What another municipality did with such a task; the address is text."""

    municipality: str
    task: str
    levers: str
    effect: str
    evidence: str
    source: str


@dataclass(frozen=True)
class MeanView:
    """One way to rebuild the task: what to do, what to settle first."""

    label: str
    what: str
    first: str
    evidence: str


@dataclass(frozen=True)
class PitfallView:
    """A question to answer with yes before deciding, and why it is asked."""

    check: str
    why: str
    evidence: str


@dataclass(frozen=True)
class Detail:
    """Everything the panel says about one task."""

    task_id: str
    heading: str
    place: str
    work_class: str
    rank: str
    certainty: str
    certainty_label: str
    certainty_text: str
    judgement: str
    why: str
    change: str
    kind: KindView | None
    question: QuestionView | None
    lever_label: str
    saving: SavingView | None
    cases: list[CaseView]
    means: list[MeanView]
    pitfalls: list[PitfallView]
    levers: list[LeverView]


def view_detail(known: Known) -> Detail:
    """Explain one task."""
    task = _row(known.report.tasks, known.task_id)
    sure = _row(known.sensitivity.certainty, known.task_id)
    reason = _row(known.report.classes, known.task_id)["reason"]
    levers = known.explanation.levers
    best = levers[0] if task["best_lever"] else None
    work_class = terms.SHORT_WORK_CLASSES.get(task["work_class"] or "", "判定できない")
    return Detail(
        task_id=known.task_id,
        heading=joined(task["task_name"], task["activity_name"], by="／"),
        place=joined(task["division"], task["unit"], by=" ")
        + f"　業務ID {known.task_id}　{task['workbook']} {task['row']} 行",
        work_class=f"{work_class}　{reason}",
        rank=_say_rank(task),
        certainty=sure["certainty"],
        certainty_label=joined(
            terms.CERTAINTIES[sure["certainty"]].label,
            say_share(sure["certainty"], sure["top_ratio"]),
            by=" ",
        ),
        certainty_text=_say_certainty(sure, known.sensitivity),
        judgement=_say_judgement(sure, known),
        why=known.explanation.why,
        change=known.explanation.change,
        kind=_kind(best),
        question=_question(known, task["division"]),
        lever_label=best.label if best else "",
        saving=view_saving(known.report, known.task_id, best) if best else None,
        cases=view_cases(known.cases),
        means=[MeanView(m.label, m.what, m.first, _evidence(m)) for m in known.means],
        pitfalls=[PitfallView(p.check, p.why, _evidence(p)) for p in known.pitfalls],
        levers=[view_lever(lines) for lines in levers],
    )


def _row(frame: pl.DataFrame, task_id: str) -> Row:
    return frame.row(by_predicate=pl.col("task_id") == task_id, named=True)


def _say_rank(task: Row) -> str:
    rank, low, high = (f"{task[name]:,}" for name in ("rank", "rank_low", "rank_high"))
    if low == high:
        return f"{rank} 位"
    return f"{rank} 位（答えのない項目や判定の不確かさを入れると {low}〜{high} 位）"


def _say_certainty(sure: Row, sensitivity: Sensitivity) -> str:
    text = describe_certainty(
        sure["certainty"],
        sure["top_ratio"],
        top=sensitivity.top,
        samples=sensitivity.samples,
        spread=sensitivity.spread,
    )
    low, high = sure["weight_rank_low"], sure["weight_rank_high"]
    told = text.partition("：")[2]
    return told if low == high else f"{told}順位は、10 回のうち 9 回が {low:,}〜{high:,} 位です。"


def _say_judgement(sure: Row, known: Known) -> str:
    own = known.sensitivity.judgements.filter(pl.col("task_id") == known.task_id)
    themes = known.report.settings.scoring.themes
    return describe_judgement(own, themes, sure["best_rank"], sure["first_ratio"])


def _kind(best: LeverLines | None) -> KindView | None:
    if best is None or best.kind is None:
        return None
    kind = best.kind
    return KindView(kind.label, kind.reason, _evidence(kind))


def _evidence(stated: Kind | Mean | Pitfall) -> str:
    return f"根拠 {stated.grade}：{stated.source}"


def _question(known: Known, division: str | None) -> QuestionView | None:
    found = known.questions.filter(pl.col("task_id") == known.task_id)
    if not found.height:
        return None
    asked = found.row(0, named=True)
    return QuestionView(
        whom=f"{division or '担当の課'}に",
        text=known.report.settings.scoring.questions[asked["field"]],
        effect=f"答えによって {asked['rank_best']:,}〜{asked['rank_worst']:,} 位",
    )


def view_cases(cases: DataFrame[PublishedCases]) -> list[CaseView]:
    """Cases as printed; one that used several levers stands once."""
    same = ("municipality", "department", "task_name", "effect", "evidence", "source_url")
    together = cases.group_by(same, maintain_order=True).agg("lever")
    return [
        CaseView(
            municipality=joined(row["municipality"], row["department"], by=" "),
            task=row["task_name"],
            levers="・".join(LEVERS[lever] for lever in row["lever"]),
            effect=row["effect"] or "効果の値は公表されていません",
            evidence=terms.EVIDENCES[row["evidence"]].label if row["evidence"] else "区分なし",
            source=row["source_url"],
        )
        for row in together.iter_rows(named=True)
    ]
