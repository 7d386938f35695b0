"""KPI: what the levers really saved, what the freed hours are used for, the office's own rates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bpr.dashboard.words import LEVERS, whole
from bpr.decide.evidence import Proof
from bpr.deciding_terms import FREED_USES
from bpr.frames import DataFrame, LeverEffects, OwnRates
from bpr.terms import EVIDENCES
from bpr.terms import LEVERS as LEVER_TERMS

_MEASURED: Final = "measured"
_UNTOLD: Final = "unused"


@dataclass(frozen=True)
class EffectLine:
    """One lever and kind of evidence."""

    lever: str
    evidence: str
    measured: str
    expected: str
    realized: str
    ratio: str


@dataclass(frozen=True)
class UseLine:
    """One use of freed hours and its share (0-1) of the hours really saved."""

    use: str
    hours: str
    share: float


@dataclass(frozen=True)
class RateLine:
    """The office's own rate of one lever, or how many more targets it needs."""

    lever: str
    count: str
    rate: str
    state: str


@dataclass(frozen=True)
class EffectView:
    """Effects of everything that is done."""

    heading: str
    note: str
    lines: list[EffectLine]
    uses_note: str
    uses: list[UseLine]
    rates_note: str
    rates: list[RateLine]


def view_effects(
    effects: DataFrame[LeverEffects],
    proofs: Mapping[int, Proof],
    rates: DataFrame[OwnRates],
    least: int,
) -> EffectView | None:
    """Sum up the effects; None while nothing is done. `least`: targets that an own rate needs."""
    done = [proof for proof in proofs.values() if proof.is_done]
    if not done:
        return None
    return EffectView(
        heading=_tell_ratio(effects),
        note=f"母数：実施済の対象 {len(done)} 件。見込みと実績は、両方が分かる対象だけで比べる（1 年あたりの時間）。",
        lines=[_effect_line(row) for row in effects.to_dicts()],
        **_uses(done),
        rates_note=f"実績で測った対象が {least} 件になった手段から、見込みの計算に公表値の代わりに使う。幅は、対象を選び直したときの 10%〜90%。",
        rates=_list_rates(done, rates, least),
    )


def _tell_ratio(effects: DataFrame[LeverEffects]) -> str:
    measured = effects.filter(evidence=_MEASURED)
    if not measured["measured"].sum():
        return "効果：実績で測った対象は、まだない"
    saved = float(measured["realized_hours"].sum())
    text = f"実績で確かめた削減は {whole(saved)} 時間／年"
    wanted = float(measured["expected_hours"].sum())
    compared = float(measured["compared_hours"].sum())
    if wanted <= 0:
        return text
    return f"{text}（比べられる対象では、見込みの {compared / wanted:.0%}）"


def _effect_line(row: Mapping[str, Any]) -> EffectLine:
    lever, compared = row["lever"], row["compared"]
    return EffectLine(
        lever=LEVERS.get(lever, lever) if lever else "手段の記入なし",
        evidence=EVIDENCES[row["evidence"]].label if row["evidence"] else "測定なし",
        measured=f"{row['measured']}／{row['targets']} 件",
        expected=f"{whole(row['expected_hours'])} 時間（{compared} 件）" if compared else "–",
        realized=f"{whole(row['compared_hours'])} 時間（{compared} 件）"
        if compared
        else "–"
        if row["realized_hours"] is None
        else f"{whole(row['realized_hours'])} 時間（{row['measured']} 件）",
        ratio="–" if row["ratio"] is None else f"{row['ratio']:.0%}",
    )


def _uses(done: list[Proof]) -> dict[str, Any]:
    """Shares of the hours measured as saved; targets that take longer now free none."""
    hours: dict[str, float] = {}
    longer = 0
    for proof in done:
        realized = proof.realized
        if realized is None or realized.evidence != _MEASURED:
            continue
        if realized.hours <= 0:
            longer += 1
            continue
        use = proof.freed_use or _UNTOLD
        hours[use] = hours.get(use, 0.0) + realized.hours
    total = sum(hours.values())
    more = f"時間が減らなかった {longer} 件は除く。" if longer else ""
    return {
        "uses_note": f"母数：実績で確かめた削減 {whole(total)} 時間／年。{more}"
        if total
        else "実績で確かめた削減がないので、まだ示せない。",
        "uses": [
            UseLine(FREED_USES[use].label, f"{whole(hours[use])} 時間", hours[use] / total)
            for use in sorted(hours, key=lambda use: -hours[use])
        ],
    }


def _list_rates(done: list[Proof], rates: DataFrame[OwnRates], least: int) -> list[RateLine]:
    known = {row["lever"]: row for row in rates.to_dicts()}
    lines = []
    for lever in LEVER_TERMS:
        own = [proof for proof in done if proof.target.lever == lever]
        count = sum(_counts(proof) for proof in own)
        row = known.get(lever)
        if not own:
            continue
        lines.append(
            RateLine(
                LEVERS[lever],
                f"{count} 件",
                f"{row['rate']:.0%}（{row['rate_low']:.0%}〜{row['rate_high']:.0%}）"
                if row
                else "–",
                "使っている" if row else f"あと {least - count} 件",
            )
        )
    return lines


def _counts(proof: Proof) -> bool:
    realized = proof.realized
    measured = realized is not None and realized.evidence == _MEASURED
    return measured and (proof.target.taken_hours or 0.0) > 0
