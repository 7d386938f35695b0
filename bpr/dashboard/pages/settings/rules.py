"""設定, rules: settings and unit costs -> what is counted with, on what evidence, and where to change it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bpr import terms
from bpr.dashboard.pages.settings.audit import write_who
from bpr.dashboard.pages.settings.query import SettingsQuery
from bpr.settings import Settings
from bpr.settings.costs import HOURLY
from bpr.settings.savings import Factor
from bpr.settings.scoring import Lever
from bpr.store import OwnCost
from bpr.workspace.costing import UnitCost

_SHOWN: Final = 3
_LETTERS: Final = 12


@dataclass(frozen=True)
class CostLine:
    """One unit cost; `given`: what the settings say, where it is replaced."""

    label: str
    value: str
    interval: str
    evidence: str
    source: str
    given: str
    href: str


@dataclass(frozen=True)
class LeverLine:
    """How one lever is scored: what weighs most, and what caps the score."""

    label: str
    criteria: str
    gates: str


@dataclass(frozen=True)
class RuleLine:
    """One rule, how it stands, and where it is changed."""

    label: str
    value: str
    where: str


@dataclass(frozen=True)
class RulesView:
    """Everything that is counted with."""

    answer: list[str]
    hourly: list[CostLine]
    tools: list[CostLine]
    levers: list[LeverLine]
    scoring_note: str
    rules: list[RuleLine]


@dataclass(frozen=True)
class CostPast:
    """What somebody said of a unit cost."""

    when: str
    who: str
    value: str
    source: str


def view_rules(settings: Settings, costs: Sequence[UnitCost], sets: int) -> RulesView:
    """Say what is counted with; `sets`: how many weight sets are kept."""
    hourly = [one for one in costs if one.cost.startswith(f"{HOURLY}.")]
    own = sum(one.own for one in costs)
    regular = next(one for one in costs if one.cost == f"{HOURLY}.regular")
    return RulesView(
        answer=[
            f"正規職員の 1 時間は {_yen(regular.factor.range[1])} 円（{regular.factor.kind}）で数えています。",
            f"単価 {len(costs)} 件のうち、自庁の値に置き換えたのは {own} 件です。",
        ],
        hourly=[_cost_line(one) for one in hourly],
        tools=[_cost_line(one) for one in costs if one not in hourly],
        levers=[_lever_line(name, one, settings) for name, one in settings.scoring.levers.items()],
        scoring_note=(
            f"手段 {len(settings.scoring.levers)} つ。各項目を 0〜1 点にして重みを掛け、100 点満点にします。"
            f"{settings.scoring.recommended_score:g} 点以上を候補とし、上位 {settings.scoring.top} 業務を選びます。"
        ),
        rules=_list_rules(settings, sets),
    )


def view_history(history: Iterable[OwnCost]) -> list[CostPast]:
    """What was said of a unit cost, the newest first."""
    return [
        CostPast(
            f"{past.saved_at.astimezone():%Y-%m-%d %H:%M}",
            write_who(past.saved_by),
            write_range(past.factor) if past.factor else "製品の値に戻す",
            past.factor.source if past.factor else "",
        )
        for past in reversed(list(history))
    ]


def write_range(factor: Factor) -> str:
    """Return 「3,285 円/時間（2,500〜4,000）」."""
    low, middle, high = factor.range
    return f"{_yen(middle)} {factor.unit}（{_yen(low)}〜{_yen(high)}）"


def _cost_line(one: UnitCost) -> CostLine:
    low, middle, high = one.factor.range
    return CostLine(
        label=one.label.removeprefix("1 時間の人件費："),
        value=f"{_yen(middle)} {one.factor.unit}",
        interval=f"{_yen(low)}〜{_yen(high)}",
        evidence=one.factor.kind,
        source=one.factor.source,
        given=f"自庁の値（製品の値は {_yen(one.given.range[1])}）" if one.own else "",
        href=SettingsQuery(cost=one.cost).href("settings-cost"),
    )


def _lever_line(name: str, lever: Lever, settings: Settings) -> LeverLine:
    whole = sum(one.weight for one in lever.criteria.values())
    ordered = sorted(lever.criteria.values(), key=lambda one: -one.weight)
    told = "、".join(f"{one.label} {one.weight / whole:.0%}" for one in ordered[:_SHOWN])
    more = f"、ほか {len(ordered) - _SHOWN} 項目" if len(ordered) > _SHOWN else ""
    gates = [gate.label for gate in settings.scoring.gates.values() if name in gate.levers]
    return LeverLine(terms.LEVERS[name].label, f"{told}{more}", "、".join(gates) or "なし")


def _list_rules(settings: Settings, sets: int) -> list[RuleLine]:
    security, kpi = settings.security, settings.kpi
    return [
        RuleLine(
            "評価の重み",
            f"標準の重み。名前を付けて残した重みは {sets} つ" if sets else "標準の重み（残した重みはまだない）",
            "「重み」のページ",
        ),
        RuleLine(
            "人役・人日の換算",
            f"1 人役 ＝ {kpi.hours_per_fte:,g} 時間、1 人日 ＝ {kpi.hours_per_day:g} 時間",
            "kpi.toml",
        ),
        RuleLine(
            "自庁の「減る割合」",
            f"実績を測った対象が、同じ手段で {kpi.feedback_least} 業務たまると、公表値に代えて使う",
            "kpi.toml",
        ),
        RuleLine(
            "古い調査票の保存",
            f"差し替えた・外した調査票の中身は {security.retention.uploads_days:,} 日残す",
            "security.toml",
        ),
        RuleLine(
            "ログイン",
            f"操作がないと {security.session.idle_minutes} 分でログアウト。パスワードは {security.password.min_length} 文字以上",
            "security.toml",
        ),
        RuleLine(
            "設定の版",
            f"指紋 {settings.digest[:_LETTERS]}（単価・配点などのどれかを変えると変わる）",
            "変えるたびに自動で",
        ),
    ]  # fmt: skip


def _yen(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() else f"{value:,.1f}"
