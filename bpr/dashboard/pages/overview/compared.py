"""概況: the same shares elsewhere - last year, the mean of 96 towns, 阿見町, or our own whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bpr.dashboard.pages.overview.cards import Sight
from bpr.dashboard.pages.overview.indicators import Indicator, Indicators
from bpr.dashboard.pages.overview.wording import change, choose_money, percent, points
from bpr.dashboard.words import number

NO_LAST: Final = (
    "前の年度の調査がまだないので、前の年度とは比べていません。"
    "次の年度の調査を取り込むと、前の年度との差（ポイント）がここに出ます。"
)
PUBLISHED: Final = "96自治体平均と阿見町は公表された割合で、母数の取り方が違うため、差は目安です。"
NOT_PUBLISHED: Final = "96自治体平均と阿見町は団体全体の割合なので、絞り込んだ業務とは比べません。"


@dataclass(frozen=True)
class Other:
    """With what we compare: its name and its shares."""

    name: str
    shares: Indicators


@dataclass(frozen=True)
class OtherCell:
    """A share elsewhere, its base, and by how many points ours is more."""

    value: str
    base: str
    difference: str


@dataclass(frozen=True)
class ComparedRow:
    """One share: ours with its base, and what it is elsewhere."""

    label: str
    value: str
    base: str
    cells: list[OtherCell]


@dataclass(frozen=True)
class Comparison:
    """Every sum and share beside the others; `note` says what is not compared, and why."""

    own: str
    others: list[str]
    rows: list[ComparedRow]
    notes: list[str]


def compare(sight: Sight, *, asked_last: bool) -> Comparison:
    """Put each of our shares beside the same one elsewhere; `asked_last`: there is a survey before."""
    others = [Other("全体", sight.whole.shares)] if sight.whole else []
    if sight.last:
        others.append(Other(sight.year, sight.last.shares))
    if sight.whole is None:
        others += _list_published(sight.own.shares)
    missing = "前の年度には、当てはまる業務がありません。" if asked_last else NO_LAST
    return Comparison(
        own="絞り込んだ業務" if sight.whole else "この調査",
        others=[other.name for other in others],
        rows=[*_list_sums(sight, len(others)), *(_row(one, others) for one in sight.shares)],
        notes=[
            *([] if sight.last else [missing]),
            NOT_PUBLISHED if sight.whole else PUBLISHED,
        ],
    )


def _list_sums(sight: Sight, columns: int) -> list[ComparedRow]:
    """The hours and what they cost, beside those of all work and of last year; none is published."""
    own, money = sight.own, choose_money(sight.own.yen)
    hours, yen = [], []
    if sight.whole:
        parts = [own.hours / sight.whole.hours, own.yen / sight.whole.yen if own.yen else None]
        told = [f"その {percent(part)}" for part in parts]
        hours.append(OtherCell(f"{number(sight.whole.hours)} 時間", "", told[0]))
        yen.append(OtherCell(money.write(sight.whole.yen), "", told[1]))
    if sight.last:
        last = sight.last
        hours.append(OtherCell(f"{number(last.hours)} 時間", "", change(own.hours, last.hours)))
        yen.append(OtherCell(money.write(last.yen), "", change(own.yen, last.yen)))
    nothing = [OtherCell("–", "", "")] * (columns - len(hours))
    return [
        ComparedRow("年間作業時間", f"{number(own.hours)} 時間", "", [*hours, *nothing]),
        ComparedRow("人件費（同じ単価）", money.write(own.yen), "", [*yen, *nothing]),
    ]


def _row(own: Indicator, others: Sequence[Other]) -> ComparedRow:
    same = [next(one for one in other.shares.all if one.id == own.id) for other in others]
    return ComparedRow(
        own.label, percent(own.value), _tell_base(own), [_compare(own, one) for one in same]
    )


def _list_published(own: Indicators) -> list[Other]:
    """The published shares as if they were measured: without part and base."""
    return [
        Other("96自治体平均", _publish(own, "average96")),
        Other("阿見町", _publish(own, "ami")),
    ]


def _publish(own: Indicators, town: str) -> Indicators:
    return Indicators(
        *(Indicator(one.id, one.label, getattr(one, town), 0.0, 0.0, one.unit) for one in own.all)
    )


def _tell_base(one: Indicator) -> str:
    """Part and base as printed; empty where they were not published."""
    return f"{number(one.part)}／{number(one.base)} {one.unit}" if one.base else ""


def _compare(own: Indicator, other: Indicator) -> OtherCell:
    return OtherCell(percent(other.value), _tell_base(other), points(own.value, other.value))
