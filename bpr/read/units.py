"""Units and periods that labels tell: （分）, 月間, 1日あたり, 何分かかりますか."""

import re
from typing import Final

from bpr.settings.survey import SurveySettings
from bpr.text import normalize, squeeze

UNITS_OF: Final = {
    "duration": (
        "分",
        "秒",
        "時間",
        "時間/月",
        "時間/週",
        "時間/日",
        "分/年",
        "分/月",
        "分/週",
        "分/日",
    ),
    "count": ("件", "件/月", "件/週", "件/日", "件/回"),
    "fte": ("人役", "人日", "%", "割合"),
}
"""Units that a kind of field can have."""

_BRACKETED = re.compile(r"[(\[〔【]\s*(?:単位)?[:;]?\s*([^)\]〕】]+)[)\]〕】]")
_ASKED = re.compile(r"何(秒|分|時間|件|回|枚|人日|人役)|(秒|分)数$")
_PER = r"(?:間|当たり|あたり|当り|平均|単位|の|/)"
_PERIODS: Final = (
    (
        "日",
        re.compile(
            r"(?:^|[^月年末初同期])(?:1|一)?日(?:当たり|あたり|当り|平均)|毎日|/日|(?:^|\()日(?:平均|あたり)?(?:$|\))"
        ),
    ),
    ("週", re.compile(rf"(?:1|一)?週{_PER}|毎週|/週|(?:^|\()週(?:$|\))")),
    (
        "月",
        re.compile(
            rf"(?:1|一)?(?:か|ヶ|ケ|カ|箇)?月{_PER}|(?:1|一)(?:か|ヶ|ケ|カ|箇)月|ひと月|毎月|/月|(?:^|\()月(?:$|\))"
        ),
    ),
    ("回", re.compile(r"(?:1|一)(?:回|作業)(?:当たり|あたり|当り|平均|の|/)")),
)
_YEARLY = re.compile(r"年間|年あたり|年当たり|/年|年計|年度計")


def read_measure(
    label: str, kind: str, survey: SurveySettings, fixed: str | None = None
) -> tuple[str | None, bool]:
    """Unit of a column by its label, and whether the label names it.

    時間（分） -> 分, 件数（月間） -> 件/月, 1日あたり件数 -> 件/日. `fixed` is what its alias says.
    """
    if kind not in UNITS_OF:
        return None, False
    unit = _written_unit(label, kind, survey)
    if fixed and unit and "/" not in unit and "/" in fixed:
        return f"{unit}/{fixed.split('/')[1]}", True
    measure = fixed or unit
    period = _period(label, kind)
    if period and (measure is None or "/" not in measure):
        base = measure or ("件" if kind == "count" else "時間")
        if f"{base}/{period}" in UNITS_OF[kind]:
            return f"{base}/{period}", True
    return measure, measure is not None


def unit_of(text: str, survey: SurveySettings) -> str | None:
    """Unit that a cell consists of: 分, （件）, [単位：時間]; None for anything else."""
    key = squeeze(text).strip("()[]〔〕【】").removeprefix("単位").lstrip(":;は")
    return survey.unit_index.get(key)


def _written_unit(label: str, kind: str, survey: SurveySettings) -> str | None:
    for text in reversed(_BRACKETED.findall(normalize(label))):
        key = squeeze(text).removeprefix("単位:")
        for spelling in (key, key.removesuffix("単位"), re.sub(r"/(?:件|回|通|枚)$", "", key)):
            unit = survey.unit_index.get(spelling)
            if unit in UNITS_OF[kind]:
                return unit
        for part in re.split(r"[・、,/ ]", key):
            unit = survey.unit_index.get(part)
            if unit in UNITS_OF[kind]:
                return unit
    if kind == "fte":
        words = (("人日", "人日"), ("割合", "%"), ("率", "%"), ("人役", "人役"), ("人工", "人役"))
        return next((unit for word, unit in words if word in squeeze(label)), None)
    if match := _ASKED.search(squeeze(label)):
        unit = survey.unit_index.get(match[1] or match[2])
        return unit if unit in UNITS_OF[kind] else None
    return None


def _period(label: str, kind: str) -> str | None:
    if kind == "fte":
        return None
    text = squeeze(label)
    if _YEARLY.search(text):
        return None
    return next((name for name, pattern in _PERIODS if pattern.search(text)), None)
