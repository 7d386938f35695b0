"""Labels of a column -> the field it holds: exactly, nearly, or by the words in it.

The less certain the way, the lower the confidence. A label also tells the kind of staff it speaks
of (正規職員 | 会計年度任用職員); its unit is the matter of `units`.
"""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, TypeAlias

from bpr.read.qualifiers import PER_CASE, PERSON, SEASON, is_sub_label
from bpr.read.units import UNITS_OF, read_measure
from bpr.settings.survey import LONG_LABEL, SurveySettings
from bpr.text import header_key, normalize, squeeze

Found: TypeAlias = tuple[str, str | None, str, float]
"""Field, unit fixed by the label, reason, confidence."""

CERTAIN: Final = 1.0
NEAR: Final = 0.8
BY_WORDS: Final = 0.7
BY_VALUES: Final = 0.6

_PER_UNIT = re.compile(r"/(?:件|回|通|枚)$")
_BRACKETED = re.compile(r"[(\[〔【]\s*([^)\]〕】]+)[)\]〕】]")
_LONGEST: Final = 25
_LONGEST_SENTENCE: Final = 40
_LIKENESS: Final = 0.85
_OTHER = re.compile(
    r"前年|昨年|削減|目標|増減|導入後|見直し|理由|備考|内訳|根拠資料|番号|課長|職名|氏名|者名|以外"
    r"|時間外|残業|超過|勤務時間|待ち|開庁|時間帯|単価|経費|人件費|金額|費用|割引|電話|内線|メール"
)
"""Words that make a label speak of something else than the alias it looks like."""
_PER_TURN = re.compile(r"[/／](?:件|回|枚)|(?:1|一)(?:件|回|枚)")
_HOW_OFTEN = re.compile(r"^(?:毎[日週月]|.*[日週月](?:に|間|平均)*約?\d[\d~〜-]*回(?:程度)?)$")
"""Answers to a question for the frequency: 毎月, 1か月に2回."""
_YEARLY = re.compile(r"[/／]年|年間|年計|延べ|合計|総計|計$|計\(")
_EFFECT = re.compile(r"削減|効果")
"""Groups whose numbers are no workload."""


@dataclass(frozen=True)
class Part:
    """One of the columns that make up a value together: its place and what it is called."""

    index: int
    label: str
    measure: str | None = None
    """Its own unit, where the parts differ in it."""


@dataclass(frozen=True)
class Column:
    """A column that was understood, or several that make up one value (12 months)."""

    index: int
    field: str
    block: int | None
    """None: shared by all blocks of the row."""
    header: str
    measure: str | None
    staff_category: str | None
    reason: str
    confidence: float = CERTAIN
    written: bool = False
    """Whether the label itself names the unit."""
    parts: tuple[Part, ...] = ()
    """The columns that are summed (numbers) or listed (months with a mark)."""

    @property
    def places(self) -> tuple[int, ...]:
        """Columns of the sheet that it was made of."""
        return (self.index, *(part.index for part in self.parts))


def label_path(cells: Sequence[str]) -> tuple[str, ...]:
    """Labels of one column from top to bottom, each once."""
    return tuple(dict.fromkeys(cell for cell in cells if cell))


def asked_column(index: int, name: str, header: str, survey: SurveySettings) -> Column:
    """Make the column that the caller asked for; only its unit is read from the label."""
    settings = survey.fields[name]
    measure, written = read_measure(header, settings.kind, survey)
    return Column(
        index=index,
        field=name,
        block=None,
        header=header,
        measure=measure or settings.default_unit,
        staff_category=None,
        reason="指定された列",
        written=written,
    )


def match_column(
    index: int, path: tuple[str, ...], staff: dict[str, int], survey: SurveySettings
) -> Column | None:
    """Understand a column by its labels; None where nothing in them is known.

    `staff` numbers the kinds of staff met so far, and grows.
    """
    column = _understand(index, path, survey)
    if column is None or column.staff_category is None:
        return column
    return replace(column, block=staff.setdefault(column.staff_category, len(staff)))


@lru_cache(maxsize=8_192)
def _understand(index: int, path: tuple[str, ...], survey: SurveySettings) -> Column | None:
    """Understand a column by its labels, whatever stands beside it."""
    kinds = [level for level in path if squeeze(level) in survey.staff_index]
    levels = [level for level in path if level not in kinds]
    found = find_field(tuple(levels), survey)
    if found is None:
        return None
    name, fixed, reason, confidence = found
    settings = survey.fields[name]
    measure, written = read_measure(" ".join(levels), settings.kind, survey, fixed)
    return Column(
        index=index,
        field=name,
        block=None,
        header=" / ".join(path),
        measure=measure or settings.default_unit,
        staff_category=kinds[0] if kinds else None,
        reason=reason,
        confidence=confidence,
        written=written,
    )


