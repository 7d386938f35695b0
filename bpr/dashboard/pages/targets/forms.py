"""BPR対象: the fields of the forms, what stands in them at first, and what a person changed there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from bpr.decide.targets import Target
from bpr.decide.years import fiscal_year, last_day
from bpr.deciding_terms import FIGURES, FREED_USES, TARGET_FIELDS
from bpr.export.values import write_fiscal_year
from bpr.terms import EVIDENCES, LEVERS, Term

Entries: TypeAlias = Mapping[str, Mapping[str, str]]
"""Form -> field -> what stands in it."""
YEAR: Final = "schedule-"
"""Begins the name of a field of the schedule; its fiscal year follows."""
PARTS: Final = 3
"""So many parts can be cut at once."""
_YEARS_AHEAD: Final = 5


@dataclass(frozen=True)
class Field:
    """One field; `options` (key, label) of a choice, `hint` below the label."""

    name: str
    label: str
    value: str = ""
    kind: Literal["text", "lines", "choice"] = "text"
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    needed: bool = False


def list_years(done_by: int | None, year: int) -> list[int]:
    """Fiscal years to choose from: this one and those that follow, and the one that is chosen."""
    return sorted({*range(year, year + _YEARS_AHEAD + 1), *([done_by] if done_by else [])})


def year_options(years: Iterable[int]) -> tuple[tuple[str, str], ...]:
    """Fiscal years as options."""
    return tuple((str(year), f"{write_fiscal_year(year)}（{year}）") for year in years)


def move_fields(today: date) -> list[Field]:
    """From when the next status holds, and why."""
    return [
        Field("day", "日付", today.isoformat(), hint="いつから（例 2026-11-21）", needed=True),
        Field("reason", "理由", hint="戻す・見送る・取り下げるときは書いてください"),
    ]


def edit_fields(target: Target, today: date) -> list[Field]:
    """What is said of a target, as it stands."""
    year = fiscal_year(today)
    years = year_options(list_years(target.done_by, year))
    planned = sorted({*range(year, year + 3), *target.schedule})
    return [
        _field("name", target.name, needed=True),
        _field("division", target.division),
        _field("owner", target.owner),
        _field("lever", target.lever, "choice", options=_options(LEVERS)),
        Field("means", "BPRの手段（進め方）", "、".join(target.means), hint="「、」で区切る"),
        Field("done_by", "完了予定年度", str(target.done_by or ""), "choice", years),
        _field("difficulty", target.difficulty),
        _field("current_state", target.current_state, "lines"),
        _field("policy", target.policy, "lines"),
        *(
            Field(f"{YEAR}{n}", f"スケジュール {write_fiscal_year(n)}", target.schedule.get(n, ""))
            for n in planned
        ),
        _field("notes", target.notes, "lines"),
        _field("links", "\n".join(target.links), "lines", hint="1 行に 1 つ（https://… か \\\\サーバー名…）"),
    ]  # fmt: skip


def refreeze_fields(weight_sets: Sequence[tuple[str, str]]) -> list[Field]:
    """Why what is expected is taken anew, and under which kept weights."""
    return [
        Field("reason", "理由", hint="例：調査票が差し替わった", needed=True),
        Field("weights", "重み", "", "choice", tuple(weight_sets), hint="選ばなければ標準"),
    ]


def effect_fields(surveyed: int | None) -> list[Field]:
    """One figure before and after; `surveyed`: fiscal year of the survey, the likely time before."""
    first = date(surveyed, 4, 1).isoformat() if surveyed else ""
    last = last_day(surveyed).isoformat() if surveyed else ""
    return [
        Field("figure", "測った項目", "hours", "choice", _options(FIGURES), needed=True),
        Field("evidence", "根拠区分", "measured", "choice", _options(EVIDENCES), needed=True),
        Field("before", "導入前の値", needed=True),
        Field("after", "導入後の値", needed=True),
        Field("before_from", "導入前の期間（初日）", first, needed=True),
        Field("before_to", "導入前の期間（最終日）", last, needed=True),
        Field("after_from", "導入後の期間（初日）", needed=True),
        Field("after_to", "導入後の期間（最終日）", needed=True),
        Field("base", "母数", hint="何件・何人から測ったか"),
        Field("base_note", "母数の内容", hint="例：申請の件数"),
        Field("freed_use", "空いた時間の使い道", "", "choice", _options(FREED_USES)),
        Field("freed_note", "使い道の内容"),
        Field("note", "メモ"),
    ]


def withdrawal_fields(measurements: Sequence[tuple[str, str]]) -> list[Field]:
    """A measurement that was entered wrong as (number, label), and why."""
    return [
        Field("measurement", "取り消す測定", "", "choice", tuple(measurements), needed=True),
        Field("reason", "理由", needed=True),
    ]


def survey_fields(editions: Sequence[tuple[str, str]]) -> list[Field]:
    """A later survey as (number, label)."""
    first = editions[-1][0] if editions else ""
    return [Field("edition", "後の調査", first, "choice", tuple(editions), needed=True)]


def split_fields() -> list[Field]:
    """Parts with their shares in percent."""
    return [
        field
        for n in range(1, PARTS + 1)
        for field in (
            Field(f"part{n}", f"部分 {n} の名前", needed=n <= 2),  # noqa: PLR2004 - two parts at least
            Field(f"share{n}", f"部分 {n} の割合（%）", needed=n <= 2),  # noqa: PLR2004
        )
    ]


def merge_fields(others: Sequence[tuple[str, str]]) -> list[Field]:
    """The target that goes on as (number, label), and why."""
    return [
        Field("into", "残す対象", "", "choice", tuple(others), needed=True),
        Field("reason", "理由"),
    ]


def read_entries(
    ids: Sequence[Mapping[str, str]] | None, given: Sequence[str | None] | None
) -> dict[str, dict[str, str]]:
    """What stands in the forms, from Dash's ids and values."""
    entries: dict[str, dict[str, str]] = {}
    for one, value in zip(ids or (), given or (), strict=True):
        entries.setdefault(one["form"], {})[one["of"]] = value or ""
    return entries


def own_entries(entered: Entries, at_first: Entries) -> dict[str, dict[str, str]]:
    """Return what a person typed: what is other than it stood there at first."""
    return {
        form: {
            name: value
            for name, value in fields.items()
            if value != at_first.get(form, {}).get(name, "")
        }
        for form, fields in entered.items()
    }


def first_entries(forms: Mapping[str, Sequence[Field]]) -> dict[str, dict[str, str]]:
    """What stands in the forms before anybody types."""
    return {form: {field.name: field.value for field in fields} for form, fields in forms.items()}


def _options(terms: Mapping[str, Term]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, f"{term.label}（{term.unit}）" if term.unit else term.label)
        for name, term in terms.items()
    )


def _field(name: str, value: str | None, kind: Any = "text", **more: Any) -> Field:  # noqa: ANN401 - as Field has it
    return Field(name, TARGET_FIELDS[name].label, value or "", kind, **more)
