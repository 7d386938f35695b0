"""The tables of docs/scoring.md, made of the settings and of the measured AUC.

`python -m tests.scoring_page` writes them anew below the marks; a test asserts that they are up to
date.
"""

import re
from pathlib import Path
from typing import Final

from bpr.cli.evaluate import evaluate_scores
from bpr.settings import Settings
from bpr.settings.savings import Factor, LeverSavings
from bpr.settings.scoring import ActValues, Choice, Criterion, Gate, Ramp, WordValues
from bpr.terms import FACTS, FIELDS, LEVERS, MEDIA, SHORT_WORK_CLASSES, STAFF_TYPES

PAGE: Final = Path(__file__).parents[1] / "docs" / "scoring.md"
_MARK: Final = "<!-- ここから下は python -m tests.scoring_page が作る -->"
_GOAL: Final = 0.85
_SHORT: Final = {
    **{name: term.label for name, term in MEDIA.items()},
    **{name: term.label for name, term in STAFF_TYPES.items()},
    **SHORT_WORK_CLASSES,
    "yes": "はい",
    "no": "いいえ",
}


def page(old: str) -> str:
    """Text of the page: what people wrote above the mark, the tables below it."""
    return f"{old.split(_MARK, maxsplit=1)[0]}{_MARK}\n\n{tables(Settings.load())}"


def auc_rows() -> str:
    """Rows of the table of AUC in the part that people wrote (measured, so not part of `page`)."""
    return "".join(
        f"| {LEVERS[one.lever].label} | {one.cases} | {one.core_cases} | {one.auc:.3f} "
        f"| {one.auc_low:.3f}–{one.auc_high:.3f} | {_GOAL} 以上：{'届いた' if one.auc >= _GOAL else '**届いていない**'} |\n"
        for one in evaluate_scores(Settings.load())
    )


def tables(settings: Settings) -> str:
    """Themes, criteria of every lever, gates, savings of every lever."""
    scoring, savings = settings.scoring, settings.savings
    acts = {name: act.label for name, act in settings.acts.items()}
    themes = "、".join(f"{label}（`{name}`）" for name, label in scoring.themes.items())
    parts = [f"観点：{themes}。\n"]
    for name, lever in scoring.levers.items():
        parts.append(f"### {LEVERS[name].label}（`{name}`）：基準\n\n{_CRITERIA}")
        parts += [_criterion(c, scoring.themes, acts) for c in lever.criteria.values()]
        if lever.kinds:
            parts.append("\n種類（上から順に、最初に当てはまったもの）：\n\n")
            parts += [
                f"- **{k.label}**　{k.reason}（{k.grade}：{k.source}）\n" for k in lever.kinds
            ]
        parts.append("\n")
    parts.append(f"### 制約\n\n{_GATES}")
    parts += [_gate(name, gate) for name, gate in scoring.gates.items()]
    parts.append(f"\n### 削減見込：どの手段にも共通\n\n{_FACTORS}")
    parts.append(_factor("業務名に書かれた作業の割合", savings.named_share))
    for staff, factor in savings.hourly_yen.items():
        who = STAFF_TYPES[staff].label if staff in STAFF_TYPES else "不明"
        parts.append(_factor(f"1 時間の人件費（{who}）", factor))
    parts.append(_factor("公表された全庁の結果（照らし合わせ）", savings.realism.office_ratio))
    for name, factor in savings.realism.task_hours.items():
        parts.append(_factor(f"公表された {LEVERS[name].label} の 1 業務の効果", factor))
    for name, one in savings.levers.items():
        parts.append(f"\n### {LEVERS[name].label}（`{name}`）：削減見込\n\n{_FACTORS}")
        parts += [_factor(label, factor) for label, factor in _factors(one)]
        taken = "、".join(f"{acts[act]} {share:g}" for act, share in one.acts.items())
        parts.append(f"\n引き受ける作業の割合（目安）：{taken}。ほかは 0。\n")
    return "".join(parts)


_CRITERIA: Final = """\
| 基準 | 観点 | 何を見るか | 重み | 値（0〜1） | 答えがないとき | 根拠 |
|---|---|---|---|---|---|---|
"""
_GATES: Final = """\
| 制約 | 手段 | 上限（点） | 理由 | 根拠 |
|---|---|---|---|---|
"""
_FACTORS: Final = """\
| 項目 | 下限・中央・上限 | 単位 | 根拠区分 | 出典 |
|---|---|---|---|---|
"""


def _criterion(criterion: Criterion, themes: dict[str, str], acts: dict[str, str]) -> str:
    term = FIELDS.get(criterion.field) or FACTS[criterion.field]
    low, high = criterion.unknown
    cells = (
        criterion.label,
        themes[criterion.theme],
        term.label,
        f"{criterion.weight:g}",
        _values(criterion, acts),
        f"{low:g}〜{high:g}",
        f"{criterion.grade}：{criterion.source}",
    )
    return f"| {' | '.join(_cell(cell) for cell in cells)} |\n"


def _values(criterion: Criterion, acts: dict[str, str]) -> str:
    match criterion:
        case Ramp(points=points, scale=scale):
            axis = "、対数の目盛り" if scale == "log" else ""
            return f"折れ線 {'、'.join(f'{x:,g}→{y:g}' for x, y in points)}{axis}"
        case Choice(values=values):
            return "、".join(f"{_SHORT[name]} {value:g}" for name, value in values.items())
        case ActValues(values=values):
            told = "、".join(f"{acts[name]} {value:g}" for name, value in values.items())
            return f"作業の平均。{told}。ほかは 0"
        case WordValues(words=words):
            return "業務名の言葉。" + "、".join(
                f"{_words(word.pattern)} → {word.value:g}" for word in words
            )
        case _:
            raise TypeError(criterion)


def _words(pattern: str) -> str:
    """A pattern as people read it."""
    return re.sub(r"\(\?:|[?()]", "", pattern).replace("|", "・")


def _gate(name: str, gate: Gate) -> str:
    cap = (
        f"{gate.cap:g}"
        if isinstance(gate.cap, float)
        else "、".join(f"年 {x:g} 時間→{y:g}" for x, y in gate.cap) + "（折れ線）"
    )
    levers = "、".join(LEVERS[lever].label for lever in gate.levers)
    cells = (f"{gate.label}（`{name}`）", levers, cap, gate.reason, f"{gate.grade}：{gate.source}")
    return f"| {' | '.join(_cell(cell) for cell in cells)} |\n"


def _factors(one: LeverSavings) -> list[tuple[str, Factor]]:
    found = [
        ("手段が引き受ける作業の割合（作業がわからないとき）", one.unknown_share),
        ("減る割合", one.rate),
        ("確認の割合", one.checking),
        ("運用の時間", one.upkeep),
        ("初期費用", one.setup_yen),
        ("毎年の費用", one.yearly_yen),
        ("導入の手間", one.staff_days),
    ]
    if one.paid_hour_yen:
        found.append(("委託料の単価", one.paid_hour_yen))
    if one.licence_yen:
        found.append((f"ライセンス 1 本（{one.licence_tasks} 業務まで）", one.licence_yen))
    return found


def _factor(label: str, factor: Factor) -> str:
    ends = "・".join(f"{end:,.4f}".rstrip("0").rstrip(".") for end in factor.range)
    return f"| {label} | {ends} | {factor.unit} | {factor.kind} | {_cell(factor.source)} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "・")


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
