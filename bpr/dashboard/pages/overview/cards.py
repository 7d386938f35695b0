"""概況: the figures on top, each with its base and with what to compare it."""

from collections.abc import Callable
from dataclasses import dataclass

from bpr.dashboard.components.cards import Figure
from bpr.dashboard.pages.overview.costs import Cost
from bpr.dashboard.pages.overview.indicators import Indicator, Indicators, Measured, pick
from bpr.dashboard.pages.overview.wording import change, percent, points
from bpr.dashboard.words import number
from bpr.export.values import write_fiscal_year


@dataclass(frozen=True)
class Sight:
    """The work looked at; all work, where that is more; the same part of an earlier year."""

    own: Measured
    whole: Measured | None
    last: Measured | None
    work_class: str = ""
    """The class that is asked for: of it, shares of classes tell nothing."""

    @property
    def year(self) -> str:
        """What the earlier year is called."""
        year = self.last.work.fiscal_year if self.last else None
        return write_fiscal_year(year) if year else "前の年度"

    @property
    def shares(self) -> list[Indicator]:
        """The shares that tell something of what is looked at."""
        shares = self.own.shares
        if self.work_class:
            return [shares.paper, shares.seal]
        kept = shares.all
        return [one for one in kept if one.base or self.whole is None]


def list_figures(sight: Sight, cost: Cost) -> list[Figure]:
    """One figure for each share that tells something, and the cost."""
    tellers: dict[str, Callable[[Sight], Figure]] = {
        "core-ratio": _core,
        "paper-ratio": _paper,
        "regular-noncore-ratio": _noncore,
        "seal-ratio": _seal,
    }
    first = [_part(sight)] if sight.work_class else []
    return [*first, *(tellers[one.id](sight) for one in sight.shares), _cost(sight, cost)]


def tell_tasks(work: Measured) -> str:
    """Say of how many hours, divisions and tasks, and how many tell no hours."""
    tasks = work.work.tasks
    unknown = int(tasks["annual_hours"].null_count())
    missing = f"、時間不明 {unknown:,} 業務を除く" if unknown else ""
    return f"母数 {work.hours:,.0f} 時間（{tasks['division'].n_unique()} 課・{tasks.height:,} 業務{missing}）"


def _core(sight: Sight) -> Figure:
    one = sight.own.shares.core
    published = f"96自治体平均 {percent(one.average96)}（参考：母数の取り方が違う）"
    return _figure(sight, one, tell_tasks(sight.own), published, lambda shares: shares.core)


def _paper(sight: Sight) -> Figure:
    one = sight.own.shares.paper
    row = pick(sight.own.work.tables.media_ratios, work_class="total")
    electronic = f"電子だけ {percent(row['electronic_use_ratio'])}"
    published = f"{electronic}。阿見町は紙 {percent(one.ami)}、電子 {percent(row['ami_electronic_use_ratio'])}"
    base = f"{number(one.part)} 時間／{number(one.base)} 時間"
    return _figure(sight, one, base, published, lambda shares: shares.paper)


def _noncore(sight: Sight) -> Figure:
    one = sight.own.shares.noncore
    base = f"母数 正規職員の {number(one.base)} 時間"
    published = f"96自治体平均 {percent(one.average96)}（参考）"
    return _figure(sight, one, base, published, lambda shares: shares.noncore)


def _seal(sight: Sight) -> Figure:
    one = sight.own.shares.seal
    core = pick(sight.own.work.tables.seal_by_class, seal="approval_seal", work_class="core")
    published = f"コア業務では {percent(core['ratio'])}。阿見町は全体で {percent(one.ami)}"
    base = f"{number(one.part)} 件／{number(one.base)} 件"
    return _figure(sight, one, base, published, lambda shares: shares.seal)


def _figure(
    sight: Sight,
    one: Indicator,
    base: str,
    published: str,
    choose: Callable[[Indicators], Indicator],
) -> Figure:
    lines = (
        [published] if sight.whole is None else [_beside("全体", one, choose(sight.whole.shares))]
    )
    if sight.last:
        lines.append(_beside(sight.year, one, choose(sight.last.shares)))
    return Figure(one.label, percent(one.value, ""), "%", base, "\n".join(lines), id=one.id)


def _beside(name: str, own: Indicator, other: Indicator) -> str:
    gap = points(own.value, other.value)
    return f"{name} {percent(other.value)}" + (f"（{gap}）" if gap else "")


def _part(sight: Sight) -> Figure:
    """Tell what share of all work is looked at."""
    whole = (sight.whole or sight.own).hours
    last = f"{sight.year} {number(sight.last.hours)} 時間（{change(sight.own.hours, sight.last.hours)}）" if sight.last else ""  # fmt: skip
    return Figure(
        "全体に占める割合",
        percent(sight.own.hours / whole, ""),
        "%",
        f"{number(sight.own.hours)} 時間／{number(whole)} 時間",
        last,
        id="part-ratio",
    )


def _cost(sight: Sight, cost: Cost) -> Figure:
    lines = [cost.most] if cost.most else []
    if sight.last:
        lines.append(f"時間は{sight.year}から {change(sight.own.hours, sight.last.hours)}")
    return Figure(
        "人件費（年およそ）", cost.amount, cost.unit, cost.note, "\n".join(lines), id="cost"
    )
