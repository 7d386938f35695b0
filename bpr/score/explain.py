"""One task's scores and savings as lines that can be recomputed on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from bpr import terms
from bpr.score.conditions import hold_all
from bpr.score.criteria import explain_criteria
from bpr.score.matrix import value_levers
from bpr.score.savings import ENDS, POINT, estimate_savings, share_of_acts
from bpr.score.tasks import score_tasks
from bpr.settings import Acts, SavingsSettings, ScoringSettings
from bpr.settings.savings import Factor, LeverSavings
from bpr.settings.scoring import Criterion, Gate, Kind, WordValues

Ends = tuple[float, float, float]
"""Low, point, high."""
_STRONGEST: Final = 3


@dataclass(frozen=True)
class CriterionLine:
    """One criterion of a score: the answer, its value (0-1), its weight, the points it adds."""

    criterion: Criterion
    answer: str | None
    missing: bool
    value: Ends
    weight: float
    points: Ends


@dataclass(frozen=True)
class FactorLine:
    """One factor of a saving with its unit and evidence; `name` is what formulas call it."""

    name: str
    label: str
    range: Ends
    unit: str
    kind: str
    source: str


@dataclass(frozen=True)
class SavingLines:
    """How a saving comes about; `hours` is None where the survey tells no hours.

    `payback_years`: set-up over yearly gain, once with a licence of its own and once without;
    None where the yearly gain is not positive.
    """

    factors: tuple[FactorLine, ...]
    hours: Ends | None
    yen: float | None
    setup_yen: float
    licence_yen: float
    payback_years: float | None
    payback_alone_years: float | None


@dataclass(frozen=True)
class LeverLines:
    """One lever's score for one task: its lines, its gate, its saving."""

    lever: str
    score: Ends
    uncapped: float
    cap: float
    gate: Gate | None
    kind: Kind | None
    lines: tuple[CriterionLine, ...]
    saving: SavingLines

    @property
    def label(self) -> str:
        """Japanese name of the lever."""
        return terms.LEVERS[self.lever].label


@dataclass(frozen=True)
class Explanation:
    """All levers of one task, the best first; `why` and `change` in plain Japanese."""

    task_id: str
    recommended: bool
    why: str
    change: str
    levers: tuple[LeverLines, ...]


def explain_task(
    facts: pl.DataFrame, scoring: ScoringSettings, savings: SavingsSettings, acts: Acts
) -> Explanation:
    """Explain the one task in `facts` (a row of `gather_facts`)."""
    matrices = value_levers(facts, scoring)
    scores = score_tasks(facts["task_id"], matrices)
    contributions = explain_criteria(facts, matrices, scoring, acts)
    saved = estimate_savings(facts, savings)
    found = []
    for row in scores.iter_rows(named=True):
        lever = row["lever"]
        own = pl.col("lever") == lever
        found.append(
            LeverLines(
                lever=lever,
                score=(row["score_low"], row["score"], row["score_high"]),
                uncapped=row["uncapped_score"],
                cap=row["cap"],
                gate=scoring.gates.get(row["gate"] or ""),
                kind=find_kinds(scoring.levers[lever].kinds, facts)[0],
                lines=_lines(contributions.filter(own), scoring, lever),
                saving=_saving(facts, saved.filter(own), savings, savings.levers[lever], acts),
            )
        )
    ordered = tuple(sorted(found, key=_order, reverse=True))
    recommended = ordered[0].score[POINT] >= scoring.recommended_score
    stopped = _find_stopped(ordered, recommended=recommended)
    return Explanation(
        task_id=str(facts["task_id"].item()),
        recommended=recommended,
        why=_why(ordered[0], stopped, recommended=recommended),
        change=_change(ordered[0], stopped, scoring, recommended=recommended),
        levers=ordered,
    )


def find_kinds(kinds: tuple[Kind, ...], facts: pl.DataFrame) -> list[Kind | None]:
    """Return the first kind whose condition holds, for every row of `facts`."""
    held = hold_all([kind.when for kind in kinds], facts)
    return [
        next((kind for kind, flags in zip(kinds, held, strict=True) if flags[row]), None)
        for row in range(facts.height)
    ]


def _lines(
    contributions: pl.DataFrame, scoring: ScoringSettings, lever: str
) -> tuple[CriterionLine, ...]:
    rows = contributions.sort("points", descending=True, maintain_order=True)
    return tuple(
        CriterionLine(
            criterion=scoring.levers[lever].criteria[row["criterion"]],
            answer=row["raw"],
            missing=row["missing"],
            value=(row["value_low"], row["value"], row["value_high"]),
            weight=row["weight"],
            points=(row["points_low"], row["points"], row["points_high"]),
        )
        for row in rows.iter_rows(named=True)
    )


