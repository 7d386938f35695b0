"""A class and why, as people read it: shared by the pages that show one task."""

from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr import terms
from bpr.dashboard.words import MEDIA, chance
from bpr.report import Report
from bpr.settings import Acts
from bpr.workspace import PastCorrection

STAFF: Final = ("staff_only", "judgement")
OTHERS: Final = ("assisting", "routine")


@dataclass(frozen=True)
class Judgement:
    """What is said of one task's class: by whom, how surely, on what ground.

    `parts`: acts for staff and acts for others, where the task holds both (切り分け候補).
    """

    work_class: str
    source: str
    confidence: str
    reason: str
    model: str
    model_reasons: list[str]
    core_basis: str
    parts: tuple[str, str] | None
    medium: str


def judge_task(report: Report, task_id: str) -> Judgement:
    """Put the class of one task in words."""
    row = report.classes.filter(task_id=task_id).row(0, named=True)
    basis = terms.CORE_BASES.get(row["core_basis"] or "")
    return Judgement(
        work_class=row["work_class"] or "",
        source=terms.CLASS_SOURCES[row["work_class_source"]].label,
        confidence=row["confidence"] or "–",
        reason=row["reason"],
        model=_model(row["model_class"], row["model_probability"], row["model_confidence"]),
        model_reasons=row["model_reasons"],
        core_basis=f"{basis.label}：{basis.note}" if basis else "",
        parts=_parts(report, task_id) if row["splittable"] else None,
        medium=_medium(report, task_id),
    )


def _model(work_class: str | None, probability: float | None, confidence: str | None) -> str:
    if work_class is None or probability is None:
        return "判定できない"
    name = terms.SHORT_WORK_CLASSES[work_class]
    return f"{name}（確からしさ {chance(probability)}、確信度 {confidence}）"


def _parts(report: Report, task_id: str) -> tuple[str, str]:
    """Acts that staff must do, acts that others may do, in the order of the glossary."""
    acts: Acts = report.settings.acts
    own = report.acts.filter(task_id=task_id)["act"].to_list()
    staff, others = (
        "、".join(acts[name].label for name in own if acts[name].nature in natures)
        for natures in (STAFF, OTHERS)
    )
    return staff, others


def _medium(report: Report, task_id: str) -> str:
    row = report.media.filter(task_id=task_id).row(0, named=True)
    written = report.tasks.filter(pl.col("task_id") == task_id)["medium"].to_list()[0]
    if written is not None:
        return MEDIA[written]
    if row["medium_group"] is None:
        return "分からない（調査票に答えがなく、業務名からも推定できません）"
    return (
        f"{MEDIA[row['medium_group']]}（推定、確からしさ {chance(row['medium_probability'])}、"
        f"確信度 {row['medium_confidence']}。調査票に答えがないため。集計には入れません）"
    )


def tell_past(entry: PastCorrection) -> str:
    """One line of a task's history: when, who, what, why, and what the machine said."""
    name = terms.SHORT_WORK_CLASSES.get(entry.work_class or "", "訂正なしに戻す")
    machine = terms.SHORT_WORK_CLASSES.get(entry.automatic_class or "", "判定できない")
    when = entry.decided_at.astimezone().strftime("%Y-%m-%d %H:%M")
    kind = "（元に戻した）" if entry.undoes else ""
    return f"{when}　{entry.decided_by}　{name}{kind}　理由：{entry.reason or '記入なし'}　自動では {machine}"