def find_field(levels: tuple[str, ...], survey: SurveySettings) -> Found | None:
    """Field that labels from top to bottom name.

    The lowest label counts; those above it only where it does but say which of several (4月, 計).
    """
    if not levels or any(_EFFECT.search(squeeze(level)) for level in levels[:-1]):
        return None
    own = (levels[-1], "".join(levels))
    found = _exact(own, survey) or _near(own, survey)
    upper = tuple(reversed(levels[:-1]))
    if upper and SEASON.search(squeeze(levels[-1])):  # 件数 over 繁忙期: no busy months
        group = _exact(upper, survey)
        found = group if group and survey.fields[group[0]].kind in UNITS_OF else found
    if found is None and upper and (is_sub_label(levels[-1]) or _names_persons(upper)):
        found = _exact(upper, survey) or _near(upper, survey)
        found = found or _by_unit(levels[-1], survey) or _by_words(upper, survey)
    found = found or _by_words(own[:1], survey) or _by_unit(levels[-1], survey)
    if found and found[0] == "annual_hours" and _is_per_case(levels):
        return ("minutes_per_case", *found[1:])
    return found


def _by_unit(label: str, survey: SurveySettings) -> Found | None:
    """Know a label by its unit and its period: 時間／回（分）, 年間計（時間）, 1日あたり（分）."""
    key = squeeze(label)
    if _OTHER.search(key) or _HOW_OFTEN.match(key):
        return None
    told = f"見出し「{label}」の単位"
    for kind, name in (("duration", "annual_hours"), ("count", "annual_count"), ("fte", "fte")):
        measure, _ = read_measure(label, kind, survey)
        if measure is None:
            continue
        if kind == "duration" and _PER_TURN.search(key):
            return "minutes_per_case", None, told, BY_WORDS
        if "/" in measure or _YEARLY.search(key):
            return name, None, told, BY_WORDS
    return None


def knows_label(text: str, survey: SurveySettings) -> bool:
    """Tell whether a text, taken alone, is a label of a field (surely or by its words)."""
    if header_key(text) in survey.header_index:
        return True
    return _by_words((text,), survey) is not None or _by_unit(text, survey) is not None


def _names_persons(labels: Sequence[str]) -> bool:
    return any(PERSON.search(squeeze(label)) for label in labels)


def _exact(labels: Sequence[str], survey: SurveySettings) -> Found | None:
    known = survey.header_index
    for label in labels:
        if header_key(label) in known:
            return (*known[header_key(label)], f"見出し「{label}」", CERTAIN)
    return None


def _near(labels: Sequence[str], survey: SurveySettings) -> Found | None:
    """Find the alias most like a label: small differences in long labels only."""
    for label in labels:
        key = header_key(label)
        if not LONG_LABEL <= len(key) <= _LONGEST or _OTHER.search(key):
            continue
        alias = _nearest(key, survey.long_aliases)
        if alias is not None:
            name, fixed = survey.header_index[alias]
            return name, fixed, f"見出し「{label}」は「{alias}」に近い", NEAR
    return None


def _by_words(labels: Sequence[str], survey: SurveySettings) -> Found | None:
    for label in labels:
        key = header_key(label) or squeeze(label)
        if key and len(key) <= _LONGEST_SENTENCE and not _OTHER.search(key):
            for words, name in survey.word_index:
                if all(word in key for word in words):
                    told = "」「".join(words)
                    return name, None, f"見出し「{label}」の言葉「{told}」", BY_WORDS
    return None


def _is_per_case(levels: Sequence[str]) -> bool:
    """Tell times per case: （分/件）, or 1件当たり as a label of its own or in the label."""
    bracketed = (text for level in levels for text in _BRACKETED.findall(normalize(level)))
    return any(_PER_UNIT.search(squeeze(text)) for text in bracketed) or any(
        PER_CASE.search(header_key(level)) for level in levels
    )


@lru_cache(maxsize=4_096)
def _nearest(key: str, aliases: tuple[str, ...]) -> str | None:
    """Return the alias that differs by a few letters only."""
    near = difflib.get_close_matches(key, aliases, n=1, cutoff=_LIKENESS)
    return near[0] if near else None