def _saving(
    facts: pl.DataFrame,
    saved: pl.DataFrame,
    savings: SavingsSettings,
    lever: LeverSavings,
    acts: Acts,
) -> SavingLines:
    row = saved.row(0, named=True)
    known = row["saving_hours"] is not None
    licence = lever.licence_yen.range[POINT] if lever.licence_yen else 0.0
    yen = row["saving_yen"]
    return SavingLines(
        factors=_factors(facts, savings, lever, acts),
        hours=(row["saving_hours_low"], row["saving_hours"], row["saving_hours_high"])
        if known
        else None,
        yen=yen,
        setup_yen=row["setup_yen"],
        licence_yen=licence,
        payback_years=_payback(row["setup_yen"], yen and yen - licence / lever.licence_tasks),
        payback_alone_years=_payback(row["setup_yen"], yen and yen - licence),
    )


def _payback(setup: float, gain: float | None) -> float | None:
    return setup / gain if gain is not None and gain > 0 else None


def _factors(
    facts: pl.DataFrame, savings: SavingsSettings, lever: LeverSavings, acts: Acts
) -> tuple[FactorLine, ...]:
    hours = facts["annual_hours"].item()
    found = facts["acts"].to_list()[0] or []
    shares = share_of_acts(lever, found, savings)
    named = savings.named_share.range
    own: Ends = tuple(shares[end] / named[end] for end in ENDS)  # type: ignore[assignment]
    names = "、".join(acts[act].label for act in found) or "作業が読み取れない"
    staff = facts["staff_type"].item() or "unknown"
    told = FactorLine(
        "hours", "年間作業時間", (hours, hours, hours), "時間/年", "調査票", "調査票の回答"
    )
    lines = [
        *([told] if hours is not None else []),
        _line("named", "業務名に書かれた作業の割合", savings.named_share),
        FactorLine(
            "own",
            f"手段が引き受ける作業の割合（{names}）",
            own,
            "割合",
            "目安",
            "作業ごとの割合（savings.toml）の平均" if found else lever.unknown_share.source,
        ),
        _line("rate", "減る割合", lever.rate),
        _line("checking", "確認の割合", lever.checking),
        _line("upkeep", "運用の時間", lever.upkeep),
        _line("hourly", "1 時間の人件費", savings.hourly_yen[staff]),
        *([_line("paid", "委託料の単価", lever.paid_hour_yen)] if lever.paid_hour_yen else []),
        _line("yearly", "毎年の費用", lever.yearly_yen),
        *(
            [
                _line(
                    "licence",
                    f"ライセンス 1 本（{lever.licence_tasks} 業務まで）",
                    lever.licence_yen,
                )
            ]
            if lever.licence_yen
            else []
        ),
        _line("setup", "初期費用", lever.setup_yen),
        _line("days", "導入の手間", lever.staff_days),
    ]
    return tuple(lines)


def _line(name: str, label: str, factor: Factor) -> FactorLine:
    return FactorLine(name, label, factor.range, factor.unit, factor.kind, factor.source)


def _order(lever: LeverLines) -> tuple[float, float]:
    """Return what levers are ordered by: the score, of equals the hours saved."""
    hours = lever.saving.hours[POINT] if lever.saving.hours else float("-inf")
    return lever.score[POINT], hours


def _find_stopped(ordered: Sequence[LeverLines], *, recommended: bool) -> Gate | None:
    """Return what stopped the main lever that would have done best, if that matters."""
    gated = [one for one in ordered if one.gate is not None and one.lever in terms.MAIN_LEVERS]
    wished = max(gated, key=lambda one: one.uncapped, default=None)
    matters = wished is not None and (not recommended or wished.uncapped > ordered[0].score[POINT])
    return wished.gate if wished and matters else None


def _why(best: LeverLines, stopped: Gate | None, *, recommended: bool) -> str:
    """Say in one or two sentences what speaks for the best lever, or what stands in the way."""
    if not recommended:
        return stopped.reason if stopped else "どの手段も、勧める目安の点に届きません。"
    strong = [line for line in best.lines if not line.missing and line.points[POINT] > 0]
    words = "、".join(
        f"業務名に「{line.answer}」があり（{line.criterion.label}）"
        if isinstance(line.criterion, WordValues)
        else f"{line.criterion.label}が「{line.answer}」"
        for line in strong[:_STRONGEST]
    )
    text = f"{words}なので、{best.label}に向きます。"
    return f"{text}ただし、{stopped.reason}" if stopped else text


def _change(
    best: LeverLines, stopped: Gate | None, scoring: ScoringSettings, *, recommended: bool
) -> str:
    if recommended:
        return scoring.levers[best.lever].change
    if stopped and stopped.split:
        return "判断する部分は職員に残し、前後の受付・入力・通知の作業を別の業務として書き出すと、候補になることがあります。"
    return "件数や時間が分かると、点が変わることがあります。"
